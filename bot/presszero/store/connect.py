"""How a SQLite file is opened: one connection that writes, others that can only read."""

from __future__ import annotations

import sqlite3
from pathlib import Path

# FULL: a commit is on the disk, not only in the operating system's memory. Group commit pays for it.
# 4,000 pages: a page that is written many times is copied into the database file once per 16 MB of log.
# The log keeps its size: syncing a file that does not grow is cheaper than one that does.
_WRITES = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA wal_autocheckpoint = 4000",
    "PRAGMA journal_size_limit = 67108864",
    "PRAGMA cache_size = -20000",
)
_READS = ("PRAGMA query_only = ON", "PRAGMA cache_size = -20000")


def connect(path: Path, busy: float, *, write: bool = False, durable: bool = True) -> sqlite3.Connection:
    """A connection in autocommit; it waits ``busy`` seconds for another program's lock."""
    db = sqlite3.connect(path, timeout=busy, isolation_level=None, check_same_thread=False, cached_statements=256)
    try:
        for pragma in _WRITES if write else _READS:
            db.execute(pragma).fetchall()
        if not durable:
            db.execute("PRAGMA synchronous = OFF").fetchall()
    except sqlite3.Error:
        db.close()
        raise
    return db

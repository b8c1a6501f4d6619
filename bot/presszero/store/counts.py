"""The totals of a database file, read beside a desk that runs; nothing is written or held."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from presszero.errors import StoreError
from presszero.store.service import COUNTS, DAILY
from presszero.store.turns import DAY


def by_day(path: Path, since: float) -> list[tuple[int, str, int]]:
    """Day, name and total since a moment. Raises StoreError."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as db:
            return list(db.execute(DAILY, (int(since // DAY),)))
    except sqlite3.Error as error:
        raise StoreError(f"{path} cannot be read: {error}") from error


def counts_of(path: Path, since: float) -> dict[str, int]:
    """Totals since a moment, by day. Raises StoreError."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as db:
            return dict(db.execute(COUNTS, (int(since // DAY),)))
    except sqlite3.Error as error:
        raise StoreError(f"{path} cannot be read: {error}") from error

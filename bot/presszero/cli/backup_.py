"""`presszero backup FILE`: a consistent copy of the database, also while the desk runs."""

from __future__ import annotations

import sqlite3
from argparse import Namespace
from contextlib import closing
from pathlib import Path

from presszero.errors import ConfigError
from presszero.folders import data_of


def run(arguments: Namespace) -> int:
    """Copies; the running desk goes on meanwhile."""
    source = data_of(arguments.dir) / "presszero.db"
    target = Path(arguments.file)
    if not source.is_file():
        raise ConfigError(f"There is no database at {source}. Set PRESSZERO_DATA or go to the desk's folder.")
    if target.exists():
        raise ConfigError(f"{target} is there already; a backup never overwrites.")
    try:
        with (
            closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as old,
            closing(sqlite3.connect(target)) as new,
        ):
            old.backup(new)
            sound = new.execute("PRAGMA quick_check").fetchone()[0]
    except sqlite3.Error as error:
        target.unlink(missing_ok=True)
        raise ConfigError(f"The backup could not be made: {error}") from error
    if sound != "ok":
        raise ConfigError(f"The backup is not sound: {sound}")
    print(f"{target}: {target.stat().st_size} bytes, checked.")
    return 0

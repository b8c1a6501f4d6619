"""Reading: short queries at once on the loop's thread (some 20 µs), long ones in a thread with their own connection.

It can never write, and it never keeps a read open: that would stop the log from being emptied.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from presszero.store.connect import connect
from presszero.store.trouble import UNWRITABLE, refusal

T = TypeVar("T")
Row = tuple[Any, ...]


class Reader:
    """A connection that can only ask."""

    def __init__(self, path: Path, busy: float) -> None:
        self._path, self._busy = path, busy
        self._db = connect(path, busy)

    def one(self, sql: str, *given: object) -> Row | None:
        """The first row."""
        try:
            row: Row | None = self._db.execute(sql, given).fetchone()
        except UNWRITABLE:
            return None
        except sqlite3.Error as error:
            raise refusal(error) from error
        return row

    def all(self, sql: str, *given: object) -> list[Row]:
        """Every row."""
        try:
            return self._db.execute(sql, given).fetchall()
        except UNWRITABLE:
            return []
        except sqlite3.Error as error:
            raise refusal(error) from error

    async def apart(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Long work in a thread, so that the loop does not wait for it."""

        def run() -> T:
            db = connect(self._path, self._busy)
            try:
                return work(db)
            finally:
                db.close()

        try:
            return await asyncio.to_thread(run)
        except sqlite3.Error as error:
            raise refusal(error) from error

    def close(self) -> None:
        """Ends reading."""
        self._db.close()

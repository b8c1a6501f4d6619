"""What SQLite's refusals mean: worth another try (Busy) or not (StoreError). Either way nothing was written."""

from __future__ import annotations

import sqlite3

from presszero.errors import Busy, StoreError

# Half a character or a number past 64 bits: nothing of the kind can be kept, nor found.
UNWRITABLE = (UnicodeEncodeError, OverflowError)
_LATER = {
    sqlite3.SQLITE_BUSY: "the database is locked by another program",
    sqlite3.SQLITE_LOCKED: "the database is locked by another program",
    sqlite3.SQLITE_FULL: "the disk or the database is full",
    sqlite3.SQLITE_NOMEM: "there is no memory left",
}


def refusal(error: Exception) -> Exception:
    """The error to hand to whoever asked; what is no refusal of the database stays what it is."""
    if isinstance(error, UNWRITABLE):
        return StoreError(f"no database can keep this: {error}")
    if not isinstance(error, sqlite3.Error):
        return error
    code = getattr(error, "sqlite_errorcode", None)
    why = _LATER.get(code & 0xFF) if code is not None else None  # the low byte is the primary code
    found: StoreError = Busy(why) if why else StoreError(f"the database refused: {error}")
    found.__cause__ = error
    return found

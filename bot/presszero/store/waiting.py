"""What waits for its time: timers and service calls."""

from __future__ import annotations

from collections.abc import Iterable
from sqlite3 import Cursor

from presszero.store.base import DueCall
from presszero.store.pack import words
from presszero.store.reader import Row

DUE_TIMERS = "SELECT conversation_id, purpose, serial, due_at FROM timer WHERE due_at <= ? ORDER BY due_at LIMIT ?"
NEXT_DUE = "SELECT min(due_at) FROM timer"
DUE_CALLS = "SELECT conversation_id, id, call, given, key, attempts FROM call ORDER BY at LIMIT ?"


def calls_of(rows: Iterable[Row]) -> list[DueCall]:
    """The calls of rows."""
    return [DueCall(row[0], row[1], row[2], words(row[3]), row[4], row[5]) for row in rows]


def drop_timer(cur: Cursor, conversation_id: int, purpose: str, serial: int) -> None:
    """Forgets a timer, unless another has taken its place."""
    cur.execute(
        "DELETE FROM timer WHERE conversation_id = ? AND purpose = ? AND serial = ?", (conversation_id, purpose, serial)
    )


def begin_call(cur: Cursor, conversation_id: int, number: str) -> None:
    """One more attempt."""
    cur.execute(
        "UPDATE call SET attempts = attempts + 1 WHERE conversation_id = ? AND id = ?", (conversation_id, number)
    )

"""Messages that wait for those that belong with them: an album's pictures, lines typed one after another.

One is on disk before it is acknowledged; the turn that takes it moves its external id to the taken ones.
"""

from __future__ import annotations

from collections.abc import Iterable
from sqlite3 import Cursor
from typing import Any

from presszero.store.base import Held, Holding, NewHeld
from presszero.store.reader import Row

OF_PEER = "SELECT id, key, incoming FROM held WHERE channel = ? AND peer = ? ORDER BY id"
WAITING = "SELECT channel, peer, min(max(due_at), min(at) + ?) FROM held GROUP BY channel, peer"


def held_of(rows: Iterable[Row]) -> list[Held]:
    """The messages of rows."""
    return [Held(row[0], row[1], row[2].encode()) for row in rows]


def waiting_of(rows: Iterable[Row]) -> list[Holding]:
    """The peers of rows."""
    return [Holding(*row) for row in rows]


def hold(cur: Cursor, new: NewHeld) -> bool:
    """Keeps a message; False when it was taken or held before."""
    which = (new.inbound.channel, new.inbound.external_id)
    if cur.execute("SELECT 1 FROM inbound WHERE channel = ? AND external_id = ?", which).fetchone():
        return False
    cur.execute(
        "INSERT INTO held (channel, external_id, peer, key, due_at, at, incoming) VALUES (?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT DO NOTHING",
        (*which, new.peer, new.key, new.due_at, new.at, new.incoming.decode()),
    )
    return cur.rowcount == 1


def take(cur: Cursor, numbers: Iterable[int], conversation_id: int, at: float) -> bool:
    """A turn takes these; False when they are not there any more."""
    wanted: list[Any] = list(numbers)
    marks = ", ".join("?" * len(wanted))
    found = cur.execute(f"SELECT channel, external_id FROM held WHERE id IN ({marks})", wanted).fetchall()  # noqa: S608 - marks
    if len(found) != len(wanted):
        return False
    cur.execute(f"DELETE FROM held WHERE id IN ({marks})", wanted)  # noqa: S608 - marks
    cur.executemany(
        "INSERT INTO inbound (channel, external_id, conversation_id, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [(channel, external_id, conversation_id, at) for channel, external_id in found],
    )
    return True


def drop(cur: Cursor, number: int) -> None:
    """Forgets one that no turn can take."""
    cur.execute("DELETE FROM held WHERE id = ?", (number,))

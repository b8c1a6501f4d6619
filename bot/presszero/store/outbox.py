"""The outbox: what a channel must carry, in a line for each peer, with what came of every attempt.

A part of a message that arrived is noted before the next part goes. An attempt that began and has no end is in doubt.
"""

from __future__ import annotations

from collections.abc import Iterable
from sqlite3 import Cursor
from typing import NamedTuple

from presszero.errors import StoreError
from presszero.store import trace
from presszero.store.base import DueDelivery, Line, Outcome
from presszero.store.messages import MESSAGE, message_of
from presszero.store.reader import Row

_WAITING = "state IN ('queued', 'begun')"  # word for word as in the index
_DELIVERY = (
    "SELECT o.message_id, o.channel, o.peer, o.attempts, o.rank, o.due_at, o.why, "  # noqa: S608 - constants
    f"EXISTS (SELECT 1 FROM blocked b WHERE b.channel = o.channel AND b.peer = o.peer), {MESSAGE} "
    "FROM outbox o JOIN message m ON m.id = o.message_id "
)
# One line for each peer: a message that is on its way, or waits for another try, holds back those behind it.
_HEADS = f"SELECT min(message_id) FROM outbox WHERE {_WAITING} GROUP BY channel, peer"  # noqa: S608 - a constant
DUE = (
    f"{_DELIVERY} WHERE o.state = 'queued' AND o.due_at <= ? AND o.message_id IN ({_HEADS}) "
    "ORDER BY o.due_at, o.message_id LIMIT ?"
)
NEXT = (
    f"{_DELIVERY} WHERE o.message_id = (SELECT min(message_id) FROM outbox "  # noqa: S608 - constants
    f"WHERE {_WAITING} AND channel = ? AND peer = ?) AND o.state = 'queued'"
)
LINES = "SELECT channel, peer, max(message_id) FROM outbox WHERE message_id > ? AND state = 'queued' GROUP BY 1, 2"
LOST = _DELIVERY + "WHERE o.state IN ('failed', 'in_doubt') ORDER BY o.message_id DESC LIMIT ?"
LOST_ONE = _DELIVERY + "WHERE o.message_id = ? AND o.state IN ('failed', 'in_doubt')"
PARTS = (
    "SELECT t.external_id FROM outbox o JOIN trace t ON t.message_id = o.message_id AND t.channel = o.channel "
    "AND t.peer = o.peer WHERE o.message_id = ? ORDER BY t.part"
)
BLOCKED = "SELECT at FROM blocked WHERE channel = ? AND peer = ?"
_OUTCOMES = {"sent": "sent", "retry": "queued", "failed": "failed", "in_doubt": "in_doubt"}


def deliveries_of(rows: Iterable[Row]) -> list[DueDelivery]:
    """The deliveries of rows."""
    return [
        DueDelivery(
            *(row[0], row[1], row[2], message_of(row[8:]), row[3]),
            rank=row[4],
            due_at=row[5],
            why=row[6],
            blocked=row[7] == 1,
        )
        for row in rows
    ]


def lines_of(rows: Iterable[Row]) -> list[Line]:
    """The lines of rows."""
    return [Line(*row) for row in rows]


class End(NamedTuple):
    """How an attempt ended, and the parts that arrived in it."""

    outcome: Outcome
    external_id: str
    retry_at: float | None
    why: str
    parts: tuple[str, ...]


def begin(cur: Cursor, number: int) -> None:
    """One more attempt; from now on nobody else may begin it."""
    cur.execute(
        "UPDATE outbox SET state = 'begun', attempts = attempts + 1 WHERE message_id = ? AND state = 'queued'",
        (number,),
    )
    if cur.rowcount != 1:
        raise StoreError(f"delivery {number} does not wait")


def note_parts(cur: Cursor, number: int, parts: tuple[str, ...]) -> None:
    """These arrived and more must go: what is between two parts is not on its way, and a crash there leaves no doubt."""
    row = cur.execute(
        "UPDATE outbox SET state = 'queued', attempts = 0 WHERE message_id = ? AND state = 'begun' "
        "RETURNING channel, peer",
        (number,),
    ).fetchone()
    if row is None:
        raise StoreError(f"delivery {number} is not on its way")
    trace.add(cur, row[0], row[1], number, parts)


def end(cur: Cursor, number: int, how: End) -> None:
    """What came of an attempt."""
    row = cur.execute(
        "UPDATE outbox SET state = ?, due_at = coalesce(?, due_at), "
        "external_id = CASE ?3 WHEN '' THEN external_id ELSE ?3 END, why = ? WHERE message_id = ? "
        "RETURNING channel, peer",
        (_OUTCOMES[how.outcome], how.retry_at, how.external_id, how.why, number),
    ).fetchone()
    if row and (how.parts or how.external_id):
        trace.add(cur, row[0], row[1], number, how.parts or (how.external_id,))


def resend(cur: Cursor, number: int, at: float) -> bool:
    """A person wants a lost one to go again; the parts that arrived stay noted."""
    cur.execute(
        "UPDATE outbox SET state = 'queued', attempts = 0, due_at = ?, why = '' "
        "WHERE message_id = ? AND state IN ('failed', 'in_doubt')",
        (at, number),
    )
    return cur.rowcount == 1


def hurry(cur: Cursor, channel: str, at: float) -> None:
    """A channel that was away is back: what waited for another try goes now."""
    cur.execute(
        f"UPDATE outbox SET due_at = ? WHERE {_WAITING} AND state = 'queued' AND channel = ? AND due_at > ?",  # noqa: S608
        (at, channel, at),
    )


def doubt(cur: Cursor) -> None:
    """After a start: what was begun and not ended was cut by a crash, and nobody knows whether it arrived."""
    cur.execute(f"UPDATE outbox SET state = 'in_doubt', why = 'cut' WHERE {_WAITING} AND state = 'begun'")  # noqa: S608


def block(cur: Cursor, channel: str, peer: str, at: float) -> bool:
    """The peer does not want our messages; True if that is new. It is written into their open tickets' history."""
    cur.execute("INSERT INTO blocked (channel, peer, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", (channel, peer, at))
    return _mark(cur, channel, peer, at, "yes") if cur.rowcount else False


def unblock(cur: Cursor, channel: str, peer: str, at: float) -> bool:
    """The peer takes messages again; True if it did not."""
    cur.execute("DELETE FROM blocked WHERE channel = ? AND peer = ?", (channel, peer))
    return _mark(cur, channel, peer, at, "no") if cur.rowcount else False


def _mark(cur: Cursor, channel: str, peer: str, at: float, blocked: str) -> bool:
    cur.execute(
        "INSERT INTO ticket_event (ticket_number, at, by, what, note) "
        "SELECT t.number, ?, 'customer', json_object('blocked', ?), '' FROM ticket t "
        "JOIN conversation c ON c.id = t.conversation_id "
        "WHERE c.channel = ? AND c.peer = ? AND t.state NOT IN ('resolved', 'closed')",
        (at, blocked, channel, peer),
    )
    return True

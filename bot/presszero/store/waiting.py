"""What waits for its time: timers, service calls, and messages that a channel must carry."""

from __future__ import annotations

from collections.abc import Iterable
from sqlite3 import Cursor
from typing import NamedTuple

from presszero.errors import StoreError
from presszero.store.base import DueCall, DueDelivery, Outcome
from presszero.store.messages import MESSAGE, message_of
from presszero.store.pack import words
from presszero.store.reader import Row

DUE_TIMERS = "SELECT conversation_id, purpose, serial, due_at FROM timer WHERE due_at <= ? ORDER BY due_at LIMIT ?"
NEXT_DUE = "SELECT min(due_at) FROM timer"
DUE_CALLS = "SELECT conversation_id, id, call, given, key, attempts FROM call ORDER BY at LIMIT ?"
_WAITING = "state IN ('queued', 'begun')"  # word for word as in the index
_DELIVERY = (
    f"SELECT o.message_id, o.channel, o.peer, o.attempts, {MESSAGE} FROM outbox o "  # noqa: S608 - constants
    "JOIN message m ON m.id = o.message_id "
)
# One line for each peer: a message that is on its way, or waits for another try, holds back those behind it.
_HEADS = f"SELECT min(message_id) FROM outbox WHERE {_WAITING} GROUP BY channel, peer"  # noqa: S608 - a constant
DUE_DELIVERIES = (
    f"{_DELIVERY} WHERE o.state = 'queued' AND o.due_at <= ? AND o.message_id IN ({_HEADS}) "
    "ORDER BY o.due_at, o.message_id LIMIT ?"
)
DEAD_LETTERS = _DELIVERY + "WHERE o.state IN ('failed', 'in_doubt') ORDER BY o.message_id LIMIT ?"
_OUTCOMES = {"sent": "sent", "retry": "queued", "failed": "failed", "in_doubt": "in_doubt"}


def calls_of(rows: Iterable[Row]) -> list[DueCall]:
    """The calls of rows."""
    return [DueCall(row[0], row[1], row[2], words(row[3]), row[4], row[5]) for row in rows]


def deliveries_of(rows: Iterable[Row]) -> list[DueDelivery]:
    """The deliveries of rows."""
    return [DueDelivery(row[0], row[1], row[2], message_of(row[4:]), row[3]) for row in rows]


class End(NamedTuple):
    """How an attempt ended."""

    outcome: Outcome
    external_id: str
    retry_at: float | None
    why: str


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


def begin_delivery(cur: Cursor, number: int) -> None:
    """One more attempt; from now on nobody else may begin it."""
    cur.execute(
        "UPDATE outbox SET state = 'begun', attempts = attempts + 1 WHERE message_id = ? AND state = 'queued'",
        (number,),
    )
    if cur.rowcount != 1:
        raise StoreError(f"delivery {number} does not wait")


def end_delivery(cur: Cursor, number: int, end: End) -> None:
    """What came of it."""
    cur.execute(
        "UPDATE outbox SET state = ?, due_at = coalesce(?, due_at), "
        "external_id = CASE ?3 WHEN '' THEN external_id ELSE ?3 END, why = ? WHERE message_id = ?",
        (_OUTCOMES[end.outcome], end.retry_at, end.external_id, end.why, number),
    )


def doubt(cur: Cursor) -> None:
    """After a start: what was begun and not ended was cut by a crash, and nobody knows whether it arrived."""
    cur.execute(f"UPDATE outbox SET state = 'in_doubt', why = 'cut' WHERE {_WAITING} AND state = 'begun'")  # noqa: S608

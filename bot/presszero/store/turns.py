"""One turn, written: about ten prepared statements in the transaction that the writer has begun.

Everything that may say no (the version, the external id) is asked before the first write.
"""

from __future__ import annotations

from collections.abc import Sequence
from sqlite3 import Cursor

from presszero.errors import StoreError
from presszero.lang.fold import fold
from presszero.store import customers, held, questions, tickets, trace
from presszero.store.base import Committed, Duplicate, HolderSet, Inbound, Message, NewMessage, Stale, Turn
from presszero.store.pack import pack

TAKEN = "SELECT conversation_id FROM inbound WHERE channel = ? AND external_id = ?"
_STANDS = "SELECT version, last_seq, channel, peer, customer_id FROM conversation WHERE id = ?"
_TAKE = "INSERT INTO inbound (channel, external_id, conversation_id, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
_MOVE_ON = (
    "UPDATE conversation SET version = ?, state = ?, updated_at = ?, last_seq = ?, ended = ?, "
    "lang = coalesce(?, lang), title = coalesce(?, title), page = coalesce(?, page) WHERE id = ?"
)
_HOLD = (
    "UPDATE conversation SET holder = ?1, operator_id = ?2, due_at = ?5, "
    "queue = CASE WHEN ?3 = '' AND ?1 <> 'bot' THEN queue ELSE ?3 END, "
    "brief = CASE WHEN ?4 = '{}' AND ?1 <> 'bot' THEN brief ELSE ?4 END, "
    "queued_at = CASE WHEN ?1 = 'bot' THEN NULL WHEN ?1 = 'queue' AND holder <> 'queue' THEN ?6 ELSE queued_at END "
    "WHERE id = ?7"
)
_SAY = "INSERT INTO message (conversation_id, seq, who, text, at, author, body, folded) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_QUEUE = (
    "INSERT INTO outbox (message_id, channel, peer, state, attempts, due_at, external_id, why, rank) "
    "VALUES (?, ?, ?, 'queued', 0, ?, '', '', ?)"
)
_SET_TIMER = (
    "INSERT INTO timer (conversation_id, purpose, serial, due_at) VALUES (?, ?, ?, ?) "
    "ON CONFLICT (conversation_id, purpose) DO UPDATE SET serial = excluded.serial, due_at = excluded.due_at"
)
_CANCEL = "DELETE FROM timer WHERE conversation_id = ? AND purpose = ?"
_START_CALL = "INSERT INTO call (conversation_id, id, call, given, key, attempts, at) VALUES (?, ?, ?, ?, ?, 0, ?)"
_COUNT = (
    "INSERT INTO count (day, name, total) VALUES (?1, ?2, ?3) "
    "ON CONFLICT (day, name) DO UPDATE SET total = total + excluded.total"
)
DAY = 86400


def commit(cur: Cursor, turn: Turn) -> Committed | Duplicate | Stale:
    """Writes a turn, or nothing."""
    number = turn.conversation_id
    stands = cur.execute(_STANDS, (number,)).fetchone()
    if stands is None:
        raise StoreError(f"there is no conversation {number}")
    version, seq, channel, peer, customer_id = stands
    no = _refused(cur, turn, version)
    if no is not None:
        return no
    page = None if turn.page is None else pack(turn.page)
    cur.execute(
        _MOVE_ON,
        (
            *(version + 1, turn.state, turn.at, seq + len(turn.messages), turn.ended),
            *(turn.lang or None, turn.title or None, page, number),
        ),
    )
    written = tuple([_say(cur, turn, new, seq + i, (channel, peer)) for i, new in enumerate(turn.messages, 1)])
    for purpose in turn.cancels:
        cur.execute(_CANCEL, (number, purpose))
    for timer in turn.timers:
        cur.execute(_SET_TIMER, (number, timer.purpose, timer.serial, timer.due_at))
    for name in turn.counts:
        count(cur, name, turn.at)
    if turn.holder is not None:
        _hold(cur, turn.holder, number, turn.at)
    _calls(cur, turn)
    _tickets(cur, turn)
    if turn.customer is not None:
        customers.edit(cur, customer_id, turn.customer)
    _questions(cur, turn, channel, customer_id)
    return Committed(written, version + 1)


def count(cur: Cursor, name: str, at: float, more: int = 1) -> None:
    """One more of something on a day, or several."""
    cur.execute(_COUNT, (int(at // DAY), name, more))


def _refused(cur: Cursor, turn: Turn, version: int) -> Duplicate | Stale | None:
    """Takes the external id, unless this turn must not be written."""
    inbound = turn.inbound
    if turn.version != version:
        return (_before(cur, inbound) if inbound else None) or Stale()
    if turn.held and not held.take(cur, turn.held, turn.conversation_id, turn.at):
        return Duplicate(turn.conversation_id)
    if inbound is None:
        return None
    cur.execute(_TAKE, (inbound.channel, inbound.external_id, turn.conversation_id, turn.at))
    return None if cur.rowcount else _before(cur, inbound)


def _before(cur: Cursor, inbound: Inbound) -> Duplicate | None:
    row = cur.execute(TAKEN, (inbound.channel, inbound.external_id)).fetchone()
    return Duplicate(row[0]) if row else None


def _say(cur: Cursor, turn: Turn, new: NewMessage, seq: int, to: tuple[str, str]) -> Message:
    body = pack(new.body) if new.body else "{}"
    cur.execute(_SAY, (turn.conversation_id, seq, new.who, new.text, turn.at, new.author, body, fold(new.text)))
    number = cur.lastrowid
    assert number is not None
    if new.deliver:
        cur.execute(_QUEUE, (number, *to, turn.at, new.rank))
    if new.ref:
        trace.add(cur, *to, number, (new.ref,))
    return Message(
        *(number, turn.conversation_id, seq, new.who, new.text, turn.at, new.author, new.body),
        "queued" if new.deliver else "",
    )


def _hold(cur: Cursor, to: HolderSet, conversation_id: int, at: float) -> None:
    cur.execute(_HOLD, (to.holder, to.operator_id, to.queue, pack(to.brief), to.due_at, at, conversation_id))


def _calls(cur: Cursor, turn: Turn) -> None:
    if turn.call_done:
        cur.execute("DELETE FROM call WHERE conversation_id = ? AND id = ?", (turn.conversation_id, turn.call_done))
    for call in turn.calls:
        cur.execute(_START_CALL, (turn.conversation_id, call.id, call.call, pack(call.given), call.key, turn.at))


def _questions(cur: Cursor, turn: Turn, channel: str, customer_id: int) -> None:
    for new in turn.questions:
        questions.add(cur, new, turn.at, "chat", channel, (turn.conversation_id, customer_id))
    if turn.feedback:
        questions.said(cur, turn.conversation_id, turn.feedback)
    if turn.handed:
        questions.handed(cur, customer_id, turn.at)


def _tickets(cur: Cursor, turn: Turn) -> None:
    for new in turn.tickets:
        tickets.add(cur, new, turn.conversation_id, turn.at)
    for change in turn.edits:
        tickets.edit(cur, change, turn.at)
    if _answered(turn.messages):
        tickets.replied(cur, turn.conversation_id, turn.at)


def _answered(messages: Sequence[NewMessage]) -> bool:
    return any(message.who == "operator" for message in messages)

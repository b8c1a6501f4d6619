"""Requests: their rows, their changes and their history."""

from __future__ import annotations

from collections.abc import Sequence
from sqlite3 import Cursor
from typing import Any

from presszero.errors import StoreError
from presszero.lang.fold import fold
from presszero.store import lessons
from presszero.store.base import NewTicket, Ticket, TicketEdit
from presszero.store.pack import mapping, names, pack, words
from presszero.store.reader import Row

TICKET = (
    "t.number, t.conversation_id, t.customer_id, t.title, t.category, t.priority, t.queue, t.state, t.owner_id, "
    "t.fields, t.notify, t.guess, t.reply_due, t.resolve_due, t.secret, t.contact, t.created_at, t.updated_at, "
    "t.replied_at, t.resolved_at, t.reopened, t.lang"
)
BY_NUMBER = f"SELECT {TICKET} FROM ticket t WHERE t.number = ?"  # noqa: S608 - a constant
HISTORY = "SELECT at, by, what, note FROM ticket_event WHERE ticket_number = ? ORDER BY id"
DONE = ("resolved", "closed")
PLAIN = ("state", "category", "priority", "queue", "contact")  # what an edit replaces as it is


def ticket_of(row: Row) -> Ticket:
    """The ticket of a row."""
    return Ticket(*[*row[:9], words(row[9]), names(row[10]), mapping(row[11]), *row[12:]])


def matching(
    conversation_id: int | None, customer_id: int | None, states: Sequence[str], queue: str
) -> tuple[str, list[object]]:
    """The query for some tickets and what it is given; a limit has to follow."""
    asked = {"t.conversation_id = ?": conversation_id, "t.customer_id = ?": customer_id, "t.queue = ?": queue or None}
    where = [name for name, value in asked.items() if value is not None]
    where += [f"t.state IN ({', '.join('?' * len(states))})"] if states else []
    sql = f"SELECT {TICKET} FROM ticket t WHERE {' AND '.join(where) or '1'} ORDER BY t.number DESC LIMIT ?"  # noqa: S608
    return sql, [*(value for value in asked.values() if value is not None), *states]


def add(cur: Cursor, new: NewTicket, conversation_id: int, at: float) -> None:
    """Writes a new ticket, in the language of its conversation, and the first line of its history."""
    cur.execute(
        "INSERT INTO ticket (number, conversation_id, customer_id, title, category, priority, queue, state, fields, "
        "notify, guess, reply_due, resolve_due, secret, contact, folded, created_at, updated_at, reopened, lang) "
        "SELECT ?, c.id, c.customer_id, ?, ?, ?, ?, 'new', ?, ?, ?, ?, ?, ?, ?, ?, ?14, ?14, 0, c.lang "
        "FROM conversation c WHERE c.id = ?15",
        (
            *(new.number, new.title, new.category, new.priority, new.queue),
            *(pack(new.fields), pack(new.notify), pack(new.guess), new.reply_due, new.resolve_due),
            *(new.secret, new.contact, _folded(new.title, new.contact, new.fields), at, conversation_id),
        ),
    )
    _event(cur, new.number, at, {"state": "new", "category": new.category, "queue": new.queue})


def edit(cur: Cursor, change: TicketEdit, at: float) -> Ticket:
    """Changes a ticket; what really changed goes into its history."""
    row = cur.execute(BY_NUMBER, (change.number,)).fetchone()
    if row is None:
        raise StoreError(f"there is no ticket {change.number}")
    ticket = ticket_of(row)
    what = _changes(ticket, change)
    columns = {**what, **_times(ticket, what.get("state"), at)}
    if "fields" in what:
        columns["fields"] = pack({**ticket.fields, **what["fields"]})
    if what or change.note:
        columns["updated_at"] = at
        columns["folded"] = _folded(
            ticket.title, what.get("contact", ticket.contact), {**ticket.fields, **what.get("fields", {})}
        )
        names_ = ", ".join(f"{name} = ?" for name in columns)
        cur.execute(f"UPDATE ticket SET {names_} WHERE number = ?", (*columns.values(), change.number))  # noqa: S608 - our names
        _event(cur, change.number, at, what, by=change.by, note=change.note)
    if "category" in what and change.lesson is not None:
        lessons.propose(cur, ticket, what["category"], change.lesson, change.by, at)
    return ticket_of(cur.execute(BY_NUMBER, (change.number,)).fetchone())


def replied(cur: Cursor, conversation_id: int, at: float) -> None:
    """A person has answered: the first answer to each request of this conversation that had none."""
    cur.execute(
        "UPDATE ticket SET replied_at = ? WHERE conversation_id = ? AND replied_at IS NULL "
        "AND state NOT IN ('resolved', 'closed')",
        (at, conversation_id),
    )


def forget(cur: Cursor, conversation_id: int) -> None:
    """Leaves of a conversation's tickets what counts: number, category, priority, queue, state and times."""
    cur.execute(
        "UPDATE ticket SET title = '', contact = '', fields = '{}', guess = '{}', secret = '', folded = '' "
        "WHERE conversation_id = ?",
        (conversation_id,),
    )
    events = (
        "SELECT e.id, e.what FROM ticket_event e JOIN ticket t ON t.number = e.ticket_number "
        "WHERE t.conversation_id = ?"
    )
    for number, what in cur.execute(events, (conversation_id,)).fetchall():
        kept = {k: v for k, v in mapping(what).items() if k not in ("fields", "contact")}
        cur.execute("UPDATE ticket_event SET what = ?, note = '' WHERE id = ?", (pack(kept), number))


def _changes(ticket: Ticket, change: TicketEdit) -> dict[str, Any]:
    what: dict[str, Any] = {}
    for name in PLAIN:
        value = getattr(change, name)
        if value is not None and value != getattr(ticket, name):
            what[name] = value
    owner = change.owner_id or None  # 0 takes the owner away
    if change.owner_id is not None and owner != ticket.owner_id:
        what["owner_id"] = owner
    fields = {k: v for k, v in (change.fields or {}).items() if ticket.fields.get(k) != v}
    if fields:
        what["fields"] = fields
    return what


def _times(ticket: Ticket, state: str | None, at: float) -> dict[str, Any]:
    """What a change of state does to the clock."""
    if state in DONE:
        return {} if ticket.state in DONE else {"resolved_at": at}
    if state is not None and ticket.state in DONE:
        return {"resolved_at": None, "reopened": ticket.reopened + 1}
    return {}


def _folded(title: str, contact: str, fields: dict[str, str]) -> str:
    return fold(" ".join((title, contact, *fields.values())))


def _event(cur: Cursor, number: int, at: float, what: dict[str, Any], *, by: str = "bot", note: str = "") -> None:
    cur.execute(
        "INSERT INTO ticket_event (ticket_number, at, by, what, note) VALUES (?, ?, ?, ?, ?)",
        (number, at, by, pack(what), note),
    )

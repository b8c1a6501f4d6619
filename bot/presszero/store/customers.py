"""Who talks: customers, their verified names, and the conversation a peer is in.

A peer alone joins nothing: only a verified key moves a conversation to another customer, and a merge row remembers from
whom, so that it can be taken back.
"""

from __future__ import annotations

from sqlite3 import Cursor
from typing import NamedTuple

from presszero.lang.fold import fold
from presszero.store.base import Conversation, Customer, CustomerEdit
from presszero.store.pack import mapping, names, pack, slots, words
from presszero.store.reader import Row

CONVERSATION = (
    "c.id, c.channel, c.peer, c.customer_id, c.version, c.state, c.holder, c.operator_id, c.queue, c.brief, c.lang, "
    "c.title, c.page, c.queued_at, c.due_at, c.created_at, c.updated_at, c.last_seq, c.read_seq, c.seen_seq, c.ended"
)
CUSTOMER = "u.id, u.facts, u.remembered, u.tags, u.verified"
BOTH = f"SELECT {CONVERSATION}, {CUSTOMER} FROM conversation c JOIN customer u ON u.id = c.customer_id "  # noqa: S608 - constants
BY_ID = BOTH + "WHERE c.id = ?"
LAST_OF_PEER = BOTH + "WHERE c.channel = ? AND c.peer = ? ORDER BY c.id DESC LIMIT 1"
TALKS = (
    f"SELECT {CONVERSATION}, b.at FROM conversation c "  # noqa: S608 - constants
    "LEFT JOIN blocked b ON b.channel = c.channel AND b.peer = c.peer WHERE c.customer_id = ? ORDER BY c.id DESC LIMIT ?"
)
OF_KEY = "SELECT customer_id FROM identity WHERE key = ?"

_NEW_CUSTOMER = (
    "INSERT INTO customer (facts, remembered, tags, verified, folded, created_at) VALUES ('{}', '{}', '[]', ?, '', ?)"
)
_NEW_CONVERSATION = (
    "INSERT INTO conversation (channel, peer, customer_id, version, state, holder, queue, brief, lang, title, page, "
    "created_at, updated_at, last_seq, read_seq, seen_seq, ended) "
    "VALUES (?, ?, ?, 0, x'7b7d', 'bot', '', '{}', '', '', '{}', ?4, ?4, 0, 0, 0, 0)"
)
_MOVABLE = (
    "SELECT id FROM conversation WHERE channel = ? AND peer = ? AND customer_id = ? "
    "AND NOT EXISTS (SELECT 1 FROM merge WHERE conversation_id = conversation.id AND undone)"
)


def both(row: Row) -> tuple[Conversation, Customer]:
    """The records of a row of ``BOTH``."""
    return conversation_of(row), customer_of(row[21:26])


def conversation_of(row: Row) -> Conversation:
    """The conversation of a row."""
    return Conversation(*[*row[:9], words(row[9]), row[10], row[11], words(row[12]), *row[13:20], row[20] == 1])


def customer_of(row: Row) -> Customer:
    """The customer of a row."""
    number, facts, remembered, tags, verified = row
    return Customer(number, mapping(facts), slots(remembered), names(tags), verified == 1)


class Arrival(NamedTuple):
    """Who comes, where, when, and with what proof."""

    channel: str
    peer: str
    at: float
    idle: float
    key: str


def is_open(conversation: Conversation, at: float, idle: float) -> bool:
    """Whether what comes next belongs to it; one that people hold does not grow old."""
    return not conversation.ended and (conversation.holder != "bot" or at - conversation.updated_at < idle)


def arrive(cur: Cursor, who: Arrival) -> tuple[Conversation, Customer]:
    """The open conversation of a peer, or a new one."""
    channel, peer, at, idle, key = who
    row = cur.execute(LAST_OF_PEER, (channel, peer)).fetchone()
    last = both(row) if row else None
    person = _of_key(cur, key, at) if key else linked(cur, channel, peer)
    if last and person is not None and person != last[1].id and not last[1].verified:
        _move(cur, who, last[1].id, person)
        last = both(cur.execute(BY_ID, (last[0].id,)).fetchone())
    if last and is_open(last[0], at, idle) and person in (None, last[1].id):
        return last
    if last and last[0].holder == "bot" and not last[0].ended:
        cur.execute("UPDATE conversation SET ended = 1, version = version + 1 WHERE id = ?", (last[0].id,))
    owner = person if person is not None else _own(cur, channel, peer, at)
    cur.execute(_NEW_CONVERSATION, (channel, peer, owner, at))
    return both(cur.execute(BY_ID, (cur.lastrowid,)).fetchone())


def move_peer(cur: Cursor, channel: str, old: str, new: str) -> None:
    """Renames the peer of an anonymous customer's conversations."""
    cur.execute(
        "UPDATE conversation SET peer = ?, version = version + 1 WHERE channel = ? AND peer = ? "
        "AND customer_id IN (SELECT id FROM customer WHERE NOT verified)",
        (new, channel, old),
    )


def _of_key(cur: Cursor, key: str, at: float) -> int:
    row: tuple[int] | None = cur.execute(OF_KEY, (key,)).fetchone()
    if row:
        return row[0]
    person = _new(cur, at, verified=True)
    cur.execute("INSERT INTO identity (key, customer_id, at) VALUES (?, ?, ?)", (key, person, at))
    return person


def _own(cur: Cursor, channel: str, peer: str, at: float) -> int:
    """The anonymous customer of a peer."""
    row: tuple[int] | None = cur.execute(
        "SELECT u.id FROM conversation c JOIN customer u ON u.id = c.customer_id "
        "WHERE c.channel = ? AND c.peer = ? AND NOT u.verified ORDER BY c.id DESC LIMIT 1",
        (channel, peer),
    ).fetchone()
    return row[0] if row else _new(cur, at, verified=False)


def _new(cur: Cursor, at: float, *, verified: bool) -> int:
    cur.execute(_NEW_CUSTOMER, (verified, at))
    assert cur.lastrowid is not None
    return cur.lastrowid


def _move(cur: Cursor, who: Arrival, before: int, person: int) -> None:
    """Gives a peer's conversations, and their tickets, to the customer it proved to be."""
    for (number,) in cur.execute(_MOVABLE, (who.channel, who.peer, before)).fetchall():
        cur.execute(
            # Whoever moves on was somebody else before that: what is taken back goes to where it began.
            "INSERT INTO merge (conversation_id, customer_id, at, undone) VALUES (?, ?, ?, 0) ON CONFLICT DO NOTHING",
            (number, before, who.at),
        )
        _give(cur, number, person)


def _give(cur: Cursor, conversation_id: int, person: int) -> None:
    cur.execute("UPDATE ticket SET customer_id = ? WHERE conversation_id = ?", (person, conversation_id))
    cur.execute(
        "UPDATE conversation SET customer_id = ?, version = version + 1 WHERE id = ?", (person, conversation_id)
    )


def separate(cur: Cursor, conversation_id: int) -> bool:
    """Takes a merge back: the conversation and its tickets return to the customer they had before, and stay there."""
    row = cur.execute(
        "UPDATE merge SET undone = 1 WHERE conversation_id = ? AND NOT undone RETURNING customer_id", (conversation_id,)
    ).fetchone()
    if row is None:
        return False
    # A one-time code that joined this peer joins it no longer, or the next conversation would go there again.
    cur.execute(
        "DELETE FROM identity WHERE (key, customer_id) IN "
        "(SELECT substr(channel, 1, instr(channel || ':', ':') - 1) || ':' || peer, customer_id "
        "FROM conversation WHERE id = ?)",
        (conversation_id,),
    )
    _give(cur, conversation_id, row[0])
    return True


def link_key(channel: str, peer: str) -> str:
    """The name in ``identity`` of a peer that a code has joined: one for all accounts of a channel."""
    return f"{channel.partition(':')[0]}:{peer}"


def linked(cur: Cursor, channel: str, peer: str) -> int | None:
    """The customer whom a one-time code has joined a peer to."""
    row: tuple[int] | None = cur.execute(OF_KEY, (link_key(channel, peer),)).fetchone()
    return row[0] if row else None


def join(cur: Cursor, who: Arrival, person: int) -> None:
    """A one-time code joins a peer to a customer: what it wrote before goes along, what it writes next goes there."""
    last = arrive(cur, who)[1]
    if last.id != person:
        _move(cur, who, last.id, person)
    cur.execute(
        "INSERT INTO identity (key, customer_id, at) VALUES (?, ?, ?) "
        "ON CONFLICT (key) DO UPDATE SET customer_id = excluded.customer_id, at = excluded.at",
        (link_key(who.channel, who.peer), person, who.at),
    )


def edit(cur: Cursor, customer_id: int, change: CustomerEdit) -> None:
    """Adds what became known."""
    row = cur.execute(f"SELECT {CUSTOMER} FROM customer u WHERE u.id = ?", (customer_id,)).fetchone()  # noqa: S608 - a constant
    if row is None:
        return
    known = customer_of(row)
    facts = {**known.facts, **change.facts}
    tags = tuple(dict.fromkeys((*known.tags, *change.tags)))
    cur.execute(
        "UPDATE customer SET facts = ?, remembered = ?, tags = ?, folded = ? WHERE id = ?",
        (
            pack(facts),
            pack({**known.remembered, **change.remembered}),
            pack(tags),
            fold(" ".join(str(v) for v in facts.values())),
            customer_id,
        ),
    )

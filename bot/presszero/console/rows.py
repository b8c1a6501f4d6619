"""The list of conversations: mine and those that wait for a person, all that are open, those that are closed, found ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from presszero.console.deadline import Badge, of_conversation
from presszero.console.reader import Reader
from presszero.runtime.called import called as everywhere
from presszero.runtime.mask import mask_cards
from presszero.store.base import Customer, QueueRow, Store

TABS = ("work", "all", "closed")
ICONS = {"web": "globe", "rest": "globe", "telegram": "plane", "email": "mail", "voice": "phone"}


class Row(NamedTuple):
    """One line of the list."""

    id: int
    name: str
    face: str
    channel: str
    icon: str
    last: str
    topic: str
    operator: str
    badge: Badge | None
    new: int
    fresh: bool


class Section(NamedTuple):
    """Rows under a heading; ``note`` stands at its right."""

    name: str
    title: str
    note: str
    rows: tuple[Row, ...]


class Listed(NamedTuple):
    """The list as it is shown."""

    tab: str
    query: str
    sections: tuple[Section, ...]
    waiting: int


async def listed(store: Store, reader: Reader, tab: str, query: str) -> Listed:
    """The rows of a tab, or what was found."""
    say, me = reader.words.gettext, reader.operator
    tab = tab if tab in TABS else "work"
    waiting = [r for r in await store.rows(holder=("queue",)) if not me.queues or r.conversation.queue in me.queues]
    if query.strip():
        found = await store.search(query[:200], 50)
        sections = [Section("found", say("Found"), str(len(found)), _rows(reader, found))]
    elif tab == "work":
        mine = await store.rows(holder=("person",), operator_id=me.id)
        note = say("%(n)d of %(limit)d") % {"n": len(mine), "limit": limit(reader)}
        order = say("%(n)d, urgent first") % {"n": len(waiting)}
        sections = [
            Section("mine", say("Mine"), note, _rows(reader, mine)),
            Section("waiting", say("Waiting for a person"), order, _rows(reader, waiting)),
        ]
    elif tab == "all":
        people = await store.rows(holder=("queue", "person"))
        bot = await store.rows(holder=("bot",), limit=100)
        sections = [
            Section("people", say("With people"), str(len(people)), _rows(reader, people)),
            Section("bot", say("With the bot"), str(len(bot)), _rows(reader, bot)),
        ]
    else:
        closed = await store.rows(holder=("bot", "queue", "person"), ended=True, limit=100)
        sections = [Section("closed", say("Closed"), "", _rows(reader, closed))]
    return Listed(tab, query, tuple(sections), len(waiting))


def limit(reader: Reader) -> int:
    """How many conversations at once the operator's queues allow."""
    queues = reader.content.handoff.queues
    own = [queues[name].limit for name in reader.operator.queues if name in queues]
    return max(own or [q.limit for q in queues.values()])


def _rows(reader: Reader, found: Iterable[QueueRow]) -> tuple[Row, ...]:
    return tuple(_row(reader, row) for row in found)


def _row(reader: Reader, row: QueueRow) -> Row:
    talk, last = row.conversation, row.last
    name = called(reader, row.customer, talk.id)
    asked = last is not None and last.who == "customer"
    mine = talk.holder == "person" and talk.operator_id == reader.operator.id
    unread = max(0, talk.last_seq - talk.seen_seq) if asked and mine else 0
    return Row(
        id=talk.id,
        name=name,
        face=face(name),
        channel=talk.channel.partition(":")[0],
        icon=ICONS.get(talk.channel.partition(":")[0], "chat"),
        last=_last(reader, row),
        topic=reader.queue(talk.queue) if talk.queue else "",
        operator="" if mine else row.operator,
        badge=of_conversation(reader, talk, last),
        new=unread,
        fresh=asked,
    )


def _last(reader: Reader, row: QueueRow) -> str:
    last, say = row.last, reader.words.gettext
    if last is None:
        return mask_cards(row.conversation.title)
    text = " ".join(last.text.split())[:160]
    if not text and last.body.get("file"):
        text = say("File: %(name)s") % {"name": last.body["file"].get("name", "")}
    if last.who == "operator":
        author = say("You") if last.author == reader.operator.shown else last.author
        return f"{author}: {text}"
    if last.who != "customer":  # what the machine said last tells less than what was asked
        return mask_cards(row.conversation.title) or text
    return text


def called(reader: Reader, customer: Customer, number: int) -> str:
    """What a customer is called."""
    return everywhere(customer, number, reader.lang)


def face(name: str) -> str:
    """The letters of a round face."""
    parts: Sequence[str] = [p for p in name.split() if p[:1].isalpha()]
    return "".join(p[0] for p in parts[:2]).upper() if parts and not any(c.isdigit() for c in name) else "?"

"""What an operator needs to know beside the talk: who it is, what is known already, the requests with their deadlines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from presszero.console.deadline import Badge, of_ticket
from presszero.console.explain import Explained, explained
from presszero.console.judged import Judged, judged, supposed
from presszero.console.learned import Fact, label, learned
from presszero.console.reader import Reader
from presszero.console.rows import called, face
from presszero.dialogue.text import show
from presszero.handoff.model import PRIORITIES
from presszero.runtime.mask import mask_cards
from presszero.runtime.turn import state_of
from presszero.store.base import Conversation, Customer, Store, Ticket, TicketState

STATES: tuple[TicketState, ...] = ("new", "open", "waiting", "resolved", "closed")
Options = tuple[tuple[str, str], ...]
_SHOWN_APART = {"name", "nick", "verified", "contract", "phone", "email", "contact"}
_FIRST = ("contract", "phone", "email", "contact")


class Shown(NamedTuple):
    """A request as the console shows it."""

    ticket: Ticket
    state: str
    category: str
    badge: Badge | None
    explained: Explained | None
    judged: Judged | None
    owner: str
    fields: tuple[Fact, ...]


class Earlier(NamedTuple):
    """A request from before."""

    number: int
    title: str
    state: str
    day: str
    done: bool


class Elsewhere(NamedTuple):
    """Where else the customer writes, or wrote before."""

    id: int
    channel: str
    day: str
    blocked: bool
    here: bool


class Context(NamedTuple):
    """The pane."""

    id: int
    name: str
    face: str
    verified: bool
    facts: tuple[Fact, ...]
    tags: tuple[str, ...]
    learned: tuple[Fact, ...]
    tried: tuple[tuple[str, str], ...]
    tickets: tuple[Shown, ...]
    supposed: Judged | None
    earlier: tuple[Earlier, ...]
    talks: tuple[Elsewhere, ...]
    states: Options
    categories: Options
    grouped: tuple[tuple[str, Options], ...]
    priorities: Options


async def context(store: Store, reader: Reader, conversation: Conversation, customer: Customer) -> Context:
    """Everything of the pane."""
    state, content = state_of(conversation), reader.content
    own = await store.tickets(conversation_id=conversation.id, limit=20)
    every = await store.tickets(customer_id=customer.id, limit=30)
    brief = [
        Fact(label(reader, k), v) for k, v in conversation.brief.items() if v and not (k == "tried" and state.tried)
    ]
    known = list({(f.label, f.value): f for f in [*learned(reader, state), *brief]}.values())
    pages = {a.title: f"/kb/{a.lang}/{a.slug}" for lang in content.languages for a in content.library.articles(lang)}
    name = called(reader, customer, conversation.id)
    return Context(
        id=conversation.id,
        name=name,
        face=face(name),
        verified=customer.verified,
        facts=tuple(_facts(reader, conversation, customer)),
        tags=customer.tags,
        learned=tuple(known),
        tried=tuple((title, pages.get(title, "")) for title in state.tried),
        tickets=tuple([await shown(store, reader, ticket) for ticket in own]),
        supposed=supposed(reader, conversation, state) if not own else None,
        earlier=tuple(_earlier(reader, t) for t in every if t.conversation_id != conversation.id),
        talks=tuple(_talks(reader, await store.talks(customer.id), conversation)),
        **choices(reader),
    )


def _talks(
    reader: Reader, talks: Sequence[tuple[Conversation, float | None]], here: Conversation
) -> Iterator[Elsewhere]:
    """The newest conversation of each channel and peer; nothing where there is only this one and nothing to say of it."""
    newest: dict[tuple[str, str], tuple[Conversation, float | None]] = {}
    for talk, blocked in talks:
        newest.setdefault((talk.channel, talk.peer), (talk, blocked))
    if len(newest) == 1 and not any(blocked for _, blocked in newest.values()):
        return
    for talk, blocked in newest.values():
        own = (talk.channel, talk.peer) == (here.channel, here.peer)
        day = reader.day(talk.updated_at)
        yield Elsewhere(talk.id, channel_word(reader, talk.channel), day, blocked is not None, own)


async def shown(store: Store, reader: Reader, ticket: Ticket) -> Shown:
    """One request."""
    owner = await store.operator(id=ticket.owner_id) if ticket.owner_id else None
    return Shown(
        ticket,
        state_word(reader, ticket.state),
        reader.category(ticket.category),
        of_ticket(reader, ticket),
        explained(reader, ticket),
        judged(reader, ticket),
        owner.shown if owner else "",
        tuple(Fact(label(reader, k), v) for k, v in ticket.fields.items() if v),
    )


def choices(reader: Reader) -> dict[str, Any]:
    """What a request may be changed to; ``grouped``: the categories under their groups."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for name in reader.content.handoff.categories:
        groups.setdefault(reader.group(name), []).append((name, reader.category(name)))
    return {
        "states": tuple((s, state_word(reader, s)) for s in STATES),
        "categories": tuple((c, reader.category(c)) for c in reader.content.handoff.categories),
        "grouped": tuple((title, tuple(options)) for title, options in groups.items()),
        "priorities": tuple((p, priority_word(reader, p)) for p in PRIORITIES),
    }


def state_word(reader: Reader, state: str) -> str:
    """A request's state in a word."""
    say = reader.words.gettext
    return {
        "new": say("new"),
        "open": say("in work"),
        "waiting": say("waiting for the customer"),
        "resolved": say("solved"),
        "closed": say("closed"),
    }.get(state, state)


def priority_word(reader: Reader, priority: str) -> str:
    """A priority in a word."""
    return reader.priority(priority)


def channel_word(reader: Reader, channel: str) -> str:
    """A channel in words."""
    say, name = reader.words.gettext, channel.partition(":")[0]
    known = {"web": say("chat on the site"), "rest": "REST", "telegram": "Telegram", "voice": say("phone")}
    account = channel.partition(":")[2]
    return known.get(name, name) + (f" ({account})" if account else "")


def _facts(reader: Reader, conversation: Conversation, customer: Customer) -> list[Fact]:
    say = reader.words.gettext
    found = [Fact(label(reader, k), _text(customer.facts[k])) for k in _FIRST if customer.facts.get(k)]
    found += [Fact(label(reader, k), _text(v)) for k, v in customer.facts.items() if k not in _SHOWN_APART and v]
    found += _remembered(reader, customer.remembered, {f.label for f in found})
    languages = {"ru": say("Russian"), "en": say("English")}
    if conversation.lang:
        found.append(Fact(say("Language"), languages.get(conversation.lang, conversation.lang)))
    found.append(Fact(say("Channel"), channel_word(reader, conversation.channel)))
    return found + [Fact(label(reader, k), _text(v)) for k, v in conversation.page.items() if v]


def _remembered(reader: Reader, slots: Mapping[str, tuple[Any, float]], there: set[str]) -> list[Fact]:
    """What the customer said in earlier conversations and is kept with them."""
    every = [Fact(label(reader, k), _text(value)) for k, (value, _) in slots.items() if value not in (None, "")]
    return [fact for fact in every if fact.label not in there]


def _text(value: Any) -> str:
    return mask_cards(show(value))[:300]


def _earlier(reader: Reader, ticket: Ticket) -> Earlier:
    done = ticket.state in {"resolved", "closed"}
    title = ticket.title or reader.category(ticket.category)
    return Earlier(ticket.number, title, state_word(reader, ticket.state), reader.day(ticket.created_at), done)

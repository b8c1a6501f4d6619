"""The first post of a topic: who it is, by which channels, what the bot found out, the request and its deadline. Pure but for reading."""

from __future__ import annotations

from presszero.channels.telegram.rich import Rich, link, marked, plain
from presszero.channels.telegram_desk.words import known, word
from presszero.dialogue.text import show
from presszero.runtime.called import called
from presszero.runtime.content import Content
from presszero.runtime.mask import mask_cards
from presszero.runtime.times import promise
from presszero.store.base import Conversation, Customer, Store, Ticket, TicketState

OPEN: tuple[TicketState, ...] = ("new", "open", "waiting")
MOST_VALUE = 300
MOST = 2000  # characters: within Telegram's limit whatever they are
_FACTS = ("contract", "phone", "email", "contact", "address")


async def card(store: Store, content: Content, conversation: Conversation, customer: Customer, now: float) -> Rich:
    """The card, in the desk's language."""
    lang = content.default_lang
    tickets = await store.tickets(conversation_id=conversation.id, states=OPEN, limit=3)
    channels = {conversation.channel}
    for other in await store.tickets(customer_id=customer.id, limit=10):
        found = await store.load(other.conversation_id)
        channels |= {found[0].channel} if found else set()
    text = marked(called(customer, conversation.id, lang), "b")
    spoken = [known(conversation.lang, lang)] if conversation.lang else []
    text += plain(" · ".join(["", *spoken, *sorted(known(c.partition(":")[0], lang) for c in channels)]))
    if conversation.title:
        text += _line(word("question", lang), mask_cards(conversation.title))
    facts = {k: show(customer.facts[k]) for k in _FACTS if customer.facts.get(k)}
    for name, value in {**facts, **conversation.brief}.items():
        if value and value != conversation.title:
            text += _line(known(name, lang), mask_cards(value)[:MOST_VALUE])
    for ticket in tickets:
        text += _ticket(content, ticket, now, lang)
    text += await _holder(store, content, conversation, now, lang)
    if await store.blocked(conversation.channel, conversation.peer) is not None:
        text += plain("\n") + marked(word("blocked", lang), "b")
    if content.public_url:
        text += plain("\n") + link(word("console", lang), f"{content.public_url}/console/c/{conversation.id}")
    return text.piece(0, min(len(text.text), MOST))


def _line(name: str, value: str) -> Rich:
    return plain("\n") + marked(f"{name}:", "i") + plain(f" {value}")


def _ticket(content: Content, ticket: Ticket, now: float, lang: str) -> Rich:
    due = word("due", lang, due=promise(ticket.reply_due, now, content.zone, lang)) if ticket.reply_due else ""
    about = ", ".join(part for part in (ticket.title, due) if part)
    return _line(word("ticket", lang, number=ticket.number), mask_cards(about))


async def _holder(store: Store, content: Content, conversation: Conversation, now: float, lang: str) -> Rich:
    if conversation.holder == "person" and conversation.operator_id:
        operator = await store.operator(id=conversation.operator_id)
        return _line(word("answers", lang), operator.shown) if operator else plain("")
    queue = content.handoff.queues.get(conversation.queue)
    if conversation.holder != "queue" or queue is None:
        return plain("")
    due = word("due", lang, due=promise(conversation.due_at, now, content.zone, lang)) if conversation.due_at else ""
    return _line(word("queue", lang), ", ".join(p for p in (queue.title.render(lang, {}) or queue.name, due) if p))

"""Answers what the core asks inside a turn: articles, tickets, the queue. Everything it writes is written by the turn's commit."""

from __future__ import annotations

import logging
import secrets
from typing import Any, assert_never

import msgspec

from presszero.dialogue import effects, events
from presszero.dialogue.effects import Ask
from presszero.dialogue.events import Event
from presszero.dialogue.knowledge import NOTHING_FOUND, Answer
from presszero.dialogue.parse import NOT_UNDERSTOOD
from presszero.dialogue.state import State
from presszero.kb.article import reader_of
from presszero.runtime import line, routing
from presszero.runtime.content import Content
from presszero.runtime.facts import moment
from presszero.runtime.mask import mask_cards
from presszero.runtime.private import known_of, private
from presszero.runtime.times import promise
from presszero.store.asked import NewQuestion
from presszero.store.base import Conversation, Customer, NewTicket, Store, Ticket, TicketEdit

log = logging.getLogger(__name__)


class Answers:
    """The answers of one turn, and what they ask the commit to write."""

    def __init__(
        self, store: Store, content: Content, conversation: Conversation, customer: Customer, before: State
    ) -> None:
        self._store = store
        self._content = content
        self._conversation = conversation
        self._customer = customer
        self._before = before
        self.opened: list[NewTicket] = []
        self.edits: list[TicketEdit] = []
        self.asked: list[NewQuestion] = []
        self.brief: dict[str, str] = {}
        self.reply_due: float | None = None

    async def answer(self, ask: Ask, state: State, event: Event) -> Event:
        """The event that answers an ask. StartCall is not answered inside a turn."""
        match ask:
            case effects.SearchKb():
                return self._search(ask, state, event)
            case effects.OpenTicket():
                return await self._open(ask, state, event)
            case effects.UpdateTicket():
                return await self._update(ask, state, event)
            case effects.FindTicket():
                return await self._find(ask, state, event)
            case effects.HandOff():
                return await self._hand_off(ask, state, event)
            case effects.StartCall():
                raise AssertionError("a call is made after the commit")
            case _:
                assert_never(ask)

    def _search(self, ask: effects.SearchKb, state: State, event: Event) -> Event:
        try:
            known = self._customer.facts if self._customer.verified else {}
            reader = reader_of(known, event.facts.channel)
            answer = self._content.library.search(ask.query, ask.lang, 3, reader)
        except Exception:
            # Articles that cannot be searched must not stand between a customer and a person.
            log.exception("PZ-KB the articles could not be searched")
            answer = NOTHING_FOUND
        if state.pending is None or state.pending.why != "picked":  # choosing an article is no question of its own
            asked = self._asked(ask, state, event, answer)
            self.asked.append(asked)
            if self._generates(answer, asked, event):
                answer = msgspec.structs.replace(answer, asked=asked.text)
        return events.KbAnswered(at=event.at, facts=event.facts, id=ask.id, answer=answer)

    def _generates(self, answer: Answer, asked: NewQuestion, event: Event) -> bool:
        """Whether a language model may be asked; what is heard rather than read, and another language, stay verbatim."""
        here = self._content.generates and event.facts.channel != "voice"
        return here and any(p.lang == asked.lang for p in answer.passages)

    def _asked(self, ask: effects.SearchKb, state: State, event: Event, answer: Answer) -> NewQuestion:
        """The question as it is kept, without personal data."""
        known = known_of(self._customer.facts, self._customer.remembered)
        parse = event.parse if isinstance(event, events.Heard) else NOT_UNDERSTOOD
        return NewQuestion(
            text=private(ask.query, known),
            lang=ask.lang or self._content.default_lang,
            band=answer.kind,
            shown=tuple(dict.fromkeys(p.article for p in answer.passages)),
            chance=answer.passages[0].score if answer.passages else 0.0,
            searched=private(answer.searched, known),
            flow=state.top.flow if state.top else "",
            intent=parse.intent or "",
            confidence=parse.confidence,
        )

    async def _open(self, ask: effects.OpenTicket, state: State, event: Event) -> Event:
        content, handoff = self._content, self._content.handoff
        about = routing.kind(content, ask.text, state.lang, ask.category)
        category = about.category
        known = handoff.categories.get(category)
        urgency = routing.priority(content, ask.text, category, ask.priority)
        whose = routing.queue(content, about, ask.queue)
        due = handoff.due(category, urgency.value, moment(event.at))
        told = routing.reasons(content, mask_cards(ask.text), state.lang, about, urgency, whose)
        named = known.title.render(state.lang, {}) if known else category
        title = mask_cards(ask.text or self._conversation.title or named)
        number = await self._store.next_ticket_number()
        ticket = NewTicket(
            number=number,
            title=title[:200],
            category=category,
            priority=urgency.value,
            queue=whose.value,
            fields={k: mask_cards(v) for k, v in ask.fields.items()},
            notify=ask.notify,
            guess=routing.kept(about, told, mask_cards(ask.text)),
            reply_due=due.reply.timestamp(),
            resolve_due=due.resolve.timestamp(),
            secret=secrets.token_urlsafe(24),
            contact=str(self._customer.facts.get("contact") or self._customer.facts.get("email") or ""),
        )
        self.opened.append(ticket)
        shown = self._shown(
            number, ticket.title, "new", category, ticket.reply_due, ticket.secret, state.lang, event.at
        )
        return events.TicketAnswered(at=event.at, facts=event.facts, id=ask.id, ticket=shown)

    def _shown(
        self, number: int, title: str, state: str, category: str, due: float | None, secret: str, lang: str, at: float
    ) -> dict[str, Any]:
        """A ticket as texts name it: ``${t.number}``, ``${t.due}``, ``${t.state}``…"""
        known = self._content.handoff.categories.get(category)
        return {
            "number": number,
            "title": title,
            "state": state,
            "state_text": ticket_state(self._content, state, lang),
            "category": category,
            "category_title": known.title.render(lang, {}) if known else category,
            "due": promise(due, at, self._content.zone, lang) if due else "",
            "link": self._content.request_url(number, secret, lang) if secret else "",
        }

    def _show_ticket(self, ticket: Ticket, lang: str, at: float) -> dict[str, Any]:
        return self._shown(
            ticket.number, ticket.title, ticket.state, ticket.category, ticket.reply_due, ticket.secret, lang, at
        )

    async def _update(self, ask: effects.UpdateTicket, state: State, event: Event) -> Event:
        new = next((n for n in self.opened if n.number == ask.number), None)
        old = None if new else await self._own(ask.number)
        if new is None and old is None:
            return events.TicketAnswered(at=event.at, facts=event.facts, id=ask.id, outcome="not_found")
        edit = TicketEdit(
            ask.number,
            fields={k: mask_cards(v) for k, v in ask.fields.items()} or None,
            category=ask.category or None,
            priority=ask.priority or None,
        )
        self.edits.append(edit)
        shown = (
            self._show_ticket(old, state.lang, event.at)
            if old
            else self._shown(
                ask.number, new.title, "new", new.category, new.reply_due, new.secret, state.lang, event.at
            )
            if new
            else {}
        )
        return events.TicketAnswered(at=event.at, facts=event.facts, id=ask.id, ticket=shown)

    async def _own(self, number: int) -> Ticket | None:
        """A ticket of this customer or conversation; another's number finds nothing."""
        ticket = await self._store.ticket(number)
        if ticket and (ticket.conversation_id == self._conversation.id or ticket.customer_id == self._customer.id):
            return ticket
        return None

    async def _find(self, ask: effects.FindTicket, state: State, event: Event) -> Event:
        if ask.number is not None:
            ticket = await self._own(ask.number)
            found = [ticket] if ticket else []
        else:
            found = list(
                await self._store.tickets(customer_id=self._customer.id, states=("new", "open", "waiting"), limit=2)
            )
        if not found:
            return events.TicketAnswered(at=event.at, facts=event.facts, id=ask.id, outcome="not_found")
        shown = self._show_ticket(found[0], state.lang, event.at)
        outcome = "ok" if len(found) == 1 else "several"
        return events.TicketAnswered(
            at=event.at, facts=event.facts, id=ask.id, outcome="several" if outcome == "several" else "ok", ticket=shown
        )

    async def _hand_off(self, ask: effects.HandOff, state: State, event: Event) -> Event:
        content, now = self._content, moment(event.at)
        name = ask.queue if ask.queue in content.handoff.queues else self._route(ask.text, state.lang)
        queue = content.handoff.queues[name]
        here = len(await self._store.present(event.at))
        is_open = content.always_open or content.handoff.is_open(name, now)
        waits = self._conversation.id if state.holder == "queue" else None
        place, wait = await line.place(self._store, content, name, waits, event.at)
        opens = None if is_open else content.handoff.queue_opens_at(name, now)
        shown = {
            "name": name,
            "title": queue.title.render(state.lang, {}) or name,
            "place": place,
            "wait_min": wait,
            "opens": promise(opens.timestamp(), event.at, content.zone, state.lang) if opens else "",
        }
        self.brief = {k: mask_cards(v) for k, v in ask.brief.items()}
        self.reply_due = self.due_now(ask.text, event.at)
        outcome = "out_of_hours" if not is_open else "queued" if here or ask.patient else "nobody"
        return events.HandoffAnswered(
            at=event.at,
            facts=event.facts,
            id=ask.id,
            outcome="out_of_hours" if outcome == "out_of_hours" else "queued" if outcome == "queued" else "nobody",
            queue=shown,
        )

    def due_now(self, text: str, at: float) -> float:
        """When a person should answer what is asked at this moment."""
        content = self._content
        about = routing.kind(content, text, self._conversation.lang or content.default_lang)
        urgency = routing.priority(content, text, about.category)
        return content.handoff.due(about.category, urgency.value, moment(at)).reply.timestamp()

    def _route(self, text: str, lang: str) -> str:
        found = routing.queue(self._content, routing.kind(self._content, text, lang))
        return self._content.handoff.default_queue if found.by == "default" else found.value


def ticket_state(content: Content, state: str, lang: str) -> str:
    """A ticket's state in words."""
    text = content.flows.words.get(f"state_{state}")
    return text.render(lang, {}) if text else state

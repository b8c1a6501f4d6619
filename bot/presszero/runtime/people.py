"""What operators do to a conversation: take, answer, note, give back, settle, pass on. One holder at a time, checked at the commit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from presszero.dialogue import events
from presszero.dialogue.events import Event, Facts
from presszero.dialogue.state import State
from presszero.errors import PressZeroError
from presszero.runtime import turn
from presszero.runtime.intake import Intake, Make, Taken
from presszero.runtime.lessons import lesson
from presszero.runtime.mask import mask_cards
from presszero.runtime.notices import notified
from presszero.store.base import Conversation, Inbound, NewMessage, Operator, Ticket, TicketEdit, TicketState

OPEN: tuple[TicketState, ...] = ("new", "open", "waiting")


class Held(PressZeroError):
    """Another person holds the conversation: ``by`` is their shown name."""

    def __init__(self, by: str) -> None:
        self.by = by
        super().__init__(by)


class Gone(PressZeroError):
    """There is no such conversation."""


class People:
    """The operators' hands. Whoever holds a conversation is checked inside its turn, so two people cannot both have it."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake

    async def take(self, conversation_id: int, operator: Operator) -> Taken:
        """The operator holds the conversation from now on. Raises Held when another does."""

        def make(state: State, facts: Facts, at: float) -> Event | None:
            return (
                events.OperatorTook(at=at, facts=facts, operator=operator.shown) if state.holder != "person" else None
            )

        return await self._run(conversation_id, make, turn.Extra(operator_id=operator.id), operator)

    async def say(
        self, conversation_id: int, operator: Operator, text: str, client_id: str, body: Mapping[str, Any] | None = None
    ) -> Taken:
        """Answers the customer, taking the conversation if nobody else holds it. Raises Held.

        ``body``: more to keep with the message, a ``file`` or what it is a ``reply`` to.
        """

        def make(state: State, facts: Facts, at: float) -> Event | None:
            if state.holder == "person":
                return None
            return events.OperatorSaid(at=at, facts=facts, operator=operator.shown, text=text)

        return await self._run(conversation_id, make, _extra(operator, "operator", text, client_id, body), operator)

    async def note(self, conversation_id: int, operator: Operator, text: str, client_id: str) -> Taken:
        """Writes what only operators see; takes nothing."""
        return await self._run(conversation_id, _nothing, _extra(operator, "note", text, client_id), None)

    async def release(self, conversation_id: int, operator: Operator) -> Taken:
        """Gives the conversation back to the bot. Raises Held."""

        def make(state: State, facts: Facts, at: float) -> Event | None:
            if state.holder != "person":
                return None
            return events.OperatorReleased(at=at, facts=facts, operator=operator.shown)

        return await self._run(conversation_id, make, turn.Extra(), operator)

    async def transfer(self, conversation_id: int, operator: Operator, queue: str) -> Taken:
        """Puts the conversation before the people of another queue. Raises Held."""

        def make(_state: State, facts: Facts, at: float) -> Event | None:
            return events.OperatorPassed(at=at, facts=facts, operator=operator.shown, queue=queue)

        return await self._run(conversation_id, make, turn.Extra(), operator)

    async def resolve(self, conversation_id: int, operator: Operator) -> Taken:
        """Settles the conversation and its open tickets. Raises Held."""

        def make(state: State, facts: Facts, at: float) -> Event | None:
            return None if state.ended else events.OperatorResolved(at=at, facts=facts, operator=operator.shown)

        taken = await self._run(conversation_id, make, turn.Extra(), operator)
        store, at = self._intake.store, self._intake.clock.now()
        for ticket in await store.tickets(conversation_id=conversation_id, states=OPEN):
            await store.edit_ticket(TicketEdit(ticket.number, state="resolved", by=operator.shown), at)
        return taken

    async def change_ticket(self, edit: TicketEdit) -> Ticket:
        """Changes a ticket and tells the customer when they asked to be told."""
        store, at = self._intake.store, self._intake.clock.now()
        before = await store.ticket(edit.number)
        if before and edit.category not in (None, before.category):
            edit = await self._with_lesson(edit, before)
        after = await store.edit_ticket(edit, at)
        wants = {"resolved": "resolved", "closed": "resolved"}.get(after.state, "status_changed")
        if before and before.state != after.state and wants in after.notify:
            await self._tell(after)
        return after

    async def _with_lesson(self, edit: TicketEdit, ticket: Ticket) -> TicketEdit:
        """Who corrects a category proposes what may be learned from it."""
        found = await self._intake.store.load(ticket.conversation_id)
        return msgspec.structs.replace(edit, lesson=lesson(ticket, found[1]) if found else None)

    async def _tell(self, ticket: Ticket) -> None:
        content = self._intake.content

        def make(state: State, facts: Facts, at: float) -> Event | None:
            words = content.flows.words.get(f"state_{ticket.state}")
            lang = state.lang or content.default_lang
            shown = {
                "number": ticket.number,
                "title": ticket.title,
                "state": ticket.state,
                "state_text": words.render(lang, {}) if words else ticket.state,
                "link": content.request_url(ticket.number, ticket.secret, lang),
            }
            return events.TicketChanged(at=at, facts=facts, ticket=shown)

        where = await notified(self._intake.store, ticket)
        await self._intake.event(where, make, turn.Extra(rank=1))

    async def _run(self, conversation_id: int, make: Make, extra: turn.Extra, operator: Operator | None) -> Taken:
        def guard(conversation: Conversation) -> None:
            if operator and conversation.holder == "person" and conversation.operator_id != operator.id:
                raise _HeldBy(conversation.operator_id or 0)

        try:
            taken = await self._intake.event(conversation_id, make, extra, guard)
        except _HeldBy as held:
            other = await self._intake.store.operator(id=held.operator_id)
            raise Held(other.shown if other else "") from None
        if taken is None:
            raise Gone(str(conversation_id))
        return taken


class _HeldBy(PressZeroError):
    def __init__(self, operator_id: int) -> None:
        self.operator_id = operator_id
        super().__init__(str(operator_id))


def _nothing(_state: State, _facts: Facts, _at: float) -> Event | None:
    return None


def _extra(
    operator: Operator,
    who: Literal["operator", "note"],
    text: str,
    client_id: str,
    body: Mapping[str, Any] | None = None,
) -> turn.Extra:
    message = NewMessage(who, mask_cards(text), author=operator.shown, body={**(body or {}), "client_id": client_id})
    return turn.Extra(
        inbound=Inbound("console", f"{operator.id}:{client_id}"), messages=(message,), operator_id=operator.id
    )

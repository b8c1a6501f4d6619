"""What operators do from the console. Who may is decided in the turn; here a refusal becomes an answer that keeps their text."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from presszero.console import headers, pages
from presszero.console.context import STATES, shown
from presszero.console.forms import form
from presszero.console.reader import reader
from presszero.console.sessions import Sessions
from presszero.console.talk import LARGEST, Talk
from presszero.console.words import LANGUAGES
from presszero.handoff.model import PRIORITIES
from presszero.http.body import json, read
from presszero.http.limit import Limits
from presszero.http.problem import Problem
from presszero.http.routes import Door
from presszero.runtime.intake import MOST_TEXT, Intake, Taken
from presszero.runtime.people import OPEN, Gone, Held, People
from presszero.store.base import Operator, Ticket, TicketEdit

LIMITS = {"say": "60/minute"}


class Written(msgspec.Struct):
    """A reply or a note as the page sends it; ``client_id`` makes it itself, however often it is sent."""

    client_id: str
    text: str


_written = msgspec.json.Decoder(Written)
Act = Callable[[int, Operator], Awaitable[Taken]]


class Acts:
    """The hands of operators over HTTP."""

    def __init__(self, intake: Intake, people: People, sessions: Sessions) -> None:
        self._intake = intake
        self._people = people
        self._sessions = sessions
        self._limits = Limits(LIMITS)

    def routes(self, door: Door) -> list[BaseRoute]:
        """Everything that changes something."""
        talk = "/console/c/{id:int}"
        return [
            door.route(f"{talk}/take", self.take, "operator", ["POST"]),
            door.route(f"{talk}/say", self.say, "operator", ["POST"]),
            door.route(f"{talk}/note", self.note, "operator", ["POST"]),
            door.route(f"{talk}/release", self.release, "operator", ["POST"]),
            door.route(f"{talk}/resolve", self.resolve, "operator", ["POST"]),
            door.route(f"{talk}/transfer", self.transfer, "operator", ["POST"]),
            door.route("/console/requests/{number:int}", self.change, "operator", ["POST"]),
            door.route("/console/language", self.language, "operator", ["POST"]),
            door.route("/console/away", self.away, "operator", ["POST"]),
        ]

    async def take(self, request: Request) -> Response:
        """Holds the conversation, and owns its requests that nobody owns."""
        response = await self._act(request, self._people.take)
        if response.status_code < 400:
            await self._own(request.path_params["id"], request.state.operator)
        return response

    async def release(self, request: Request) -> Response:
        """Back to the bot."""
        return await self._act(request, self._people.release)

    async def resolve(self, request: Request) -> Response:
        """Settles it."""
        return await self._act(request, self._people.resolve)

    async def transfer(self, request: Request) -> Response:
        """To the people of another queue."""
        queue = (await form(request)).get("queue", "")
        if queue not in self._intake.content.handoff.queues:
            raise Problem(422, "queue", "There is no such queue.")

        async def act(number: int, operator: Operator) -> Taken:
            return await self._people.transfer(number, operator, queue)

        return await self._act(request, act)

    async def say(self, request: Request) -> Response:
        """Answers the customer; 409 with the name of who holds it."""
        return await self._write(request, self._people.say)

    async def note(self, request: Request) -> Response:
        """A note for operators."""
        return await self._write(request, self._people.note)

    async def change(self, request: Request) -> Response:
        """State, category or priority of a request; the customer is told of the state."""
        eye = reader(request, self._intake)
        said, number = await form(request), request.path_params["number"]
        ticket = await self._intake.store.ticket(number) if number < LARGEST else None
        if ticket is None:
            raise Problem(404, "not_found", "There is no such request.")
        changed = await self._people.change_ticket(self._edit(ticket, said, eye.operator))
        self._intake.hub.tell("desk", {"t": "rows", "conversation": ticket.conversation_id})
        if "hx-request" not in request.headers:
            return RedirectResponse(f"/console/requests/{number}", 303, headers.PRIVATE)
        return pages.render("changed.html", eye.lang, {"t": await shown(self._intake.store, eye, changed)})

    def _edit(self, ticket: Ticket, said: dict[str, str], operator: Operator) -> TicketEdit:
        state = next((s for s in STATES if s == said.get("state")), None)
        category = said.get("category")
        priority = next((p for p in PRIORITIES if p == said.get("priority")), None)
        known = category is None or category in self._intake.content.handoff.categories
        if not known or (state is None and "state" in said) or (priority is None and "priority" in said):
            raise Problem(422, "change", "There is no such state, category or priority.")
        owner = operator.id if said.get("owner") == "me" else None
        return TicketEdit(
            ticket.number,
            state=state,
            category=category,
            priority=priority,
            queue=self._intake.content.handoff.queue_for(category)
            if category and category != ticket.category
            else None,
            owner_id=owner,
            by=operator.shown,
        )

    async def language(self, request: Request) -> Response:
        """The other language, kept with the operator."""
        lang = (await form(request)).get("lang", "")
        if lang not in LANGUAGES:
            raise Problem(422, "lang", "There is no such language.")
        await self._intake.store.save_operator(request.state.operator.name, lang=lang)
        return _back(request)

    async def away(self, request: Request) -> Response:
        """Takes conversations, or not for now."""
        away = (await form(request)).get("away", "") == "yes"
        await self._sessions.touch(request.state.operator, away=away)
        return _back(request)

    async def _act(self, request: Request, act: Act) -> Response:
        """Does it and shows the head as it is then; somebody else's conversation is 409 with the same head."""
        number, status = request.path_params["id"], 200
        try:
            await act(_bounded(number), request.state.operator)
        except Held:
            status = 409
        except Gone:
            raise Problem(404, "not_found", "There is no such conversation.") from None
        if "hx-request" not in request.headers:
            return RedirectResponse(f"/console/c/{number}", 303, headers.PRIVATE)
        eye = reader(request, self._intake)
        talk = await Talk.load(self._intake.store, eye, number)
        return pages.render("head.html", eye.lang, {"head": await talk.head()}, status=status)

    async def _write(self, request: Request, act: Callable[[int, Operator, str, str], Awaitable[Taken]]) -> Response:
        operator: Operator = request.state.operator
        await self._limits.take("say", str(operator.id))
        said = await read(request, _written)
        if not 0 < len(said.client_id) <= 64:
            raise Problem(422, "client_id", "client_id: 1 to 64 characters.")
        if not said.text.strip() or len(said.text) > MOST_TEXT:
            raise Problem(422, "text", f"1 to {MOST_TEXT} characters.")
        try:
            taken = await act(_bounded(request.path_params["id"]), operator, said.text.strip(), said.client_id)
        except Held as held:
            raise Problem(409, "held", held.by) from None
        except Gone:
            raise Problem(404, "not_found", "There is no such conversation.") from None
        return json({"again": taken.again, "seq": taken.messages[-1].seq if taken.messages else 0})

    async def _own(self, number: int, operator: Operator) -> None:
        store, at = self._intake.store, self._intake.clock.now()
        for ticket in await store.tickets(conversation_id=number, states=OPEN):
            if ticket.owner_id is None:
                await store.edit_ticket(TicketEdit(ticket.number, owner_id=operator.id, by=operator.shown), at)


def _bounded(number: int) -> int:
    if number >= LARGEST:
        raise Problem(404, "not_found", "There is no such conversation.")
    return number


def _back(request: Request) -> Response:
    """To the page the button was on."""
    from urllib.parse import urlsplit

    way = urlsplit(request.headers.get("referer", "")).path
    safe = way if way.startswith("/console") and "//" not in way else "/console"
    return RedirectResponse(safe, 303, headers.PRIVATE)

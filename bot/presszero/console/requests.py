"""Requests: all of them by state, queue or owner, and each with its history."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from presszero.console.context import choices, priority_word, shown, state_word
from presszero.console.deadline import Badge, of_ticket
from presszero.console.frame import Frame
from presszero.console.learned import label
from presszero.console.reader import Reader, reader
from presszero.console.rows import called
from presszero.console.talk import LARGEST
from presszero.http.problem import Problem
from presszero.http.routes import Door
from presszero.runtime.people import OPEN
from presszero.store.base import Store, Ticket, TicketState

DONE: tuple[TicketState, ...] = ("resolved", "closed")
FILTERS: dict[str, tuple[TicketState, ...]] = {
    "open": OPEN,
    "new": ("new",),
    "waiting": ("waiting",),
    "done": DONE,
    "all": (),
}
MOST = 200


class Row(NamedTuple):
    """A line of the table."""

    number: int
    title: str
    category: str
    queue: str
    priority: str
    urgent: bool
    state: str
    owner: str
    badge: Badge | None
    created: str


class Event(NamedTuple):
    """A line of a request's history."""

    when: str
    by: str
    what: str
    note: str


class Requests:
    """The pages of requests."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._intake = frame.intake

    def routes(self, door: Door) -> list[BaseRoute]:
        """The pages."""
        return [
            door.route("/console/requests", self.table, "operator"),
            door.route("/console/requests/{number:int}", self.one, "operator"),
        ]

    async def table(self, request: Request) -> Response:
        """All that fit the filters, newest first."""
        eye, store, asked = reader(request, self._intake), self._intake.store, request.query_params
        state = asked.get("state", "open")
        state = state if state in FILTERS else "open"
        queue = asked.get("queue", "")
        queue = queue if queue in eye.content.handoff.queues else ""
        mine = asked.get("mine") == "1"
        found = await store.tickets(states=FILTERS[state], queue=queue, limit=MOST)
        if mine:
            found = [t for t in found if t.owner_id == eye.operator.id]
        names = {o.id: o.shown for o in await store.operators()}
        values: dict[str, Any] = {
            "rows": [_row(eye, t, names) for t in found],
            "state": state,
            "queue": queue,
            "mine": mine,
            "queues": [(name, eye.queue(name)) for name in eye.content.handoff.queues],
        }
        return await self._frame.page(request, "requests.html", "requests", values)

    async def one(self, request: Request) -> Response:
        """A request."""
        eye, store, number = reader(request, self._intake), self._intake.store, request.path_params["number"]
        ticket = await store.ticket(number) if number < LARGEST else None
        owner = await store.load(ticket.conversation_id) if ticket else None
        if ticket is None or owner is None:
            raise Problem(404, "not_found", "There is no such request.")
        lang = ticket.lang or eye.content.default_lang
        values = {
            "t": await shown(store, eye, ticket),
            "name": called(eye, owner[1], owner[0].id),
            "queue": eye.queue(ticket.queue),
            "created": eye.moment(ticket.created_at),
            "history": await _history(store, eye, ticket),
            "link": eye.content.request_url(number, ticket.secret, lang) if ticket.secret else "",
            **choices(eye),
        }
        return await self._frame.page(request, "request.html", "requests", values)


def _row(eye: Reader, ticket: Ticket, names: dict[int, str]) -> Row:
    return Row(
        number=ticket.number,
        title=ticket.title or eye.category(ticket.category),
        category=eye.category(ticket.category),
        queue=eye.queue(ticket.queue),
        priority=priority_word(eye, ticket.priority),
        urgent=ticket.priority in {"high", "urgent"},
        state=state_word(eye, ticket.state),
        owner=names.get(ticket.owner_id or 0, ""),
        badge=of_ticket(eye, ticket),
        created=eye.moment(ticket.created_at),
    )


async def _history(store: Store, eye: Reader, ticket: Ticket) -> Sequence[Event]:
    names = {o.id: o.shown for o in await store.operators()}
    say = eye.words.gettext
    who = {"bot": say("Bot"), "customer": say("Customer")}
    return [
        Event(eye.moment(each["at"]), who.get(each["by"], each["by"]), _what(eye, each["what"], names), each["note"])
        for each in await store.ticket_history(ticket.number)
    ]


def _what(eye: Reader, what: dict[str, Any], names: dict[int, str]) -> str:
    say = eye.words.gettext
    shown_: dict[str, tuple[str, str]] = {
        "state": (say("state"), state_word(eye, str(what.get("state")))),
        "category": (say("category"), eye.category(str(what.get("category")))),
        "priority": (say("priority"), priority_word(eye, str(what.get("priority")))),
        "queue": (say("queue"), eye.queue(str(what.get("queue")))),
        "owner_id": (say("owner"), names.get(what.get("owner_id") or 0, "—")),
        "contact": (say("contact"), str(what.get("contact"))),
        "blocked": (say("blocked the bot"), say("yes") if what.get("blocked") == "yes" else say("no")),
    }
    parts = [f"{shown_[k][0]}: {shown_[k][1]}" for k in what if k in shown_]
    fields = what.get("fields") if isinstance(what.get("fields"), dict) else {}
    parts += [f"{label(eye, k)}: {v}" for k, v in (fields or {}).items()]
    return ", ".join(parts)

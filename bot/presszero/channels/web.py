"""The web channel: visitors say hello, write, read on by sequence number, send files, take their conversation away or delete it.

The protocol is in docs/web-protocol.md. A 2xx to a message means that it is on disk.
"""

from __future__ import annotations

import time
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from presszero.channels.contact import clean_contact
from presszero.channels.files import Uploads
from presszero.channels.live import Live
from presszero.channels.view import View
from presszero.channels.visitor import Tokens, Visitor
from presszero.http.body import json, read
from presszero.http.limit import Limits
from presszero.http.problem import Problem
from presszero.http.routes import Door
from presszero.runtime.incoming import Incoming
from presszero.runtime.intake import Intake, Taken
from presszero.store.base import Conversation, Customer, CustomerEdit, TicketEdit

NAME = "web"
MOST_HISTORY = 200
LIMITS = {
    "hello": "120/minute",
    "message": "60/10 second",
    "read": "300/10 second",
    "file": "20/minute",
    "files": "120/minute",
}


class Hello(msgspec.Struct):
    """The first call of a front end."""

    token: str = ""
    identity: str = ""
    lang: str = ""
    page: dict[str, str] = {}


class Written(msgspec.Struct):
    """A message as a front end sends it."""

    client_id: str
    text: str = ""
    payload: str = ""
    label: str = ""
    file: str = ""
    page: dict[str, str] | None = None
    lang: str = ""
    after: int = -1  # the last number the front end has: then everything after it comes back


class Contact(msgspec.Struct):
    """Where to reach the customer."""

    contact: str


class Read(msgspec.Struct):
    """How far the customer has read."""

    seq: int


_hello = msgspec.json.Decoder(Hello)
_written = msgspec.json.Decoder(Written)
_contact = msgspec.json.Decoder(Contact)
_read = msgspec.json.Decoder(Read)


class Web:
    """The web channel's endpoints."""

    def __init__(self, intake: Intake, tokens: Tokens, view: View, uploads: Uploads, desk: dict[str, Any]) -> None:
        self._intake = intake
        self._tokens = tokens
        self._view = view
        self._uploads = uploads
        self._desk = desk
        self._limits = Limits(LIMITS)
        self._live = Live(intake, tokens, view)

    def routes(self, door: Door) -> list[BaseRoute]:
        """Everything under /web."""
        return [
            door.route("/web/hello", self.hello, "public", ["POST"]),
            door.route("/web/messages", self.write, "visitor", ["POST"]),
            door.route("/web/messages", self.history, "visitor"),
            door.route("/web/read", self.mark_read, "visitor", ["POST"]),
            door.route("/web/contact", self.contact, "visitor", ["POST"]),
            door.route("/web/forget", self.forget, "visitor", ["POST"]),
            door.route("/web/export", self.export, "visitor"),
            door.route("/web/files", self.upload, "visitor", ["POST"]),
            door.route("/web/files/{id}", self.file, "public"),
            door.socket("/web/live", self._live.serve, "visitor"),
        ]

    async def guard(self, request: Request) -> None:
        """The permission ``visitor``: a token that we signed."""
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        if kind.lower() != "bearer" or not token:
            raise Problem(401, "no_token", "Say hello first.")
        request.state.visitor = self._tokens.read(token.strip())

    # calls

    async def hello(self, request: Request) -> Response:
        """A visitor comes, or comes back."""
        await self._limits.take("hello", _address(request))
        said = await read(request, _hello)
        _check_page(said.page)
        visitor = await self._who(said)
        lang = said.lang if said.lang in self._intake.content.languages else ""
        taken = await self._intake.accept(
            Incoming(
                channel=NAME,
                peer=visitor.peer,
                kind="start",
                lang=lang,
                page=said.page or None,
                identity=visitor.identity,
                identity_facts=visitor.facts,
            )
        )
        lines = self._view.messages(tuple(await self._intake.store.history(NAME, visitor.peer, limit=50)))
        shown = await self._shown(taken)
        return json(
            {
                "token": self._tokens.sign(visitor),
                "desk": self._desk | {"lang": shown["lang"]},
                "conversation": shown,
                "messages": lines,
                "seq": lines[-1]["seq"] if lines else 0,
            }
        )

    async def _who(self, said: Hello) -> Visitor:
        """Who says hello. What somebody wrote before signing in goes along; what was verified never stays behind."""
        vouched = self._tokens.identity(said.identity) if said.identity else None
        old: Visitor | None = None
        if said.token:
            try:
                old = self._tokens.read(said.token)
            except Problem:
                if vouched is None:
                    raise
        if vouched is not None:
            if old and not old.identity:
                await self._intake.store.move_peer(NAME, old.peer, vouched.peer)
            return vouched
        # A page that vouches for nobody shows nobody's talk: whoever was signed in may have left the machine.
        return old if old and not old.identity else self._tokens.new()

    async def write(self, request: Request) -> Response:
        """A message of the visitor; what the turn wrote comes back with it."""
        visitor: Visitor = request.state.visitor
        await self._limits.take("message", visitor.peer)
        said = await read(request, _written)
        incoming = await self._incoming(visitor, said)
        taken = await self._intake.accept(incoming)
        if said.after >= 0:
            lines = list(await self._intake.store.history(NAME, visitor.peer, after=said.after, limit=MOST_HISTORY))
        else:
            lines = list(taken.messages) or await self._again(visitor, said.client_id)
        shown = self._view.messages(tuple(lines))
        return json(
            {
                "seq": shown[-1]["seq"] if shown else 0,
                "messages": shown,
                "conversation": await self._shown(taken),
            }
        )

    async def _incoming(self, visitor: Visitor, said: Written) -> Incoming:
        if not 0 < len(said.client_id) <= 64:
            raise Problem(422, "client_id", "client_id: 1 to 64 characters.")
        if len(said.text) > 4000 or len(said.payload) > 200 or len(said.label) > 200:
            raise Problem(422, "too_long", "text: at most 4000 characters; payload and label: 200.")
        if not (_visible(said.text) or said.payload or said.file):
            raise Problem(422, "empty", "Send text, payload or file.")
        _check_page(said.page or {})
        info: dict[str, Any] = {}
        if said.file:
            kept = await self._uploads.of_visitor(said.file, visitor.peer)
            info = {"id": kept.id, "name": kept.name, "type": kept.type, "size": kept.size}
        return Incoming(
            channel=NAME,
            peer=visitor.peer,
            external_id=said.client_id,
            kind="file" if said.file else "press" if said.payload else "text",
            text=said.text,
            payload=said.payload,
            label=said.label,
            file=said.file,
            file_info=info,
            page=said.page,
            lang=said.lang if said.lang in self._intake.content.languages else "",
            client_id=said.client_id,
            identity=visitor.identity,
        )

    async def _again(self, visitor: Visitor, client_id: str) -> list[Any]:
        """The same message came again: what was answered the first time."""
        lines = list(await self._intake.store.history(NAME, visitor.peer, limit=MOST_HISTORY))
        at = next((n for n, m in enumerate(lines) if m.body.get("client_id") == client_id), len(lines))
        end = next((n for n in range(at + 1, len(lines)) if lines[n].who == "customer"), len(lines))
        return lines[at:end]

    async def history(self, request: Request) -> Response:
        """Lines after a number, or a page before one."""
        visitor: Visitor = request.state.visitor
        await self._limits.take("read", visitor.peer)
        after, before = _number(request, "after", 0), _number(request, "before", 0)
        limit = min(_number(request, "limit", MOST_HISTORY), MOST_HISTORY) or MOST_HISTORY
        store = self._intake.store
        lines = await store.history(NAME, visitor.peer, after=after, before=before or None, limit=limit)
        found = await store.latest(NAME, visitor.peer, customer_key=visitor.identity)  # reading begins no talk
        conversation, customer = found or await self._current(visitor)
        shown = self._view.messages(tuple(lines))
        return json(
            {
                "messages": shown,
                "conversation": await self._view.conversation(conversation, customer),
                "seq": shown[-1]["seq"] if shown else after,
            }
        )

    async def mark_read(self, request: Request) -> Response:
        """The customer has read up to here."""
        visitor: Visitor = request.state.visitor
        said = await read(request, _read)
        lines = await self._intake.store.history(NAME, visitor.peer, before=said.seq + 1, limit=1)
        if lines:
            conversation_id = lines[-1].conversation_id
            await self._intake.store.mark_read(conversation_id, read_seq=lines[-1].seq)
            self._intake.hub.tell("desk", {"t": "read", "conversation": conversation_id})
        return Response(status_code=204)

    async def contact(self, request: Request) -> Response:
        """Where to reach the customer: kept with the customer and with their open requests; it verifies nothing."""
        visitor: Visitor = request.state.visitor
        await self._limits.take("message", visitor.peer)
        said = await read(request, _contact)
        contact = clean_contact(said.contact)
        if contact is None:
            raise Problem(422, "contact", "An e-mail address or a phone number.")
        conversation, customer = await self._current(visitor)
        store, at = self._intake.store, self._intake.clock.now()
        await store.save_customer(customer.id, CustomerEdit({"contact": contact}))
        for ticket in await store.tickets(conversation_id=conversation.id, states=("new", "open", "waiting")):
            await store.edit_ticket(TicketEdit(ticket.number, contact=contact, by="customer"), at)
        self._intake.hub.tell(f"p:{NAME}:{visitor.peer}", {"t": "conversation"})
        self._intake.hub.tell("desk", {"t": "rows", "conversation": conversation.id})
        return json({"ok": True, "contact": contact})

    async def forget(self, request: Request) -> Response:
        """Deletes what was written in this visitor's conversations."""
        visitor: Visitor = request.state.visitor
        store = self._intake.store
        for conversation_id in {m.conversation_id for m in await store.history(NAME, visitor.peer, limit=10_000)}:
            self._uploads.remove(await self._intake.forget(conversation_id))
        return Response(status_code=204)

    async def export(self, request: Request) -> Response:
        """The visitor's lines as a file."""
        visitor: Visitor = request.state.visitor
        lines = await self._intake.store.history(NAME, visitor.peer, limit=10_000)
        body = {"exported_at": time.time(), "messages": self._view.messages(tuple(lines))}
        headers = {"content-disposition": 'attachment; filename="conversation.json"', "cache-control": "no-store"}
        return Response(msgspec.json.format(msgspec.json.encode(body)), 200, headers, "application/json")

    async def upload(self, request: Request) -> Response:
        """Takes a file."""
        visitor: Visitor = request.state.visitor
        await self._limits.take("file", visitor.peer)
        await self._limits.take("files", _address(request))
        conversation, _ = await self._current(visitor)
        kept = await self._uploads.take(request, conversation.id)
        return json(
            {
                "id": kept.id,
                "name": kept.name,
                "type": kept.type,
                "size": kept.size,
                "url": self._view.file_url(kept.id),
            }
        )

    async def file(self, request: Request) -> Response:
        """Gives a file to whoever has its address."""
        file_id = request.path_params["id"]
        if request.query_params.get("key", "") != self._view.file_key(file_id):
            raise Problem(404, "not_found")
        return await self._uploads.give(file_id)

    # helpers

    async def _current(self, visitor: Visitor) -> tuple[Conversation, Customer]:
        now = self._intake.clock.now()
        return await self._intake.store.conversation(NAME, visitor.peer, now, customer_key=visitor.identity)

    async def _shown(self, taken: Taken) -> dict[str, Any]:
        fresh = await self._intake.store.load(taken.conversation.id)
        if fresh is None:
            raise Problem(404, "not_found")
        return await self._view.conversation(fresh[0], fresh[1], taken.state if not taken.again else None)


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _number(request: Request, name: str, default: int) -> int:
    text = request.query_params.get(name, "")
    if not text:
        return default
    if not text.isascii() or not text.isdigit() or len(text) > 15:
        raise Problem(422, name, f"{name} is a number.")
    return int(text)


def _visible(text: str) -> bool:
    return any(c.isprintable() and not c.isspace() for c in text)


def _check_page(page: dict[str, str]) -> None:
    if (
        len(page) > 20
        or any(len(k) > 40 or len(v) > 500 for k, v in page.items())
        or sum(map(len, page.values())) > 4000
    ):
        raise Problem(422, "page", "page: at most 20 values of 500 characters, 4000 in all.")

"""A request's own page for whoever has its secret link: how it stands, what was said, and a field to add something.

It shows the conversation of this request, and later ones that were begun from this very page; never another customer's.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from presszero.console import clockface, headers
from presszero.console.forms import form
from presszero.console.front import Front
from presszero.console.origin import check_origin
from presszero.console.outside import Outside
from presszero.console.request_form import MOST_TEXTS, too_long
from presszero.console.words import language, words
from presszero.http.limit import Limits
from presszero.http.problem import Problem
from presszero.http.routes import Door
from presszero.runtime.incoming import Incoming
from presszero.runtime.intake import MOST_TEXT
from presszero.runtime.times import promise
from presszero.store.base import Conversation, Message, Ticket

LIMITS = {"look": "120/minute", "write": "10/minute"}
LARGEST = 2**53
KINDS = {"customer": "me", "bot": "bot", "operator": "op", "system": "sys"}


class RequestPage:
    """The page under /requests."""

    def __init__(self, front: Front, outside: Outside) -> None:
        self._front, self._outside = front, outside
        self._intake = front.intake
        self._limits = Limits(LIMITS)

    def routes(self, door: Door) -> list[BaseRoute]:
        """The page, its form and its files."""
        return [
            door.route("/requests/{number:int}", self.show, "public"),
            door.route("/requests/{number:int}", self.add, "public", ["POST"]),
            door.route("/requests/{number:int}/files/{id}", self.file, "public"),
        ]

    async def show(self, request: Request) -> Response:
        """How the request stands."""
        await self._limits.take("look", request.client.host if request.client else "")
        key = request.query_params.get("key", "")
        ticket, conversation = await self._open(request.path_params["number"], key)
        lang = self._lang(request.query_params.get("lang", ""), ticket)
        return await self._page(ticket, conversation, lang, said=request.query_params.get("said", ""))

    async def file(self, request: Request) -> Response:
        """A file of the lines that the page shows."""
        await self._limits.take("look", request.client.host if request.client else "")
        number, key = request.path_params["number"], request.query_params.get("key", "")
        ticket, conversation = await self._open(number, key)
        wanted = f"/requests/{number}/files/{request.path_params['id']}?key={quote(key)}"
        lines = await self._lines(ticket, conversation, ticket.lang)
        if self._outside.give is None or not any(line["link"] == wanted for line in lines):
            raise Problem(404, "not_found")
        return await self._outside.give(request.path_params["id"])

    async def _page(
        self, ticket: Ticket, conversation: Conversation, lang: str, *, said: str = "", typed: str = ""
    ) -> Response:
        """The page; ``typed`` is a text that was too long to take."""
        key, say = ticket.secret, words(language(lang)).gettext
        content, now = self._intake.content, self._intake.clock.now()
        due = ticket.reply_due if ticket.replied_at is None else ticket.resolve_due
        category = content.handoff.categories.get(ticket.category)
        done = ticket.state in {"resolved", "closed"}
        values: dict[str, Any] = {
            "ticket": ticket,
            "key": key,
            "state": _state(lang, ticket),
            "category": category.title.render(lang, {}) if category else "",
            "due": promise(due, now, content.zone, language(lang)) if due and not done else "",
            "late": bool(due and due < now and not done),
            "created": clockface.moment(ticket.created_at, now, content.zone, language(lang)),
            "lines": await self._lines(ticket, conversation, lang),
            "writable": conversation.channel == "web",
            "once": secrets.token_urlsafe(9),
            "said": said,
            "typed": typed,
            "wrong": too_long(typed, MOST_TEXT, lang) if typed else say("The message is empty."),
        }
        way = f"/requests/{ticket.number}?key={quote(key)}&lang="
        others = {other: way + other for other in content.languages if other != lang}
        status = 422 if typed else 200
        return await self._front.page(
            "request_page.html", lang, values, others=others, status=status, head=headers.UNLISTED
        )

    async def add(self, request: Request) -> Response:
        """A message from the page goes the way of every message of this customer."""
        check_origin(request, self._intake.content.public_url)
        said = await form(request, MOST_TEXTS)
        ticket, conversation = await self._open(request.path_params["number"], said.get("key", ""))
        await self._limits.take("write", str(ticket.number))
        text = said.get("text", "").strip()
        if conversation.channel != "web":
            raise Problem(409, "elsewhere", "Write in the channel you came from.")
        lang = self._lang(said.get("lang", ""), ticket)
        if len(text) > MOST_TEXT:
            return await self._page(ticket, conversation, lang, said="long", typed=text)
        if text:
            mark = f"request-{ticket.number}-{said.get('once', '')[:32] or secrets.token_urlsafe(9)}"
            incoming = Incoming(
                channel=conversation.channel,
                peer=conversation.peer,
                external_id=mark,
                client_id=mark,
                text=text,
                lang=lang,
            )
            await self._intake.leave(conversation.id, incoming)
        way = (
            f"/requests/{ticket.number}?key={quote(ticket.secret)}&lang={lang}&said={'yes' if text else 'nothing'}#last"
        )
        return RedirectResponse(way, 303, headers.UNLISTED)

    async def _open(self, number: int, key: str) -> tuple[Ticket, Conversation]:
        """The request of a link. A wrong key and a number that is not there read the same."""
        ticket = await self._intake.store.ticket(number) if number < LARGEST else None
        secret = ticket.secret if ticket else ""
        fits = hmac.compare_digest(secret.encode(), key.encode())
        found = await self._intake.store.load(ticket.conversation_id) if ticket and secret and fits else None
        if ticket is None or found is None:
            raise Problem(404, "not_found")
        return ticket, found[0]

    async def _lines(self, ticket: Ticket, conversation: Conversation, lang: str) -> list[dict[str, Any]]:
        store, content, now = self._intake.store, self._intake.content, self._intake.clock.now()
        every = list(await store.messages(conversation.id, limit=500))
        if conversation.channel == "web":
            every += await self._later(ticket, conversation)
        say = words(language(lang)).gettext
        who = {"customer": say("You"), "bot": say("Bot")}
        way = f"/requests/{ticket.number}/files/%s?key={quote(ticket.secret)}" if self._outside.give else ""
        files = {m.id: m.body["file"] for m in every if isinstance(m.body.get("file"), dict)}
        return [
            {
                "kind": KINDS[m.who],
                "author": who.get(m.who, m.author),
                "text": m.text,
                "file": str(files[m.id].get("name", "")) if m.id in files else "",
                "link": way % files[m.id].get("id", "") if way and m.id in files else "",
                "when": clockface.moment(m.at, now, content.zone, language(lang)),
                "iso": clockface.iso(m.at),
            }
            for m in every
            if m.who != "note"
        ]

    async def _later(self, ticket: Ticket, conversation: Conversation) -> Sequence[Message]:
        """Conversations that this page began after the request's own was over."""
        store, mark = self._intake.store, f"request-{ticket.number}-"
        history = await store.history(conversation.channel, conversation.peer, limit=500)
        later = [m for m in history if m.conversation_id > conversation.id]
        begun = {m.conversation_id for m in later if str(m.body.get("client_id", "")).startswith(mark)}
        owners = {number: await store.load(number) for number in begun}
        own = {n for n, found in owners.items() if found and found[0].customer_id == ticket.customer_id}
        return [m for m in later if m.conversation_id in own]

    def _lang(self, wanted: str, ticket: Ticket) -> str:
        languages = self._intake.content.languages
        return next((lang for lang in (wanted, ticket.lang) if lang in languages), languages[0])


def _state(lang: str, ticket: Ticket) -> str:
    say = words(language(lang)).gettext
    return {
        "new": say("We have it, nobody has begun yet"),
        "open": say("We are working on it"),
        "waiting": say("We wait for your answer"),
        "resolved": say("It is solved"),
        "closed": say("It is closed"),
    }[ticket.state]

"""The three panes: the list, the conversation, what is known. Whole as a page, or the part that changed."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute

from presszero.console import headers, pages
from presszero.console.context import context
from presszero.console.frame import Frame
from presszero.console.reader import Reader, reader
from presszero.console.rows import TABS, listed
from presszero.console.talk import Talk
from presszero.http.body import json
from presszero.http.routes import Door


class Desk:
    """What is read on the console's main page."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._intake = frame.intake

    def routes(self, door: Door) -> list[BaseRoute]:
        """The page and its parts."""
        return [
            door.route("/console", self.page, "operator"),
            door.route("/console/list", self.list, "operator"),
            door.route("/console/c/{id:int}", self.page, "operator"),
            door.route("/console/c/{id:int}/head", self.head, "operator"),
            door.route("/console/c/{id:int}/context", self.context, "operator"),
            door.route("/console/c/{id:int}/lines", self.lines, "operator"),
            door.route("/console/c/{id:int}/earlier", self.earlier, "operator"),
        ]

    async def page(self, request: Request) -> Response:
        """The whole page, or only the two right panes when another row was opened."""
        eye = reader(request, self._intake)
        number = request.path_params.get("id")
        values: dict[str, Any] = {"open": number or 0, **await self._panes(eye, number)}
        if number and request.headers.get("hx-target") == "panes":
            return pages.render("panes.html", eye.lang, {"me": eye.operator, **values})
        values["list"] = await self._list(request, eye)
        return await self._frame.page(request, "desk.html", "talks", values)

    async def list(self, request: Request) -> Response:
        """The list."""
        eye = reader(request, self._intake)
        values = {"list": await self._list(request, eye), "open": _number(request, "open")}
        return pages.render("list.html", eye.lang, values)

    async def head(self, request: Request) -> Response:
        """The head of a conversation."""
        eye = reader(request, self._intake)
        talk = await Talk.load(self._intake.store, eye, request.path_params["id"])
        return pages.render("head.html", eye.lang, {"head": await talk.head()})

    async def context(self, request: Request) -> Response:
        """What is known."""
        eye = reader(request, self._intake)
        talk = await Talk.load(self._intake.store, eye, request.path_params["id"])
        found = await context(self._intake.store, eye, talk.conversation, talk.customer)
        return pages.render("context.html", eye.lang, {"ctx": found})

    async def lines(self, request: Request) -> Response:
        """The lines after a number, for when there is no socket."""
        eye = reader(request, self._intake)
        talk = await Talk.load(self._intake.store, eye, request.path_params["id"])
        start = _number(request, "after")
        html, last = await talk.lines_after(start)
        head = await talk.head()
        stands = {"key": head.key, "known": await talk.known(), "read": talk.conversation.read_seq}
        return json({"from": start, "last": last, "html": html, **stands})

    async def earlier(self, request: Request) -> Response:
        """Lines before those that are shown."""
        eye = reader(request, self._intake)
        talk = await Talk.load(self._intake.store, eye, request.path_params["id"])
        found = await talk.last(before=_number(request, "before"))
        return HTMLResponse(talk.html(found, None), headers=headers.PRIVATE)

    async def _panes(self, eye: Reader, number: int | None) -> dict[str, Any]:
        if not number:
            return {"talk": None, "head": None, "known": "", "ctx": None, "log": "", "templates": []}
        talk = await Talk.load(self._intake.store, eye, number)
        return {
            "talk": talk.conversation,
            "head": await talk.head(),
            "known": await talk.known(),
            "log": talk.html(await talk.last(), None),
            "ctx": await context(self._intake.store, eye, talk.conversation, talk.customer),
            "templates": talk.templates(),
        }

    async def _list(self, request: Request, eye: Reader) -> Any:
        tab, query = request.query_params.get("tab", ""), request.query_params.get("q", "")
        return await listed(self._intake.store, eye, tab if tab in TABS else "work", query)


def _number(request: Request, name: str) -> int:
    text = request.query_params.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else 0

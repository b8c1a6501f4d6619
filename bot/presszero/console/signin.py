"""Signing in and out: a name with a password, or a link that works once. Who fails is never told what was wrong."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from presszero.console import headers, pages
from presszero.console.forms import form
from presszero.console.password import Checks
from presszero.console.sessions import Sessions
from presszero.console.words import language
from presszero.http.limit import Limits
from presszero.http.problem import Problem
from presszero.http.routes import Door
from presszero.runtime.intake import Intake

LIMITS = {"login": "5/minute", "address": "30/minute", "link": "20/minute"}
HOME = "/console"


class SignIn:
    """The pages before the console."""

    def __init__(self, intake: Intake, sessions: Sessions) -> None:
        self._intake = intake
        self._sessions = sessions
        self._limits = Limits(LIMITS)
        self._checks = Checks()

    def routes(self, door: Door) -> list[BaseRoute]:
        """Everything under /console/login, and the way out."""
        return [
            door.route("/console/login", self.page, "public"),
            door.route("/console/login", self.enter, "public", ["POST"]),
            door.route("/console/login/once", self.link, "public"),
            door.route("/console/login/once", self.use_link, "public", ["POST"]),
            door.route("/console/logout", self.leave, "public", ["POST"]),
        ]

    async def page(self, request: Request) -> Response:
        """Asks for the name and the password; who is signed in already goes on."""
        if await self._sessions.who(request):
            return RedirectResponse(_safe(request.query_params.get("next", "")), 303, headers.PRIVATE)
        return self._show(request, _safe(request.query_params.get("next", "")))

    async def enter(self, request: Request) -> Response:
        """Checks them. An unknown name takes as long as a wrong password and reads the same."""
        self._sessions.check_origin(request)
        said = await form(request)
        name, way = said.get("name", "").strip()[:100], _safe(said.get("next", ""))
        address = request.client.host if request.client else ""
        try:
            await self._limits.take("address", address)
            await self._limits.take("login", f"{name.casefold()}|{address}")
        except Problem as problem:
            return self._show(request, way, "limit", name, status=problem.status)
        operator = await self._intake.store.operator(name=name)
        known = operator.password if operator and not operator.disabled else ""
        if not await self._checks.check(known, said.get("password", "")[:1000]) or operator is None:
            return self._show(request, way, "wrong", name, status=401)
        response = RedirectResponse(way, 303, headers.PRIVATE)
        await self._sessions.begin(operator, request, response)
        return response

    async def link(self, request: Request) -> Response:
        """A page with a button: a preview of the link in a messenger must not use it up."""
        token = request.query_params.get("token", "")[:200]
        operator = await self._sessions.link(token)
        values = {"token": token if operator else "", "operator": operator, "desk": self._desk(request)}
        return pages.render("once.html", _lang(request), values, status=200 if operator else 404)

    async def use_link(self, request: Request) -> Response:
        """Signs in by a link."""
        self._sessions.check_origin(request)
        await self._limits.take("link", request.client.host if request.client else "")
        operator = await self._sessions.use_link((await form(request)).get("token", "")[:200])
        if operator is None:
            values = {"token": "", "operator": None, "desk": self._desk(request)}
            return pages.render("once.html", _lang(request), values, status=404)
        response = RedirectResponse(HOME, 303, headers.PRIVATE)
        await self._sessions.begin(operator, request, response)
        return response

    async def leave(self, request: Request) -> Response:
        """Signs out."""
        self._sessions.check_origin(request)
        response = RedirectResponse("/console/login", 303, headers.PRIVATE)
        await self._sessions.end(request, response)
        return response

    def _show(self, request: Request, way: str, fault: str = "", name: str = "", status: int = 200) -> Response:
        values = {"next": way, "fault": fault, "name": name, "desk": self._desk(request)}
        return pages.render("login.html", _lang(request), values, status=status)

    def _desk(self, request: Request) -> str:
        return self._intake.content.name.get(_lang(request), "")


def _lang(request: Request) -> str:
    """Before anybody is known: what the browser asks for first."""
    return language(request.headers.get("accept-language", "")[:2].lower())


def _safe(way: str) -> str:
    """A way on that stays in the console."""
    inside = way.startswith("/console") and "\\" not in way and "//" not in way and way.isprintable()
    return way if inside and not way.startswith(("/console/login", "/console/logout")) else HOME

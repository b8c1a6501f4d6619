"""Who an operator is: an opaque token in a cookie, only its digest in the store, and the two permissions of the console.

A token is never kept, logged or shown again.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from urllib.parse import quote

from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from presszero.console.origin import check_origin
from presszero.http.problem import Problem
from presszero.http.routes import Guard, Permission
from presszero.runtime.intake import Intake
from presszero.store.base import Operator, Store

COOKIE = "pz_session"
LASTS = 12 * 3600.0
LINK_LASTS = 24 * 3600.0
KEY_LASTS = 365 * 86400.0
TOUCH_EVERY = 20.0
SAFE = {"GET", "HEAD"}
LEADS = {"lead", "admin"}


def digest(token: str) -> str:
    """What the store keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def key_digest(key: str) -> str:
    """What the store keeps of a key by which a program publishes."""
    return f"key:{digest(key)}"


async def login_link(store: Store, operator: Operator, at: float, base: str, lasts: float = LINK_LASTS) -> str:
    """The address of a page that signs this operator in, once."""
    token = secrets.token_urlsafe(32)
    await store.add_session(f"once:{digest(token)}", operator.id, at + lasts)
    return f"{base}/console/login/once?token={token}"


class Sessions:
    """Sign-ins."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        self._touched: dict[int, float] = {}

    @property
    def guards(self) -> Mapping[Permission, Guard]:
        """How the permissions of the console are checked."""
        return {"operator": self.operator, "lead": self.lead, "publisher": self.publisher}

    async def operator(self, request: Request) -> None:
        """Somebody who is signed in; what changes something must come from our own page."""
        found = await self.who(request)
        if found is None:
            raise _sign_in(request)
        if request.method not in SAFE:
            self.check_origin(request)
        request.state.operator = found
        if request.method not in SAFE or "hx-request" not in request.headers:  # pages renew themselves: that is nobody
            await self.touch(found)

    async def lead(self, request: Request) -> None:
        """A lead or an administrator."""
        await self.operator(request)
        if request.state.operator.role not in LEADS:
            raise Problem(403, "not_lead", "Only a lead may see this.")

    async def publisher(self, request: Request) -> None:
        """A program with the key of somebody who may publish; cookies count for nothing here."""
        kind, _, key = request.headers.get("authorization", "").partition(" ")
        now = self._intake.clock.now()
        found = await self._intake.store.session(key_digest(key), now) if kind.lower() == "bearer" and key else None
        if found is None:
            raise Problem(401, "key", "This needs a key.", {"www-authenticate": "Bearer"})
        if found.role not in LEADS:
            raise Problem(403, "not_lead", "Only a lead may publish.")
        request.state.operator = found

    def check_origin(self, connection: HTTPConnection) -> None:
        """Raises Problem 403 for a request from another site."""
        check_origin(connection, self._intake.content.public_url)

    async def who(self, connection: HTTPConnection) -> Operator | None:
        """Whose cookie it is."""
        token = connection.cookies.get(COOKIE, "")
        return await self._intake.store.session(digest(token), self._intake.clock.now()) if token else None

    async def touch(self, operator: Operator, *, away: bool | None = None) -> None:
        """The operator is here; written down every now and then."""
        now = self._intake.clock.now()
        if away is not None or now - self._touched.get(operator.id, 0.0) >= TOUCH_EVERY:
            self._touched[operator.id] = now
            await self._intake.store.touch_operator(operator.id, now, away=away)

    async def begin(self, operator: Operator, request: Request, response: Response) -> None:
        """Signs in: a new token each time, so that one from before is worth nothing."""
        token = secrets.token_urlsafe(32)
        await self._intake.store.add_session(digest(token), operator.id, self._intake.clock.now() + LASTS)
        response.set_cookie(
            COOKIE,
            token,
            max_age=int(LASTS),
            path="/console",
            secure=request.url.scheme == "https" or self._intake.content.public_url.startswith("https:"),
            httponly=True,
            samesite="strict",
        )

    async def use_link(self, token: str) -> Operator | None:
        """Uses up a login link; None when it is not there or was used."""
        store, mark = self._intake.store, f"once:{digest(token)}"
        operator = await store.session(mark, self._intake.clock.now())
        return operator if operator and await store.end_session(mark) else None

    async def link(self, token: str) -> Operator | None:
        """Whose login link it is; nothing is used up."""
        return await self._intake.store.session(f"once:{digest(token)}", self._intake.clock.now())

    async def end(self, request: Request, response: Response) -> None:
        """Signs out, here and in the store."""
        if token := request.cookies.get(COOKIE, ""):
            await self._intake.store.end_session(digest(token))
        response.delete_cookie(COOKIE, path="/console", httponly=True, samesite="strict")


def _sign_in(request: Request) -> Problem:
    """A page leads to the sign-in; a part of one, or a call, says so."""
    way = "/console/login"
    if "hx-request" in request.headers:
        return Problem(401, "sign_in", "Sign in again.", {"hx-redirect": way})
    if request.method == "GET" and "text/html" in request.headers.get("accept", ""):
        asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return Problem(303, "sign_in", "Sign in.", {"location": f"{way}?next={quote(asked, safe='')}"})
    return Problem(401, "sign_in", "Sign in.")

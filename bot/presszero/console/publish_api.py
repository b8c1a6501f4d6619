"""Publishing for programs: `presszero publish --to URL` and pipelines. A key instead of a cookie, JSON both ways."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from presszero.console.publish import problem_of
from presszero.errors import ContentError
from presszero.http.body import json, read
from presszero.http.limit import Limits
from presszero.http.problem import Problem
from presszero.http.routes import Door
from presszero.runtime.versions import Outrun, Publishing, Refused

MOST = 24 * 1024 * 1024  # 16 MiB of files as base64, and the rest
LIMITS = {"publish": "30/minute"}


class Draft(msgspec.Struct):
    """What is asked for."""

    files: dict[str, bytes] = {}
    base: int | None = None
    note: str = ""
    share: int = 100
    seen: str = ""


class Back(msgspec.Struct):
    """What to go back to."""

    number: int | None = None
    note: str = ""


class End(msgspec.Struct):
    """How a trial ends."""

    promote: bool = False


_draft, _back, _end = msgspec.json.Decoder(Draft), msgspec.json.Decoder(Back), msgspec.json.Decoder(End)


class PublishApi:
    """The routes under /api/publishing."""

    def __init__(self, publishing: Publishing) -> None:
        self._publishing = publishing
        self._limits = Limits(LIMITS)

    def routes(self, door: Door) -> list[BaseRoute]:
        """Each of them needs a key."""
        found = {
            "plan": self.plan,
            "publish": self.publish,
            "rollback": self.rollback,
            "trial": self.trial,
            "sides": self.sides,
        }
        return [
            door.route(f"/api/publishing/{name}", self._said(work), "publisher", ["POST"])
            for name, work in found.items()
        ]

    def _said(self, work: Callable[[Request], Awaitable[Any]]) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            await self._limits.take("publish", str(request.state.operator.id))
            try:
                return json(await work(request))
            except ContentError as error:
                body = {"code": "refused", "detail": str(error)[:500], "findings": error.findings}
                return Response(
                    msgspec.json.encode(body), 422, {"cache-control": "no-store"}, "application/problem+json"
                )
            except (Outrun, Refused) as error:
                raise problem_of(error) from None

        return endpoint

    async def plan(self, request: Request) -> Any:
        """What publishing these files would do."""
        return await self._publishing.plan((await read(request, _draft, MOST)).files)

    async def publish(self, request: Request) -> Any:
        """Publishes these files."""
        asked = await read(request, _draft, MOST)
        return await self._publishing.publish(
            asked.files,
            base=asked.base,
            author=request.state.operator.name,
            note=asked.note,
            share=asked.share,
            seen=asked.seen,
        )

    async def rollback(self, request: Request) -> Any:
        """Takes back."""
        asked = await read(request, _back)
        base, _ = await self._publishing.running()
        return await self._publishing.rollback(
            asked.number, base=base, author=request.state.operator.name, note=asked.note
        )

    async def trial(self, request: Request) -> Any:
        """Ends the trial."""
        asked = await read(request, _end)
        _, trial = await self._publishing.running()
        if trial is None:
            raise Problem(409, "no_trial", "There is no trial.")
        await self._publishing.end_trial(trial, promote=asked.promote)
        return {"status": "ok"}

    async def sides(self, _request: Request) -> Any:
        """The trial beside what runs."""
        return await self._publishing.sides()

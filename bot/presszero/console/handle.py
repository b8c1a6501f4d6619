"""A code by which an operator makes their Telegram account known to the forum desk: one use, a quarter of an hour."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from presszero.console.frame import Frame
from presszero.http.limit import Limits
from presszero.http.routes import Door
from presszero.runtime.handles import LASTS, digest, new_code

LIMITS = {"code": "10/hour"}


class HandleCode:
    """The page that gives the code."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._limits = Limits(LIMITS)

    def routes(self, door: Door) -> list[BaseRoute]:
        """The page."""
        return [door.route("/console/telegram", self.code, "operator", ["POST"])]

    async def code(self, request: Request) -> Response:
        """A new code for whoever is signed in."""
        operator, intake = request.state.operator, self._frame.intake
        await self._limits.take("code", str(operator.id))
        code = new_code()
        await intake.store.add_session(digest(code), operator.id, intake.clock.now() + LASTS)
        return await self._frame.page(request, "code.html", "", {"code": code, "minutes": round(LASTS / 60)})

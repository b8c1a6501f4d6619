"""Where a page asks for the link that joins a messenger to its visitor, and where notices are to go. Joins nothing itself."""

from __future__ import annotations

from typing import Literal

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from presszero.channels.visitor import Visitor
from presszero.http.body import json, read
from presszero.http.limit import Limits
from presszero.http.problem import Problem
from presszero.http.routes import Door
from presszero.runtime.intake import Intake
from presszero.runtime.links import Links
from presszero.store.base import Customer, CustomerEdit

NAME = "web"


class Notify(msgspec.Struct):
    """Where news of requests goes: to the messenger, or to the page."""

    channel: Literal["web", "telegram"]


_notify = msgspec.json.Decoder(Notify)


class Linking:
    """The page's side of links."""

    def __init__(self, intake: Intake, links: Links) -> None:
        self._intake = intake
        self._links = links
        self._limits = Limits({"link": "10/minute"})

    def routes(self, door: Door) -> list[BaseRoute]:
        """Both calls; they need the visitor's token."""
        return [
            door.route("/web/link", self.link, "visitor", ["POST"]),
            door.route("/web/notify", self.notify, "visitor", ["POST"]),
        ]

    async def link(self, request: Request) -> Response:
        """A one-time code and its address in the messenger."""
        visitor: Visitor = request.state.visitor
        await self._limits.take("link", visitor.peer)
        code = await self._links.code(NAME, visitor.peer, await self._customer(visitor))
        if code is None:
            raise Problem(404, "no_messenger", "No messenger is connected to this desk.")
        return json(code)

    async def notify(self, request: Request) -> Response:
        """Where the customer wants news of their requests."""
        visitor: Visitor = request.state.visitor
        await self._limits.take("link", visitor.peer)
        said = await read(request, _notify)
        customer = await self._customer(visitor)
        await self._intake.store.save_customer(customer.id, CustomerEdit({"notify_channel": said.channel}))
        return Response(status_code=204)

    async def _customer(self, visitor: Visitor) -> Customer:
        now = self._intake.clock.now()
        _, customer = await self._intake.store.conversation(NAME, visitor.peer, now, customer_key=visitor.identity)
        return customer

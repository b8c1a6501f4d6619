"""One's own requests: whom the site vouches for sees them all, and so does whoever comes by the link of their messenger.

Anybody else opens one request by its secret link; a number alone opens nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from presszero.console import headers
from presszero.console.forms import form
from presszero.console.front import Front
from presszero.console.outside import Outside
from presszero.http.limit import Limits
from presszero.http.routes import Door
from presszero.runtime import passes

LIMITS = {"look": "60/minute"}
MOST = 100


class Row(NamedTuple):
    """A request in the list; ``way`` is its secret link, "" for one whose words were thrown away."""

    number: int
    title: str
    state: str
    way: str


class OwnRequests:
    """The page /requests/mine."""

    def __init__(self, front: Front, outside: Outside) -> None:
        self._front, self._intake, self._outside = front, front.intake, outside
        self._limits = Limits(LIMITS)

    def routes(self, door: Door) -> list[BaseRoute]:
        """The page, and the button by which a link is used up."""
        return [
            door.route("/requests/mine", self.mine, "public"),
            door.route("/requests/mine", self.mine, "public", ["POST"]),
        ]

    async def mine(self, request: Request) -> Response:
        """The list, or how to come to it. A link is used up by its button: messengers look at links by themselves."""
        await self._limits.take("look", request.client.host if request.client else "")
        posted = request.method == "POST"
        given = await form(request) if posted else dict(request.query_params)
        languages = self._intake.content.languages
        lang = given.get("lang", "") if given.get("lang", "") in languages else languages[0]
        code = given.get("code", "")
        customer = await self._customer(given.get("identity", ""), code if posted else "")
        good = code if not posted and await passes.holds(self._intake, code) else ""
        values = {
            "known": customer is not None,
            "rows": await self._rows(customer, lang) if customer else (),
            "code": good,
            "late": bool(code) and not good and customer is None,
            "messenger": self._outside.messenger(passes.START),
        }
        kept = f"&code={quote(good)}" if good else ""
        others = {o: f"/requests/mine?lang={o}{kept}" for o in languages if o != lang}
        return await self._front.page("requests_mine.html", lang, values, others=others, head=headers.UNLISTED)

    async def _customer(self, identity: str, code: str) -> int | None:
        """Whose requests are asked for; None when nobody's, 0 for somebody who never wrote. Raises Problem 401."""
        if vouched := self._outside.vouched(identity).identity:
            return await self._intake.store.customer_of(vouched) or 0
        found = await passes.spend(self._intake, code) if code else None
        return found.id if found else None

    async def _rows(self, customer: int, lang: str) -> Sequence[Row]:
        content, rows = self._intake.content, list[Row]()
        for ticket in await self._intake.store.tickets(customer_id=customer, limit=MOST):
            category = content.handoff.categories.get(ticket.category)
            title = ticket.title or (category.title.render(lang, {}) if category else "")
            way = f"/requests/{ticket.number}?key={quote(ticket.secret)}&lang={lang}" if ticket.secret else ""
            state = content.flows.words.get(f"state_{ticket.state}")
            rows.append(Row(ticket.number, title, state.render(lang, {}) if state else ticket.state, way))
        return rows

"""The customers' portal: articles, search, the page of a request, and the demo's site. Public, and works without a script."""

from __future__ import annotations

from starlette.routing import BaseRoute

from presszero.console import pages
from presszero.console.articles import Articles
from presszero.console.front import Front
from presszero.console.indexing import Indexing
from presszero.console.outside import Outside
from presszero.console.own_requests import OwnRequests
from presszero.console.request_form import RequestForm
from presszero.console.request_page import RequestPage
from presszero.console.site import Site
from presszero.console.suggest import Suggest
from presszero.http.routes import Door
from presszero.runtime.intake import Intake


class Portal:
    """Everything that customers open in a browser. ``chat``: whether the desk has a chat of its own."""

    def __init__(
        self, intake: Intake, *, demo: bool = False, chat: bool = False, outside: Outside | None = None
    ) -> None:
        front = Front(intake, demo=demo, chat=chat)
        outside = outside or Outside()
        self._parts = (
            Suggest(front),
            Articles(front),
            RequestForm(front, outside),
            OwnRequests(front, outside),
            RequestPage(front, outside),
            Indexing(front),
            *((Site(intake),) if demo else ()),
        )

    def routes(self, door: Door) -> list[BaseRoute]:
        """Every route, all of them public."""
        return [pages.static("/portal/static"), *(route for part in self._parts for route in part.routes(door))]

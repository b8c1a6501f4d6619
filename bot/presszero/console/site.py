"""The page of the demo's provider, with the widget on it as a site would embed it: one line."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from presszero.console import headers, pages
from presszero.http.routes import Door
from presszero.runtime.intake import Intake


class Site:
    """The demo's first page."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake

    def routes(self, door: Door) -> list[BaseRoute]:
        """The page."""
        return [door.route("/", self.page, "public")]

    async def page(self, request: Request) -> Response:
        """In the language asked for."""
        content = self._intake.content
        lang = request.query_params.get("lang", "")
        lang = lang if lang in content.languages else content.default_lang
        values = {
            "desk": content.name.get(lang, ""),
            "opened": request.query_params.get("open") == "yes",
            "others": [each for each in content.languages if each != lang],
        }
        return pages.render("site.html", lang, values, head=headers.PUBLIC)

"""The page of the demo's provider, with the widget on it as a site would embed it: one line."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from presszero.console import headers, pages
from presszero.http.routes import Door
from presszero.kb.article import Article
from presszero.kb.library import Library
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
            "article": _article(content.library, lang, request.query_params.get("article", "")),
            "others": [each for each in content.languages if each != lang],
        }
        return pages.render("site.html", lang, values, head=headers.PUBLIC)


def _article(library: Library, lang: str, slug: str) -> Article | None:
    """The article that somebody came from, for the context of the chat."""
    return library.shown(slug, lang) if slug else None

"""Titles while somebody types: what begins with the typed words, then what the search finds. Answers JSON to scripts of pages.

``full=yes``, for search.js on a site: the answer itself first, the same as in the chat and on the page of results.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from presszero.console import headers
from presszero.console.front import Front
from presszero.dialogue.knowledge import NOTHING_FOUND
from presszero.http.body import json
from presszero.http.limit import Limits
from presszero.http.routes import Door
from presszero.kb.article import Article
from presszero.kb.library import Library
from presszero.lang.words import words

LIMITS = {"suggest": "600/minute"}
MOST = 6
SHORTEST = 2
MOST_QUERY = 100


class Suggest:
    """The suggestions of the search field."""

    def __init__(self, front: Front) -> None:
        self._front = front
        self._limits = Limits(LIMITS)
        self._library: Library | None = None
        self._titles: dict[str, list[tuple[tuple[str, ...], Article]]] = {}

    def routes(self, door: Door) -> list[BaseRoute]:
        """The one address."""
        return [door.route("/kb/{lang}/suggest", self.suggest, "public")]

    async def suggest(self, request: Request) -> Response:
        """Up to six articles, as title and address; in full with what they answer."""
        lang = self._front.lang(request)
        await self._limits.take("suggest", request.client.host if request.client else "")
        query = " ".join(request.query_params.get("q", "")[:MOST_QUERY].split())
        found: dict[str, Article] = {}
        if len(query) >= SHORTEST:
            library = self._front.intake.content.library
            for article in self._begun(library, lang, query):
                found.setdefault(article.slug, article)
                if len(found) == MOST:
                    break
            if len(found) < MOST:
                for hit in library.find(query, lang, MOST):
                    if one := library.article(hit.slug, hit.lang):
                        found.setdefault(one.slug, one)
        titles = list(found.values())[:MOST]
        answer = json(self._full(query, lang, titles) if "full" in request.query_params else _listed(titles))
        answer.headers.update(headers.UNLISTED)
        return answer

    def _full(self, query: str, lang: str, titles: Sequence[Article]) -> dict[str, Any]:
        library = self._front.intake.content.library
        answer = library.search(query, lang) if len(query) >= SHORTEST else NOTHING_FOUND
        passages = [
            {
                "article": p.article,
                "title": p.title,
                "text": p.text,
                "url": f"/kb/{p.lang}/{p.article}" + (f"#{p.anchor}" if p.anchor else ""),
                "lang": p.lang,
            }
            for p in answer.passages
        ]
        said = {p.article for p in answer.passages}
        return {
            "kind": answer.kind,
            "searched": answer.searched,
            "passages": passages,
            "titles": _listed([a for a in titles if a.slug not in said]),
        }

    def _begun(self, library: Library, lang: str, query: str) -> Iterator[Article]:
        """Articles in whose title every typed word begins a word."""
        if library is not self._library:
            self._library = library
            self._titles = {}
        if lang not in self._titles:
            self._titles[lang] = [(tuple(words(a.title)), a) for a in library.articles(lang)]
        typed = words(query)
        if not typed:
            return
        for title, article in self._titles[lang]:
            if all(any(word.startswith(each) for word in title) for each in typed):
                yield article


def _listed(articles: Sequence[Article]) -> list[dict[str, str]]:
    return [{"title": a.title, "url": f"/kb/{a.lang}/{a.slug}", "lang": a.lang} for a in articles]

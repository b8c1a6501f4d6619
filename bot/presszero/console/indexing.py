"""What search engines read: which pages there are, in which languages, and what they may not ask for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from presszero.console import headers
from presszero.console.front import Front
from presszero.http.routes import Door
from presszero.kb.article import Article

MOST = 50_000  # addresses in one sitemap, by its own rules
MOST_ANSWER = 2000
MOST_NAMES = 3
_ROBOTS = """User-agent: *
Disallow: /console
Disallow: /requests
Disallow: /web
Disallow: /webhooks
Disallow: /model
Disallow: /kb/*/search
Disallow: /kb/*/suggest
Sitemap: {base}/sitemap.xml
"""
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)


class Indexing:
    """robots.txt and sitemap.xml."""

    def __init__(self, front: Front) -> None:
        self._front = front

    def routes(self, door: Door) -> list[BaseRoute]:
        """Both files."""
        return [
            door.route("/robots.txt", self.robots, "public"),
            door.route("/sitemap.xml", self.sitemap, "public"),
        ]

    async def robots(self, request: Request) -> Response:
        """What nobody should crawl."""
        return Response(_ROBOTS.format(base=self._front.base(request)), 200, dict(headers.PUBLIC), "text/plain")

    async def sitemap(self, request: Request) -> Response:
        """Every page of every language, each with its twins."""
        base = self._front.base(request)
        body = _HEAD + "".join(_entry(base, twins) for twins in self._pages()) + "</urlset>\n"
        return Response(body, 200, dict(headers.PUBLIC), "application/xml")

    def _pages(self) -> Iterator[tuple[str, dict[str, str]]]:
        """Each page's path, and the paths of its twins by language, itself among them."""
        content = self._front.intake.content
        homes = {lang: f"/kb/{lang}" for lang in content.languages}
        yield from ((path, homes) for path in homes.values())
        given = len(homes)
        for lang in content.languages:
            for article in content.library.articles(lang)[: MOST - given]:
                there = [o for o in content.languages if content.library.article(article.slug, o)]
                yield f"/kb/{lang}/{article.slug}", {other: f"/kb/{other}/{article.slug}" for other in there}
                given += 1


def _entry(base: str, page: tuple[str, dict[str, str]]) -> str:
    path, twins = page
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{lang}" href="{escape(base + to)}"/>' for lang, to in twins.items()
    )
    return f"<url><loc>{escape(base + path)}</loc>{links}</url>\n"


def faq(article: Article, url: str) -> dict[str, Any]:
    """An article as schema.org's FAQPage: its title is the question, its phrasings other names of it, its text the answer."""
    text = " ".join(" ".join(part for part in (s.heading, s.text) if part) for s in article.sections)
    others = [each for each in dict.fromkeys(article.questions) if each != article.title][:MOST_NAMES]
    question = {
        "@type": "Question",
        "name": article.title,
        **({"alternateName": others} if others else {}),
        "acceptedAnswer": {"@type": "Answer", "text": text[:MOST_ANSWER], "url": url},
    }
    return {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "inLanguage": article.lang,
        "mainEntity": [question],
    }


def summary(article: Article) -> str:
    """The first words of an article, for link previews."""
    text = next((s.text for s in article.sections if s.text), "")
    return text if len(text) <= 160 else text[:157].rsplit(" ", 1)[0] + "…"

"""The public articles: by topic, by search, one by one. Everything works without a script."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from presszero.console import headers
from presszero.console.forms import form
from presszero.console.front import Front
from presszero.console.indexing import faq, summary
from presszero.console.origin import check_origin
from presszero.console.tags import tag_name
from presszero.console.words import language, words
from presszero.dialogue.knowledge import Answer
from presszero.http.limit import Limits
from presszero.http.problem import Problem
from presszero.http.routes import Door
from presszero.kb import page
from presszero.kb.article import Article
from presszero.kb.figures import OPENED
from presszero.kb.library import Hit, Library
from presszero.kb.pictures import TYPES, Picture
from presszero.lang.fold import fold
from presszero.runtime.private import private
from presszero.store.asked import NewQuestion

LIMITS = {"helped": "10/minute", "search": "120/minute"}
READ = 150  # words a minute
FEW = 20  # fewer opinions than this are no share
YEAR = 365 * 86400.0
FRESH = 60.0  # opinions are counted again after so many seconds
MOST_QUERY = 200
SHOWN = 3  # articles that a reader of results is taken to have seen
_WORD = re.compile(r"[\w-]+|[^\w-]+")
_SLUG = re.compile(r"[\w-]{1,100}")


class Group(NamedTuple):
    """Articles under a tag."""

    tag: str
    title: str
    articles: tuple[Article, ...]


class Found(NamedTuple):
    """A hit; ``parts`` are pieces of its text and whether each was asked for."""

    hit: Hit
    parts: tuple[tuple[str, bool], ...]
    topic: str
    minutes: int


class Articles:
    """The pages under /kb."""

    def __init__(self, front: Front) -> None:
        self._front = front
        self._intake = front.intake
        self._limits = Limits(LIMITS)
        self._grouped: tuple[Library | None, dict[str, tuple[Group, ...]]] = (None, {})
        self._counted: tuple[float, Mapping[str, int]] = (-FRESH, {})

    def routes(self, door: Door) -> list[BaseRoute]:
        """The pages."""
        return [
            door.route("/kb", self.entrance, "public"),
            door.route("/kb/{lang}", self.home, "public"),
            door.route("/kb/{lang}/search", self.search, "public"),
            door.route("/kb/{lang}/{slug}", self.article, "public"),
            door.route("/kb/{lang}/{slug}/helped", self.helped, "public", ["POST"]),
            door.route("/kb/{lang}/{slug}/img/{name}", self.picture, "public"),
        ]

    @property
    def _library(self) -> Library:
        return self._intake.content.library

    async def entrance(self, request: Request) -> Response:
        """To the reader's language, with whatever the address asks for besides."""
        wanted = request.headers.get("accept-language", "")[:2].lower()
        languages = self._intake.content.languages
        way = f"/kb/{wanted if wanted in languages else languages[0]}"
        return RedirectResponse(f"{way}?{query}" if (query := request.url.query) else way, 302, headers.PRIVATE)

    async def home(self, request: Request) -> Response:
        """All articles, by their first tag."""
        lang = self._front.lang(request)
        values = {"groups": self._groups(lang), "canonical": f"/kb/{lang}", "widget": self._front.widget(request)}
        return await self._front.page("kb_home.html", lang, values, others=self._others(lang, ""))

    async def search(self, request: Request) -> Response:
        """One direct answer where there is one, then articles. A typo is mended and said so."""
        lang = self._front.lang(request)
        query = " ".join(request.query_params.get("q", "").split())[:MOST_QUERY]
        if not query:
            return RedirectResponse(f"/kb/{lang}", 302, headers.PUBLIC)
        address = request.client.host if request.client else ""
        await self._limits.take("search", address)
        answer = self._library.search(query, lang)
        direct = answer.passages[0] if answer.kind == "answer" else None
        hits = self._library.find(query, lang, 10)
        values = {
            "query": query,
            "searched": answer.searched,
            "direct": direct,
            "hits": [self._found(hit, lang) for hit in hits if not direct or hit.slug != direct.article],
            "total": len({h.slug for h in hits} | ({direct.article} if direct else set())),
            "groups": self._groups(lang) if not hits and not direct else (),
        }
        page = await self._front.page(
            "kb_search.html", lang, values, others=self._others(lang, ""), head=headers.UNLISTED
        )
        page.background = BackgroundTask(self._ask, query, lang, answer, hits, address)
        return page

    async def _ask(self, query: str, lang: str, answer: Answer, hits: Sequence[Hit], address: str) -> None:
        """Keeps the question, for the loop."""
        shown = [p.article for p in answer.passages] + [hit.slug for hit in hits[:SHOWN]]
        new = NewQuestion(
            text=private(query),
            lang=lang,
            band=answer.kind,
            shown=tuple(dict.fromkeys(shown)) if answer.kind != "none" else (),
            chance=answer.passages[0].score if answer.passages else 0.0,
            searched=private(answer.searched),
        )
        await self._front.once.keep(self._intake.store, new, self._intake.clock.now(), address)

    async def article(self, request: Request) -> Response:
        """One article; one that is only in another language is shown there."""
        lang, slug = self._front.lang(request), request.path_params["slug"]
        found = self._library.shown(slug, lang) if _SLUG.fullmatch(slug) else None
        if found is None:
            raise Problem(404, "not_found")
        if found.lang != lang:
            way = f"/kb/{found.lang}/{slug}"
            return RedirectResponse(f"{way}?{query}" if (query := request.url.query) else way, 302, headers.PUBLIC)
        drawn = {each.address: _shown(found, each) for each in found.pictures}
        values = {
            "article": found,
            "body": page.html(found.body, lambda other: self._address(other, lang), drawn.get),
            "topic": self._topic(found, lang),
            "minutes": _minutes(found),
            "helped": await self._share(slug),
            "related": self._library.related(slug, lang),
            "said": request.query_params.get("said", ""),
            "canonical": f"/kb/{lang}/{slug}",
            "about": summary(found),
            "image": next((self._front.base(request) + each.src for each in drawn.values()), ""),
            "faq": faq(found, f"{self._front.base(request)}/kb/{lang}/{slug}"),
            "ask": self._front.chat(lang, slug),
            "chat": self._front.chat(lang, slug),
            "widget": self._front.widget(request, found),
        }
        once, store, address = self._front.once, self._intake.store, request.client.host if request.client else ""
        opened = BackgroundTask(once.count, store, f"{OPENED}{slug}", self._intake.clock.now(), address)
        answer = await self._front.page("kb_article.html", lang, values, others=self._others(lang, slug))
        answer.background = None if "said" in request.query_params else opened  # after the page has gone out
        return answer

    async def picture(self, request: Request) -> Response:
        """A picture of an article, to whoever may read the article."""
        lang, slug, name = self._front.lang(request), request.path_params["slug"], request.path_params["name"]
        found = self._library.article(slug, lang)
        wanted = next((each for each in found.pictures if each.name == name), None) if found else None
        if wanted is None:
            raise Problem(404, "not_found")
        return Response(wanted.data, 200, headers.PICTURE, TYPES[wanted.kind])

    async def helped(self, request: Request) -> Response:
        """A reader's answer to "did it help?"."""
        check_origin(request, self._intake.content.public_url)
        lang, slug = self._front.lang(request), request.path_params["slug"]
        said = (await form(request)).get("helped", "")
        if self._library.article(slug, lang) is None or said not in {"yes", "no"}:
            raise Problem(404, "not_found")
        address = request.client.host if request.client else ""
        await self._limits.take("helped", address)
        name = f"{'helped' if said == 'yes' else 'not_helped'}:{slug}"
        await self._front.once.count(self._intake.store, name, self._intake.clock.now(), address)
        return RedirectResponse(f"/kb/{lang}/{slug}?said={said}#rate", 303, headers.PRIVATE)

    def _groups(self, lang: str) -> tuple[Group, ...]:
        """The topics; made once for a library."""
        if self._grouped[0] is not self._library:
            self._grouped = (self._library, {})
        known = self._grouped[1]
        if lang not in known:
            known[lang] = self._made_groups(lang)
        return known[lang]

    def _made_groups(self, lang: str) -> tuple[Group, ...]:
        tagged: dict[str, list[Article]] = {}
        for article in self._library.articles(lang):
            tagged.setdefault(article.tags[0] if article.tags else "", []).append(article)
        say = words(language(lang))
        order = sorted(tagged, key=lambda tag: (not tag, -len(tagged[tag]), tag))
        few = [tag for tag in order if len(tagged[tag]) == 1 or not tag]
        rest = sorted((a for tag in few for a in tagged[tag]), key=lambda a: a.title.casefold())
        groups = [Group(tag, tag_name(tag, say), tuple(tagged[tag])) for tag in order if tag not in few]
        return (*groups, Group("other", say.gettext("Other topics"), tuple(rest))) if rest else tuple(groups)

    def _found(self, hit: Hit, lang: str) -> Found:
        article = self._library.article(hit.slug, hit.lang)
        topic = self._topic(article, lang).title if article else ""
        return Found(hit, tuple(_marked(hit)), topic, _minutes(article) if article else 0)

    def _topic(self, article: Article, lang: str) -> Group:
        every = self._groups(article.lang)
        own = next((g for g in every if any(a.slug == article.slug for a in g.articles)), None)
        return own or Group("", words(language(lang)).gettext("Other topics"), ())

    def _address(self, slug: str, lang: str) -> str:
        found = self._library.shown(slug, lang)
        return f"/kb/{found.lang}/{slug}" if found else ""

    def _others(self, lang: str, slug: str) -> Mapping[str, str]:
        there = [o for o in self._intake.content.languages if not slug or self._library.article(slug, o)]
        return {other: f"/kb/{other}/{slug}".rstrip("/") for other in there if other != lang}

    async def _share(self, slug: str) -> int | None:
        """How many of a hundred it helped; None while too few have said."""
        now = self._intake.clock.now()
        if now >= self._counted[0] + FRESH:
            self._counted = (now, await self._intake.store.counts(now - YEAR))
        counts = self._counted[1]
        yes, no = counts.get(f"helped:{slug}", 0), counts.get(f"not_helped:{slug}", 0)
        return round(100 * yes / (yes + no)) if yes + no >= FEW else None


def _shown(article: Article, picture: Picture) -> page.Shown:
    """Its address has the mark of its content, so it is never an old one."""
    return page.Shown(f"/kb/{article.lang}/{article.slug}/img/{picture.name}", picture.width, picture.height)


def _minutes(article: Article) -> int:
    return max(1, round(sum(len(s.text.split()) for s in article.sections) / READ))


def _marked(hit: Hit) -> Iterator[tuple[str, bool]]:
    asked: Sequence[str] = hit.matched
    for piece in _WORD.findall(hit.snippet):
        yield piece, fold(piece) in asked

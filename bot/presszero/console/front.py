"""The frame of the portal's pages: the desk's name, the search field, the way to a person and who is there now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from presszero.console import headers, pages
from presszero.console.words import language, words
from presszero.http.problem import Problem
from presszero.kb.article import Article
from presszero.runtime.facts import moment
from presszero.runtime.intake import Intake
from presszero.runtime.once import Once
from presszero.runtime.times import promise

LANGUAGE_NAMES = {"ru": "Русский", "en": "English"}


class Front:
    """Shows pages to customers. With ``chat`` a page can be opened with the chat on it; without one, people are written to."""

    def __init__(self, intake: Intake, *, demo: bool, chat: bool) -> None:
        self.intake = intake
        self.demo = demo
        self.once = Once()
        self._chat = chat

    def lang(self, request: Request) -> str:
        """The language of the path. Raises Problem 404 for one that the desk does not have."""
        lang = str(request.path_params["lang"])
        if lang not in self.intake.content.languages:
            raise Problem(404, "not_found")
        return lang

    async def page(
        self,
        template: str,
        lang: str,
        values: Mapping[str, Any],
        *,
        others: Mapping[str, str] | None = None,
        status: int = 200,
        head: Mapping[str, str] = headers.PUBLIC,
    ) -> Response:
        """A page; ``others`` are its addresses in other languages."""
        content = self.intake.content
        frame = {
            "desk": content.name.get(lang, ""),
            "help": f"/kb/{lang}",
            "chat": self.chat(lang),
            "there": await self.there(lang),
            "languages": [(each, LANGUAGE_NAMES.get(each, each), path) for each, path in (others or {}).items()],
            "base": content.public_url,
            "query": "",
            "canonical": "",
            "about": "",
            "image": "",
            "faq": None,
            "ask": self.chat(lang),
            "widget": None,
            "write": _write(lang),
        }
        return pages.render(template, lang, {**frame, **values}, status=status, head=head)

    def base(self, request: Request) -> str:
        """The address of this desk, without a slash at the end."""
        return self.intake.content.public_url or str(request.base_url).rstrip("/")

    def chat(self, lang: str, article: str = "") -> str:
        """Where a person can be called, or the bot asked about an article."""
        if self.demo:
            return f"/?lang={lang}&open=yes" + (f"&article={article}" if article else "")
        if not self._chat:
            return _write(lang)
        return f"/kb/{lang}{'/' if article else ''}{article}?chat=yes"

    def widget(self, request: Request, article: Article | None = None) -> dict[str, str] | None:
        """What the chat on a page is told of it; None when the page was not opened with the chat."""
        if not self._chat or request.query_params.get("chat") != "yes":
            return None
        return {"article": article.slug, "title": article.title} if article else {}

    async def there(self, lang: str) -> str:
        """Who answers now, in a sentence without a promise that nobody measured."""
        say, content, now = words(language(lang)).gettext, self.intake.content, self.intake.clock.now()
        queue = content.handoff.default_queue
        if content.always_open or content.handoff.is_open(queue, moment(now)):
            if await self.intake.store.present(now):
                return say("People are here now. They will see what you have read and written.")
            return say("Leave your question: a person will answer it.")
        opens = content.handoff.queue_opens_at(queue, moment(now))
        if opens is None:
            return say("Leave your question: a person will answer it.")
        back = promise(opens.timestamp(), now, content.zone, language(lang))
        return say("Only the bot is here now. People are back at %(when)s.") % {"when": back}


def _write(lang: str) -> str:
    """The request form."""
    return f"/requests/new?lang={lang}"

"""The request form: first what the articles say to it, then the same questions as in the chat, a file, and where to answer.

Two steps of plain HTML. Who fills in the field that people do not see is told nothing and writes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from presszero.console import headers
from presszero.console.forms import form
from presszero.console.front import Front
from presszero.console.origin import check_origin
from presszero.console.outside import Outside, Vouched
from presszero.console.words import language, words
from presszero.dialogue.knowledge import NOTHING_FOUND, Answer
from presszero.errors import StoreError
from presszero.http.limit import Limits
from presszero.http.problem import Problem
from presszero.http.routes import Door
from presszero.runtime import routing
from presszero.runtime.facts import moment
from presszero.runtime.fields import Field, fields, reading
from presszero.runtime.intake import MOST_TEXT
from presszero.runtime.private import private
from presszero.runtime.written import Written, write_down
from presszero.store.asked import NewQuestion
from presszero.store.base import StoredFile

LIMITS = {"look": "60/minute", "send": "6/10 minute"}
SHORTEST = 3
MOST_FIELD = 1000
MOST_FIELDS = 40
MOST_TEXTS = 128 * 1024  # bytes of a form without its file
MOST_DROPPED = 64 * 1024 * 1024  # of a form that is too large: a browser shows our answer only once it has sent all
_BEFORE = "f-"  # before the name of a category's own field


@dataclass
class Filled:
    """What the form holds now, and what is wrong with it."""

    values: Mapping[str, str] = field(default_factory=dict[str, str])
    wrong: dict[str, str] = field(default_factory=dict[str, str])
    upload: tuple[str, bytes] | None = None
    too_large: bool = False

    @property
    def text(self) -> str:
        """What happened."""
        return self.values.get("text", "").strip()


class RequestForm:
    """The pages under /requests/new."""

    def __init__(self, front: Front, outside: Outside) -> None:
        self._front, self._intake, self._outside = front, front.intake, outside
        self._limits = Limits(LIMITS)

    def routes(self, door: Door) -> list[BaseRoute]:
        """The form."""
        return [
            door.route("/requests/new", self.begin, "public"),
            door.route("/requests/new", self.look, "public", ["POST"]),
            door.route("/requests/send", self.send, "public", ["POST"]),
            door.route("/requests/helped", self.helped, "public", ["POST"]),
        ]

    async def begin(self, request: Request) -> Response:
        """Step one: what happened, and what it is about."""
        lang = self._lang(request.query_params.get("lang", ""))
        about = request.query_params.get("article", "")
        article = self._intake.content.library.shown(about, lang) if about else None
        values = {"page": f"/kb/{article.lang}/{article.slug}"} if article else {}
        return await self._page(lang, "begin", Filled(values))

    async def look(self, request: Request) -> Response:
        """Step two: articles that may fit, and the whole form below them."""
        check_origin(request, self._intake.content.public_url)
        await self._limits.take("look", _address(request))
        said = await form(request, MOST_TEXTS)
        filled = Filled(said)
        lang = self._lang(filled.values.get("lang", ""))
        if not self._said(filled, lang):
            return await self._page(lang, "begin", filled, status=422)
        if "again" in said:  # only another topic was chosen, or none
            return await self._page(lang, "rest", filled, question=_number(said.get("question", "")))
        if not self._category(said.get("category", "")):
            about = routing.kind(self._intake.content, filled.text, lang)
            said["category"] = "" if about.by == "default" else about.category
        answer = self._search(filled.text, lang)
        number = await self._ask(filled.text, lang, answer, _address(request))
        return await self._page(lang, "rest", filled, answer=answer, question=number)

    async def helped(self, request: Request) -> Response:
        """An article did: no request is needed."""
        check_origin(request, self._intake.content.public_url)
        await self._limits.take("look", _address(request))
        said = await form(request)
        lang, slug = self._lang(said.get("lang", "")), said.get("article", "")
        if self._intake.content.library.shown(slug, lang) is None:
            raise Problem(404, "not_found")
        now, question = self._intake.clock.now(), _number(said.get("question", ""))
        await self._front.once.count(self._intake.store, f"helped:{slug}", now, _address(request))
        if self._front.once.asked(question, now, _address(request)):
            await self._intake.store.came(question, "yes", None)
        return RedirectResponse(f"/kb/{lang}/{slug}?said=yes#rate", 303, headers.PRIVATE)

    async def send(self, request: Request) -> Response:
        """Opens the request and shows its page."""
        check_origin(request, self._intake.content.public_url)
        filled = await self._multipart(request)
        said = filled.values
        lang, question = self._lang(said.get("lang", "")), _number(said.get("question", ""))
        if said.get("website", ""):  # a field that no person sees
            return RedirectResponse(f"/kb/{lang}", 303, headers.PRIVATE)
        category = self._category(said.get("category", ""))
        vouched = self._outside.vouched(said.get("identity", ""))
        taken = self._check(filled, lang, category)
        contact = self._contact(filled, lang, vouched)
        status, extra = await self._may(request, filled, lang)
        if status:
            return await self._page(lang, "rest", filled, status=status, question=question, extra=extra)

        async def keep(conversation_id: int) -> StoredFile | None:
            if filled.upload is None or self._outside.keep is None:
                return None
            return await self._outside.keep(conversation_id, *filled.upload)

        page = {"url": said["page"][:500]} if said.get("page") else {}
        written = Written(
            filled.text, lang, category, taken, contact, vouched.identity, vouched.facts, page
        )  # fmt: skip
        try:
            ticket = await write_down(self._intake, written, keep)
        except Problem as problem:
            if problem.status not in {413, 415}:
                raise
            say = words(language(lang)).gettext
            filled.wrong["file"] = say("This file is not taken: too large, or of another kind.")
            return await self._page(lang, "rest", filled, status=422, question=question)
        except StoreError:
            raise Problem(503, "store", "Try again in a minute.", {"retry-after": "30"}) from None
        now = self._intake.clock.now()
        own = self._front.once.asked(question, now, _address(request))  # an answer belongs to one's own question only
        of = (ticket.conversation_id, ticket.customer_id) if own else None
        await self._intake.store.came(question, "", now, of)
        way = f"/requests/{ticket.number}?key={quote(ticket.secret)}&lang={lang}&said=new"
        return RedirectResponse(way, 303, headers.UNLISTED)

    async def _may(self, request: Request, filled: Filled, lang: str) -> tuple[int, Mapping[str, str]]:
        """Counts a sending; else the status and headers of the form that is shown again, with what is wrong."""
        say = words(language(lang)).gettext
        if filled.too_large:
            filled.wrong["file"] = say("The file is too large. The request can be sent without it.")
            return 413, {}
        if filled.wrong:
            return 422, {}
        try:
            await self._limits.take("send", _address(request))
        except Problem as problem:
            filled.wrong["send"] = say("Too many requests at once. Wait a few minutes and send it again.")
            return problem.status, problem.headers
        return 0, {}

    def _check(self, filled: Filled, lang: str, category: str) -> dict[str, str]:
        """The category's own fields as the chat would take them; what does not fit is said beside it."""
        content, say = self._intake.content, words(language(lang)).gettext
        self._said(filled, lang)
        taken: dict[str, str] = {}
        for each in fields(content.flows, category):
            typed = filled.values.get(_BEFORE + each.name, "").strip()
            if not typed:
                continue
            if len(typed) > MOST_FIELD:
                filled.wrong[_BEFORE + each.name] = too_long(typed, MOST_FIELD, lang)
                continue
            parse = content.understanding.parse(typed, lang, moment(self._intake.clock.now()))
            value = reading(each, typed, parse)
            if value is None:
                filled.wrong[_BEFORE + each.name] = say("This does not look like an answer to that.")
            else:
                taken[each.name] = value
        return taken

    def _said(self, filled: Filled, lang: str) -> bool:
        """Whether the text is one to work with; what is wrong with it is said, and nothing is cut."""
        if len(filled.text) < SHORTEST:
            filled.wrong["text"] = words(language(lang)).gettext("Tell us what happened.")
        elif len(filled.text) > MOST_TEXT:
            filled.wrong["text"] = too_long(filled.text, MOST_TEXT, lang)
        return "text" not in filled.wrong

    def _contact(self, filled: Filled, lang: str, vouched: Vouched) -> str:
        typed = filled.values.get("contact", "").strip()
        contact = self._outside.contact(typed) if typed else ""
        if contact is None or (not contact and not vouched.identity):
            filled.wrong["contact"] = words(language(lang)).gettext("An e-mail address or a phone number.")
        return contact or ""

    async def _multipart(self, request: Request) -> Filled:
        """The form with at most one file. Raises Problem."""
        length = request.headers.get("content-length", "")
        if not length.isdigit():
            raise Problem(411, "length", "Say how long it is.")
        if not request.headers.get("content-type", "").startswith("multipart/form-data"):
            return Filled(await form(request, MOST_TEXTS))
        if int(length) > self._outside.most + MOST_TEXTS:
            return Filled(await _texts(request), too_large=True)
        try:
            async with request.form(max_files=1, max_fields=MOST_FIELDS) as parts:
                values = {name: value for name, value in parts.items() if isinstance(value, str)}
                part = parts.get("file")
                data = await part.read(self._outside.most + 1) if isinstance(part, UploadFile) else b""
                name = part.filename if isinstance(part, UploadFile) and part.filename else "file"
        except (MultiPartException, KeyError, ValueError):
            raise Problem(400, "not_multipart") from None
        return Filled(values, upload=(name, data) if data else None)

    def _search(self, text: str, lang: str) -> Answer:
        try:
            return self._intake.content.library.search(text, lang)
        except Exception:  # noqa: BLE001 - articles that fail must not stand between a customer and a request
            return NOTHING_FOUND

    async def _ask(self, text: str, lang: str, answer: Answer, address: str) -> int:
        shown = tuple(dict.fromkeys(p.article for p in answer.passages))
        chance = answer.passages[0].score if answer.passages else 0.0
        new = NewQuestion(private(text), lang, answer.kind, shown, chance, private(answer.searched))
        return await self._front.once.keep(self._intake.store, new, self._intake.clock.now(), address)

    async def _page(
        self,
        lang: str,
        step: str,
        filled: Filled,
        *,
        answer: Answer = NOTHING_FOUND,
        question: int = 0,
        status: int = 200,
        extra: Mapping[str, str] | None = None,
    ) -> Response:
        content = self._intake.content
        category = self._category(filled.values.get("category", ""))
        own: list[tuple[Field, str]] = [(f, _BEFORE + f.name) for f in fields(content.flows, category)]
        values = {
            "step": step,
            "values": defaultdict(str, filled.values),
            "wrong": defaultdict(str, filled.wrong),
            "category": category,
            "categories": [(c.name, c.title.render(lang, {}) or c.name) for c in content.handoff.categories.values()],
            "own": [
                (name, f.label.render(lang, {}), f.slot.type, [(v, t.render(lang, {})) for v, t in f.options])
                for f, name in own
            ],
            "passages": answer.passages,
            "question": question,
            "files": self._outside.types if self._outside.keep else (),
            "most_mb": self._outside.most // (1024 * 1024),
        }
        others = {o: f"/requests/new?lang={o}" for o in content.languages if o != lang} if step == "begin" else {}
        head = {**headers.UNLISTED, **(extra or {})}
        return await self._front.page("request_new.html", lang, values, others=others, status=status, head=head)

    def _category(self, name: str) -> str:
        return name if name in self._intake.content.handoff.categories else ""

    def _lang(self, wanted: str) -> str:
        languages = self._intake.content.languages
        return wanted if wanted in languages else languages[0]


def too_long(text: str, most: int, lang: str) -> str:
    """Says by how much a text is too long."""
    say = words(language(lang)).gettext
    return say("Too long: %(now)d characters, at most %(most)d fit.") % {"now": len(text), "most": most}


async def _texts(request: Request) -> dict[str, str]:
    """What was typed into a form whose file is too large: the file is the last of the parts, it is read and dropped."""
    head, read = b"", 0
    async for chunk in request.stream():
        head += chunk[: max(0, MOST_TEXTS - read)]
        read += len(chunk)
        if read > MOST_DROPPED:
            break
    between = head.partition(b"\r\n")[0]
    whole = head.rpartition(between)[0] + between + b"--\r\n"

    async def stream() -> AsyncGenerator[bytes, None]:
        yield whole

    try:
        parts = await MultiPartParser(request.headers, stream(), max_files=1, max_fields=MOST_FIELDS).parse()
    except (MultiPartException, KeyError, ValueError):
        return {}
    return {name: value for name, value in parts.items() if isinstance(value, str)}


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 16 else 0

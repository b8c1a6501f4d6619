"""What to write next: gaps in the articles, what became of questions, and of each article its numbers and its day of review.

Everything shown is masked. A proposal is a change to review: it is written when a person saves it, and can be taken back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import groupby
from typing import Any, NamedTuple

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from presszero.console import headers
from presszero.console.forms import form
from presszero.console.frame import Frame
from presszero.console.reader import Reader, reader
from presszero.http.problem import Problem
from presszero.http.routes import Door
from presszero.kb import drafting
from presszero.kb.article import Article
from presszero.kb.figures import QUARTER, deflection, figures
from presszero.kb.gaps import DAY, Gap, Nearest, gaps, nearest
from presszero.runtime import loop
from presszero.runtime.editing import Editing, FileText, Taken
from presszero.runtime.facts import moment
from presszero.runtime.private import HIDDEN
from presszero.runtime.versions import Refused

DAYS = 28
MOST_GAPS = 100
MOST_NEAREST = 40  # gaps whose nearest article is looked up for the list
MOST_QUESTION = 300


class Row(NamedTuple):
    """A gap in the list."""

    gap: Gap
    nearest: Nearest | None


class Change(NamedTuple):
    """A proposed change: the file, what it becomes, and what must be said to make it again."""

    kind: str  # variant or draft
    name: str
    text: str
    before: FileText
    about: Mapping[str, str]

    @property
    def masked(self) -> bool:
        """Whether it would put hidden personal data into an article."""
        return self.text.count(HIDDEN) > self.before.text.count(HIDDEN)


class Knowledge:
    """The pages, for leads."""

    def __init__(self, frame: Frame, editing: Editing) -> None:
        self._frame, self._intake, self._editing = frame, frame.intake, editing

    def routes(self, door: Door) -> list[BaseRoute]:
        """The list, a gap, its two proposals, and the articles."""
        change = "/console/gaps/{key}/{kind}"
        return [
            door.route("/console/gaps", self.all, "lead"),
            door.route("/console/gaps/{key}", self.one, "lead"),
            door.route(change, self.change, "lead"),
            door.route(change, self.save, "lead", ["POST"]),
            door.route(f"{change}/undo", self.undo, "lead", ["POST"]),
            door.route(f"{change}/file", self.file, "lead"),
            door.route("/console/articles", self.articles, "lead"),
        ]

    async def all(self, request: Request) -> Response:
        """Gaps, the most asked first, and what became of the questions."""
        eye = reader(request, self._intake)
        every = await self._asked(eye)
        found = gaps(every, eye.now)[:MOST_GAPS]
        rows = [Row(g, nearest(g, eye.content.library) if n < MOST_NEAREST else None) for n, g in enumerate(found)]
        rows.sort(key=lambda row: bool(row.nearest and row.nearest.answered))
        values = {"rows": rows, "days": DAYS, "sums": deflection(every, eye.now)}
        return await self._frame.page(request, "gaps.html", "gaps", values)

    async def one(self, request: Request) -> Response:
        """A gap: its phrasings, where it could belong, what people answered."""
        eye = reader(request, self._intake)
        gap = await self._gap(request, eye)
        ranked = eye.content.library.ranked(gap.examples[0], gap.lang, 3)
        near = [a for each in ranked if (a := eye.content.library.article(each.slug, gap.lang))]
        values = {
            "gap": gap,
            "nearest": nearest(gap, eye.content.library),
            "near": near,
            "others": eye.content.library.articles(gap.lang),
            "replies": await loop.best_replies(self._intake.store, gap),
        }
        return await self._frame.page(request, "gap.html", "gaps", values)

    async def change(self, request: Request) -> Response:
        """A proposal, to be read before it is kept."""
        eye = reader(request, self._intake)
        change = await self._change(request, eye, request.query_params)
        return await self._page(request, change, wrong=_masked(eye) if change.masked else "")

    async def file(self, request: Request) -> Response:
        """The changed file to take away."""
        eye = reader(request, self._intake)
        change = await self._change(request, eye, request.query_params)
        name = change.name.rpartition("/")[2]
        head = {**headers.PRIVATE, "content-disposition": f'attachment; filename="{name}"'}
        return Response(change.text, 200, head, "text/markdown")

    async def save(self, request: Request) -> Response:
        """Writes the file into the desk's folder; what was published meanwhile stays as it is."""
        eye, said = reader(request, self._intake), await form(request)
        change = await self._change(request, eye, said)
        say = eye.words.gettext
        if change.masked:
            return await self._page(request, change, wrong=_masked(eye), status=422)
        try:
            await self._editing.save(change.name, change.text, said.get("mark", ""), eye.operator.shown)
        except Taken:
            return await self._page(request, change, wrong=say("Somebody has changed this file meanwhile."), status=409)
        except Refused as error:
            return await self._page(request, change, wrong=error.ru if eye.lang == "ru" else error.en, status=409)
        return await self._page(request, change, saved=True)

    async def undo(self, request: Request) -> Response:
        """Takes back what `save` wrote, as long as nobody has changed it since."""
        eye, said = reader(request, self._intake), await form(request)
        kind, name = request.path_params["kind"], said.get("name", "")
        try:
            now = self._editing.read(name)
            if kind == "variant":
                text = drafting.without_question(now.text, said.get("text", ""))
                await self._editing.save(name, text, now.mark, eye.operator.shown)
            elif now.mark == said.get("mark", ""):
                await self._editing.remove(name, now.mark)
            else:
                raise Problem(409, "taken", "Somebody has changed this file meanwhile.")
        except (drafting.CannotChange, Taken, Refused):
            raise Problem(409, "taken", "Somebody has changed this file meanwhile.") from None
        return RedirectResponse("/console/gaps", 303, headers.PRIVATE)

    async def articles(self, request: Request) -> Response:
        """Articles with their numbers; what is late to be read again first, by owner."""
        eye = reader(request, self._intake)
        library = eye.content.library
        lang = eye.lang if eye.lang in eye.content.languages else eye.content.default_lang
        counts = await self._intake.store.counts(eye.now - (DAYS - 1) * DAY)
        today = moment(eye.now).date()
        every: Sequence[Article] = library.every()
        asked = await self._asked(eye)
        found = figures(every, asked, counts, today)
        own = {(a.lang, a.slug) for a in every}
        due = sorted(
            (f for f in found if f.late or f.soon),
            key=lambda f: (f.article.owner.casefold(), f.due or today, f.article.file),
        )
        values = {
            "rows": [f for f in found if f.article.lang == lang or (lang, f.article.slug) not in own],
            "due": [(owner, list(group)) for owner, group in groupby(due, key=lambda f: f.article.owner)],
            "undated": sum(f.due is None for f in found),
            "unused": [f for f in found if f.unused and f.article.lang == lang],
            "days": DAYS,
        }
        return await self._frame.page(request, "articles.html", "gaps", values)

    async def _asked(self, eye: Reader) -> list[Any]:
        return loop.asked(await self._intake.store.questions(eye.now - DAYS * DAY))

    async def _gap(self, request: Request, eye: Reader) -> Gap:
        every = gaps(await self._asked(eye), eye.now)
        found = next((gap for gap in every if gap.key == request.path_params["key"]), None)
        if found is None:
            raise Problem(404, "not_found", "There is no such gap any more.")
        return found

    async def _change(self, request: Request, eye: Reader, said: Mapping[str, str]) -> Change:
        gap, kind = await self._gap(request, eye), request.path_params["kind"]
        if kind == "variant":
            return self._variant(eye, gap, said)
        if kind == "draft":
            return await self._draft(eye, gap, said)
        raise Problem(404, "not_found", "There is no such proposal.")

    def _variant(self, eye: Reader, gap: Gap, said: Mapping[str, str]) -> Change:
        article = eye.content.library.article(said.get("article", ""), gap.lang)
        text = " ".join(said.get("text", gap.examples[0]).split())[:MOST_QUESTION]
        if article is None or not text:
            raise Problem(404, "not_found", "There is no such article.")
        try:
            before = self._editing.read(article.file)
            made = drafting.with_question(before.text, text)
        except (drafting.CannotChange, Refused):
            raise Problem(409, "not_changed", "A line cannot be added to this file by itself; open it.") from None
        return Change("variant", article.file, made, before, {"article": article.slug, "text": text})

    async def _draft(self, eye: Reader, gap: Gap, said: Mapping[str, str]) -> Change:
        replies = await loop.best_replies(self._intake.store, gap)
        number = said.get("reply", "0")
        chosen = int(number) if number.isdecimal() and len(number) < 3 else 0
        say = eye.words.gettext
        body = replies[chosen] if chosen < len(replies) else say("Write the answer here.")
        open_ = [text for text in gap.examples if HIDDEN not in text] or gap.examples[:1]
        title = open_[0][:1].upper() + open_[0][1:120]
        library = eye.content.library
        taken = {a.slug for a in library.every()}
        slug = drafting.slug(title, taken)
        while self._editing.read(f"kb/{gap.lang}/{slug}.md").mark:
            taken.add(slug)
            slug = drafting.slug(title, taken)
        review = moment(eye.now).date() + timedelta(days=QUARTER.days)
        text = drafting.article(
            title, body, phrasings=open_, owner=eye.operator.shown, review_by=review
        )  # fmt: skip
        name = f"kb/{gap.lang}/{slug}.md"
        return Change("draft", name, text, FileText(name, "", ""), {"reply": str(chosen)})

    async def _page(
        self, request: Request, change: Change, *, saved: bool = False, wrong: str = "", status: int = 200
    ) -> Response:
        values = {
            "gap_key": request.path_params["key"],  # "key" is a macro of the frame
            "change": change,
            "mark": self._editing.read(change.name).mark if saved else change.before.mark,
            "rows": min(30, change.text.count("\n") + 2),
            "added": [n for n in change.text.splitlines() if n not in change.before.text.splitlines()],
            "saved": saved,
            "live": not self._intake.content.publication,
            "wrong": wrong,
        }
        return await self._frame.page(request, "proposal.html", "gaps", values, status)


def _masked(eye: Reader) -> str:
    return eye.words.gettext(
        "Personal data is hidden here as •••. Download the file, write what fits instead, and put it into the folder."
    )

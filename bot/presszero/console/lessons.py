"""Operators' corrections of categories, for a lead to approve or refuse. An approved one becomes a phrase in the desk's files.

Nothing is learned here: the desk learns when its files are followed or published. Every decision can be taken back.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, NamedTuple

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from presszero.console import headers
from presszero.console.context import choices
from presszero.console.forms import form
from presszero.console.frame import Frame
from presszero.console.reader import Reader, reader
from presszero.http.problem import Problem
from presszero.http.routes import Door
from presszero.nlu import lessons as files
from presszero.runtime.editing import Editing, Taken
from presszero.runtime.lessons import phrase
from presszero.runtime.versions import Refused
from presszero.store.lessons import Decision, Lesson

HERE = "/console/lessons"
MOST = 50  # of those that wait, and of those decided
LARGEST = 1 << 53
_WORDS_FIRST = {"words", "flow"}  # what stands above the model when a category is chosen


class Row(NamedTuple):
    """A lesson in the list; ``typed`` and ``chosen`` are what stands in its form."""

    lesson: Lesson
    was: str
    now: str
    means: str
    above: bool  # words or a flow stood above the model
    when: str
    typed: str
    chosen: str


class Wrong(NamedTuple):
    """Why a lesson was not approved; what was typed stays in its form."""

    number: int
    why: str
    status: int
    typed: str = ""
    chosen: str = ""


class Lessons:
    """The page, for leads."""

    def __init__(self, frame: Frame, editing: Editing) -> None:
        self._frame, self._intake, self._editing = frame, frame.intake, editing
        self._one = asyncio.Lock()  # a decision reads and writes a file

    def routes(self, door: Door) -> list[BaseRoute]:
        """The list and its presses."""
        one = f"{HERE}/{{number:int}}"
        return [
            door.route(HERE, self.all, "lead"),
            door.route(f"{one}/approve", self.approve, "lead", ["POST"]),
            door.route(f"{one}/refuse", self.refuse, "lead", ["POST"]),
            door.route(f"{one}/undo", self.undo, "lead", ["POST"]),
        ]

    async def all(self, request: Request) -> Response:
        """What waits for a decision, and what was decided."""
        return await self._page(request)

    async def approve(self, request: Request) -> Response:
        """Writes the phrase into the desk's files, and says so with the lesson."""
        eye, said = reader(request, self._intake), await form(request)
        async with self._one:
            lesson = await self._lesson(request)
            wrong = await self._approved(eye, lesson, said.get("text", lesson.text), said.get("category", ""))
        return await self._page(request, wrong) if wrong else _back(lesson)

    async def refuse(self, request: Request) -> Response:
        """Nothing is to be learned from it."""
        eye = reader(request, self._intake)
        async with self._one:
            lesson = await self._lesson(request)
            decided = await self._intake.store.decide_lesson(
                lesson.ticket_number, "proposed", Decision("refused", eye.operator.shown), eye.now
            )
        return _back(lesson) if decided else await self._page(request, _late(eye, lesson))

    async def undo(self, request: Request) -> Response:
        """Takes a decision back, and its phrase out of the file."""
        eye = reader(request, self._intake)
        async with self._one:
            lesson = await self._lesson(request)
            if lesson.state == "proposed":
                return _back()
            try:
                await self._take_out(eye, lesson)
            except (files.CannotChange, Taken, Refused):
                return await self._page(request, Wrong(lesson.ticket_number, _by_hand(eye), 409))
            await self._intake.store.decide_lesson(lesson.ticket_number, lesson.state, Decision("proposed"), eye.now)
        return _back()

    async def _approved(self, eye: Reader, lesson: Lesson, typed: str, category: str) -> Wrong | None:
        """Approves, or says why not."""
        say, number, text = eye.words.gettext, lesson.ticket_number, phrase(typed)
        if lesson.state != "proposed":
            return _late(eye, lesson)
        if category not in eye.content.handoff.categories:
            return Wrong(number, say("Choose a category."), 422, typed, category)
        if not text:
            return Wrong(number, say("Write at least two words, without personal data."), 422, typed, category)
        try:
            name, why = await self._written(eye, lesson, text, category)
        except (files.CannotChange, Taken):
            return Wrong(number, _by_hand(eye), 409, typed, category)
        except Refused as error:
            return Wrong(number, error.ru if eye.lang == "ru" else error.en, 409, typed, category)
        if why:
            return Wrong(number, why, 422, typed, category)
        made = Decision("approved", eye.operator.shown, text, category, name)
        await self._intake.store.decide_lesson(number, "proposed", made, eye.now)
        return None

    async def _written(self, eye: Reader, lesson: Lesson, text: str, category: str) -> tuple[str, str]:
        """Adds the phrase; gives the file that has it now, if it had not, or what is wrong with it there."""
        name = files.file(lesson.lang)
        before = self._editing.read(name)
        made = files.with_phrase(before.text, name, category, text)
        if made == before.text:
            return "", ""
        faults = [f for f in await self._editing.judge({name: made}) if f.severity == "error"]
        for fault in faults:
            if fault.place.file == name or name in fault.values.get("place", ""):
                return "", f"{fault.sentence(eye.lang)} {fault.hint(eye.lang)}".strip()
        await self._editing.save(name, made, before.mark, eye.operator.shown)
        return name, ""

    async def _take_out(self, eye: Reader, lesson: Lesson) -> None:
        """The phrase leaves its file, unless another lesson put it there too. Raises CannotChange, Taken, Refused."""
        if not lesson.file:
            return
        same = (lesson.taught_text, lesson.taught_as)
        others = await self._intake.store.lessons(decided=True, limit=1000)
        if any(o.ticket_number != lesson.ticket_number and (o.taught_text, o.taught_as) == same for o in others):
            return
        now = self._editing.read(lesson.file)
        text = files.without_phrase(now.text, lesson.file, lesson.taught_as, lesson.taught_text)
        if not text and now.mark:
            await self._editing.remove(lesson.file, now.mark)
        elif text != now.text:
            await self._editing.save(lesson.file, text, now.mark, eye.operator.shown)

    async def _lesson(self, request: Request) -> Lesson:
        number = request.path_params["number"]
        found = await self._intake.store.lesson(number) if number < LARGEST else None
        if found is None:
            raise Problem(404, "not_found", "There is no such lesson any more.")
        return found

    async def _page(self, request: Request, wrong: Wrong | None = None) -> Response:
        eye, store = reader(request, self._intake), self._intake.store
        waiting = await store.lessons(decided=False, limit=MOST + 1)
        decided = await store.lessons(decided=True, limit=MOST)
        done = request.query_params.get("done", "")
        values: dict[str, Any] = {
            "rows": _rows(eye, waiting[:MOST], wrong),
            "more": len(waiting) > MOST,
            "decided": _rows(eye, decided),
            "done": next((d for d in decided if str(d.ticket_number) == done), None),
            "categories": choices(eye)["categories"],
            "live": not eye.content.publication,
            "wrong": wrong,
        }
        return await self._frame.page(request, "lessons.html", "lessons", values, wrong.status if wrong else 200)


def _rows(eye: Reader, lessons: Sequence[Lesson], wrong: Wrong | None = None) -> list[Row]:
    rows = []
    for each in lessons:
        own = wrong if wrong and wrong.number == each.ticket_number and wrong.typed else None
        rows.append(
            Row(
                each,
                eye.category(each.guess),
                eye.category(each.taught_as or each.category),
                _means(eye, each),
                each.means in _WORDS_FIRST,
                eye.moment(each.at),
                own.typed if own else phrase(each.text),
                own.chosen if own else each.category,
            )
        )
    return rows


def _means(eye: Reader, lesson: Lesson) -> str:
    """Who had chosen the category, and how sure the model was of it."""
    say = eye.words.gettext
    known = {
        "flow": say("the flow named it"),
        "words": say("the words of the category decided"),
        "model": say("the model decided"),
        "default": say("nothing fitted well"),
    }
    who = known.get(lesson.means, "")
    sure = say("the model gave it %(n)d%%") % {"n": round(lesson.confidence * 100)} if lesson.confidence else ""
    return ", ".join(filter(None, (who, sure)))


def _late(eye: Reader, lesson: Lesson) -> Wrong:
    return Wrong(lesson.ticket_number, eye.words.gettext("Somebody has decided on it meanwhile."), 409)


def _by_hand(eye: Reader) -> str:
    return eye.words.gettext("The file of lessons was changed so that this cannot be done by itself. Open it in Files.")


def _back(lesson: Lesson | None = None) -> Response:
    way = f"{HERE}?done={lesson.ticket_number}" if lesson else HERE
    return RedirectResponse(way, 303, headers.PRIVATE)

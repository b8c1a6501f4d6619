"""The page where a lead edits the desk's files: findings as they type, completion, a conversation to try, tests, saving.

Leads only; everything is bounded. Publishing is `publish.py`: this page only leads there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from presszero.console.frame import Frame
from presszero.console.publish import problem_of
from presszero.console.reader import reader
from presszero.errors import ContentError, Finding
from presszero.http.body import json, read
from presszero.http.limit import Limits
from presszero.http.problem import Problem
from presszero.http.routes import Door
from presszero.runtime.editing import Act, Editing, FileText, Taken
from presszero.runtime.versions import Refused

HERE = "/console/edit"
MOST = 4 * 1024 * 1024
MOST_DRAFTS, MOST_FINDINGS, MOST_LINE = 30, 300, 4000
LIMITS = {
    "check": "90/minute",
    "complete": "300/minute",
    "save": "60/minute",
    "remove": "60/minute",
    "act": "120/minute",
    "test": "6/minute",
}
FIRST = "flows/welcome.yaml"


class Asked(msgspec.Struct):
    """What the page sends: drafts by file, and what is wanted of them."""

    drafts: dict[str, str] = {}
    name: str = ""
    text: str = ""
    base: str = ""
    line: int = 1
    column: int = 1
    act: Act | None = None


_asked = msgspec.json.Decoder(Asked)


class Edit:
    """The editor's page and what its script asks for."""

    def __init__(self, frame: Frame, editing: Editing) -> None:
        self._frame, self._intake, self._editing = frame, frame.intake, editing
        self._limits = Limits(LIMITS)

    def routes(self, door: Door) -> list[BaseRoute]:
        """All of them for leads."""
        found = {
            "check": self.check,
            "complete": self.complete,
            "save": self.save,
            "remove": self.remove,
            "try": self.act,
            "test": self.test,
        }
        return [
            door.route(HERE, self.page, "lead"),
            door.route(f"{HERE}/file", self.file, "lead"),
            *(door.route(f"{HERE}/{name}", work, "lead", ["POST"]) for name, work in found.items()),
        ]

    async def page(self, request: Request) -> Response:
        """The page with a file open in it."""
        eye = reader(request, self._intake)
        names = self._editing.names()
        name = request.query_params.get("file", "") or (FIRST if FIRST in names else names[0] if names else "")
        try:
            opened = self._editing.read(name)
        except Refused as error:
            raise problem_of(error, eye.lang) from None
        if not opened.mark and "file" in request.query_params and "new" not in request.query_params:
            return RedirectResponse(f"{HERE}?file={quote(name)}&new=1", 303)
        folders: dict[str, list[str]] = {}
        for each in names if name in names else [*names, name]:
            folders.setdefault(each.partition("/")[0] if not each.startswith("tests/") else "tests", []).append(each)
        values: dict[str, Any] = {
            "file": name,
            "folders": folders,
            "opened": opened,
            "languages": eye.content.languages,
            "channels": ("web", "telegram", "voice"),
        }
        return await self._frame.page(request, "edit.html", "edit", values)

    async def file(self, request: Request) -> Response:
        """A file's text and mark."""
        try:
            return json(self._editing.read(request.query_params.get("name", "")))
        except Refused as error:
            raise problem_of(error) from None

    async def check(self, request: Request) -> Response:
        """What is wrong in the desk with these drafts."""
        asked = await self._read(request, "check")
        lang = reader(request, self._intake).lang
        try:
            found = await self._editing.judge(asked.drafts)
        except Refused as error:
            raise problem_of(error, lang) from None
        mine = [f for f in found if f.place.file == asked.name]
        others = [f for f in found if f.place.file != asked.name and f.severity == "error"]
        shown = [_line(f, lang) for f in [*mine, *others][:MOST_FINDINGS]]
        return json({"findings": shown, "errors": sum(f.severity == "error" for f in found)})

    async def complete(self, request: Request) -> Response:
        """What can be typed at a place."""
        asked = await self._read(request, "complete")
        lang = reader(request, self._intake).lang
        if asked.line < 1 or asked.column < 1:
            raise Problem(422, "place", "Lines and columns are counted from 1.")
        try:
            offers = await self._editing.complete(asked.drafts, asked.name, asked.line, asked.column, lang)
        except Refused as error:
            raise problem_of(error, lang) from None
        return json({"offers": offers})

    async def save(self, request: Request) -> Response:
        """Writes a file; 409 with what stands there when somebody else saved it."""
        asked = await self._read(request, "save")
        lang = reader(request, self._intake).lang
        try:
            done = await self._editing.save(asked.name, asked.text, asked.base, request.state.operator.shown)
        except Taken as taken:
            return _problem(409, "taken", {"now": taken.now})
        except Refused as error:
            raise problem_of(error, lang) from None
        return json(FileText(done.name, "", done.mark, done.by))

    async def remove(self, request: Request) -> Response:
        """Removes a file and gives back what stood in it; 409 like saving."""
        asked = await self._read(request, "remove")
        lang = reader(request, self._intake).lang
        try:
            was = self._editing.read(asked.name)
            await self._editing.remove(asked.name, asked.base)
        except Taken as taken:
            return _problem(409, "taken", {"now": taken.now})
        except Refused as error:
            raise problem_of(error, lang) from None
        return json(was)

    async def act(self, request: Request) -> Response:
        """One act in the conversation that is tried out."""
        asked = await self._read(request, "act")
        lang = reader(request, self._intake).lang
        if (
            asked.act is None
            or len(asked.act.text) > MOST_LINE
            or asked.act.channel not in {"web", "telegram", "voice"}
        ):
            raise Problem(422, "act", "There is no such act.")
        try:
            return json(await self._editing.act(request.state.operator.id, asked.drafts, asked.act))
        except ContentError as error:
            return _refused(error, lang)
        except Refused as error:
            raise problem_of(error, lang) from None

    async def test(self, request: Request) -> Response:
        """Plays the dialogue tests with these drafts."""
        asked = await self._read(request, "test")
        lang = reader(request, self._intake).lang
        try:
            return json({"outcomes": await self._editing.test(asked.drafts, lang)})
        except ContentError as error:
            return _refused(error, lang)
        except Refused as error:
            raise problem_of(error, lang) from None

    async def _read(self, request: Request, kind: str) -> Asked:
        await self._limits.take(kind, str(request.state.operator.id))
        asked = await read(request, _asked, MOST)
        if len(asked.drafts) > MOST_DRAFTS:
            raise Problem(422, "drafts", f"At most {MOST_DRAFTS} drafts at once.")
        return asked


def _line(finding: Finding, lang: str) -> Mapping[str, Any]:
    place = finding.place
    return {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.sentence(lang),
        "hint": finding.hint(lang),
    }


def _refused(error: ContentError, lang: str) -> Response:
    return _problem(422, "faults", {"findings": [_line(f, lang) for f in error.findings[:MOST_FINDINGS]]})


def _problem(status: int, code: str, more: Mapping[str, Any]) -> Response:
    body = msgspec.json.encode({"code": code, "status": status, **more})
    return Response(body, status, {"cache-control": "no-store"}, "application/problem+json")

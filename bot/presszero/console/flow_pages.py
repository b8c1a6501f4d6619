"""Flows in the console: which tasks people come with, and of each its picture with what happened at every step these days.

It shows what runs, never a draft; numbers only, never what anybody wrote.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from presszero.console.frame import Frame
from presszero.console.reader import Reader, reader
from presszero.dialogue.flow import Flow, FlowSet, Menu, Verb
from presszero.dialogue.tally import Passage, passages
from presszero.http.problem import Problem
from presszero.http.routes import Door

DAYS = 7
DAY = 86400.0
Numbers = Mapping[tuple[str, str], Passage]
Pictures = Callable[[FlowSet, str, str, Numbers | None], str]
"""Draws a flow: flows, name, language, numbers → SVG that the page's stylesheet dresses."""


class FlowRow(NamedTuple):
    """A flow in the list."""

    name: str
    title: str
    started: int
    ended: int
    misunderstood: int
    handed_over: int
    dropped: int


class StepRow(NamedTuple):
    """A step in the table, or one of its exits (then ``exit`` names it)."""

    id: str
    exit: str
    entered: int
    misunderstood: int
    handed_over: int
    dropped: int
    time: str


class FlowPages:
    """The list of flows and the page of one."""

    def __init__(self, frame: Frame, pictures: Pictures) -> None:
        self._frame, self._intake, self._pictures = frame, frame.intake, pictures

    def routes(self, door: Door) -> list[BaseRoute]:
        """The pages, for leads."""
        return [
            door.route("/console/flows", self.all, "lead"),
            door.route("/console/flows/{name}", self.one, "lead"),
        ]

    async def all(self, request: Request) -> Response:
        """Every flow, the busiest first."""
        eye = reader(request, self._intake)
        counts = await self._counts(eye)
        numbers = passages(counts)
        rows = [_flow_row(eye, flow, counts, numbers) for flow in eye.content.flows.flows.values()]
        rows.sort(key=lambda row: (-row.started, row.title.casefold()))
        return await self._frame.page(request, "flows.html", "flows", {"rows": rows, "days": DAYS})

    async def one(self, request: Request) -> Response:
        """One flow: its picture and its table."""
        eye, name = reader(request, self._intake), request.path_params["name"]
        flows = eye.content.flows
        flow = flows.flows.get(name)
        if flow is None:
            raise Problem(404, "not_found", "There is no such flow.")
        numbers = passages(await self._counts(eye))
        lang = eye.lang if eye.lang in flows.common.languages else flows.common.languages[0]
        values = {
            "name": name,
            "title": flow.title.render(lang, {}) or name,
            "picture": self._pictures(flows, name, lang, numbers),
            "rows": [row for verb in flow.steps.values() for row in _rows(eye, lang, flow, verb, numbers)],
            "days": DAYS,
        }
        return await self._frame.page(request, "flow.html", "flows", values)

    async def _counts(self, eye: Reader) -> Mapping[str, int]:
        return await self._intake.store.counts(eye.now - (DAYS - 1) * DAY)


def _flow_row(eye: Reader, flow: Flow, counts: Mapping[str, int], numbers: Numbers) -> FlowRow:
    own = [numbers[flow.name, step] for step in flow.steps if (flow.name, step) in numbers]
    return FlowRow(
        flow.name,
        flow.title.render(eye.lang, {}) or flow.name,
        counts.get(f"started:{flow.name}", 0),
        counts.get(f"ended:{flow.name}", 0),
        sum(p.misunderstood for p in own),
        sum(p.handed_over for p in own),
        sum(p.dropped for p in own),
    )


def _time(eye: Reader, seconds: float) -> str:
    return eye.words.gettext("%(n)d s") % {"n": max(1, round(seconds))} if seconds < 90 else eye.span(seconds)


def _rows(eye: Reader, lang: str, flow: Flow, verb: Verb, numbers: Numbers) -> list[StepRow]:
    """A step, and below it how often each of its exits was taken."""
    passage = numbers.get((flow.name, verb.id), Passage())
    labels = {o.value: o.label.render(lang, {}) for o in verb.options} if isinstance(verb, Menu) else dict[str, str]()
    time = _time(eye, passage.median) if passage.median is not None else ""
    rows = [
        StepRow(verb.id, "", passage.entered, passage.misunderstood, passage.handed_over, passage.dropped, time)
    ]  # fmt: skip
    names = [*labels, *(name for name in sorted(passage.exits) if name not in labels)]
    if len(names) > 1 or labels:
        rows += [StepRow(verb.id, labels.get(n) or n, passage.exits.get(n, 0), 0, 0, 0, "") for n in names]
    return rows

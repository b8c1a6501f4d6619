"""What people ask that fits nothing, and how much is not understood: by day, by flow. Figures and masked texts only."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from presszero.console.frame import Frame
from presszero.console.reader import Reader, reader
from presszero.http.routes import Door
from presszero.kb.gaps import DAY, gaps
from presszero.nlu.drift import Drift, Share, drift
from presszero.runtime.missed import strange

PERIODS = (7, 30, 90)
USUAL = 30
MOST = 50  # clusters shown
MOST_READ = 5_000  # messages put together: a second of a processor at the worst
EXAMPLES = 3
HEIGHT = 96.0  # of the picture by days
TALL = 0.2  # the share that fills the picture, at least: a desk at 2 % must not look like one at 90 %


class Day(NamedTuple):
    """A day, and its column in the picture."""

    day: date
    share: Share
    percent: str
    x: float
    y: float
    height: float


class FlowShare(NamedTuple):
    """A flow; without a name it is what was said in none."""

    name: str
    title: str
    share: Share
    percent: str


class DriftPage:
    """The page, for leads."""

    def __init__(self, frame: Frame) -> None:
        self._frame, self._intake = frame, frame.intake

    def routes(self, door: Door) -> list[BaseRoute]:
        """One page."""
        return [door.route("/console/drift", self.page, "lead")]

    async def page(self, request: Request) -> Response:
        """A period: shares and what fits nothing."""
        eye = reader(request, self._intake)
        asked = request.query_params.get("days", "")
        days = next((p for p in PERIODS if str(p) == asked), USUAL)
        since = eye.now - (days - 1) * DAY
        found = drift(await self._intake.store.daily(since))
        unfit = await self._intake.store.unfit(since, MOST_READ)
        clusters = await asyncio.to_thread(lambda: gaps(strange(unfit), eye.now))
        values: dict[str, Any] = {
            "days": days,
            "periods": PERIODS,
            "total": found.total,
            "percent": percent(found.total, eye.lang),
            "by_day": _days(found, days, int(eye.now // DAY), eye.lang),
            "by_flow": [_flow(eye, name, share) for name, share in found.flows.items()],
            "strange": clusters[:MOST],
            "more": len(clusters) - MOST,
            "newest": len(unfit) if len(unfit) == MOST_READ else 0,
            "examples": EXAMPLES,
        }
        return await self._frame.page(request, "drift.html", "drift", values)


def percent(share: Share, lang: str) -> str:
    """A share as people read it; a little is never shown as nothing."""
    part = share.part * 100
    shown = f"{part:.0f}%" if part >= 10 or not part else f"{max(part, 0.1):.1f}%"
    return shown.replace(".", ",") if lang == "ru" else shown


def _days(found: Drift, days: int, today: int, lang: str) -> list[Day]:
    most = max([TALL, *(share.part for share in found.days.values())])
    rows = []
    for day, share in found.days.items():
        height = round(share.part / most * HEIGHT, 1)
        x = float(day - (today - days + 1)) * 10
        rows.append(Day(_date(day), share, percent(share, lang), x, HEIGHT - height, height))
    return rows


def _date(day: int) -> date:
    return datetime.fromtimestamp(day * DAY, UTC).date()


def _flow(eye: Reader, name: str, share: Share) -> FlowShare:
    flow = eye.content.flows.flows.get(name)
    title = (flow.title.render(eye.lang, {}) or name) if flow else name or eye.words.gettext("in no flow")
    return FlowShare(name if flow else "", title, share, percent(share, eye.lang))

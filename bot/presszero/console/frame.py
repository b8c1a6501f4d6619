"""The frame around the console's pages: the rail of sections, who is signed in, whether they take conversations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from presszero.console import pages
from presszero.console.reader import Reader, reader
from presszero.console.sessions import LEADS
from presszero.runtime.facts import moment
from presszero.runtime.intake import Intake
from presszero.runtime.reviews import due

MOST = 99  # lessons that are counted


class Frame:
    """Shows pages of the console."""

    def __init__(self, intake: Intake) -> None:
        self.intake = intake

    async def page(
        self, request: Request, template: str, section: str, values: Mapping[str, Any], status: int = 200
    ) -> Response:
        """A page in its frame."""
        eye = reader(request, self.intake)
        here = await self.intake.store.present(eye.now)
        waiting = await self.intake.store.lessons(decided=False, limit=MOST) if eye.operator.role in LEADS else ()
        frame = {
            "me": eye.operator,
            "section": section,
            "away": eye.operator.id not in here,
            "lead": eye.operator.role in LEADS,
            "telegram": "telegram" in eye.content.pushed,
            "kb": f"/kb/{eye.lang if eye.lang in eye.content.languages else eye.content.default_lang}",
            "to_read": _due(eye) if eye.operator.role in LEADS else 0,
            "to_decide": len(waiting),
            "trouble": [f.line(eye.lang) for f in self.intake.trouble[:5]] if eye.operator.role in LEADS else [],
            "desk": eye.content.name.get(eye.lang, ""),
        }
        return pages.render(template, eye.lang, {**frame, **values}, status=status)


def _due(eye: Reader) -> int:
    """How many articles are to be read again: a lead's own ones, or all for one who owns none."""
    names = {eye.operator.name.casefold(), eye.operator.shown.casefold()}
    library = eye.content.library
    late = due(library, moment(eye.now).date())
    owns = any(a.owner.casefold() in names for a in library.every())
    return sum(a.owner.casefold() in names for a in late) if owns else len(late)

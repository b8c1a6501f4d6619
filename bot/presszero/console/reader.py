"""Who reads a page, when, in which language, of which desk: what every view of the console needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.requests import Request

from presszero.console import clockface
from presszero.console.words import language, words
from presszero.runtime.content import Content
from presszero.runtime.intake import Intake
from presszero.store.base import Operator

if TYPE_CHECKING:
    from babel.support import NullTranslations


@dataclass(frozen=True, slots=True)
class Reader:
    """An operator at a moment."""

    operator: Operator
    content: Content
    now: float

    @property
    def lang(self) -> str:
        """The language of the pages."""
        return language(self.operator.lang)

    @property
    def words(self) -> NullTranslations:
        """Its catalogue."""
        return words(self.lang)

    def span(self, seconds: float) -> str:
        """How long."""
        return clockface.span(seconds, self.words)

    def clock(self, at: float) -> str:
        """The time of day."""
        return clockface.clock(at, self.content.zone)

    def moment(self, at: float) -> str:
        """The time today, else the day too."""
        return clockface.moment(at, self.now, self.content.zone, self.lang)

    def day(self, at: float) -> str:
        """The day in full."""
        return clockface.day(at, self.content.zone, self.lang, "d MMMM y")

    def queue(self, name: str) -> str:
        """A queue's title."""
        found = self.content.handoff.queues.get(name)
        return found.title.render(self.lang, {}) if found else name

    def category(self, name: str) -> str:
        """A category's title."""
        found = self.content.handoff.categories.get(name)
        return found.title.render(self.lang, {}) if found else name

    def priority(self, name: str) -> str:
        """A priority in a word."""
        say = self.words.gettext
        return {"low": say("low"), "normal": say("normal"), "high": say("high"), "urgent": say("urgent")}.get(
            name, name
        )

    def group(self, name: str) -> str:
        """The title of a category's group; nothing where it has none."""
        found = self.content.handoff.groups.get(name.partition("/")[0]) if "/" in name else None
        return found.render(self.lang, {}) if found else ""


def reader(request: Request, intake: Intake) -> Reader:
    """Who asks; the guard has put the operator there."""
    return Reader(request.state.operator, intake.content, intake.clock.now())

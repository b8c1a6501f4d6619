"""The desk's queues, hours, promises and categories in one frozen value, and the questions everyone asks it.

The moment is always given. It must never read the clock, and it must not raise for a name it does not know: a queue,
category or priority of an old ticket that the files no longer have is answered with the default.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from presszero.dialogue.text import Text
from presszero.handoff.hours import Calendar, moment
from presszero.handoff.model import Category, Deadlines, Queue, ReplyTemplate, Sla, Stretch, Times


@dataclass(frozen=True, slots=True)
class Handoff:
    """``handoff/*.yaml``, loaded. ``urgent``: words by language that make any ticket urgent.

    ``groups``: titles of what stands before the slash of a category.
    """

    calendars: Mapping[str, Calendar]
    queues: Mapping[str, Queue]
    slas: Mapping[str, Sla]
    categories: Mapping[str, Category]
    templates: Mapping[str, ReplyTemplate]
    default_queue: str
    default_category: str
    urgent: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    groups: Mapping[str, Text] = field(default_factory=dict[str, Text])

    def open_calendars(self, at: datetime) -> tuple[str, ...]:
        """The calendars that are open at a moment, in the file's order."""
        seconds = moment(at)
        return tuple(name for name, calendar in self.calendars.items() if calendar.open_at(seconds))

    def is_open(self, queue: str, at: datetime) -> bool:
        """Whether people of a queue work at a moment."""
        return self._hours(queue).open_at(moment(at))

    def opens_at(self, calendar: str, at: datetime) -> datetime | None:
        """When a calendar opens next, ``at`` itself while it is open; None for a calendar that is not there."""
        found = self.calendars.get(calendar)
        opens = found.opens(moment(at)) if found is not None else None
        return None if found is None or opens is None else datetime.fromtimestamp(opens, found.zone)

    def queue_opens_at(self, queue: str, at: datetime) -> datetime | None:
        """When the people of a queue are back."""
        return self.opens_at(self._queue(queue).hours, at)

    def business_seconds(self, calendar: str, a: datetime, b: datetime) -> float:
        """Open seconds of a calendar between two moments; negative when ``b`` is the earlier one."""
        return self.calendars[calendar].between(moment(a), moment(b))

    def queue_for(self, category: str) -> str:
        """The queue that answers a category."""
        return self._category(category).queue

    def due(self, category: str, priority: str, opened: datetime) -> Deadlines:
        """When a ticket opened at a moment is due; an empty priority is the category's own."""
        calendar, times = self._promise(category, priority)
        start = moment(opened)
        reply, resolve = (datetime.fromtimestamp(calendar.add(start, t), calendar.zone) for t in times)
        return Deadlines(reply, resolve)

    def explain(
        self, category: str, priority: str, opened: datetime, until: Literal["reply", "resolve"] = "resolve"
    ) -> tuple[Stretch, ...]:
        """Which time counted from the opening to a deadline, and which did not."""
        calendar, times = self._promise(category, priority)
        start = moment(opened)
        end = calendar.add(start, times.reply if until == "reply" else times.resolve)
        return tuple(
            Stretch(datetime.fromtimestamp(a, calendar.zone), datetime.fromtimestamp(b, calendar.zone), counted)
            for a, b, counted in calendar.stretches(start, end)
        )

    def _promise(self, category: str, priority: str) -> tuple[Calendar, Times]:
        found = self._category(category)
        sla = self.slas[found.sla]
        return self.calendars[sla.calendar], sla.by_priority.get(priority or found.priority, sla.times)

    def _category(self, name: str) -> Category:
        return self.categories.get(name) or self.categories[self.default_category]

    def _queue(self, name: str) -> Queue:
        return self.queues.get(name) or self.queues[self.default_queue]

    def _hours(self, queue: str) -> Calendar:
        return self.calendars[self._queue(queue).hours]

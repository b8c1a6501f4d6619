"""A calendar's opening hours, and arithmetic in business time: seconds count only while it is open.

Moments go in and come out as seconds since the epoch; the wall clock of the calendar's zone decides, so a day of 23 or
25 hours is no special case. It must never read the clock.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from presszero.handoff.daysoff import days_off

Minutes = tuple[int, int]  # from and to, minutes since local midnight, the end not included
Span = tuple[float, float]  # from and to, seconds since the epoch, the end not included
DAY = 24 * 60
HORIZON = 3653  # days: a deadline is not looked for further than ten years on
NEAR = 1e-6  # what adding floats may lose: less than this is no time


@dataclass(frozen=True, slots=True)
class Calendar:
    """When people work. ``days`` holds what is written for single dates; it stands above the week and the holidays."""

    name: str
    zone: ZoneInfo
    week: tuple[tuple[Minutes, ...], ...]  # Monday first
    days: Mapping[date, tuple[Minutes, ...]] = field(default_factory=dict[date, tuple[Minutes, ...]])
    holidays: str = ""  # a country, ``RU``
    _spans: dict[date, tuple[Span, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _now: list[tuple[float, float, bool]] = field(default_factory=list, init=False, repr=False, compare=False)

    def hours(self, day: date) -> tuple[Minutes, ...]:
        """The hours of a date, by the wall clock."""
        written = self.days.get(day)
        if written is not None:
            return written
        if self.holidays and day in days_off(self.holidays, day.year):
            return ()
        return self.week[day.weekday()]

    def spans(self, day: date) -> tuple[Span, ...]:
        """The hours of a date as moments, in order, none empty."""
        found = self._spans.get(day)
        if found is None:
            if len(self._spans) > HORIZON:
                self._spans.clear()
            found = self._spans[day] = _apart(
                [(self._moment(day, a), self._moment(day, b, last=True)) for a, b in self.hours(day)]
            )
        return found

    def open_at(self, at: float) -> bool:
        """Whether it is open at a moment; the stretch around it is remembered, for every turn asks this."""
        for start, end, is_open in self._now:
            if start <= at < end:
                return is_open
        self._now[:] = [self._around(at)]
        return self._now[0][2]

    def opens(self, at: float) -> float | None:
        """The first open moment from ``at`` on; ``at`` itself when it is open then."""
        return next((start for start, _ in self._ahead(at, HORIZON)), None)

    def add(self, at: float, business: float) -> float:
        """The moment when ``business`` open seconds have passed: never in closed time, at the latest a closing time."""
        end = at
        for begin, end in self._ahead(at, HORIZON):
            if business <= end - begin + NEAR:
                return min(begin + business, end)
            business -= end - begin
        return end

    def between(self, a: float, b: float) -> float:
        """Open seconds from ``a`` to ``b``; negative when ``b`` is earlier."""
        if b < a:
            return -self.between(b, a)
        return sum(end - start for start, end in self._within(a, b))

    def stretches(self, a: float, b: float) -> Iterator[tuple[float, float, bool]]:
        """The time from ``a`` to ``b`` without a gap: from, to, and whether it is open."""
        reached, begun = a, a
        for start, end in self._within(a, b):
            if start > reached:
                if reached > begun:
                    yield begun, reached, True
                yield reached, start, False
                begun = start
            reached = end
        if reached > begun:
            yield begun, reached, True
        if b > reached:
            yield reached, b, False

    def _within(self, a: float, b: float) -> Iterator[Span]:
        days = (self._date(b) - self._date(a)).days + 1
        return ((start, min(end, b)) for start, end in self._ahead(a, days) if start < b)

    def _ahead(self, at: float, days: int) -> Iterator[Span]:
        day = self._date(at)
        for _ in range(days):
            for start, end in self.spans(day):
                if end > at:
                    yield max(start, at), end
            day += timedelta(days=1)

    def _around(self, at: float) -> tuple[float, float, bool]:
        day = self._date(at)
        before = self._moment(day, 0)
        for start, end in self.spans(day):
            if at < start:
                return before, start, False
            if at < end:
                return start, end, True
            before = end
        return before, self._moment(day, DAY), False

    def _date(self, at: float) -> date:
        return datetime.fromtimestamp(at, self.zone).date()

    def _moment(self, day: date, minutes: int, *, last: bool = False) -> float:
        """A wall-clock minute: one that comes twice is its first, or its ``last``; a skipped one is the jump itself."""
        if minutes == DAY:
            day, minutes, last = day + timedelta(days=1), 0, False
        clock = datetime.combine(day, time(minutes // 60, minutes % 60), self.zone)
        at = clock.replace(fold=int(last)).timestamp()
        if datetime.fromtimestamp(at, self.zone).replace(tzinfo=None) == clock.replace(tzinfo=None):
            return at
        return self._jump(clock.replace(fold=1).timestamp(), clock.replace(fold=0).timestamp())

    def _jump(self, before: float, after: float) -> float:
        """The moment between two when the clock is put forward, to the second."""
        offset = datetime.fromtimestamp(before, self.zone).utcoffset()
        while after - before > 1:
            middle = (before + after) // 2
            if datetime.fromtimestamp(middle, self.zone).utcoffset() == offset:
                before = middle
            else:
                after = middle
        return after


def _apart(spans: list[Span]) -> tuple[Span, ...]:
    """The spans in order, those that touch or overlap joined: hours that come twice on the day the clock goes back."""
    joined: list[Span] = []
    for start, end in sorted(s for s in spans if s[0] < s[1]):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def moment(at: datetime) -> float:
    """A moment as seconds; a time without a zone would silently mean the machine's own."""
    if at.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return at.astimezone(UTC).timestamp()

"""Moments and spans of time as operators read them: "13:08", "3 нояб., 13:08", "1 ч 40 мин"."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from presszero.runtime.times import zone_of

if TYPE_CHECKING:
    from babel.support import NullTranslations

MINUTE, HOUR, DAY = 60, 3600, 86400


def clock(at: float, zone: str) -> str:
    """The time of day."""
    return f"{datetime.fromtimestamp(at, zone_of(zone)):%H:%M}"


def moment(at: float, now: float, zone: str, lang: str) -> str:
    """The time today, else the day and the time."""
    place = zone_of(zone)
    then = datetime.fromtimestamp(at, place)
    if then.date() == datetime.fromtimestamp(now, place).date():
        return clock(at, zone)
    return f"{day(at, zone, lang)}, {clock(at, zone)}"


def day(at: float, zone: str, lang: str, form: str = "d MMM") -> str:
    """The day."""
    from babel.dates import format_date

    return format_date(datetime.fromtimestamp(at, zone_of(zone)).date(), form, locale=lang)


def iso(at: float) -> str:
    """For the ``datetime`` of a ``time`` element."""
    return datetime.fromtimestamp(at, zone_of("UTC")).isoformat(timespec="seconds")


def span(seconds: float, words: NullTranslations) -> str:
    """How long, in its two largest units; under two minutes in tens of seconds."""
    whole = max(0, round(seconds))
    if whole < 2 * MINUTE and whole != MINUTE:
        return words.gettext("%(n)d s") % {"n": max(10, whole // 10 * 10)}
    if whole < HOUR:
        return words.gettext("%(n)d min") % {"n": whole // MINUTE}
    if whole < 2 * DAY:
        hours, minutes = words.gettext("%(n)d h") % {"n": whole // HOUR}, whole % HOUR // MINUTE
        return f"{hours} {words.gettext('%(n)d min') % {'n': minutes}}" if minutes else hours
    return words.gettext("%(n)d d") % {"n": whole // DAY}

"""Moments as people say them: "до 14:06", "завтра, 9:30", "25 ноября, 9:30"."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo


@cache
def zone_of(name: str) -> ZoneInfo:
    """A time zone by name."""
    return ZoneInfo(name)


def promise(due: float, now: float, zone: str, lang: str) -> str:
    """A moment in the desk's zone: the time today, "tomorrow" and the time, or the day and the time."""
    place = zone_of(zone)
    then, today = datetime.fromtimestamp(due, place), datetime.fromtimestamp(now, place).date()
    clock = f"{then.hour}:{then:%M}"
    if then.date() == today:
        return clock
    if then.date() == today + timedelta(days=1):
        return f"{clock} завтра" if lang == "ru" else f"{clock} tomorrow"
    from babel.dates import format_date  # seldom needed, and its tables take a while to load

    return f"{clock} {format_date(then.date(), 'd MMMM', locale=lang)}"

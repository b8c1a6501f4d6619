"""Reads `handoff/hours.yaml`: zones, hours of the week, lunch, holidays, single dates."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from presszero.handoff.daysoff import countries
from presszero.handoff.hours import DAY, Calendar, Minutes
from presszero.source.fields import Faults, Fields, meant
from presszero.source.tree import Node

Week = tuple[tuple[Minutes, ...], ...]
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_HOURS = re.compile(r"(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})")


def read_calendar(name: str, node: Node, faults: Faults) -> Calendar:
    """One calendar."""
    with Fields(node, faults) as f:
        zone = f.zone("zone")
        before = len(faults.found)
        week = _week(f, faults)
        lunch = f.get("lunch")
        pause = _hours(lunch, faults) if lunch is not None else ()
        week = tuple(_without(hours, pause) for hours in week)
        if not any(week) and f.has("week") and len(faults.found) == before:
            faults.add(f.at("week"), "PZ607", calendar=name)
        return Calendar(
            name,
            zone,
            week,
            _dates(f, faults),
            f.choice("holidays", countries(), ""),
        )


def _week(f: Fields, faults: Faults) -> Week:
    week: list[tuple[Minutes, ...]] = [()] * 7
    written: set[int] = set()
    node = f.get("week", needed=True)
    if node is None or node.kind != "map":
        if node is not None:
            faults.add(node.place, "PZ183", wanted_en="days with hours", wanted_ru="дни и часы")
        return tuple(week)
    for key, value in node.pairs:
        days = _days(key.text)
        if not days:
            faults.add(key.place, "PZ605", text=key.text, **meant(key.text, DAYS))
        if written.intersection(days):
            faults.add(key.place, "PZ606", text=key.text)
        written.update(days)
        hours = _hours(value, faults)
        for day in days:
            week[day] = hours
    return tuple(week)


def _days(text: str) -> range:
    first, _, last = (part.strip() for part in text.lower().partition("-"))
    if first not in DAYS or (last or first) not in DAYS:
        return range(0)
    return range(DAYS.index(first), DAYS.index(last or first) + 1)


def _dates(f: Fields, faults: Faults) -> dict[date, tuple[Minutes, ...]]:
    found: dict[date, tuple[Minutes, ...]] = {}
    node = f.get("except")
    if node is None:
        return found
    with Fields(node, faults) as dates:
        for key, value in dates.rest():
            try:
                day = date.fromisoformat(key.text)
            except ValueError:
                faults.add(key.place, "PZ604", text=key.text)
                continue
            found[day] = _hours(value, faults)
    return found


def _hours(node: Node, faults: Faults) -> tuple[Minutes, ...]:
    """``"09:00-13:00"``, several in a list or after commas, or ``closed``."""
    if node.kind == "text" and node.text.strip().lower() == "closed":
        return ()
    found: list[Minutes] = []
    for item in node.items if node.kind == "list" else (node,):
        for text in item.text.split(","):
            hours = _interval(text)
            if hours is None:
                faults.add(item.place, "PZ601", text=text.strip() if item.kind == "text" else "…")
                continue
            if any(hours[0] < end and start < hours[1] for start, end in found):
                faults.add(item.place, "PZ602", text=text.strip())
            found.append(hours)
    return tuple(sorted(found))


def _interval(text: str) -> Minutes | None:
    found = _HOURS.fullmatch(text.strip())
    if found is None:
        return None
    h1, m1, h2, m2 = (int(g) for g in found.groups())
    start, end = h1 * 60 + m1, h2 * 60 + m2
    return (start, end) if start < end <= DAY and m1 < 60 and m2 < 60 else None


def _without(hours: Iterable[Minutes], pause: Iterable[Minutes]) -> tuple[Minutes, ...]:
    """Hours less the lunch."""
    left = tuple(hours)
    for a, b in pause:
        pieces = ((s, e) for start, end in left for s, e in ((start, min(end, a)), (max(start, b), end)))
        left = tuple((s, e) for s, e in pieces if s < e)
    return left

"""Calendars and moments for the properties of business time: zones that jump at night, at midnight, by half an hour."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from presszero.handoff.hours import DAY, Calendar, Minutes

ZONES = (
    "Europe/Moscow",
    "Europe/Berlin",
    "America/New_York",
    "America/Havana",
    "Asia/Beirut",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "UTC",
)
START, END = 1_735_700_000, 1_830_300_000  # 2025 to 2027


def _pairs(cuts: list[int]) -> tuple[Minutes, ...]:
    ordered = sorted(set(cuts))
    return tuple(zip(ordered[::2], ordered[1::2], strict=False))


days = st.lists(st.integers(0, DAY // 15).map(lambda q: q * 15), max_size=6).map(_pairs)
weeks = st.lists(days, min_size=7, max_size=7).map(tuple).filter(any)
dates = st.dictionaries(st.dates(date(2026, 1, 1), date(2026, 12, 31)), days, max_size=3)
calendars = st.builds(
    lambda zone, week, some: Calendar("c", ZoneInfo(zone), week, some), st.sampled_from(ZONES), weeks, dates
)
# Half of the moments fall around the days on which a clock of ZONES jumps.
JUMPS = (1_774_746_000, 1_792_890_000, 1_772_953_200, 1_793_512_800, 1_774_735_200, 1_775_314_800)
moments = st.one_of(
    st.integers(START, END),
    st.builds(lambda j, s: j + s, st.sampled_from(JUMPS), st.integers(-90_000, 90_000)),
)

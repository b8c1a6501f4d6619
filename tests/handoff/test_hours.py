"""Business time holds in every zone: never due in closed time, additive, and the wall clock is what was written."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presszero.handoff.hours import DAY, Calendar, moment
from tests.handoff.calendars import ZONES, calendars, moments

BERLIN = ZoneInfo("Europe/Berlin")
ALWAYS = (((0, DAY),),) * 7
lengths = st.integers(0, 200 * 3600)


def at(text: str, zone: ZoneInfo = BERLIN) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=zone).timestamp()


@given(calendars, moments, lengths)
def test_a_deadline_is_never_in_closed_time(calendar: Calendar, opened: int, length: int) -> None:
    due = calendar.add(opened, length)
    day = datetime.fromtimestamp(due, calendar.zone).date()
    # A closing time of 24:00 is the first moment of the next day, which may be closed.
    spans = calendar.spans(day) + calendar.spans(date.fromordinal(day.toordinal() - 1))
    assert any(start <= due <= end for start, end in spans)
    assert calendar.between(opened, due) == pytest.approx(length, abs=1e-3)


@given(calendars, moments, moments, moments)
def test_business_time_is_additive(calendar: Calendar, a: int, b: int, c: int) -> None:
    assert calendar.between(a, b) + calendar.between(b, c) == pytest.approx(calendar.between(a, c), abs=1e-3)


@given(calendars, moments, lengths, st.integers(1, 100 * 3600))
def test_two_waits_are_one_long_wait(calendar: Calendar, opened: int, first: int, second: int) -> None:
    assert calendar.add(calendar.add(opened, first), second) == calendar.add(opened, first + second)


@given(calendars, moments)
def test_no_time_at_all_is_due_at_the_next_open_moment(calendar: Calendar, opened: int) -> None:
    assert calendar.add(opened, 0) == calendar.opens(opened)
    assert calendar.open_at(calendar.add(opened, 0))


@given(calendars, moments)
def test_open_is_what_the_wall_clock_says(calendar: Calendar, seconds: int) -> None:
    clock = datetime.fromtimestamp(seconds, calendar.zone)
    twice = clock.replace(fold=0).timestamp() != clock.replace(fold=1).timestamp()
    minute = clock.hour * 60 + clock.minute
    written = any(start <= minute < end for start, end in calendar.hours(clock.date()))
    assert calendar.open_at(seconds) == written or twice


@given(calendars, st.lists(moments, min_size=2, max_size=6))
def test_what_was_asked_before_changes_no_answer(calendar: Calendar, asked: list[int]) -> None:
    fresh = [Calendar("c", calendar.zone, calendar.week, calendar.days).open_at(m) for m in asked]
    assert [calendar.open_at(m) for m in asked] == fresh


@given(calendars, moments, st.integers(0, 30 * 86400))
def test_stretches_cover_the_time_without_a_gap(calendar: Calendar, a: int, length: int) -> None:
    lines = list(calendar.stretches(a, a + length))
    edges = [a, *(end for _, end, _ in lines)]
    assert [start for start, _, _ in lines] == edges[:-1]
    assert edges[-1] == a + length
    assert all(x[2] != y[2] for x, y in itertools.pairwise(lines))
    assert sum(e - s for s, e, counted in lines if counted) == pytest.approx(calendar.between(a, a + length), abs=1e-3)


@pytest.mark.parametrize("zone", ZONES)
def test_round_the_clock_loses_no_minute_at_midnight_or_at_a_jump(zone: str) -> None:
    calendar = Calendar("c", ZoneInfo(zone), ALWAYS)
    begin = datetime(2026, 1, 1, tzinfo=UTC).timestamp()
    assert calendar.between(begin, begin + 365 * 86400) == 365 * 86400


def test_a_day_has_23_or_25_hours_when_the_clock_jumps() -> None:
    night = Calendar("night", BERLIN, (((60, 5 * 60),),) * 7)
    assert [end - start for start, end in night.spans(date(2026, 3, 29))] == [3 * 3600]
    assert [end - start for start, end in night.spans(date(2026, 10, 25))] == [5 * 3600]


def test_hours_inside_the_skipped_hour_are_no_hours() -> None:
    calendar = Calendar("c", BERLIN, (((135, 165),),) * 7)
    assert calendar.spans(date(2026, 3, 29)) == ()
    assert len(calendar.spans(date(2026, 3, 30))) == 1


def test_two_stretches_of_the_repeated_hour_do_not_count_twice() -> None:
    calendar = Calendar("c", BERLIN, (((60, 135), (150, 300)),) * 7)
    assert [e - s for s, e in calendar.spans(date(2026, 10, 25))] == [5 * 3600]


def test_the_written_date_stands_above_holidays_and_week() -> None:
    moscow = ZoneInfo("Europe/Moscow")
    calendar = Calendar(
        "c",
        moscow,
        (((540, 1080),),) * 5 + ((),) * 2,
        {date(2026, 12, 31): ((540, 720),), date(2026, 12, 30): ()},
        "RU",
    )
    assert calendar.hours(date(2026, 12, 31)) == ((540, 720),)  # moved day off of 2026
    assert calendar.hours(date(2026, 12, 30)) == ()
    assert calendar.hours(date(2026, 11, 4)) == ()
    assert calendar.hours(date(2026, 11, 5)) == ((540, 1080),)
    assert calendar.hours(date(2026, 11, 7)) == ()


def test_a_calendar_that_never_opens_answers_and_ends() -> None:
    never = Calendar("never", BERLIN, ((),) * 7)
    begin = at("2026-11-24T10:00")
    assert never.opens(begin) is None
    assert never.add(begin, 60) == begin
    assert not never.open_at(begin)
    assert list(never.stretches(begin, begin)) == []


def test_the_memory_of_days_is_bounded() -> None:
    calendar = Calendar("c", ZoneInfo("UTC"), ALWAYS)
    assert calendar.between(at("2000-01-01T00:00"), at("2022-01-01T00:00")) < 22 * 366 * 86400
    assert 0 < len(calendar._spans) <= 3654


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        moment(datetime(2026, 11, 24, 10))  # noqa: DTZ001


def test_a_day_that_a_country_left_out_has_no_hours() -> None:
    calendar = Calendar("c", ZoneInfo("Pacific/Apia"), (((540, 1080),),) * 7)
    assert [bool(calendar.spans(date(2011, 12, day))) for day in (29, 30, 31)] == [True, False, True]

"""The demo desk's own files: who answers, when, and why."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from presszero.handoff import Handoff, load
from presszero.handoff.daysoff import countries, days_off
from presszero.handoff.model import PRIORITIES

DESK = Path(__file__).parents[2]
MOSCOW = ZoneInfo("Europe/Moscow")
TUESDAY = datetime(2026, 11, 24, 10, tzinfo=MOSCOW)
CATEGORY = re.compile(r"intent: *category/(\S+)")


@pytest.fixture(scope="module")
def desk() -> Handoff:
    handoff, findings = load(DESK, ("ru", "en"))
    assert findings == []
    assert handoff is not None
    return handoff


def test_everything_the_flows_refer_to_is_there(desk: Handoff) -> None:
    assert len(desk.categories) == 20
    assert set(desk.queues) == {"tech", "billing", "sales", "care"}
    assert (desk.default_queue, desk.default_category) == ("care", "other")
    assert 8 <= len(desk.templates) <= 12
    assert {lang for t in desk.templates.values() for lang in t.text} == {"ru", "en"}
    assert desk.queues["tech"].title.render("ru", {}) == "Техническая поддержка"
    assert set(desk.urgent) == {"ru", "en"}


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_texts_are_sorted_into_these_categories_and_no_others(desk: Handoff, lang: str) -> None:
    sorted_into = CATEGORY.findall((DESK / "nlu" / lang / "categories.yml").read_text("utf-8"))
    assert set(sorted_into) == set(desk.categories)


def test_hours_of_the_day(desk: Handoff) -> None:
    assert desk.open_calendars(TUESDAY) == ("support", "office")
    assert desk.open_calendars(TUESDAY.replace(hour=13, minute=20)) == ("support",)
    assert desk.open_calendars(TUESDAY.replace(hour=3)) == ()
    assert desk.is_open("tech", TUESDAY)
    assert not desk.is_open("sales", TUESDAY.replace(hour=20))
    assert desk.is_open("gone", TUESDAY) == desk.is_open("care", TUESDAY)
    assert desk.opens_at("support", TUESDAY.replace(hour=3)) == TUESDAY.replace(hour=9)
    assert desk.opens_at("support", TUESDAY) == TUESDAY
    assert desk.opens_at("gone", TUESDAY) is None
    assert desk.queue_opens_at("sales", TUESDAY.replace(hour=13)) == TUESDAY.replace(hour=13, minute=45)


def test_deadlines_skip_nights_lunch_and_holidays(desk: Handoff) -> None:
    evening = TUESDAY.replace(hour=21, minute=45)
    assert desk.due("network/no_link", "", evening).reply == datetime(2026, 11, 25, 9, 15, tzinfo=MOSCOW)
    assert desk.due("network/no_link", "urgent", evening).reply == datetime(2026, 11, 24, 21, 55, tzinfo=MOSCOW)
    before_holidays = datetime(2026, 12, 30, 12, tzinfo=MOSCOW)
    assert desk.due("billing/refund", "", before_holidays).resolve.date().isoformat() == "2027-01-13"
    assert desk.due("gone", "odd", TUESDAY) == desk.due("other", "normal", TUESDAY)
    assert desk.queue_for("tv/box") == "tech"
    assert desk.queue_for("gone") == "care"


@pytest.mark.parametrize("priority", PRIORITIES)
def test_every_category_has_a_deadline_in_open_hours(desk: Handoff, priority: str) -> None:
    seen = 0
    for category in desk.categories:
        reply, resolve = desk.due(category, priority, TUESDAY.replace(hour=3))
        assert TUESDAY.replace(hour=9) < reply <= resolve
        seen += 1
    assert seen == 20


def test_a_deadline_explains_itself(desk: Handoff) -> None:
    noon = datetime(2026, 11, 24, 12, 30, tzinfo=MOSCOW)
    lines = desk.explain("contract/documents", "", noon, "reply")
    assert [(f"{x.start:%H:%M}", f"{x.end:%H:%M}", x.counted) for x in lines] == [
        ("12:30", "13:00", True),
        ("13:00", "13:45", False),
        ("13:45", "15:15", True),
    ]
    assert desk.explain("other", "", TUESDAY)[-1].end == desk.due("other", "", TUESDAY).resolve
    assert desk.business_seconds("office", noon, noon.replace(hour=14, minute=0)) == 45 * 60


def test_asking_what_is_open_costs_nothing(desk: Handoff) -> None:
    desk.open_calendars(TUESDAY)
    moments = [TUESDAY.astimezone(UTC) + timedelta(seconds=97 * n) for n in range(2000)]
    best = min(_timed(desk, moments) for _ in range(3))
    assert best / len(moments) < 30e-6


def _timed(desk: Handoff, moments: list[datetime]) -> float:
    begin = time.perf_counter()
    for at in moments:
        desk.open_calendars(at)
    return time.perf_counter() - begin


def test_every_country_that_check_takes_has_its_holidays() -> None:
    known = countries()
    assert len(known) > 200
    assert files("tzdata.zoneinfo").joinpath("iso3166.tab").is_file()
    for country in known:
        assert isinstance(days_off(country, 2026), frozenset)
    assert len(days_off("RU", 2026)) > 14

"""Gaps: what is put together, what is counted, what is no gap."""

from __future__ import annotations

import random
import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presszero.kb import drafting
from presszero.kb.article import Article
from presszero.kb.figures import deflection, figures
from presszero.kb.gaps import DAY, MOST_A_DAY, Asked, gaps

NOW = 1_763_978_400.0


def asked(number: int, text: str, **more: object) -> Asked:
    given = {"at": NOW - 3600, "lang": "ru", "band": "none", **more}
    return Asked(id=number, text=text, **given)  # type: ignore[arg-type]


def test_what_asks_the_same_stands_together() -> None:
    found = gaps(
        [
            asked(1, "можно ли приостановить тариф на лето"),
            asked(2, "приостановить тариф летом"),
            asked(3, "как приостановить тариф", at=NOW - 10 * DAY),
            asked(4, "роутер греется"),
            asked(5, "can I pause my plan", lang="en"),
        ],
        NOW,
    )
    assert [gap.count for gap in found] == [3, 1, 1]
    assert set(found[0].ids) == {1, 2, 3}
    assert (found[0].this_week, found[0].last_week, found[0].unanswered) == (2, 1, 3)


def test_one_person_counts_once_a_day() -> None:
    flood = [asked(n, f"где мой заказ {'!' * (n % 7)}", who="7", at=NOW - n) for n in range(200)]
    others = [asked(300 + n, "есть ли доставка", who=str(n)) for n in range(3)]
    again = asked(400, "где мой заказ", who="7", at=NOW - 2 * DAY)
    first, second = gaps([*flood, *others, again], NOW)
    assert (first.examples[0], first.count, first.unanswered, first.this_week) == ("есть ли доставка", 3, 3, 3)
    assert (second.count, len(second.ids)) == (2, 201)
    shown = [asked(n, "где мой заказ", who="7", shown=("a",), at=NOW - 100 + n) for n in range(50)]
    sums = deflection([*shown, asked(60, "где мой заказ", who="7", shown=("a",), feedback="no", at=NOW)], NOW)
    assert (sums.asked, sums.shown, sums.not_helped, sums.waiting) == (1, 1, 1, 0)


def test_one_person_fills_no_list() -> None:
    flood = [asked(n, f"слово{n} иное{n}", who="7") for n in range(120)]
    found = gaps([*flood, asked(400, "роутер греется", who="8")], NOW)
    assert len(found) == MOST_A_DAY + 1
    several = [asked(n, "где мой заказ", who="7", at=NOW - n * DAY) for n in range(5)]
    first, second = gaps([*several, *(asked(300 + n, "есть ли доставка", who=str(n)) for n in range(2))], NOW)
    assert (first.count, second.count) == (2, 5)  # two people before one who asks again every day


def test_the_commonest_phrasing_leads_and_typos_are_read_mended() -> None:
    found = gaps(
        [
            asked(1, "ghbjcnfyjdbnm nfhba", searched="приостановить тариф"),
            asked(2, "приостановить тариф"),
            asked(3, "приостановить тариф"),
        ],
        NOW,
    )
    assert found[0].examples[0] == "приостановить тариф"
    assert found[0].count == 3


def test_what_helped_is_no_gap() -> None:
    shown = ("tariff",)
    some = [
        asked(1, "сменить тариф", band="answer", shown=shown, feedback="yes", handed=True),
        asked(2, "сменить тариф", band="answer", shown=shown),
        asked(3, "сменить тариф", band="answer", shown=shown, feedback="no"),
        asked(4, "сменить тариф", band="answer", shown=shown, handed=True),
        asked(5, "???"),
        asked(6, "а что это"),
    ]
    [gap] = gaps(some, NOW)
    assert set(gap.ids) == {3, 4}
    assert (gap.unanswered, gap.not_helped, gap.handed) == (0, 2, 1)
    assert deflection(some, NOW).not_helped == gap.not_helped


def test_confirmed_and_assumed_are_apart() -> None:
    shown = ("tariff",)
    sums = deflection(
        [
            asked(1, "a", shown=shown, feedback="yes"),
            asked(2, "a", shown=shown, at=NOW - 73 * 3600),
            asked(3, "a", shown=shown, at=NOW - 71 * 3600),
            asked(4, "a", shown=shown, at=NOW - 80 * 3600, handed=True),
            asked(5, "a", shown=shown, feedback="no"),
            asked(6, "a"),
        ],
        NOW,
    )
    assert (sums.asked, sums.shown, sums.confirmed, sums.assumed, sums.waiting, sums.not_helped) == (6, 5, 1, 1, 1, 2)


def test_each_article_has_its_numbers() -> None:
    one = Article("tariff", "ru", "kb/ru/tariff.md", "Тариф", "", review_by=date(2025, 11, 1), owner="lead")
    two = Article("tv", "ru", "kb/ru/tv.md", "ТВ", "", review_by=date(2025, 12, 1))
    counts = {"opened:tariff": 7, "helped:tariff": 3, "not_helped:tariff": 1}
    some = [asked(1, "a", shown=("tariff", "tv"), handed=True), asked(2, "b", shown=("tariff",))]
    first, second = figures([two, one], some, counts, date(2025, 11, 24))
    assert (first.article.slug, first.shown, first.opened, first.rate, first.complaints, first.handed) == (
        "tariff", 2, 7, 75, 1, 1,
    )  # fmt: skip
    assert (first.late, first.soon, second.late, second.soon) == (True, False, False, True)
    assert second.rate is None
    assert not second.unused


def test_five_thousand_questions_are_put_together_in_time() -> None:
    chance = random.Random(3)
    words = [f"слово{n}" for n in range(400)]
    some = [asked(n, " ".join(chance.sample(words, 4))) for n in range(5000)]
    began = time.process_time()
    found = gaps(some, NOW)
    assert sum(gap.count for gap in found) == 5000
    assert time.process_time() - began < 10


FRONT = "---\ntitle: Тариф # о тарифах\n{}owner: lead\n---\nТекст --- и ещё.\n"


@pytest.mark.parametrize(
    "listed",
    [
        "",
        "questions:\n  - сменить тариф\n  - 'другой: тариф'\n",
        "questions:\n- сменить тариф # частый\n",
        "questions: [сменить тариф, другой тариф]\n",
        "questions: []\n",
        "questions: сменить тариф\n",
        "questions:\n  - сменить\n    тариф\n",
        "questions:\n",
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_phrasing_is_added_and_taken_back(listed: str, end: str) -> None:
    text = FRONT.format(listed).replace("\n", end)
    before = drafting.questions(text)
    for new in ("как сменить тариф?", "a: b", "yes", '"кавычки" и #решётка', "один, два"):
        made = drafting.with_question(text, new)
        assert drafting.questions(made) == (*before, new)
        assert "# о тарифах" in made
        assert made.endswith(f"Текст --- и ещё.{end}")
        assert drafting.questions(drafting.without_question(made, new)) == before
        assert drafting.with_question(made, new) == made


def test_a_file_without_fields_is_left_alone() -> None:
    with pytest.raises(drafting.CannotChange):
        drafting.with_question("Просто текст", "вопрос")


@given(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=60))
def test_any_phrasing_can_be_written(said: str) -> None:
    assert drafting.questions(drafting.with_question(FRONT.format(""), said)) == (said,)


def test_names_of_files() -> None:
    assert drafting.slug("Можно ли приостановить тариф?") == "mozhno-li-priostanovit-tarif"
    assert drafting.slug("Wi-Fi в Ёлкино", ["wi-fi-v-elkino"]) == "wi-fi-v-elkino-2"
    assert drafting.slug("???") == "article"
    assert drafting.slug("你好") == "article"

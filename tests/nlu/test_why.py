"""The words that decided: for a class of a model, for a rule; and why a request is what it is, kept in a bounded time."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, date, datetime

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from presszero import config, flows, handoff
from presszero.dialogue.parse import Guess
from presszero.kb.library import Library
from presszero.nlu.why import Reason, certainty, standing
from presszero.runtime import routing
from presszero.runtime.content import Content
from tests.nlu.conftest import ROOT

LIMIT = 0.020  # seconds of a processor for any text; it is 0.25 ms for the demo desk's own


@pytest.fixture(scope="module")
def content(desk):
    """The demo desk with its models, without its flows."""
    people, _ = handoff.load(ROOT, ("ru", "en"))
    chosen, _ = config.load(ROOT, {})
    empty = flows.load(ROOT / "tests/flows/desk", flows.Known(services=chosen.services))
    library = Library((), ("ru", "en"), date(2026, 1, 1))
    return Content(empty.draft, desk, library, people, ("ru", "en"), {"ru": "Стол", "en": "Desk"})


def judged(content, text, lang="ru", named="", priority="", queue=""):
    about = routing.kind(content, text, lang, named)
    urgency, whose = routing.priority(content, text, about.category, priority), routing.queue(content, about, queue)
    return about, routing.reasons(content, text, lang, about, urgency, whose)


@pytest.mark.parametrize(
    ("text", "category", "word"),
    [
        ("после грозы роутер не включается", "equipment/broken", "роутер"),
        ("прошу вернуть переплату на карту", "billing/refund", "вернуть"),
        ("на телевизоре пропали каналы", "tv/channels", "каналы"),
        ("I want to move to another plan", "tariff/change", "plan"),
        ("the tv box keeps restarting", "tv/box", "box"),
    ],
)
def test_the_model_tells_which_words_decided(content, text, category, word):
    about, told = judged(content, text)
    assert (about.category, told["category"].by) == (category, "model")
    assert word in told["category"].words
    assert 0.5 <= told["category"].sure <= 1.0
    assert told["category"].other != category
    assert told["category"].other_sure < told["category"].sure


def test_the_desks_words_decide_and_are_told_as_they_stand(content):
    about, told = judged(content, "У меня интернет есть, а кабельного обрыва нет")
    assert about.by != "words", "a phrase must stand together, and not be denied"
    about, told = judged(content, "Здравствуйте, прошу выслать копию договора почтой")
    assert about.by == "words"
    assert told["category"] == Reason(
        "contract/documents",
        "words",
        1.0,
        ("копию договора",),
        told["category"].other,
        told["category"].other_sure,
    )
    assert told["queue"].by == "category"


def test_what_a_flow_names_is_told_as_the_flows(content):
    _, told = judged(content, "роутер сгорел", named="callback", priority="low", queue="sales")
    assert [told[name].by for name in ("category", "priority", "queue")] == ["flow"] * 3
    assert told["category"].other == "equipment/broken", "what the model would have said stays visible"


def test_a_mistyped_word_is_named_as_it_was_typed(content):
    _, told = judged(content, "gjckt uhjps hjenth yt drk.xftncz")
    assert told["category"].value == "equipment/broken"
    assert "hjenth" in told["category"].words


@pytest.mark.parametrize(
    ("text", "value", "words"),
    [
        ("из щитка искрит", "urgent", ("искрит",)),
        ("роутер не искрит, просто не работает приставка", "normal", ()),
        ("срочно перезвоните", "high", ("срочно",)),
        ("when you can, no rush: a copy of the contract", "normal", ()),
    ],
)
def test_urgent_words_are_rules_and_are_told(content, text, value, words):
    about, _ = judged(content, text)
    told = routing.priority(content, text, "other")
    assert told.value == value
    assert told.words == words
    assert told.by == ("words" if words else "category")
    assert about.category


def test_a_queue_is_told_by_what_the_likeliest_categories_have_in_common(content):
    ranking = (("network/slow", 0.34), ("network/wifi", 0.3), ("billing/debt", 0.1))
    told = routing.queue(content, routing.Kind("other", ranking))
    assert (told.value, told.by, told.other) == ("tech", "model", "billing")
    assert told.sure == pytest.approx(0.64)
    split = (("network/slow", 0.3), ("billing/debt", 0.28), ("contract/move", 0.2))
    assert routing.queue(content, routing.Kind("other", split)).by == "default"
    assert routing.queue(content, routing.Kind("other")).value == "care"
    assert routing.queue(content, routing.Kind("other", (("gone", 0.4), ("gone/too", 0.4)))).by == "default"
    sure = (("network/slow", 0.45), ("network/wifi", 0.45), ("tv/box", 0.45))
    assert routing.queue(content, routing.Kind("other", sure)).sure <= 1.0


@pytest.mark.parametrize(
    ("text", "lang", "value", "by"),
    [
        ("нет интернета", "en", "ru", "text"),
        ("the internet is down", "ru", "en", "text"),
        ("555666", "ru", "ru", "conversation"),
        ("🙂", "en", "en", "conversation"),
    ],
)
def test_the_language_of_a_text(content, text, lang, value, by):
    _, told = judged(content, text, lang)
    assert (told["language"].value, told["language"].by) == (value, by)
    assert 0.5 < told["language"].sure <= 1.0


def test_mixed_languages_are_less_sure(content):
    _, clear = judged(content, "не работает интернет")
    _, mixed = judged(content, "не работает интернет, please send the technician")
    assert mixed["language"].sure < clear["language"].sure


def test_what_a_request_keeps_is_plain_data_and_can_be_read_again(content):
    about, told = judged(content, "третий день нет интернета, сколько можно!!!")
    kept = routing.kept(about, told, "x" * 900)
    again = msgspec.json.decode(msgspec.json.encode(kept))
    assert msgspec.convert(again["why"], dict[str, Reason]) == dict(told)
    assert (again["by"], len(again["text"]), len(again["ranking"])) == ("words", 500, 3)
    assert again["why"]["mood"]["value"] == "angry"


class Broken:
    """An understanding that fails in everything."""

    def __getattr__(self, name):
        raise RuntimeError(name)


def test_who_cannot_tell_why_still_has_a_category_and_a_queue(content):
    ill = replace(content, understanding=Broken())
    about, told = judged(ill, "нет интернета")
    assert about.category == "network/no_link"
    assert told == {}
    about, told = judged(ill, "что-то странное")
    assert (about.category, about.by, told) == ("other", "default", {})


def test_a_phrase_is_found_in_whatever_form(content):
    assert standing("Мне нужны копии договоров, срочно", "копия договора") == "копии договоров"
    assert standing("ничего такого", "копия договора") == "копия договора"
    assert standing("", "") == ""


@pytest.mark.parametrize(("sure", "word"), [(1.0, "sure"), (0.7, "likely"), (0.4, "unsure"), (0.0, "guess")])
def test_certainty_in_words(sure, word):
    assert certainty(sure) == word


def cost(content, text):
    """What the reasons take, beside what is decided."""
    about = routing.kind(content, text, "ru")
    urgency, whose = routing.priority(content, text, about.category), routing.queue(content, about)
    begun = time.process_time()
    told = routing.reasons(content, text, "ru", about, urgency, whose)
    assert set(told) == {"category", "priority", "queue", "language", "mood"}
    return time.process_time() - begun


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=400))
def test_any_text_is_explained_and_soon(content, text):
    assert min(cost(content, text) for _ in range(3)) < LIMIT


@pytest.mark.parametrize(
    "piece", ["слово ", "🙂", "!?", "не ", "спасибо ", "a\u0301", "555 ", "АААА ", "thanks a lot "]
)
def test_long_texts_too(content, piece):
    text = piece * (10_000 // len(piece))
    assert min(cost(content, text) for _ in range(3)) < LIMIT


def test_a_parse_says_the_same(content):
    parse = content.understanding.parse("роутер сгорел", "ru", datetime(2026, 1, 12, tzinfo=UTC))
    assert isinstance(parse.ranking[0], Guess)
    assert "роутер" in content.understanding.why("роутер сгорел", parse.ranking[0].intent)
    assert content.understanding.why("роутер сгорел", "no such intent") == ()

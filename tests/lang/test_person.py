from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presszero.lang.person import asks_for_person, mentions_person
from presszero.lang.repair import Repairer

FOLDER = Path(__file__).parent / "person"


def lines(name):
    found = [line for line in (FOLDER / name).read_text(encoding="utf-8").splitlines() if line]
    assert len(found) >= 200
    assert len(set(found)) == len(found)
    return found


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_requests_are_heard(lang):
    texts = lines(f"requests_{lang}.txt")
    missed = [text for text in texts if not asks_for_person(text)]
    assert len(missed) <= 0.02 * len(texts), missed


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_mentions_are_no_requests(lang):
    texts = lines(f"mentions_{lang}.txt")
    taken = [text for text in texts if asks_for_person(text)]
    assert len(taken) <= 0.01 * len(texts), taken


@pytest.mark.parametrize("text", ["ваш оператор нахамил", "the operator was rude", "оператор сказал завтра"])
def test_a_mention_is_seen_as_one(text):
    assert mentions_person(text)
    assert not asks_for_person(text)


@pytest.mark.parametrize(
    "text", ["gjpjdbnt jgthfnjhf", "pozovite operatora", "jgthfnjh", "щзукфещк", "nuzhen chelovek"]
)
def test_after_repair_a_request_is_heard_in_any_layout(text):
    assert asks_for_person(Repairer({}).repair(text).text)


def test_the_desks_own_phrases_are_whole_messages():
    assert asks_for_person("пожалуйста, Марину!", ["марину"])
    assert not asks_for_person("Марину вчера не застал", ["марину"])


@given(st.text(max_size=300))
def test_anything_can_be_asked_about(text):
    asks_for_person(text)
    mentions_person(text)

"""A word that no phrase has is read as the nearest that some phrase has, for the models alone."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presszero.nlu.near import LONGEST, MOST, Near

KNOWN = {
    "интернет": 9,
    "интерес": 2,
    "роутер": 5,
    "оплата": 4,
    "router": 3,
    "payment": 4,
    "нет": 7,
    "дом": 2,
    "том": 1,
    "не": 8,
}
NEAR = Near(KNOWN)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("интренет", "интернет"),  # two letters in each other's place
        ("интерне", "интернет"),  # one lost; «интерес» is further
        ("роутерр не отвечает", "роутер не отвечает"),
        ("роутера", "роутера"),  # a form of a known word is known
        ("Payemnt!", "payment!"),
        ("оплптаа", "оплата"),  # seven letters: two slips
        ("домм", "дом"),
        ("дам", "дам"),  # three letters may be anything
        ("нте", "нте"),
        ("оплтаа 12345", "оплата 12345"),
        ("a@b.ru", "a@b.ru"),
        ("", ""),
        ("🙂 роутре", "🙂 роутер"),
    ],
)
def test_what_is_read(typed: str, read: str) -> None:
    assert NEAR.read(typed) == read


def test_a_slip_in_the_first_letter_counts_for_more_and_the_commoner_word_wins() -> None:
    assert Near({"тариф": 1, "париж": 9}).read("тарив") == "тариф"
    assert Near({"модем": 1, "модер": 8}).read("модет") == "модер"
    assert Near({"гудок": 9, "будни": 1, "судок": 2}).read("будок") == "гудок"


def test_three_words_that_are_all_unknown_are_another_language() -> None:
    assert NEAR.read("интренет роутре") == "интернет роутер"
    assert NEAR.read("интренет роутре оплтаа") == "интренет роутре оплтаа"


def test_no_more_than_a_few_words_are_looked_for() -> None:
    typed = " ".join(["нет", *["роутре"] * (MOST + 3)])
    assert NEAR.read(typed).split().count("роутер") == MOST


def test_a_word_of_no_language_is_left() -> None:
    assert NEAR.read("я" * (LONGEST + 1)) == "я" * (LONGEST + 1)
    assert Near({}).read("роутре") == "роутре"


@given(st.text(max_size=80))
def test_anything_can_be_read(text: str) -> None:
    read = NEAR.read(text)
    assert len(read) <= len(text) + 2 * MOST
    assert [char for char in read if char in string.punctuation] == [
        char for char in text if char in string.punctuation
    ]

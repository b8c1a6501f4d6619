"""The file of lessons: one more phrase, one less, and nothing else changed."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from presszero.nlu.lessons import CannotChange, file, with_phrase, without_phrase
from presszero.nlu.phrases import of_text
from presszero.runtime.lessons import phrase

NAME = "nlu/ru/lessons.yml"
BY_HAND = """\
# ours
version: "3.1"
nlu:
  - intent: category/tv/box

    # the box in the hall
    examples: |
      - приставка не включается

  - intent: category/tv/channels
    examples: |
        - пропали каналы
        # often
        - нет канала спорт

  - intent: category/other
    examples:
      - ни о чём таком
"""


def learned(text: str) -> list[tuple[str, str]]:
    return [(p.intent, p.text) for p in of_text(text, NAME).trained]


def test_the_first_phrase_makes_the_file_and_the_last_one_takes_it_away() -> None:
    one = with_phrase("", NAME, "tv/box", "приставка молчит")
    assert one.startswith("# yaml-language-server: $schema=../../schema/phrases.json\n")
    two = with_phrase(one, NAME, "billing/debt", "за что долг")
    three = with_phrase(two, NAME, "tv/box", "серая коробка гудит")
    assert learned(three) == [
        ("category/tv/box", "приставка молчит"),
        ("category/tv/box", "серая коробка гудит"),
        ("category/billing/debt", "за что долг"),
    ]
    assert with_phrase(three, NAME, "tv/box", "приставка молчит") == three
    assert without_phrase(three, NAME, "tv/box", "серая коробка гудит") == two
    assert without_phrase(two, NAME, "billing/debt", "за что долг") == one
    assert without_phrase(one, NAME, "tv/box", "приставка молчит") == ""
    assert without_phrase(one, NAME, "tv/box", "не было такого") == one


def test_what_people_wrote_there_stays() -> None:
    made = with_phrase(BY_HAND, NAME, "tv/channels", "экран синий")
    assert made == BY_HAND.replace("спорт\n", "спорт\n        - экран синий\n")
    assert without_phrase(made, NAME, "tv/channels", "экран синий") == BY_HAND
    less = without_phrase(BY_HAND, NAME, "tv/channels", "пропали каналы")
    assert "# often" in less
    assert ("category/tv/channels", "нет канала спорт") in learned(less)


@pytest.mark.parametrize("category", ["tv/box", "other"])
def test_an_entry_of_another_layout_gets_a_second_one(category: str) -> None:
    made = with_phrase(BY_HAND, NAME, category, "новая фраза тут")
    assert made.startswith(BY_HAND)
    assert without_phrase(made, NAME, category, "новая фраза тут") == BY_HAND


@pytest.mark.parametrize("text", ["nlu: {", "- a\n- b\n", "nlu:\n- intent: x\n", "nlu: []\n"])
def test_a_file_that_cannot_be_changed_is_left_alone(text: str) -> None:
    with pytest.raises(CannotChange):
        with_phrase(text, NAME, "tv/box", "приставка молчит")


def test_where_phrases_are_learned() -> None:
    assert [file(lang) for lang in ("ru", "en", "")] == [NAME, "nlu/en/lessons.yml", "nlu/lessons.yml"]


@given(
    st.text(max_size=80)
    | st.lists(
        st.sampled_from(
            ["- ", "#", "[a](b)", "нет", "сети", "|", "•••", "\u2028", "\x85", '"', ": ", "{", "\ufeff", "🎉"]
        )
    ).map(" ".join)
)
@example("[нет сети](x) дома")
@example("- # нет сети: 'дома' | \"вчера\" {x}")
def test_whatever_was_said_becomes_one_phrase_or_none(text: str) -> None:
    said = phrase(text)
    if not said:
        return
    made = with_phrase(with_phrase("", NAME, "tv/box", "приставка молчит"), NAME, "a/b", said)
    assert learned(made)[1:] == [("category/a/b", said)]
    assert without_phrase(made, NAME, "a/b", said) == with_phrase("", NAME, "tv/box", "приставка молчит")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ""),
        ("интернет", ""),
        ("12 34 и 7", ""),
        ("••• •••", ""),
        ("нет\nсети", "нет сети"),
        ("договор ••• не работает", "договор не работает"),
        ("позвоните +7 900 123-45-67 насчёт приставки", "позвоните насчёт приставки"),
        ("нет [сети] (совсем)", "нет сети (совсем)"),
        ("— нет сети", "— нет сети"),
        ("нет\u200b сети\x00", "нет сети"),
    ],
)  # fmt: skip
def test_what_may_be_learned_of_a_text(text: str, said: str) -> None:
    assert phrase(text) == said

"""How a customer feels: on hand-written lines of both languages, with denials, capitals and signs."""

from pathlib import Path

import pytest

from presszero.nlu.mood import mood

HERE = Path(__file__).parent
LEAST = 0.9  # of the lines that are told right; they are the project's own, by the hand that wrote the words


def lines(lang):
    rows = (HERE / f"mood_{lang}.txt").read_text("utf-8").splitlines()
    return [tuple(row.split(" | ", 1)) for row in rows if row and not row.startswith("#")]


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_the_lines(lang):
    rows = lines(lang)
    assert len(rows) >= 100
    assert {expected for expected, _ in rows} == {"angry", "worried", "neutral", "pleased"}
    wrong = [(expected, mood(text).mood, text) for expected, text in rows if mood(text).mood != expected]
    assert len(wrong) <= (1 - LEAST) * len(rows), wrong
    calm = [text for expected, text in rows if expected == "neutral"]
    assert sum(mood(text).mood == "angry" for text in calm) == 0, "nobody calm is called angry"


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_most_of_what_a_desk_hears_is_neither(desk_phrases, lang):
    own = [p for p in desk_phrases.held_out if p.lang == lang]
    calm = [p.text for p in own if p.intent not in {"complaint", "thanks", "fraud"}]
    assert len(calm) > 300
    assert sum(mood(text).mood != "neutral" for text in calm) <= 0.02 * len(calm)
    thanked = [p.text for p in own if p.intent == "thanks"]
    assert sum(mood(text).mood == "pleased" for text in thanked) >= 0.75 * len(thanked)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("не злюсь", "neutral"),
        ("я не переживаю", "neutral"),
        ("это не отвратительно", "neutral"),
        ("нет, это отвратительно", "angry"),
        ("i am not worried", "neutral"),
        ("no, i am worried", "worried"),
        ("not happy at all", "angry"),
        ("заранее большое спасибо", "pleased"),
        ("заранее спасибо", "neutral"),
        ("нет интернета, сколько можно", "angry"),
        ("", "neutral"),
        ("👎", "angry"),
        ("😭", "worried"),
        ("???", "neutral"),
        ("ОТВЕТЬТЕ НАКОНЕЦ ЖИВОМУ ЧЕЛОВЕКУ!!!", "angry"),
        ("DVD TV USB", "neutral"),
    ],
)
def test_denials_capitals_and_signs(text, expected):
    assert mood(text).mood == expected


def test_the_words_are_told():
    felt = mood("Сколько можно ждать?! Безобразие, я очень недоволен")
    assert felt.words[:2] == ("безобразие", "сколько можно")
    assert felt.sure > 0.9
    assert mood("нет интернета").words == ()
    assert mood("ghbdtn", "безобразие").mood == "angry", "the words as they were meant"

"""Noise is what people type, and is made by another hand than what mends it."""

import ast
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presszero.measure.noise import KINDS, spoiled

HERE = Path(__file__).parents[2] / "bot" / "presszero"


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("привет", "layout", "ghbdtn"),
        ("где мой заказ?", "layout", "ult vjq pfrfp&"),
        ("hello", "layout", "руддщ"),
        ("не работает", "caps", "НЕ РАБОТАЕТ"),
        ("internet", "translit", "internet"),
    ],
)
def test_what_it_does(text: str, kind: str, expected: str) -> None:
    assert spoiled(text, kind, random.Random(1)) == expected


def test_russian_is_written_in_latin_letters_in_more_ways_than_one() -> None:
    made = {spoiled("ещё хочу щуку", "translit", random.Random(seed)) for seed in range(20)}
    assert len(made) == 3
    assert all(text.isascii() for text in made)


def test_slips_stay_inside_words_of_four_letters_and_more() -> None:
    for seed in range(50):
        made = spoiled("я и он интернет", "typo2", random.Random(seed))
        assert made.startswith("я и он и")
        assert made != "я и он интернет" or seed  # two swaps may undo each other, seldom


@given(st.text(max_size=60), st.sampled_from(KINDS), st.integers(0, 99))
def test_any_text_can_be_spoiled_and_always_in_the_same_way(text: str, kind: str, seed: int) -> None:
    assert spoiled(text, kind, random.Random(seed)) == spoiled(text, kind, random.Random(seed))


def test_what_spoils_and_what_mends_share_no_table() -> None:
    """`measure` is imported by evaluations only, and imports nothing of `lang`."""
    seen = 0
    for path in (HERE / "measure").glob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        names = [n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)]
        assert not [name for name in names if name.startswith("presszero") and "measure" not in name], path
        seen += 1
    for path in (HERE / "lang").rglob("*.py"):
        assert "presszero.measure" not in path.read_text("utf-8"), path
        seen += 1
    assert seen > 10

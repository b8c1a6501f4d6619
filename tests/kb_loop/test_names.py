"""Names of people nobody has vouched for do not stay in what is kept; on lines written by hand, and counted."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from presszero.runtime.names import masked
from presszero.runtime.private import HIDDEN, private

WITH, _, WITHOUT = Path(__file__).with_name("names.txt").read_text(encoding="utf-8").partition("===\n")
NAMED = [line for line in WITH.splitlines() if not line.startswith("#")]
PLAIN = WITHOUT.splitlines()
MISSED = {"Ян Чжэн", "Ким Дениса", "Кузнецова", "Smith, J.", "Xiang Li", "Rajesh", "Nguyen"}  # what it cannot know


def test_names_are_hidden() -> None:
    missed = set()
    for line in NAMED:
        kept = private(line.replace("[", "").replace("]", ""))
        for name in re.findall(r"\[(.*?)\]", line):
            words = [word for word in re.findall(r"[^\W\d_]{2,}", name) if re.search(rf"\b{word}\b", kept)]
            missed |= {name} if words else set()
    assert len(NAMED) > 70
    assert missed == MISSED


def test_what_is_no_name_stays() -> None:
    assert len(PLAIN) > 40
    assert [line for line in PLAIN if HIDDEN in private(line)] == ["What is Plan B. Then what"]


@given(st.text(max_size=120))
def test_any_text_is_read(text: str) -> None:
    assert HIDDEN in masked(f"{text}\nменя зовут Пётр Иванов", HIDDEN)

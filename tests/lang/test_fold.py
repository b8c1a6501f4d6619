import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presszero.lang.fold import fold


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("  Ёлка\tИ   ёж ", "елка и еж"),
        ("ＩＮＴＥＲＮＥＴ", "internet"),
        ("ин\u200bтер\u00adнет", "интернет"),
        ("Z̷̧͝a̴̛͜l̶g̸o", "zalgo"),
        ("йод", "йод"),
        (unicodedata.normalize("NFD", "Ёжик и йод"), "ежик и йод"),
        ("Пpивeт", "привет"),  # Latin p and e
        ("рayment", "payment"),  # Cyrillic р
        ("wifiшка", "wifiшка"),  # both scripts, and not look-alikes
        ("don’t", "don't"),
        ("", ""),
        ("\x00\x07", ""),
    ],
)
def test_fold(typed, folded):
    assert fold(typed) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text):
    once = fold(text)
    assert fold(once) == once

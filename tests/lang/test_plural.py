import pytest
from babel.core import Locale
from hypothesis import given
from hypothesis import strategies as st

from presszero.lang.plural import plural_form

RU = {"one": 0, "few": 1, "many": 2, "other": 1}


@pytest.mark.parametrize(
    ("number", "ru", "en"),
    [
        ("1", 0, 0), ("2", 1, 1), ("4", 1, 1), ("5", 2, 1), ("0", 2, 1), ("11", 2, 1), ("12", 2, 1), ("14", 2, 1), ("21", 0, 1),
        ("22", 1, 1), ("25", 2, 1), ("101", 0, 1), ("111", 2, 1), ("1.5", 1, 1), ("1,5", 1, 1), ("1 000", 2, 1), ("-3", 1, 1),
        ("много", 2, 1), ("", 2, 1), ("1.x", 2, 1),
    ],
)  # fmt: skip
def test_forms(number, ru, en):
    assert plural_form(number, "ru") == ru
    assert plural_form(number, "en") == en


@given(st.integers(min_value=0, max_value=10**9))
def test_whole_numbers_follow_cldr(number):
    assert plural_form(str(number), "ru") == RU[Locale("ru").plural_form(number)]
    assert plural_form(str(number), "en") == (0 if Locale("en").plural_form(number) == "one" else 1)

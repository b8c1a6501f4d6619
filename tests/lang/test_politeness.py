import pytest
from hypothesis import given
from hypothesis import strategies as st

from presszero.lang.politeness import bare


@pytest.mark.parametrize(
    ("typed", "core"),
    [
        ("Пожалуйста, в начало!", "в начало"),
        ("в начало, будьте добры", "в начало"),
        ("ну пожалуйста меню", "меню"),
        ("please, start over", "start over"),
        ("Start over, thank you very much!", "start over"),
        ("спасибо", "спасибо"),
        ("please", "please"),
        ("назад", "назад"),
        ("", ""),
    ],
)
def test_bare(typed, core):
    assert bare(typed) == core


@given(st.text(max_size=200))
def test_never_loses_everything(text):
    assert bool(bare(text)) == bool(bare(text).split())
    assert bare(bare(text)) == bare(text)

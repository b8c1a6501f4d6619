import pytest
from hypothesis import given
from hypothesis import strategies as st

from presszero.nlu.brackets import MOST, NotClosedError, expand


@pytest.mark.parametrize(
    ("phrase", "sentences"),
    [
        ("просто фраза", ["просто фраза"]),
        ("нет [домашнего] интернета", ["нет интернета", "нет домашнего интернета"]),
        ("(пропал|отвалился) интернет", ["пропал интернет", "отвалился интернет"]),
        ("[совсем (нет|пропала)] связи", ["связи", "совсем нет связи", "совсем пропала связи"]),
        ("роутер (белый) мигает", ["роутер (белый) мигает"]),
        ("pay with [visa]{card} or [mir](card)", ["pay with visa or mir"]),
        ("сколько стоит :)", ["сколько стоит :)"]),
        ("[a|b] c", ["c", "a c", "b c"]),
    ],
)
def test_expand(phrase, sentences):
    assert expand(phrase) == (sentences, False)


@pytest.mark.parametrize("phrase", ["нет [связи", "нет связи]", "(a|b", "a|b"])
def test_not_closed(phrase):
    with pytest.raises(NotClosedError):
        expand(phrase)


def test_never_more_than_most():
    sentences, more = expand("(a|b)" * 20)
    assert len(sentences) == MOST
    assert more


@given(st.text(alphabet="ab []()|{}", max_size=60))
def test_anything_is_expanded_or_refused(phrase):
    try:
        sentences, _ = expand(phrase)
    except NotClosedError:
        return
    assert 0 < len(sentences) <= MOST

"""Lines as posts: none is lost, none stands twice, all of it fits; names and cards fit whatever is in them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from presszero.channels.telegram.rich import MOST_TEXT, units
from presszero.channels.telegram_desk.lines import posts
from presszero.channels.telegram_desk.looks import MOST_NAME, title
from presszero.channels.telegram_desk.words import _SAYS
from presszero.store.base import Message

BODIES = st.sampled_from(
    [{}, {"file": {"id": "f", "name": "a.txt"}}, {"client_id": "tg:-100:7"}, {"reply": {"id": 3, "text": "вопрос"}},
     {"buttons": [{"label": "Да"}]}, {"files": [{"id": "a"}, {"id": "b"}]}]
)  # fmt: skip
LINES = st.lists(
    st.tuples(st.sampled_from(["customer", "bot", "operator", "note", "system"]), st.text(max_size=1500), BODIES),
    max_size=12,
)


@given(LINES)
def test_every_line_is_in_one_post(lines: list[tuple[str, str, dict]]) -> None:
    messages = [Message(n, 1, n, who, text, 0.0, "Ольга", body) for n, (who, text, body) in enumerate(lines, 1)]
    found = posts(messages, "Борис", "ru", "tg:-100:")
    shown = [i for post in found for i in post.ids]
    assert shown == [m.id for m in messages if not str(m.body.get("client_id", "")).startswith("tg:-100:")]
    assert [p.upto for p in found] == sorted({p.upto for p in found})
    assert not messages or found[-1].upto == len(messages)
    assert all(units(p.text.text) <= MOST_TEXT or len(p.ids) == 1 for p in found)
    for post in found:
        for mark in post.text.marks:
            assert 0 <= mark.start <= mark.end <= len(post.text.text)


@given(st.text(max_size=300), st.text(max_size=300))
def test_a_name_fits(name: str, about: str) -> None:
    assert units(title(name, about)) <= MOST_NAME


def test_every_sentence_is_in_both_languages_with_the_same_holes() -> None:
    from string import Formatter

    assert len(_SAYS) > 40
    for name, (ru, en) in _SAYS.items():
        holes = [{field for _, field, _, _ in Formatter().parse(text) if field} for text in (ru, en)]
        assert holes[0] == holes[1], name

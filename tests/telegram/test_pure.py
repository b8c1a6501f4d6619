"""What needs no desk: the order of updates, texts cut to Telegram's limits, buttons, commands, what an update may be."""

from __future__ import annotations

import html
import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from presszero.channels.telegram import update as told
from presszero.channels.telegram.commands import COMMANDS, command, menu
from presszero.channels.telegram.order import WINDOW, Free, Order
from presszero.channels.telegram.parts import Media, data, keyboard, named, parts
from presszero.channels.telegram.rich import MOST_TEXT, Rich, link, marked, plain, split, units
from presszero.store.base import Message

# order


def test_contiguous_ones_go_at_once_and_a_gap_waits_its_time() -> None:
    order = Order()
    assert order.came(5, 0.0) == []  # nobody knows what comes before the first
    assert order.passed(WINDOW) == [Free(5)]
    assert order.came(6, 1.0) == [Free(6)]
    assert order.came(8, 1.0) == []
    assert order.due == 1.0 + WINDOW
    assert order.came(9, 1.1) == []
    assert order.passed(1.2) == []
    assert order.came(7, 1.25) == [Free(7), Free(8), Free(9)]
    assert order.came(12, 2.0) == []
    assert order.passed(2.0 + WINDOW) == [Free(12)]
    assert order.came(10, 2.4) == [Free(10, late=True)]
    assert order.due is None


def test_after_a_quiet_week_ids_begin_anywhere() -> None:
    order = Order()
    order.came(900, 0.0)
    order.passed(1.0)
    assert order.came(3, 8 * 86400.0) == []
    assert order.passed(8 * 86400.0 + WINDOW) == [Free(3)]


def test_what_holds_every_connection_waits_for_nobody() -> None:
    order = Order(most=2)
    assert order.came(7, 0.0) == []
    assert order.came(5, 0.0) == [Free(5)]


@given(st.lists(st.integers(1, 60), min_size=1, max_size=80), st.data())
def test_every_update_gets_its_turn_once_and_those_in_time_get_it_in_order(ids: list[int], given_: Any) -> None:
    order, now, freed, came = Order(), 0.0, [], {}
    for number in ids:
        now += given_.draw(st.sampled_from([0.0, 0.01, 0.2, 0.4]))
        freed += [(now, f) for f in order.passed(now)]
        came.setdefault(number, now)
        freed += [(now, f) for f in order.came(number, now)]
    freed += [(now + WINDOW, f) for f in order.passed(now + WINDOW)]
    assert {f.id for _, f in freed} == set(ids)
    assert order.due is None
    taken = [f.id for _, f in freed if not f.late]
    assert taken == sorted(set(taken))  # never back
    for at, f in freed:
        assert f.late or at - came[f.id] <= 0.4 + WINDOW


# texts


@given(st.text(alphabet="аб в.!\n😀<&>", max_size=400), st.integers(8, 60))
def test_parts_fit_and_lose_nothing(text: str, most: int) -> None:
    found = split(plain(text), most)
    assert all(0 < units(p.text) <= most for p in found)
    assert "".join("".join(p.text.split()) for p in found) == "".join(text.split())
    for part in found:
        assert html.unescape(part.html()) == part.text


@given(
    st.lists(
        st.tuples(st.sampled_from(["", "b", "i", "a"]), st.text(alphabet="аб 😀.<", min_size=1, max_size=12)),
        max_size=12,
    )
)
def test_a_mark_is_cut_only_when_it_fits_nowhere(pieces: list[tuple[str, str]]) -> None:
    made = plain("")
    for kind, text in pieces:
        made = made + (link(text, "https://x.example/") if kind == "a" else marked(text, kind) if kind else plain(text))  # type: ignore[arg-type]
    for part in split(made, 30):
        opened = re.findall(r"<(/?)(b|i|a)\b[^>]*>", part.html())
        assert [o for o, _ in opened] == ["", "/"] * (len(opened) // 2)
    whole = {made.text[m.start : m.end].strip() for m in made.marks}
    for part in split(made, 30):
        for m in part.marks:
            assert part.text[m.start : m.end].strip() in whole


def test_a_cut_falls_between_paragraphs_then_sentences_and_never_in_a_character() -> None:
    paragraphs = "Первый. " * 200 + "\n\n" + "Второй. " * 400
    assert [p.text[:7] for p in split(plain(paragraphs))] == ["Первый.", "Второй."]
    sentences = split(plain("Ещё одно предложение! " * 400))
    assert all(p.text.endswith("предложение!") for p in sentences)
    faces = split(plain("😀" * 4097))
    assert [units(p.text) for p in faces] == [MOST_TEXT, MOST_TEXT, 2]
    assert link("x", "javascript:alert(1)") == Rich("x: javascript:alert(1)")


# messages


def message(text: str = "", who: Any = "bot", **body: Any) -> Message:
    return Message(1295, 1, 1, who, text, 0.0, "Вера" if who == "operator" else "", body)


def button(label: str) -> dict[str, str]:
    return {"label": label, "payload": f"flow/step/{label}", "digit": ""}


def test_keyboards_stand_well_and_their_data_is_short() -> None:
    rating = keyboard(message("?", buttons=[button(str(n)) for n in range(1, 11)]))
    assert rating is not None
    assert [len(row) for row in rating.rows] == [8, 2]
    yes = keyboard(message("?", buttons=[button("Да"), button("Нет")]))
    assert yes is not None
    assert [len(row) for row in yes.rows] == [2]
    long = keyboard(message("?", buttons=[button("Не работает интернет дома"), button("Ж" * 200), button("")]))
    assert long is not None
    assert [len(row) for row in long.rows] == [1, 1, 1]
    assert all(0 < len(k.label) <= 60 for row in long.rows for k in row)
    many = keyboard(message("?", buttons=[button(f"вариант {n}") for n in range(150)]))
    assert many is not None
    assert sum(len(row) for row in many.rows) == 100
    assert keyboard(message("?")) is None


@given(st.integers(0, 1 << 62), st.integers(0, 99))
def test_the_data_of_a_button_names_it(number: int, at: int) -> None:
    assert len(data(number, at).encode()) <= 64
    assert named(data(number, at)) == (number, at)


@given(st.text(max_size=70))
def test_any_other_data_names_nothing_or_some_button(text: str) -> None:
    found = named(text)
    assert found is None or found[1] >= 0


def test_media_and_captions() -> None:
    short = parts(message("Смотрите", picture="https://x.example/p.png"))
    assert [(p.text.text, p.media) for p in short] == [
        ("Смотрите", Media("photo", "address", "https://x.example/p.png"))
    ]
    long = parts(message("я" * 1025, picture="pictures/p.png"))
    assert [(len(p.text.text), bool(p.media)) for p in long] == [(0, True), (1025, False)]
    assert long[0].media == Media("photo", "desk", "pictures/p.png")
    kept = {"id": "x" * 22, "name": "act.pdf", "type": "application/octet-stream", "size": 3}
    (paper,) = parts(message("Акт", "operator", file=kept))
    assert paper.media == Media("document", "kept", "act.pdf", "x" * 22)
    assert paper.text.html() == "<b>Вера</b>\nАкт"
    assert parts(message("")) == []
    linked = parts(message("Вот", links=[{"title": "Статья <1>", "url": "https://x.example/?a=1&b=2"}]))
    assert linked[0].text.html() == 'Вот\n<a href="https://x.example/?a=1&amp;b=2">Статья &lt;1&gt;</a>'


# what comes


def test_commands() -> None:
    both = ("ru", "en")
    for text, pressed in [
        ("/start", "!restart"), ("/start flow_move", "!flow:move"), ("/start  promo-1", "!restart"),
        ("/operator", "!operator"), ("/menu@desk_bot", "!restart"), ("/help", "!restart"), ("/lang", "!lang:"),
        ("/MENU", "!restart"), ("/Lang EN", "!lang:en"), ("/Link abc", "!link"), ("/lang en", "!lang:en"), ("/lang de", "!lang:"), ("/my", "!my"),
    ]:  # fmt: skip
        found = command(text, both)
        assert found is not None, text
        assert found.payload == pressed
    for text in ("/unknown", "start", "см. /start", "/", "/Start!", "/path/to/file"):
        assert command(text, both) is None, text
    assert "lang" not in dict(menu("ru", ("ru",)))
    assert all(set(names) == {"ru", "en"} for names in COMMANDS.values())


_KEYS = st.sampled_from(
    ["update_id", "message", "edited_message", "callback_query", "my_chat_member", "message_id", "chat", "from", "id",
     "type", "text", "photo", "file_id", "document", "data", "new_chat_member", "status", "contact", "location"]
)  # fmt: skip


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(1 << 70), 1 << 70) | st.text(max_size=8) | st.floats(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=6),
        max_leaves=30,
    )
)
def test_whatever_comes_is_an_update_or_is_not(raw: Any) -> None:
    found = told.read(raw)
    assert found is None or isinstance(found.update_id, int)
    if isinstance(raw, dict):
        assert len(told.kind_of(raw)) <= 60

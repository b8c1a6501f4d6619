"""Reading YAML: every trap has its code and its place, whatever the bytes are."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presszero.errors import ContentError
from presszero.source.fields import meant
from presszero.source.read import read, read_text

TRAPS = [
    # a colon in a text
    ("ru: Цена: 100\n", ["1:5 PZ112"]),
    ("x: {ru: Цена: 100, en: b}\n", ["1:9 PZ112"]),
    ("ru: Тел.: 5\n", ["1:5 PZ112"]),
    ('a: "b": c\n', ["1:4 PZ112"]),
    # holes without quotes
    ("x: {ru: ${name}, привет}\n", ["1:9 PZ113"]),
    ("ru: {name}, привет\n", ["1:5 PZ113"]),
    ("ru: {name}\n", ["1:5 PZ113"]),
    ("with: {contract: ${contract}}\n", ["1:18 PZ113"]),
    # tags, anchors, aliases, signs at the start
    ("ru: !важно текст\n", ["1:5 PZ104"]),
    ("ru: !foo текст\n", ["1:5 PZ104"]),
    ("ru: !a!b текст\n", ["1:5 PZ104"]),
    ("a: &x 1\nb: *x\n", ["1:4 PZ103", "2:4 PZ103"]),
    ("ru: *важно*\n", ["1:5 PZ119"]),
    ("ru: @вася\n", ["1:5 PZ119"]),
    ("ru: %5\n", ["1:5 PZ119"]),
    ("ru: > текст\n", ["1:5 PZ119"]),
    ("ru: | текст\n", ["1:5 PZ119"]),
    # comments that cut
    ("a: Заявка #5 принята\n", ["1:11 PZ114"]),
    ("a: Заявка принята # 5\n", ["1:19 PZ114"]),
    ("x: {ru: Номер #5, en: b}\n", ["1:15 PZ130"]),
    ("x: {ru: Номер #5}\ny: 1\n", ["1:15 PZ130"]),
    # commas and question marks
    ("a: {ru: Привет, друг, en: x}\n", ["1:17 PZ115"]),
    ("ru: ?\n", ["1:5 PZ116"]),
    ("? Почему не работает\n", ["1:3 PZ116"]),
    ("x: {ru: ?, en: b}\n", ["1:9 PZ116"]),
    ("- ?\n", ["1:4 PZ116"]),
    # quotes and brackets
    ('ru: "abc\nen: b\n', ["1:5 PZ117"]),
    ('ru: "abc\nen: "def"\nfr: x\n', ["1:5 PZ117"]),
    ("x: {ru: a\ny: 1\n", ["1:4 PZ118"]),
    ("x: [a, b\ny: c\n", ["1:4 PZ118"]),
    ("- {value: a, label: {ru: Да, en: Yes}\n- {value: b}\n", ["1:3 PZ118"]),
    ('ru: "Скажите "да""\n', ["1:15 PZ128"]),
    ("ru: 'don't'\n", ["1:10 PZ128"]),
    ('x: [да", "нет"]\n', ["1:5 PZ131"]),
    ('a: "C:\\path"\n', ["1:7 PZ127"]),
    ("a: [b,,c]\n", ["1:7 PZ129"]),
    ("a: }\n", ["1:4 PZ101"]),
    # keys, lists, indents
    ("a: 1\na: 2\na: 3\n", ["2:1 PZ102", "3:1 PZ102"]),
    ("a: 1\nkey:value\nb: 2\n", ["2:1 PZ121"]),
    ("a: {ru:Привет, en: x}\n", ["1:5 PZ121"]),
    ("a: - b\n", ["1:4 PZ126"]),
    ("a: b\n  c: d\n", ["2:3 PZ120"]),
    ("a:\n  b: c\n d: e\n", ["3:2 PZ120"]),
    ("a:\n\u00a0 b: c\n", ["2:1 PZ120"]),
    ("[a]: b\n", ["1:1 PZ124"]),
    (": b\n", ["1:1 PZ120"]),
    # whole files
    ("\ta: b\n  \tc: d\n", ["1:1 PZ105", "2:3 PZ105"]),
    ("a: 1\n--- \nb: 2\n", ["2:1 PZ106"]),
    ("a: b\n...\nc: d\n", ["3:1 PZ106"]),
    ("a: b\n<<<<<<< HEAD\nx: 1\n=======\nx: 2\n>>>>>>> other\n", ["2:1 PZ111"]),
    ("a: \x00b\n", ["1:4 PZ110"]),
    ("a: b\u2028c\n", ["1:5 PZ110"]),
    ("a: b\u202ec\n", ["1:5 PZ123"]),
    ("a: b\u200bc\n", ["1:5 PZ123"]),
    # several at once
    ("a: 1\na: 2\nru: Цена: 100\nen: {x: Hi, there}\nz: *q\n", ["2:1 PZ102", "3:5 PZ112", "4:13 PZ115", "5:4 PZ103"]),
    ("a: Цена: 1\nb: Цена: 2\nc: 'x' y\n", ["1:4 PZ112", "2:4 PZ112", "3:8 PZ128"]),
]


@pytest.mark.parametrize(("text", "expected"), TRAPS, ids=[t[0][:40].encode("unicode_escape").decode() for t in TRAPS])
def test_trap(text: str, expected: list[str]) -> None:
    found = read(text.encode(), "f.yaml")
    assert [f"{f.place.line}:{f.place.column} {f.code}" for f in found.findings] == expected
    for finding in found.findings:
        assert "{" not in finding.sentence("ru").replace("{name}", "").replace("${", "").replace("«{»", "")
        assert finding.hint("ru")
        assert finding.hint("en")


def test_every_scalar_is_text() -> None:
    typed = [
        "no",
        "on",
        "12:30",
        "0123",
        "1.10",
        "+79991234567",
        "~",
        "null",
        "0x1F",
        "1_000",
        "2026-11-24",
        "=",
        "yes",
    ]
    tree = read_text("".join(f"- {value}\n" for value in typed), "f.yaml")
    assert [item.text for item in tree.items] == typed


def test_places_are_those_of_an_editor() -> None:
    text = "\ufeffа: ё\r\nб:\r\n  - {в: г}\r\n"
    tree = read(text.encode(), "f.yaml").tree
    assert tree is not None
    inner = tree.pairs[1][1].items[0].pairs[0][1]
    assert (inner.place.line, inner.place.column, inner.text) == (3, 9, "г")
    assert (tree.pairs[0][1].place.line, tree.pairs[0][1].place.column) == (1, 4)


def test_comments_that_cut_nothing_are_left_alone() -> None:
    text = "a: b # comment\nmenu: lights      # saved under this name\ngo: advice  # потом\nb: 'x' # y\nc: текст   # заметка\n"
    assert read(text.encode(), "f.yaml").findings == ()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("ru: Привет, как дела\n".encode("cp1251"), "1:5 PZ109"),
        ("a: 1\nru: x Привет\n".encode("cp1251"), "2:7 PZ109"),
        ("ru: Привет\n".encode("utf-16"), "1:1 PZ109"),
        (b"a: " + b"x" * (1 << 20), "0:0 PZ107"),
        (b"a: " + b"[" * 10_000, "1:35 PZ108"),
        (b"".join(b" " * n + b"a:\n" for n in range(700)), "33:33 PZ108"),
        (b"a: " + b"{a: " * 10_000, "1:128 PZ108"),
    ],
    ids=["cp1251", "cp1251-later", "utf16", "huge", "deep", "deep-block", "deep-maps"],
)
def test_bytes(data: bytes, expected: str) -> None:
    started = time.process_time()
    found = read(data, "f.yaml")
    assert time.process_time() - started < 1
    assert found.tree is None
    assert expected in {f"{f.place.line}:{f.place.column} {f.code}" for f in found.findings}


def test_an_alias_bomb_is_never_expanded() -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}]" for n in range(1, 60)]
    started = time.process_time()
    found = read("\n".join(lines).encode(), "f.yaml")
    assert time.process_time() - started < 1
    assert {f.code for f in found.findings} == {"PZ103"}


def test_an_empty_file_is_an_empty_text() -> None:
    for data in (b"", b"\n\n", b"# only a comment\n"):
        tree = read(data, "f.yaml").tree
        assert tree is not None
        assert tree.empty


def test_read_text_raises_all_findings() -> None:
    with pytest.raises(ContentError) as raised:
        read_text("a: 1\na: 2\nb: *c\n", "f.yaml")
    assert [f.code for f in raised.value.findings] == ["PZ102", "PZ103"]


PIECES = st.sampled_from(
    [
        "a",
        "ru",
        ": ",
        ":",
        "- ",
        "{",
        "}",
        "[",
        "]",
        ",",
        ", ",
        "\n",
        "\n  ",
        "\n    ",
        '"',
        "'",
        "#",
        " #",
        "&",
        "*",
        "!",
        "?",
    ]
    + [
        "|",
        ">",
        "%",
        "@",
        "`",
        "---",
        "...",
        "\t",
        "\\",
        "Привет",
        "${name}",
        "\r\n",
        "\r",
        "\ufeff",
        "\u2028",
        "\x00",
        "<<",
        "~",
    ]
)


@settings(max_examples=400, deadline=3000)
@given(st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=200))
def test_no_text_crashes_the_reader(text: str) -> None:
    found = read(text.encode("utf-8", "surrogatepass"), "f.yaml")
    assert (found.tree is None) == any(f.severity == "error" for f in found.findings)
    count = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    for finding in found.findings:
        assert 0 <= finding.place.line <= count
        assert finding.line("ru")
        assert finding.line("en")


@settings(max_examples=200, deadline=3000)
@given(st.binary(max_size=300))
def test_no_bytes_crash_the_reader(data: bytes) -> None:
    read(data, "f.yaml")


@pytest.mark.parametrize(
    "piece",
    [
        "[",
        "{",
        "[[a,",
        "- ",
        "? ",
        "a: ",
        '"',
        "'",
        "!",
        "&a ",
        "*a ",
        "{a: ",
        "a\n",
        "x: |\n",
        "#\n",
        "a: b: ",
        ": ",
        "\n ",
    ],
)
def test_a_megabyte_of_anything_is_quick(piece: str) -> None:
    data = (piece * (1 << 20))[: (1 << 20) - 10].encode()
    started = time.process_time()
    read(data, "f.yaml")
    assert time.process_time() - started < 2.5


@pytest.mark.parametrize(("text", "column"), [("flow: [\n", 7), ("flow: {\n", 7), ("a: {x: [\n", 8)])
def test_the_bracket_that_is_open_is_named(text: str, column: int) -> None:
    [found] = read(text.encode(), "a.yaml").findings
    assert (found.code, found.place.column, found.values["char"]) == ("PZ118", column, text[column - 1])


def test_quotes_of_a_word_processor_are_told_with_straight_ones() -> None:
    [found] = read('a: “привет, мир”\nb: "“x”"\nc: “да” и нет\nd: «да»\n'.encode(), "a.yaml").findings
    assert (found.code, found.place.line) == ("PZ132", 1)
    assert '"привет, мир"' in found.hint("ru")


def test_letters_of_another_alphabet_are_told() -> None:
    assert "Cyrillic letters are mixed in: р, а." in meant("раuse", ["pause"])["hint_en"]
    assert "кириллица: с" in meant("Сtep", ["step"])["hint_ru"]
    assert "латиница: a" in meant("aдрес", ["адрес"])["hint_ru"]
    assert meant("paus", ["pause"])["hint_en"] == 'Did you mean "pause"?'

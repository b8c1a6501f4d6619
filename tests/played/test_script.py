"""What is wrong with a file of dialogue tests is said with its place and, for names, what was meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from presszero.check.script import load
from tests.played.desks import faults, make

TALK = "  - name: one\n    talk:\n"
BAD = [
    ("a line that does not exist", TALK + "      - usr: привет\n", "PZ801", 4, "user"),
    ("a key that does not exist", "  - name: one\n    chanel: web\n    talk: []\n", "PZ801", 3, "channel"),
    ("two things in a line", TALK + "      - user: привет\n        bot: Чем\n", "PZ808", 5, ""),
    ("a slot that is no map", TALK + "      - slot: motor\n", "PZ807", 4, ""),
    ("a list where one text goes", TALK + "      - bot: [а, б]\n", "PZ807", 4, ""),
    ("nothing where a text goes", TALK + "      - user:\n", "PZ807", 4, ""),
    ("letters among the digits", TALK + "      - digits: 12a\n", "PZ807", 4, ""),
    ("no such holder", TALK + "      - holder: nobody\n", "PZ807", 4, ""),
    ("no such time", TALK + "      - after: soon\n", "PZ804", 4, ""),
    ("services are a map", "  - name: one\n    services: failed\n    talk: []\n", "PZ807", 3, ""),
    ("a button on the phone", "  - name: one\n    channel: voice\n    talk:\n      - press: Да\n", "PZ809", 5, ""),
    ("rows unlike each other", "  - name: one\n    table: [{a: 1}, {b: 2}]\n    talk: []\n", "PZ810", 3, ""),
    ("no rows", "  - name: one\n    table: a\n    talk: []\n", "PZ807", 3, ""),
    (
        "no such column",
        '  - name: one\n    table: [{word: да}]\n    talk:\n      - user: "${wrd}"\n',
        "PZ810",
        5,
        "word",
    ),
    ("no name", "  - talk: []\n", "PZ802", 2, ""),
]


@pytest.mark.parametrize(("tests", "code", "line", "hint"), [b[1:] for b in BAD], ids=[b[0] for b in BAD])
def test_a_fault_has_a_place(tmp_path: Path, tests: str, code: str, line: int, hint: str) -> None:
    found = faults(tmp_path, tests)
    assert [(f.code, f.place.line) for f in found] == [(code, line)], [f.line() for f in found]
    for lang in ("ru", "en"):
        assert found[0].sentence(lang)
        assert hint in found[0].hint(lang)


def test_all_faults_are_said_at_once_and_a_row_says_none_twice(tmp_path: Path) -> None:
    tests = TALK + "      - usr: привет\n  - name: two\n    table: [{a: 1}, {a: 2}]\n    talk:\n"
    found = faults(tmp_path, tests + "      - slot: x\n")
    assert [f.code for f in found] == ["PZ801", "PZ807"]


def test_a_table_is_one_test_a_row(tmp_path: Path) -> None:
    tests = '  - name: "word: ${word}"\n    table: [{word: да}, {word: нет}]\n    talk:\n      - user: "${word}"\n'
    tests += "  - name: same\n    table: [{word: а}, {word: б}]\n    talk:\n      - user: x\n"
    scripts, wrong = load(make(tmp_path, tests))
    assert not wrong
    assert [s.name for s in scripts] == ["word: да", "word: нет", "same [1]", "same [2]"]
    assert [s.talk[0].value for s in scripts] == ["да", "нет", "x", "x"]
    assert {s.talk[0].place.line for s in scripts[:2]} == {5}


def test_answers_of_a_service_may_stand_in_order(tmp_path: Path) -> None:
    tests = "  - name: one\n    services: {shop.order: [not_found, {state: едет}], shop.book: failed}\n    talk: []\n"
    [script] = load(make(tmp_path, tests))[0]
    assert script.services == {"shop.order": ["not_found", {"state": "едет"}], "shop.book": "failed"}

"""The widget's file itself: small, and without a way for text to become markup."""

from __future__ import annotations

import gzip
import re

from tests.browser.widget_server import WIDGET


def test_it_is_at_most_15_kb_as_served() -> None:
    assert len(gzip.compress(WIDGET.read_bytes(), 9)) <= 15_360


def test_it_has_no_sink_for_markup() -> None:
    source = WIDGET.read_text(encoding="utf-8")
    assert len(source) > 10_000
    sinks = r"\.(inner|outer)HTML|insertAdjacent|document\.write|\beval\(|new Function|DOMParser|srcdoc"
    assert not re.findall(sinks, source)
    assert not re.findall(r"setAttribute\('(style|on)", source)


def test_every_text_is_there_in_both_languages() -> None:
    table = re.search(r"WORDS = `(.*?)`", WIDGET.read_text(encoding="utf-8"), re.DOTALL)
    assert table
    rows = [line.split("|") for line in table[1].split("\n")]
    assert len(rows) > 50
    assert all(len(row) == 3 and all(cell.strip() for cell in row) for row in rows)
    assert len({row[0] for row in rows}) == len(rows)

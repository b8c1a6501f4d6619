"""Geometry: in no picture does a box, a label or a line of another exit lie over a box or a label, and every text fits its box."""

from __future__ import annotations

import itertools
import os
from functools import cache

import pytest

from presszero import desk
from presszero.check.picture import draw, lay
from presszero.check.picture.labels import leader
from presszero.check.picture.layout import PAD, TEXT, TITLE, Layout
from presszero.check.picture.letters import width, wrap
from presszero.check.picture.shapes import crosses, segments
from presszero.dialogue.flow import FlowSet
from presszero.dialogue.tally import Passage
from tests.running import ROOT


def _flows() -> FlowSet:
    found = desk.read(ROOT, os.environ).flows.flows
    assert found
    return found


FLOWS = _flows()


@cache
def _pictures(name: str) -> list[Layout]:
    flow = FLOWS.flows[name]
    exits = {"next": 12_345}
    busy = {(name, step): Passage(48_123, 1_234, 567, 89, 1, exits, {30: 7}) for step in flow.steps}
    return [lay(draw(FLOWS, name, lang, numbers)) for lang in ("ru", "en") for numbers in (None, busy)]


@pytest.mark.parametrize("name", sorted(FLOWS.flows))
def test_nothing_lies_over_anything(name: str) -> None:
    for picture in _pictures(name):
        boxes = [b.rect for b in picture.boxes]
        labels = [w.label for w in picture.ways if w.label]
        assert len(boxes) >= len(FLOWS.flows[name].steps)
        for one, other in itertools.combinations([*boxes, *labels], 2):
            assert not one.meets(other), (name, one, other)
        for way in picture.ways:
            for other_way in picture.ways:
                if other_way is not way and way.label:
                    assert not any(crosses(way.label, s) for s in segments(other_way.points)), (name, way.labels)
        for rect in [*boxes, *labels]:
            assert rect.x >= 0
            assert rect.y >= 0
            assert rect.x + rect.w <= picture.width
            assert rect.y + rect.h <= picture.height


@pytest.mark.parametrize("name", sorted(FLOWS.flows))
def test_a_label_stands_on_its_line_or_is_led_to_it(name: str) -> None:
    for picture in _pictures(name):
        for way in picture.ways:
            if way.label and not any(crosses(way.label, s) for s in segments(way.points)):
                assert way.leader == leader(way.label, way.points)
                assert way.leader is not None


def test_every_text_fits_its_box() -> None:
    seen = 0
    for name in FLOWS.flows:
        for picture in _pictures(name):
            for placed in picture.boxes:
                inner = placed.rect.w - 2 * PAD + 0.01
                assert all(width(line, TEXT) <= inner + PAD for line in placed.lines), placed
                assert placed.box.kind in {"end", "flow"} or width(placed.box.title, TITLE) < inner
                seen += 1
    assert seen > 1000


def test_a_picture_is_the_same_every_time() -> None:
    assert lay(draw(FLOWS, "debt", "ru")) == lay(draw(FLOWS, "debt", "ru"))


def test_long_words_are_cut_and_long_texts_end_with_dots() -> None:
    lines = wrap("н" * 300 + " и ещё много слов " * 9, 200, 2)
    assert len(lines) == 2
    assert all(width(line) <= 200 for line in lines)
    assert lines[1].endswith("…")
    assert wrap("", 200, 2) == []

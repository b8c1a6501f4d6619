"""What a lead reads in a picture: jumps and tickets in words of the language, names with all there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from presszero.check.picture.drawing import draw
from presszero.cli import run
from presszero.dialogue.flow import End, Flow, FlowSet, Set, Ticket, Verb
from presszero.dialogue.text import Text
from presszero.flows.load import load
from presszero.init import make
from presszero.source.fields import meant


def test_a_jump_and_a_ticket(tmp_path: Path) -> None:
    steps: dict[str, Verb] = {"jump": Set("jump", 1, End()), "make": Ticket("make", 2, End(), "create", "tv/box")}
    flows = FlowSet({"x": Flow("x", Text({"ru": ("x",)}), steps, "jump")}, load(tmp_path).draft.common)
    boxes = {b.id: b for b in draw(flows, "x", "ru").boxes}
    assert boxes["jump"].word == "переход"
    assert boxes["make"].text == "создать tv/box"


def test_a_flow_that_is_not_there_is_told_with_all_there_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make(tmp_path / "desk", ("en",))
    assert run(["graph", "--", str(tmp_path / "desk"), "qqqqqqqqqqqqqqqqq"]) == 2
    said = capsys.readouterr().err
    count = len(list((tmp_path / "desk" / "flows").glob("[a-z]*.yaml")))
    assert meant("qqqqqqqqqqqqqqqqq", ["a"])["hint_en"] == "There are: a."
    assert f"and {count - 12} more." in said

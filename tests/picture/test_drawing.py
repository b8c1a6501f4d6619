"""What stands in a picture: every step, every exit that is written, conditions in words, numbers; and its other forms."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from presszero.check.coverage import written
from presszero.check.graph import Graph
from presszero.check.picture import dot, draw, lay, mermaid, picture, svg, text
from presszero.check.picture.words import condition
from presszero.cli import run
from presszero.dialogue.conditions import All, AnyOf, Compare, Filled, Is, Not, Open, Tag
from presszero.dialogue.tally import Passage
from tests.picture.test_layout import FLOWS
from tests.running import ROOT


def test_every_step_and_every_edge_is_drawn() -> None:
    graph = Graph(FLOWS)
    edges = 0
    for name, flow in FLOWS.flows.items():
        drawing = draw(FLOWS, name, "en")
        assert [b.id for b in drawing.boxes][: len(flow.steps)] == list(flow.steps)
        drawn = {(w.source, w.target.partition("?")[0], out) for w in drawing.ways for out, _, _ in w.names}
        for node, out in ((n, e) for n, es in graph.edges.items() if n[0] == name for e in es):
            own = written(FLOWS, graph.verb(node))
            if own and out.exit.name not in own:
                continue
            to = out.to[1] if out.to[0] == name and (node[1], out.to[1], out.exit.name) in drawn else f">{out.to[0]}"
            assert (node[1], to, out.exit.name) in drawn, out
            edges += 1
    assert edges > 300


def test_only_what_is_near_a_step() -> None:
    near = draw(FLOWS, "no_connection", "en", None, "lights", 1)
    assert {b.id for b in near.boxes} == {"lights", "advice", "power", "cable", "reboot", "fault"}
    assert {w.source for w in near.ways} <= {b.id for b in near.boxes}
    wider = draw(FLOWS, "no_connection", "en", None, "lights", 2)
    assert len(wider.boxes) > len(near.boxes)


def test_numbers_stand_on_boxes_and_lines() -> None:
    numbers = {("no_connection", "lights"): Passage(120, 4, 2, 5, 1, {"red": 77}, {12: 3})}
    drawing = draw(FLOWS, "no_connection", "en", numbers)
    drawn = picture(FLOWS, "no_connection", "en", numbers)
    assert "120 entered · 4 not understood · 2 to a person · 4 dropped · 10 s" in drawn
    assert any("Red · 77" in w.labels for w in drawing.ways)
    assert 'href="#step-lights"' in drawn
    assert "<style" not in drawn
    assert " style=" not in drawn
    assert "—" in drawn  # where nobody was


@pytest.mark.parametrize(
    ("what", "en", "ru"),
    [
        (Is(("line", "outage"), ("yes", "no")), "line.outage = yes / no", "line.outage = yes / no"),
        (Not(Filled(("phone",))), "not (phone known)", "не (phone известно)"),
        (All((Open("support"), Tag(("vip",)))), "open: support and tag vip", "открыто: support и метка vip"),
        (All((AnyOf((Compare(("debt",), "above", 5.0), Filled(("a",)))), Filled(("b",)))),
         "(debt > 5 or a known) and b known", "(debt > 5 или a известно) и b известно"),
    ],
)  # fmt: skip
def test_conditions_in_words(what: object, en: str, ru: str) -> None:
    assert condition(what, "en") == en  # type: ignore[arg-type]
    assert condition(what, "ru") == ru  # type: ignore[arg-type]


def test_every_form_of_every_flow() -> None:
    for name, flow in FLOWS.flows.items():
        for lang in ("ru", "en"):
            drawing = draw(FLOWS, name, lang)
            ET.fromstring(svg(lay(drawing)))
            for form in (mermaid(drawing), dot(drawing), text(drawing)):
                assert all(step in form for step in flow.steps)
            assert mermaid(drawing).startswith("flowchart TD\n")
            assert mermaid(drawing).count("--") == len(drawing.ways)
            assert dot(drawing).count(" -> ") == len(drawing.ways)


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    desk = str(ROOT)
    assert run(["graph", desk, "verify", "--lang", "en"]) == 0
    ET.fromstring(capsys.readouterr().out)
    assert (
        run(["graph", desk, "no_connection", "--format", "text", "--around", "lights", "--depth", "1", "--lang", "ru"])
        == 0
    )
    said = capsys.readouterr().out
    assert "○ lights  меню  Какие огоньки" in said
    assert "contract" not in said
    assert run(["graph", desk, "--format", "dot", "--out", str(tmp_path / "all")]) == 0
    assert len(list((tmp_path / "all").glob("*.dot"))) == len(FLOWS.flows)
    monkeypatch.chdir(ROOT)
    assert run(["graph", "verify", "--format", "mermaid"]) == 0
    for wrong, hint in ((["no_conection"], "no_connection"), (["verify", "--around", "redy"], "ready"), ([], "verify")):
        assert run(["graph", desk, *wrong]) == 2
        assert hint in capsys.readouterr().err

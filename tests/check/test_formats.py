"""Findings for machines: SARIF of the shape that its standard asks for, annotations of GitHub, JSON; exit codes; languages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from presszero.check.sarif import sarif
from presszero.cli import run as main
from presszero.cli.check_ import annotation
from presszero.diagnostics import rules
from presszero.errors import Finding, Place

FINDINGS = [
    Finding(Place("flows/b c.yaml", 3, 5), "PZ208", {"name": "advise", "hint_en": 'Did you mean "advice"?'}),
    Finding(Place("flows/_common.yaml"), "PZ238"),
    Finding(Place("kb/ru/ч.md", 1, 1), "PZ511", {"slug": "ч", "lang": "en"}),
]


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_sarif_has_the_shape_of_its_standard(lang: str) -> None:
    made = json.loads(json.dumps(sarif(FINDINGS, lang)))
    assert made["version"] == "2.1.0"
    assert made["$schema"].endswith("sarif-2.1.0.json")
    (run,) = made["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"] == "presszero"
    assert [r["id"] for r in driver["rules"]] == ["PZ208", "PZ238", "PZ511"]
    assert all(r["shortDescription"]["text"] for r in driver["rules"])
    assert all(r["defaultConfiguration"]["level"] in {"none", "note", "warning", "error"} for r in driver["rules"])
    assert len(run["results"]) == len(FINDINGS)
    for result in run["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in {"note", "warning", "error"}
        assert result["message"]["text"]
        place = result["locations"][0]["physicalLocation"]
        uri = place["artifactLocation"]["uri"]
        assert uri.isascii()
        assert " " not in uri
        region = place.get("region", {"startLine": 1, "startColumn": 1})
        assert region["startLine"] >= 1
        assert region["startColumn"] >= 1
    assert "region" not in run["results"][1]["locations"][0]["physicalLocation"]


def test_every_rule_can_stand_in_sarif() -> None:
    found = sarif([Finding(Place("config.yaml", 1, 1), code) for code in rules()], "ru")
    assert len(found["runs"][0]["tool"]["driver"]["rules"]) == len(rules())


def test_annotations_escape_what_ends_them() -> None:
    finding = Finding(Place("a,b:c.yaml", 2, 3), "PZ102", {"key": "100%\nмного"})
    said = annotation(finding, "en")
    assert said.startswith("::error file=a%2Cb%3Ac.yaml,line=2,col=3,title=PZ102::")
    assert "100%25%0Aмного" in said
    assert "\n" not in said
    assert annotation(Finding(Place("x.yaml"), "PZ314", {"flow": "x"}), "ru").startswith("::warning file=x.yaml,title=")


def _desk(root: Path, flow: str) -> Path:
    from tests.check.test_examples import EXAMPLES, _module

    one = EXAMPLES["PZ320"]
    _module("examples").desk(root, one, good=True)
    (root / "flows" / "example.yaml").write_text(flow, encoding="utf-8")
    return root


FLOW = """\
format: 1
flow: example
title: {ru: "Пример", en: "Example"}
starts_on: {intents: [example]}
steps:
  - id: pause
    wait: 2m
    go: end
"""


def test_severities_exit_codes_and_languages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = _desk(tmp_path / "desk", FLOW)
    monkeypatch.setenv("PRESSZERO_LANG", "ru")
    assert main(["check", str(root)]) == 1
    assert "PZ319  Эту паузу нельзя пропустить." in capsys.readouterr().out
    config = root / "config.yaml"
    config.write_text(config.read_text("utf-8") + "severity: {PZ319: warning}\n", encoding="utf-8")
    assert main(["check", str(root), "--lang", "en"]) == 0
    assert "! flows/example.yaml:7:11  PZ319  This pause cannot be skipped." in capsys.readouterr().out
    assert main(["check", str(root), "--strict"]) == 1
    capsys.readouterr()
    assert main(["check", str(root), "--format", "sarif"]) == 0
    assert json.loads(capsys.readouterr().out)["runs"][0]["results"][0]["level"] == "warning"
    assert main(["check", str(root), "--format", "github"]) == 0
    assert capsys.readouterr().out.startswith("::warning file=flows/example.yaml,line=7,col=11,title=PZ319::")
    assert main(["check", str(root), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["code"] == "PZ319"

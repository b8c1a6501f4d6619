"""`presszero test`: text with a diff, JSON, JUnit, coverage that `check` can read."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from presszero.check import coverage
from presszero.cli import run
from tests.played.desks import make
from tests.running import data_folder

TESTS = """\
  - name: it goes
    services: {shop.order: not_found}
    talk:
      - user: где мой заказ
      - user: "1111"
      - at: which
  - name: it <does> not & never did
    talk:
      - user: нужен ремонт
      - bot: Какой день
"""


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PRESSZERO_DATA", str(data_folder(tmp_path / "data")))
    monkeypatch.setenv("SHOP_URL", "http://127.0.0.1:9")
    (tmp_path / "desk").mkdir()
    return make(tmp_path / "desk", TESTS)


def test_text_shows_the_dialogue_and_the_line(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["test", str(small), "--lang", "en", "--coverage"]) == 1
    said = capsys.readouterr().out
    assert "tests/dialogues/own.yaml:11:9  PZ803" in said
    assert ">   10  user: нужен ремонт" in said
    assert "✗   11  bot: Какой день\n        - wanted: Какой день\n        + there is: Номер станка?" in said
    assert "flows/order.yaml" in said
    assert "exit order/look → failed" in said
    assert "exit order/look → not_found" not in said
    assert "option repair/part → motor" in said
    assert "1 passed, 1 failed" in said


def test_json(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["test", str(small), "--format", "json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert (said["passed"], said["failed"]) == (1, 1)
    assert [t["ok"] for t in said["tests"]] == [True, False]
    assert said["tests"][1]["failure"]["line"] == 11
    assert said["coverage"]["steps"]["covered"] == 3
    [state] = [m for m in said["missing"] if (m["flow"], m["step"], m["kind"]) == ("order", "state", "step")]
    assert (state["file"], state["line"]) == ("flows/order.yaml", 18)


def test_junit(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["test", str(small), "--format", "junit", "--lang", "ru"]) == 1
    top = ET.fromstring(capsys.readouterr().out)
    assert (top.get("tests"), top.get("failures")) == ("2", "1")
    names = [case.get("name") for case in top.iter("testcase")]
    assert names == ["it goes", "it <does> not & never did"]
    failure = next(top.iter("failure"))
    assert "Бот не сказал" in (failure.get("message") or "")
    assert "> user: нужен ремонт" in (failure.text or "")


def test_a_whole_run_is_remembered_and_a_part_is_not(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert coverage.covered(small) is None
    assert run(["test", str(small), "--only", "IT GOES"]) == 0
    assert coverage.covered(small) is None
    assert run(["test", str(small)]) == 1
    assert coverage.covered(small) == {("order", "which"), ("order", "look"), ("repair", "number")}
    assert run(["test", str(small), "--only", "nothing like this"]) == 1
    assert "no dialogue tests" in capsys.readouterr().err


def test_what_is_remembered_may_be_broken(small: Path, tmp_path: Path) -> None:
    (tmp_path / "data" / coverage.FILE).write_text('{"steps": 1}', encoding="utf-8")
    assert coverage.covered(small) is None

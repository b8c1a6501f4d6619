"""`presszero nlu parse` and `nlu check`: what a support lead asks of a desk and is told."""

import json
from pathlib import Path

import pytest

from presszero.cli import run
from presszero.cli.nlu_why import advised
from presszero.nlu.why import Reason
from tests.running import DESK, copy_desk

MORE = """
version: "3.1"
nlu:
- intent: parcel
  examples: |
    - where is my parcel
    - where is my order
    - my parcel has not come
    - track my order
    - when will the parcel arrive
- intent: refund
  examples: |
    - i want my money back
    - refund my order
    - give the money back please
    - return the parcel for money
    - where's my order
- intent: lonely
  examples: |
    - something quite else
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_desk(tmp_path_factory.mktemp("lead") / "desk", DESK)
    settings = root / "config.yaml"
    if "severity:" not in settings.read_text("utf-8"):  # flows that go round for ever are what other tests want
        settings.write_text(settings.read_text("utf-8") + "severity: {PZ322: warning}\n", "utf-8")
    (root / "nlu" / "en").mkdir(parents=True)
    (root / "nlu" / "en" / "more.yml").write_text(MORE, "utf-8")
    return root


@pytest.fixture(autouse=True)
def aside(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRESSZERO_DATA", str(tmp_path_factory.getbasetemp() / "lead-data"))


def parsed(desk: Path, capsys: pytest.CaptureFixture[str], text: str, *more: str) -> dict[str, object]:
    assert run(["nlu", "parse", text, str(desk), "--format", "json", "--language", "en", *more]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_a_text_is_told_with_its_intent_and_how_sure(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["nlu", "parse", "where is my parcel", str(desk), "--language", "en"]) == 0
    assert capsys.readouterr().out.startswith("parcel  0.99  act")


def test_why_shows_what_was_mended_and_what_else_it_may_be(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["nlu", "parse", "цруку шы ьн зфксуд 12345", str(desk), "--why", "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "mended: цруку → where" in said
    assert "read: where is my parcel 12345  [en]" in said
    assert "refund" in said
    assert "digits: 12345" in said
    assert "priority: normal" in said
    decided = next(line for line in said.splitlines() if line.startswith("decided by (parcel): "))
    assert "parcel" in decided.partition(": ")[2]


def test_the_same_as_data(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = parsed(desk, capsys, "where is my parcel, call +44 20 7946 0958")
    assert found["intent"] == "parcel"
    assert {"kind": "phone", "value": "+442079460958", "start": 25, "end": 41} in found["values"]  # type: ignore[operator]


@pytest.mark.parametrize(
    "text",
    [
        " ",
        "🙂🙂🙂",
        "\u200b\u200d\ufeff",
        "'; DROP TABLE phrases; --",
        "<script>alert(1)</script>",
        "z̷̧̛͎͇͈͉͍͎̀̀a̸̡̛̪̠l̶̨̢g̵̛̱o̷̢",
        "where " * 2000,
        "wh\u200bere is m\u200dy par\ufeffcel",
    ],
)
def test_any_text_has_an_answer(desk: Path, capsys: pytest.CaptureFixture[str], text: str) -> None:
    found = parsed(desk, capsys, text)
    assert found["band"] in ("act", "offer", "none")
    if "par" in text:
        assert found["intent"] == "parcel", "what cannot be seen does not hide a word"


@pytest.mark.timeout(300)  # ten trainings, in processes of their own
def test_check_names_what_is_weak_alike_and_contradictory(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["nlu", "check", str(desk), "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "PZ404" in said
    assert "lonely" in said, "an intent with one phrase is named"
    assert "«where is my order» ~ " in said
    assert "Right: " in said
    assert "ECE" in said
    assert run(["nlu", "check", str(desk), "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert {"accuracy", "macro_f1", "ece", "reliability", "intents", "mixed", "astray", "twins", "findings"} <= set(
        data
    )
    assert data["intents"]["parcel"]["count"] == 5
    assert sum(row["texts"] for row in data["reliability"]) == sum(one["count"] for one in data["intents"].values())


def test_check_says_when_there_is_too_little(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = copy_desk(tmp_path / "desk", DESK)
    for flow in (root / "flows").glob("[a-z]*.yaml"):
        flow.write_text(flow.read_text("utf-8").replace("phrases:", "# phrases:"), "utf-8")
    (root / "nlu").mkdir(exist_ok=True)
    (root / "nlu" / "nothing.yml").write_text("", "utf-8")
    (root / "nlu" / "broken.yml").write_text('version: "3.1"\nnlu:\n- intent\n', "utf-8")
    assert run(["nlu", "check", str(root), "--lang", "en"]) == 1
    assert "PZ410" in capsys.readouterr().out


def test_words_are_named_as_typed_and_a_guess_that_is_hardly_one_is_not(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["nlu", "parse", "цруку шы ьн зфксуд", "--why", "--lang", "en", str(desk)]) == 0
    said = capsys.readouterr().out
    decided = next(line for line in said.splitlines() if line.startswith("decided by"))
    assert "зфксуд (parcel)" in decided
    assert run(["nlu", "parse", "qwertyuiop asdfghjkl", "--why", "--lang", "en", str(desk)]) == 0
    said = capsys.readouterr().out
    assert "No intent fits" in said
    assert "surer" not in said
    assert "mood: calm" in said


def test_what_would_make_it_surer_names_the_best_guess() -> None:
    def of(by: str, sure: float, other: float) -> str:
        return advised(Reason("bills", by, sure, (), "network", other), "en")

    assert "category/bills " in of("model", 0.4, 0.2)
    assert "category/network " in of("default", 0.0, 0.31)
    for nothing in (of("model", 0.29, 0.2), of("default", 0.0, 0.11)):
        assert nothing.startswith("No category fits")
    assert not of("model", 0.9, 0.05)

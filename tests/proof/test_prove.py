"""What `check --prove` says of the demo, and of a desk that loses somebody."""

from __future__ import annotations

import json
import random
import shutil
from functools import cache
from pathlib import Path

import pytest

from presszero.check.prove import prove
from presszero.cli import run as main
from tests.dialogue.sets import demo
from tests.proof.battery import Demo, Verdict
from tests.proof.mutants import Mutant, mutants

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = 6


@cache
def the_demo() -> Demo:
    return Demo()


def without(file: str, old: str, new: str) -> Mutant:
    """The demo with one thing written otherwise."""
    text = the_demo().files[file]
    assert old in text
    return Mutant("by hand", file, 0, old, text.replace(old, new, 1))


def test_the_demo_is_proved() -> None:
    proof = prove(demo())
    assert not proof.faults
    assert not proof.blurred
    assert proof.steps == sum(len(f.steps) for f in demo().flows.values())
    assert proof.waiting > 300


@pytest.mark.parametrize(
    ("file", "old", "new", "why"),
    [
        ("flows/slow_speed.yaml", "dont_know: advice", "dont_know: end", "end at slow_speed/contract"),
        ("flows/slow_speed.yaml", "    nothing: cable", "    nothing: end", "end at slow_speed/advice"),
        ("flows/ticket_status.yaml", "{step: number, max: 5, then: person}", "number", "round at"),
        (
            "flows/to_operator.yaml",
            "    nobody: {after: 5m, go: known}",
            "    nobody: {after: 5m, go: rated}",
            "end at",
        ),
        ("flows/_common.yaml", "give_up: {flow: to_operator}", "give_up: {flow: thanks}", "end at thanks"),
    ],
)
def test_what_loses_a_customer_is_shown(file: str, old: str, new: str, why: str) -> None:
    mutant = without(file, old, new)
    verdict = the_demo().refute(mutant, the_demo().load(mutant))
    assert verdict.kind == "shown"
    assert why in verdict.why


def test_each_safety_taken_away_is_refused_or_shown() -> None:
    chosen = random.Random(7).sample([*mutants(the_demo().files)], SAMPLE)
    verdicts = [the_demo().judge(m) for m in chosen]
    assert len(verdicts) == SAMPLE
    assert not [str(v.mutant) for v in verdicts if not harmless(v) and v.kind not in {"refused", "shown"}]


def harmless(verdict: Verdict) -> bool:
    """An unknown thing that goes where a broken service goes; a counter on a jump that comes back nowhere."""
    mutant = verdict.mutant
    return verdict.kind == "survived" and (
        mutant.operator == "exit not_found" or str(mutant).startswith("counter: flows/contract_copy.yaml")
    )


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    for name in ("flows", "handoff", "nlu", "kb"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "config.yaml", tmp_path / "config.yaml")
    (tmp_path / "tests" / "dialogues").mkdir(parents=True)
    return tmp_path


def test_the_command_proves(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(ROOT), "--prove", "--lang", "en"]) == 0
    assert "Proved: " in capsys.readouterr().out
    assert main(["check", str(ROOT), "--prove", "--lang", "ru"]) == 0
    assert "Доказано: " in capsys.readouterr().out
    assert main(["check", str(ROOT), "--prove", "--format", "json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["proof"]["proved"] is True
    assert said["proof"]["states"] > 1000


def test_what_breaks_it_reads_as_a_dialogue_and_is_saved_as_a_test(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    flow = desk / "flows" / "slow_speed.yaml"
    flow.write_text(flow.read_text("utf-8").replace("dont_know: advice", "dont_know: end"), "utf-8")
    saved = desk / "tests" / "dialogues" / "broken.yaml"
    assert main(["check", str(desk), "--prove", "--lang", "en", "--save", str(saved)]) == 1
    said = capsys.readouterr().out
    assert "flows/slow_speed.yaml:19:16  PZ341" in said
    assert "> [I don't know]" in said
    assert "✗ neither a person nor a ticket" in said
    assert "reached: person_or_ticket" in saved.read_text("utf-8")
    assert main(["check", str(desk), "--prove", "--save", str(saved)]) != 0
    assert "already" in capsys.readouterr().err


def test_the_proof_waits_for_the_rules(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    flow = desk / "flows" / "slow_speed.yaml"
    flow.write_text(flow.read_text("utf-8").replace("    failed: silent\n", ""), "utf-8")
    assert main(["check", str(desk), "--prove", "--lang", "en"]) == 1
    told = capsys.readouterr()
    assert "PZ303" in told.out
    assert "waits" in told.err

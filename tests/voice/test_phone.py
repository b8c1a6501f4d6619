"""The telephone: what is read aloud, what keys do, what silence does; through the real runtime on a clock that stands."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from presszero.cli import run
from presszero.dialogue.flow import Ask, Menu
from presszero.dialogue.text import render
from presszero.dialogue.voice import speakable, spoken
from tests.dialogue.sets import demo

ROOT = Path(__file__).resolve().parents[2]
NOT_SPOKEN = re.compile(r"://|www\.|[\U0001F300-\U0001FAFF\u2600-\u27BF]")


def words(key: str, values: dict[str, str]) -> str:
    return demo().words[key].render("en", values)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Hello 👋, how are you?", "Hello, how are you?"),
        ("Look here: https://example.org/a?b=1.", "Look here."),
        ("Done ✅", "Done"),
        ("Write to a@example.org", "Write to a@example.org"),
        ("№5, 20 %", "№5, 20 %"),
        ("", ""),
    ],
)
def test_links_and_signs_are_not_read_aloud(text: str, said: str) -> None:
    assert speakable(text) == said


def test_keys_are_read_in_order_and_the_operator_last() -> None:
    keys = [("Call a person", "0"), ("Yes 🙂", "1"), ("No", "2"), ("Skip", "#"), ("Tenth", "10"), ("Nothing", "")]
    assert spoken("Well?", keys, words) == (
        "Well? Yes: press 1. No: press 2. Skip: press hash. Call a person: press 0."
    )


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_every_question_of_the_demo_can_be_read_aloud(lang: str) -> None:
    looked = 0
    for flow in demo().flows.values():
        for verb in flow.steps.values():
            if not isinstance(verb, Menu | Ask):
                continue
            looked += 1
            said = spoken(render(verb.text.template(lang, "voice"), lang, {}), [], words)
            assert said
            assert not NOT_SPOKEN.search(said)
            if isinstance(verb, Menu):
                assert len(verb.options) < 10
    assert looked > 60


def phone(lines: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What a telephone says to these keys and words."""
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines) + "\n"))
    assert run(["chat", str(ROOT), "--channel", "voice", "--lang", "en"]) == 0
    return capsys.readouterr().out.splitlines()


def test_a_call_by_keys(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    said = phone(["1", "#", "2", "2", "*", "0"], monkeypatch, capsys)
    assert said[0] == "Hello, this is Northern Lights."
    assert "No internet: press 1." in said[1]
    assert said[2] == "Key in your contract number, then hash. I don't know: press hash."
    assert any(line.startswith("Did this help? Yes: press 1. No: press 2.") for line in said)
    assert "Which lights" in " ".join(said)
    assert said[-1].startswith("Calling a person.")


def test_silence_asks_again_and_then_calls_a_person(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = phone(["1", "/wait 5s", "/wait 2s", "/wait 7s", "/wait 7s", "/wait 7s"], monkeypatch, capsys)
    question = "Key in your contract number, then hash. I don't know: press hash."
    assert said.count(question) == 2
    assert said[3:5] == ["I am here when you are ready.", question]
    assert said[-1].startswith("Calling a person.")


def test_words_are_heard_too(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    said = phone(["my internet is down", "/why", "talk to a human please"], monkeypatch, capsys)
    assert any("Key in your contract number" in line for line in said)
    assert any(line.startswith("intent no_connection") for line in said)
    assert said[-1].startswith("Calling a person.")

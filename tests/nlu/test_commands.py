"""`presszero nlu` as a support lead calls it: what it prints, and what it says to files that cannot be used."""

import json
from pathlib import Path

import pytest

from presszero.cli import run

TRAIN = {
    "pay": ["how do i pay my bill", "pay the bill", "where can i pay", "paying by card", "i want to pay", "pay online"],
    "down": [
        "internet is down",
        "no internet",
        "the connection is gone",
        "wifi is dead",
        "nothing loads",
        "it is down",
    ],
    "move": [
        "i am moving house",
        "change my address",
        "new flat",
        "moving to another city",
        "i move",
        "transfer address",
    ],
}
TEST = [("can i pay here", "pay"), ("the internet is dead", "down"), ("i move to a new flat", "move")]


def lines(path: Path, rows: list[tuple[str, str]]) -> str:
    path.write_text("\n".join(json.dumps({"text": text, "intent": intent}) for text, intent in rows), "utf-8")
    return str(path)


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    train = lines(tmp_path / "train.jsonl", [(text, name) for name, texts in TRAIN.items() for text in texts])
    return ["nlu", "evaluate", "--train", train, "--test", lines(tmp_path / "test.jsonl", TEST), "--language", "en"]


def evaluated(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    assert run([*arguments, "--format", "json"]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_evaluate_prints_every_figure_by_its_name(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    found = evaluated(files, capsys)
    assert found["accuracy"] == 1.0
    assert found["macro_f1"] == 1.0
    names = {"accuracy", "macro_f1", "train_cpu_s", "parse_p50_ms", "parse_p99_ms", "peak_rss_mb", "ece"}
    assert names <= set(found)
    assert "oos_recall" not in found


def test_strangers_in_the_test_have_figures_of_their_own(
    files: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    strange = [("what is the capital of peru", "oos"), ("play some music", "oos")]
    files[5] = lines(tmp_path / "strange.jsonl", [*TEST, *strange])
    found = evaluated(files, capsys)
    assert found["accuracy"] == 1.0, "strangers are no part of it"
    assert found["oos_auroc"] == 1.0
    assert {"oos_recall", "oos_precision", "in_scope_accuracy"} <= set(found)
    checked = lines(tmp_path / "validation.jsonl", [*TEST, *strange])
    found = evaluated([*files, "--validation", checked], capsys)
    assert (found["oos_recall"], found["oos_precision"], found["in_scope_accuracy"]) == (1.0, 1.0, 1.0)


def test_an_intent_that_was_not_trained_is_named(
    files: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files[5] = lines(tmp_path / "more.jsonl", [*TEST, ("paint my house", "painting")])
    assert run([*files, "--lang", "en", "--format", "json"]) == 0
    said = capsys.readouterr()
    assert "always wrong: painting." in said.err
    assert json.loads(said.out)["untrained"] == ["painting"]


def test_a_rasa_file_trains_as_well(files: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = 'version: "3.1"\nnlu:\n'
    for name, texts in TRAIN.items():
        text += f"- intent: {name}\n  examples: |\n" + "".join(f"    - {one}\n" for one in texts)
    (tmp_path / "nlu.yml").write_text(text, "utf-8")
    files[3] = str(tmp_path / "nlu.yml")
    assert evaluated(files, capsys)["accuracy"] == 1.0


def test_noise_is_mended(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluated([*files, "--noise", "layout"], capsys)["accuracy"] == 1.0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"text": "a"}', "PZ412"),
        ("not json", "PZ412"),
        ('{"text": 5, "intent": "a"}', "PZ412"),
        ("", "at least two intents"),
        ('{"text": "only one", "intent": "a"}', "at least two intents"),
    ],
)
def test_a_file_that_cannot_be_used(
    files: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, said: str
) -> None:
    (tmp_path / "train.jsonl").write_text(text, "utf-8")
    assert run([*files, "--lang", "en"]) == 2
    assert said in capsys.readouterr().err


def test_a_file_that_is_not_there(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    files[3] = "/nowhere.jsonl"
    assert run([*files, "--lang", "en"]) == 2
    assert "is not a file" in capsys.readouterr().err

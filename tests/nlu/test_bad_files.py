"""Phrases that teach badly: an answer or a clear finding, and a bounded time."""

import json
from collections import Counter
from datetime import UTC, datetime

import pytest

from presszero.cli import run
from presszero.errors import ConfigError, ContentError, Place
from presszero.nlu import read
from presszero.nlu.evaluate import evaluate, rows
from presszero.nlu.examine import examine
from presszero.nlu.phrases import Phrase, Phrases, finished
from presszero.nlu.train import fit
from presszero.nlu.understand import Understanding
from tests.running import DESK, copy_desk

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)


def understood(found):
    """The understanding of phrases, trained here rather than in a process of its own."""
    pairs = found.pairs(categories=False)
    model = fit([text for text, _ in pairs], [name for _, name in pairs]) if pairs else None
    return Understanding(found.vocabulary(), model, None)


def codes(found):
    return {finding.code for finding in found.findings}


def test_one_phrase_an_intent_is_a_finding_and_is_understood_as_it_stands(write):
    found = read(
        write(
            en__a='version: "3.1"\nnlu:\n- intent: a\n  examples: "- pay the bill"\n- intent: b\n  examples: "- no internet"\n'
        )
    )
    assert codes(found) == {"PZ404"}
    assert examine(found) is None
    desk = understood(found)
    assert desk.parse("pay the bill", "en", NOW).intent == "a"
    assert desk.parse("zzzz qqqq", "en", NOW).band != "act"


def test_a_phrase_of_two_intents_is_a_finding_and_nobody_is_sure_of_it(write):
    text = "".join(f"- intent: {name}\n  examples: |\n    - the same words\n    - only {name}\n" for name in "abc")
    found = read(write(en__a='version: "3.1"\nnlu:\n' + text))
    assert [f.code for f in found.findings].count("PZ405") == 2
    parse = understood(found).parse("the same words", "en", NOW)
    assert parse.band != "act"


def test_phrases_without_one_letter(write):
    found = read(
        write(
            en__a='version: "3.1"\nnlu:\n- intent: a\n  examples: |\n    - 🙂🙂\n    - "!!!"\n- intent: b\n  examples: ""\n'
        )
    )
    assert "PZ403" in codes(found)
    assert understood(found).parse("🙂", "en", NOW).intent is None


def test_too_many_phrases_are_a_finding_and_every_intent_keeps_its_share():
    place = Place("nlu/x.yml")
    many = [Phrase(f"phrase {n}", "big" if n % 5 else "small", "en", place) for n in range(60_000)]
    many += [Phrase(f"other {n}", "tiny", "en", place) for n in range(10)]
    found = finished(Phrases(trained=many), ())
    assert codes(found) == {"PZ413"}
    counts = Counter(name for _, name in found.pairs(categories=False))
    assert counts == {"big": 9_995, "small": 9_995, "tiny": 10}
    one_each = Phrases(trained=[Phrase("x", str(n), "en", place) for n in range(25_000)])
    assert len(one_each.pairs(categories=False)) == 20_000


STRANGE = [
    ("эмодзи 🙂🙂", "a"),
    ("z̷̧̛͎͇̀̀a̸̡̛̪l̶̨̢g̵̛̱o̷̢ text", "a"),
    ("ze\u200bro wi\u200ddth", "a"),
    ("<script>alert(1)</script>", "b"),
    ("'; DROP TABLE phrases; --", "b"),
    ("смешаный text из two scripts", "b"),
    ("x" * 10_000, "c"),
    ("слово " * 1_600, "c"),
    ("нет \x00 связи", "c"),
]


def test_strange_phrases_train_and_are_parsed(tmp_path):
    lines = "\n".join(json.dumps({"text": t, "intent": i}) for t, i in STRANGE * 4)
    (tmp_path / "all.jsonl").write_text(lines, "utf-8")
    asked = [*STRANGE, ("an intent that was not trained", "other")]
    (tmp_path / "asked.jsonl").write_text("\n".join(json.dumps({"text": t, "intent": i}) for t, i in asked), "utf-8")
    report = evaluate(tmp_path / "all.jsonl", tmp_path / "asked.jsonl", validation=None, lang="en", noise="")
    data = report.as_data()
    assert data["texts"] == len(asked)
    assert data["intents"]["other"] == {"f1": 0.0, "count": 1}
    assert data["accuracy"] > 0.8


@pytest.mark.parametrize(
    "line",
    [
        '{"text": "a", "intent": "b"',
        "[]",
        "5",
        '"text"',
        '{"intent": "b"}',
        "\x00",
        "{}",
        '{"text": null, "intent": "a"}',
    ],
)
def test_a_broken_line_is_named_by_its_place(tmp_path, line):
    good = json.dumps({"text": "a", "intent": "b", "more": 1})
    (tmp_path / "x.jsonl").write_text(f"{good}\n{line}\n\n{line}\n{good}\n", "utf-8")
    with pytest.raises(ContentError) as raised:
        rows(tmp_path / "x.jsonl", "en")
    assert [(f.code, f.place.line) for f in raised.value.findings] == [("PZ412", 2), ("PZ412", 4)]


def test_a_folder_and_an_empty_file_are_no_phrases(tmp_path):
    (tmp_path / "empty.jsonl").write_text("", "utf-8")
    (tmp_path / "empty.yml").write_text("", "utf-8")
    with pytest.raises(ConfigError):
        rows(tmp_path, "en")
    for name in ("empty.jsonl", "empty.yml"):
        with pytest.raises(ConfigError):
            evaluate(tmp_path / name, tmp_path / name, validation=None, lang="en", noise="")


def entry(name, phrases):
    return f"- intent: {name}\n  examples: |\n" + "".join(f"    - {phrase}\n" for phrase in phrases)


MANY = ["where is my parcel", "track my order", "it has not come", "when will it arrive", "order status please"]
HEAD = 'version: "3.1"\nnlu:\n'


@pytest.fixture
def parse(tmp_path, monkeypatch, capsys):
    """`presszero nlu parse` of a desk with a file of phrases: its exit code, what it prints, and what it says beside."""
    monkeypatch.setenv("PRESSZERO_DATA", str(tmp_path / "data"))
    root = copy_desk(tmp_path / "desk", DESK)
    (root / "nlu" / "en").mkdir(parents=True)

    def called(phrases, text="where is my parcel"):
        (root / "nlu" / "en" / "x.yml").write_text(phrases, "utf-8")
        code = run(["nlu", "parse", text, str(root), "--lang", "en", "--why"])
        return code, *capsys.readouterr()

    return called


@pytest.mark.parametrize(
    ("phrases", "code"),
    [
        (HEAD + entry("a", [*MANY, "pay"]) + entry("b", ["where is my parcel"]), "PZ405"),
        (HEAD + entry("a", ()), "PZ403"),
        (HEAD + entry("a", ["word " * 2_000]), "PZ409"),
        (HEAD + "- intent\n", "PZ410"),
    ],
)
def test_the_command_says_what_is_wrong_and_trains_nothing(parse, phrases, code):
    number, said, beside = parse(phrases)
    assert number == 2
    assert code in beside
    assert not said
    assert "Learning" not in beside


def test_the_command_says_that_it_learns_and_does_so_once(parse):
    strange = ["🙂🙂", "z̷̧̛a̸l̶g̵o̷ text", "ze\u200bro", "<script>alert(1)</script>", "'; DROP TABLE phrases; --"]
    phrases = HEAD + entry("parcel", MANY) + entry("lonely", ["quite else"]) + entry("odd", strange)
    number, said, beside = parse(phrases)
    assert number == 0
    assert said.startswith("parcel ")
    assert "Learning from " in beside
    for text in ("🙂🙂", "слово " * 1_700, "wh\u200bere is my p\u200darcel", ""):
        number, said, beside = parse(phrases, text)
        assert number == 0
        assert "mood: " in said
        assert "Learning" not in beside

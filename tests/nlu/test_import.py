"""`presszero nlu import`: phrases of nlp.js, Dialogflow and tables become files of the desk; what cannot be read is told."""

import json
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from presszero import nlu
from presszero.cli import run
from presszero.nlu.importing import propose

CORPUS = {
    "name": "Shop",
    "locale": "en-US",
    "entities": {"city": {"options": {"london": ["London", "london town"]}}},
    "data": [
        {"intent": "delivery.when", "utterances": ["when will it come", "deliver to @city", "When will it come?"]},
        {"intent": "thanks", "utterances": ["thanks [a lot] (really)", "|||", 5], "answers": ["any time"]},
        {"intent": "no utterances"},
    ],
}


def es(text):
    return [{"id": "1", "data": [{"text": text, "userDefined": False}, {"text": " now", "alias": "when"}], "count": 0}]


DIALOGFLOW = {
    "agent.json": {"language": "en"},
    "intents/Pay the bill.json": {"name": "Pay the bill"},
    "intents/Pay the bill_usersays_en.json": es("how do I pay"),
    "intents/Pay the bill_usersays_ru.json": es("как оплатить"),
    "intents/Pay the bill_usersays_de.json": es("wie zahle ich"),
    "intents/move/trainingPhrases/en.json": {"trainingPhrases": [{"parts": [{"text": "I am "}, {"text": "moving"}]}]},
    "entities/city_entries_en.json": [{"value": "London", "synonyms": ["London"]}],
}


def archive(path, files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(name, data if isinstance(data, (str, bytes)) else json.dumps(data))
    return path


def brought(path, lang=""):
    made, lost = propose(path, ("ru", "en"), lang)
    return {each.name: each for each in made}, lost


def intents(each, tmp_path):
    """What our own reader makes of a file."""
    path = tmp_path / "read" / each.name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(each.text, "utf-8")
    found = nlu.read(tmp_path / "read")
    assert not [f for f in found.findings if f.severity == "error"], found.findings
    by = {}
    for phrase in found.trained:
        by.setdefault(phrase.intent, []).append(phrase.text)
    return by


def test_a_corpus_of_nlp_js(tmp_path):
    (tmp_path / "corpus-en.json").write_text(json.dumps(CORPUS), "utf-8")
    made, lost = brought(tmp_path / "corpus-en.json")
    assert list(made) == ["nlu/en/corpus-en.yml"]
    assert intents(made["nlu/en/corpus-en.yml"], tmp_path) == {
        "delivery.when": ["when will it come", "deliver to London"],
        "thanks": ["thanks a lot really"],
    }
    assert [one.where for one in lost] == ["corpus-en.json:data[3]"]


@pytest.mark.parametrize("packed", [True, False])
def test_an_export_of_dialogflow(tmp_path, packed):
    source = archive(tmp_path / "Agent 1.zip", DIALOGFLOW)
    if not packed:
        with zipfile.ZipFile(source) as files:
            files.extractall(tmp_path / "Agent 1")
        source = tmp_path / "Agent 1"
    made, lost = brought(source)
    assert list(made) == ["nlu/en/agent-1.yml", "nlu/ru/agent-1.yml"]
    assert intents(made["nlu/en/agent-1.yml"], tmp_path) == {
        "Pay_the_bill": ["how do I pay now"],
        "move": ["I am moving"],
    }
    assert [(one.where, one.en) for one in lost] == [("de", "phrases in no language of the desk: 1")]


@pytest.mark.parametrize("comma", [",", ";", "\t"])
def test_a_table(tmp_path, comma):
    rows = [
        ["Текст", "Намерение", "язык"],
        ["где заказ", "order", "ru"],
        ['"where is, my order"' if comma == "," else "where is my order", "order", "en"],
        ["", "", ""],
        ["без намерения", "", ""],
        ["как платить", "pay", ""],
    ]
    (tmp_path / "phrases.csv").write_text("\n".join(comma.join(row) for row in rows), "utf-8-sig")
    made, lost = brought(tmp_path / "phrases.csv")
    assert intents(made["nlu/ru/phrases.yml"], tmp_path) == {"order": ["где заказ"], "pay": ["как платить"]}
    assert made["nlu/en/phrases.yml"].phrases == 1
    assert [one.where for one in lost] == ["phrases.csv:5"]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.json", b"{", "no JSON"),
        ("a.json", b"\xff\xfe", "no JSON"),
        ("a.json", b"[" * 100_000, "no JSON"),
        ("a.json", b"[]", "no corpus of nlp.js"),
        ("a.json", b'{"data": 5}', "no corpus of nlp.js"),
        ("a.json", b'{"data": [5, {"intent": 5, "utterances": []}]}', "no intent and utterances"),
        ("a.csv", bytes(range(256)) * 8, "no text"),
        ("a.csv", b"a,b\n1,2\n", "the heading needs"),
        ("a.csv", b"", "the heading needs"),
        ("a.docx", b"x", "no such file is read"),
        ("a.zip", b"PK\x03\x04", "no such file is read"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path, name, data, said):
    (tmp_path / name).write_bytes(data)
    made, lost = brought(tmp_path / name)
    assert not made
    assert said in lost[0].en
    assert lost[0].ru != lost[0].en


@pytest.mark.parametrize("encoding", ["cp1251", "utf-16"])
def test_a_table_of_an_old_program_is_read(tmp_path, encoding):
    text = "текст;намерение\nгде мой заказ;order\nкогда привезут заказ;order\n"
    (tmp_path / "a.csv").write_bytes(text.encode(encoding))
    made, lost = brought(tmp_path / "a.csv")
    assert "где мой заказ" in made["nlu/ru/a.yml"].text
    assert [one.en for one in lost] == (["no UTF-8: read as Windows-1251"] if encoding == "cp1251" else [])


def test_hostile_archives(tmp_path):
    made, lost = brought(archive(tmp_path / "other.zip", {"readme.json": {}}))
    assert not made
    assert "no export of Dialogflow" in lost[0].en
    bad = {
        "../../intents/evil_usersays_en.json": es("up and away"),
        "intents/deep_usersays_en.json": "[" * 100_000,
        "intents/odd_usersays_en.json": [5, {"data": 5}, {"data": [5, {"text": 7}]}],
        "intents/zhuge_usersays_en.json": b" " * (65 << 20),
    }
    made, lost = brought(archive(tmp_path / "bad.zip", bad))
    assert list(made) == ["nlu/en/bad.yml"], "a name in an archive is no path of ours"
    told = " ".join(one.en for one in lost)
    assert "no JSON" in told
    assert "no phrase" in told
    assert "over 64 MB" in told


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(min_size=1, max_size=80), intent=st.text(min_size=1, max_size=20))
def test_whatever_is_brought_our_reader_reads(tmp_path, text, intent):
    data = {"locale": "en", "data": [{"intent": intent, "utterances": [text, "plain words"]}]}
    (tmp_path / "c.json").write_text(json.dumps(data), "utf-8")
    made, _ = brought(tmp_path / "c.json")
    for each in made.values():
        found = [phrase for said in intents(each, tmp_path).values() for phrase in said]
        assert len(found) == each.phrases


@pytest.fixture
def desk(tmp_path):
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "config.yaml").write_text("name: {ru: С, en: N}\nlanguages: [ru, en]\nzone: UTC\n", "utf-8")
    (tmp_path / "corpus.json").write_text(json.dumps(CORPUS), "utf-8")
    return tmp_path / "desk"


def called(desk, capsys, *more, lang="en"):
    code = run(["nlu", "import", str(desk.parent / "corpus.json"), str(desk), "--lang", lang, *more])
    return code, capsys.readouterr()


def test_the_command_shows_writes_and_keeps_what_is_there(desk, capsys):
    path = desk / "nlu/en/corpus.yml"
    code, said = called(desk, capsys, "--dry-run")
    assert (code, path.exists()) == (0, False)
    assert "+ nlu/en/corpus.yml: 3 phrases, 2 intents" in said.out
    assert "corpus.json:data[3]: no intent and utterances" in said.err
    assert called(desk, capsys)[0] == 0
    assert "delivery.when" in path.read_text("utf-8")
    assert "= nlu/en/corpus.yml" in called(desk, capsys)[1].out
    path.write_text("mine", "utf-8")
    assert "уже есть с другим текстом" in called(desk, capsys, lang="ru")[1].out
    assert path.read_text("utf-8") == "mine"
    assert "+ nlu/en/corpus.yml" in called(desk, capsys, "--yes")[1].out
    assert path.read_text("utf-8") != "mine"


def test_the_command_on_nothing(desk, capsys):
    (desk.parent / "corpus.json").write_text("{}", "utf-8")
    assert called(desk, capsys)[0] == 1
    (desk.parent / "corpus.json").unlink()
    code, said = called(desk, capsys)
    assert code == 2
    assert "There is no" in said.err


def test_a_file_does_not_leave_the_desk(desk, capsys):
    (desk.parent / "outside").mkdir()
    (desk / "nlu").mkdir()
    (desk / "nlu" / "en").symlink_to(desk.parent / "outside")
    code, said = called(desk, capsys)
    assert code == 2
    assert "outside the desk" in said.err
    assert not list((desk.parent / "outside").iterdir())

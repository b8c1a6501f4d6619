import logging
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from presszero.errors import BugError
from presszero.nlu import FlowPhrase, Understanding, load, model

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
FLOW = [
    FlowPhrase(name, "ru", text)
    for name, texts in {
        "down": ["нет интернета", "не работает интернет", "пропала связь", "сеть лежит", "страницы не грузятся"],
        "pay": ["как оплатить", "где заплатить", "оплата картой", "внести деньги", "пополнить счёт"],
        "category/network": ["нет линка", "обрыв линии", "нет связи весь день", "не грузит", "сеть упала"],
        "category/billing": [
            "списали дважды",
            "платёж не дошёл",
            "верните деньги",
            "неверный счёт",
            "двойное списание",
        ],
    }.items()
    for text in texts
]


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models")
    load(folder, FLOW, folder)
    return folder


def files(folder: Path):
    return {path.name: path.stat().st_mtime_ns for path in folder.glob("*.npz")}


def test_understands_from_flows_alone(cache):
    desk = load(cache, FLOW, cache)
    assert desk.intents == ("down", "pay")
    assert desk.parse("нет интернета", "ru", NOW).intent == "down"
    assert desk.classify("двойное списание", "ru")[0].intent == "billing"


def test_nothing_is_trained_twice(cache):
    before = files(cache)
    assert len(before) == 2
    load(cache, list(reversed(FLOW)), cache)
    assert files(cache) == before


def test_a_broken_cache_is_trained_anew(cache, tmp_path, caplog):
    for path in cache.glob("*.npz"):
        (tmp_path / path.name).write_bytes(path.read_bytes()[:100])
    with caplog.at_level(logging.WARNING):
        desk = load(tmp_path, FLOW, tmp_path)
    assert len([line for line in caplog.messages if "cannot be read" in line]) == len(caplog.messages) == 2
    assert desk.parse("как оплатить", "ru", NOW).intent == "pay"
    assert not [path for path in tmp_path.iterdir() if path.is_dir()]


def test_a_model_of_another_format_is_another_file(cache, monkeypatch):
    before = files(cache)
    assert all(name.endswith(f"-{model.FORMAT}.npz") for name in before)
    monkeypatch.setattr(model, "FORMAT", model.FORMAT - 2)  # a process whose files were replaced under it
    with pytest.raises(BugError, match="start it again"):
        load(cache, FLOW, cache)
    assert files(cache) == before


def test_the_server_never_imports_the_trainer(cache):
    code = (
        "import sys, pathlib; from presszero.nlu import FlowPhrase, load; from tests.nlu.test_load import FLOW, NOW;"
        f"p = pathlib.Path({str(cache)!r}); u = load(p, FLOW, p); assert u.parse('как оплатить', 'ru', NOW).intent == 'pay';"
        "sys.exit(any(name in sys.modules for name in ('sklearn', 'scipy', 'pandas')))"
    )
    root = Path(__file__).parents[2]
    path = f"{root / 'bot'}:{root}"
    done = subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": path}, check=False, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()


def test_reading_phrases_needs_no_numpy():
    code = "import sys; import presszero.nlu; sys.exit('numpy' in sys.modules)"
    env = {"PYTHONPATH": str(Path(__file__).parents[2] / "bot")}
    assert subprocess.run([sys.executable, "-c", code], env=env, check=False).returncode == 0


def test_a_desk_without_phrases_still_reads_values_and_mends():
    parse = Understanding.empty().parse("ghbdtn, vjq yjvth 123456", "ru", NOW)
    assert parse.text == "привет, мой номер 123456"
    assert (parse.lang, parse.band, parse.intent, parse.ranking) == ("ru", "none", None, ())
    assert ("digits", "123456") in {(v.kind, v.value) for v in parse.values}
    assert parse.repairs == (("ghbdtn", "привет"), ("vjq", "мой"), ("yjvth", "номер"))
    assert Understanding.empty().classify("нет интернета", "ru") == ()


def test_an_empty_desk_loads(tmp_path):
    assert load(tmp_path, (), tmp_path / "cache").intents == ()
    assert not (tmp_path / "cache").exists()

"""The page of each code: its wrong example gives this very code at its line, its right one gives nothing."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from presszero import desk
from presszero.check import paths
from presszero.check.declared import undeclared
from presszero.check.dialogues import play_all
from presszero.check.script import load as load_scripts
from presszero.cli import proving
from presszero.diagnostics import rules
from presszero.errors import ContentError, Finding
from presszero.kb.evaluate import Query, _rows
from presszero.kb.importing import propose
from presszero.kb.importing import read as bring
from presszero.kb.load import load
from presszero.kb.review import review
from presszero.nlu.evaluate import rows
from presszero.publishing.plan import plan
from presszero.store.shelf import Standing

ROOT = Path(__file__).resolve().parents[2]
ENV = {
    "SITE_SECRET": "a long and secret word of the site",
    "BOT_TOKEN": "1:a-token-of-a-bot-that-is-nowhere",
    "LLM_KEY": "a key of a model that is nowhere",
}


def _module(name: str) -> ModuleType:
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, ROOT / "docs" / f"{name}.py")
        assert spec
        assert spec.loader
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


EXAMPLES = _module("examples").examples()
APART = {"played", "published", "evaluated", "reviewed", "imported"}  # what needs more than the files of one desk


def _said(root: Path, flags: frozenset[str]) -> list[Finding]:
    found = desk.read(root, ENV)
    _, more = load_scripts(root)
    more += undeclared(root, found.flows.draft, found.handoff)
    if "tested" in flags:
        draft = found.flows.draft
        covered = {(name, step) for name, flow in draft.flows.items() for step in flow.steps if step != "never"}
        more += paths.tested(found.flows, covered)
    if "proved" in flags:
        more += [broken.finding for broken in proving.proved(found, "en")[1]]
    return sorted({*found.findings, *more})


@pytest.mark.parametrize("code", [code for code, one in EXAMPLES.items() if not one.flags & APART])
def test_examples_hold(code: str, tmp_path: Path) -> None:
    one = EXAMPLES[code]
    for good in (False, True):
        root = tmp_path / ("good" if good else "bad")
        _module("examples").desk(root, one, good=good)
        found = _said(root, one.flags)
        lines = [f.line() for f in found]
        if good:
            assert not found, lines
        else:
            assert {f.code for f in found} == {code}, lines
            assert (one.file(), one.line_of_file) in {(f.place.file, f.place.line) for f in found}, lines


@pytest.mark.parametrize("code", [code for code, one in EXAMPLES.items() if "published" in one.flags])
def test_examples_of_publishing_hold(code: str, tmp_path: Path) -> None:
    """Somebody stands on every step and has answered every question of what was published before."""
    one = EXAMPLES[code]
    before = tmp_path / "before"
    _module("examples").desk(before, replace(one, bad=one.before), good=False)
    old = desk.read(before, ENV)
    flow = old.flows.draft.flows["example"]
    standing = Standing({("example", step): 3 for step in flow.steps}, {("example", slot): 2 for slot in flow.slots}, 3)
    for good in (False, True):
        root = tmp_path / ("good" if good else "bad")
        _module("examples").desk(root, one, good=good)
        found = plan(1, "", (old, {}), (desk.read(root, ENV), {}), standing).findings
        assert [f.code for f in found] == ([] if good else [code])
        assert good or found[0].place.file == one.file()


async def test_the_example_of_a_dialogue_test_holds(tmp_path: Path) -> None:
    one = EXAMPLES["PZ803"]
    for good in (False, True):
        root = tmp_path / ("good" if good else "bad")
        _module("examples").desk(root, one, good=good)
        scripts, faults = load_scripts(root)
        assert not faults
        content = desk.content(desk.read(root, ENV), tmp_path / "models")
        failures = [played.failure for played in await play_all(scripts, content) if played.failure]
        assert [(f.code, f.place.line) for f in failures] == ([] if good else [("PZ803", one.line)])


@pytest.mark.parametrize("code", [code for code, one in EXAMPLES.items() if "evaluated" in one.flags])
def test_examples_of_measured_files_hold(code: str, tmp_path: Path) -> None:
    one = EXAMPLES[code]
    path = tmp_path / "lines.jsonl"
    readers: dict[str, Callable[[], object]] = {
        "PZ412": lambda: rows(path, "ru").trained,
        "PZ521": lambda: _rows(path, Query),
    }
    path.write_bytes(_module("examples").content(one, good=True))
    assert readers[code]()
    path.write_bytes(_module("examples").content(one, good=False))
    with pytest.raises(ContentError) as raised:
        readers[code]()
    assert [(f.code, f.place.line) for f in raised.value.findings] == [(code, one.line)]


@pytest.mark.parametrize("code", [code for code, one in EXAMPLES.items() if "reviewed" in one.flags])
def test_examples_of_reviewed_articles_hold(code: str, tmp_path: Path) -> None:
    one = EXAMPLES[code]
    for good in (False, True):
        root = tmp_path / ("good" if good else "bad")
        _module("examples").desk(root, one, good=good)
        if one.before:
            (root / "kb/ru/hours.md").write_text(one.before, encoding="utf-8")
        found = [f for f in review(load(root, ["ru", "en"], date(2026, 11, 23))[0]) if f.place.file == one.file()]
        assert [f.code for f in found] == ([] if good else [code])


@pytest.mark.parametrize("code", [code for code, one in EXAMPLES.items() if "imported" in one.flags])
def test_examples_of_imports_hold(code: str, tmp_path: Path) -> None:
    one = EXAMPLES[code]
    for good in (False, True):
        root = tmp_path / ("good" if good else "bad")
        source = root / one.file(good=good)
        source.parent.mkdir(parents=True)
        source.write_bytes(_module("examples").content(one, good=good))
        if one.before:
            there = root / "kb/ru/kak-platit.md"
            there.parent.mkdir(parents=True)
            there.write_text(one.before, encoding="utf-8")
        items, found = bring(source, ["ru", "en"])
        found += propose(root, items)[1]
        assert [(f.code, f.place.line) for f in found] == ([] if good else [(code, one.line)])


def test_every_code_has_an_example() -> None:
    assert list(EXAMPLES) == list(rules())
    assert len(EXAMPLES) > 180


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_pages_are_current(lang: str) -> None:
    folder = ROOT / "docs" / lang / "checks"
    made = _module("codes").pages(lang)
    assert {p.name for p in folder.glob("*.md")} == made.keys(), "python docs/codes.py"
    stale = [name for name, text in made.items() if (folder / name).read_text(encoding="utf-8") != text]
    assert not stale, "python docs/codes.py"
    assert all(len(one.why["en"]) > 20 and len(one.why["ru"]) > 20 for one in EXAMPLES.values())

"""Every page is played from top to bottom: files are saved where their first line says, commands are run, and the desk that
comes of it must check clean."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from presszero import config, desk, handoff
from presszero.channels.visitor import Tokens
from presszero.check.dialogues import play_all
from presszero.check.script import data, load_file
from presszero.check.script import load as load_scripts
from presszero.cli.parser import parser
from presszero.flows.steps import VERBS
from presszero.init import make
from presszero.source.read import read_text
from tests.docs.blocks import PAGES, ROOT, Block, blocks, framed, put

DESK = "mydesk"
KINDS = {"yaml", "markdown", "console", "json", "python", "html", "text", "nginx", "ini"}
QUICK = {"init", "check", "operator", "backup", "--help", "--version"}  # the others only have their words checked
TAKEN = {"publish", "rollback", "diff"}  # the first flow really is published and taken back
FILES = {"cp", "mv", "rm", "mkdir"}
# Nothing starts a flow that is only shown; a page shows an article in its own language; its review date will pass.
ALLOWED = {"PZ314", "PZ511", "PZ514"}
SECRET = "a secret of the site, long enough for HS256"
GUIDES = [path for path in PAGES if path.name in {"lead.md", "first-flow.md", "verbs.md", "recipes.md"}]
WITH_BLOCKS = [path for path in PAGES if blocks(path)]


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What was learnt, for all pages."""
    return tmp_path_factory.mktemp("models")


@pytest.mark.parametrize("path", WITH_BLOCKS, ids=lambda path: path.relative_to(PAGES[0].parent).as_posix())
def test_page_plays(path: Path, tmp_path: Path, models: Path) -> None:
    play = Played(path, tmp_path, models)
    for block in blocks(path):
        play.block(block)
    play.check()


class Played:
    """One page under way in a folder of its own."""

    def __init__(self, path: Path, folder: Path, models: Path) -> None:
        self.models = models
        self.folder = self.here = folder
        self.page = path.name
        self.lang = "ru" if path.parent.name == "ru" or path.name.endswith(".ru.md") else "en"
        self.saved: dict[str, Block] = {}
        self.apart: dict[str, Block] = {}  # settings are whole files: they are read beside the desk, not in it

    def block(self, block: Block) -> None:
        assert block.kind in KINDS, f"{block}: say what it is"
        match block.kind:
            case "yaml" | "markdown":
                self._file(block)
            case "console":
                self._console(block)
            case "json":
                json.loads(block.body)
            case "python":
                _python(block)
            case _:
                pass

    def _file(self, block: Block) -> None:
        if block.is_talk:
            return
        apart = block.file == "config.yaml" or block.file.startswith("handoff/")
        root = self.folder / ("apart" if apart else DESK)
        if not apart and not root.exists():
            make(root, ("ru", "en"))
        name = put(root, block)
        known = self.apart if apart else self.saved
        assert block.step or block.is_services or name not in known, f"{block}: {name} stood before"
        known[name] = block

    def _console(self, block: Block) -> None:
        said = ""
        for line in block.body.splitlines():
            if line.startswith("$ "):
                said = self._run(line[2:], block)
            elif line.strip():
                wanted = ".*".join(re.escape(part) for part in line.strip().split("…"))
                found = re.search(wanted, said)
                assert found, f"{block}: {line!r} was not said, but\n{said}"
                said = said[found.end() :]

    def _run(self, command: str, block: Block) -> str:
        words = shlex.split(command, comments=True)
        env = {k: v for k, v in os.environ.items() if not k.startswith("PRESSZERO")} | {"PRESSZERO_LANG": self.lang}
        while words and re.fullmatch(r"[A-Z_]+=.*", words[0]):
            name, _, value = words.pop(0).partition("=")
            env[name] = value
        if words[0] == "cd":
            self.here = self.here / words[1]
            assert self.here.is_dir(), str(block)
        if words[0] in FILES:
            assert not any(word.startswith("/") or ".." in word for word in words), str(block)
            subprocess.run(words, cwd=self.here, check=True)
        if words[0] != "presszero":
            return ""
        if words[1] not in (QUICK | TAKEN if self.page == "first-flow.md" else QUICK):
            parser().parse_args(words[1:])
            return ""
        done = subprocess.run(
            [sys.executable, "-m", "presszero", *words[1:]],
            cwd=self.here,
            env=env,
            input="a long password\n",
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, f"{block}: {command}\n{done.stdout}{done.stderr}"
        if words[1] == "init" and self.page == "first-flow.md":
            _unteach(self.here / DESK)  # publishing learns: few phrases, and once for both languages
            (self.here / DESK / "data").mkdir()
            (self.here / DESK / "data" / "models").symlink_to(self.models)
        return done.stdout + done.stderr

    def check(self) -> None:
        """What was saved is as good as what is shipped."""
        if self.saved:
            found = desk.read(self.folder / DESK, _everything_set())
            _, more = load_scripts(self.folder / DESK)
            wrong = [f for f in (*found.findings, *more) if f.place.file in self.saved and f.code not in ALLOWED]
            assert not wrong, "\n".join(f"{self.saved[f.place.file]}: {f.line()}" for f in wrong)
        if any(name.startswith("handoff/") for name in self.apart):
            _, wrong = handoff.load(self.folder / "apart", ("ru", "en"))
            assert not wrong, "\n".join(f.line() for f in wrong)
        if "config.yaml" in self.apart:
            _, wrong = config.load(self.folder / "apart", _everything_set())
            assert not wrong, "\n".join(f.line() for f in wrong)


class _everything_set(dict[str, str]):  # noqa: N801 - reads as a value
    def get(self, key: str, default: str | None = None) -> str:  # type: ignore[override]
        return "https://desk.example" if key.endswith("URL") else SECRET


def _python(block: Block) -> None:
    names: dict[str, object] = {"__name__": "shown"}
    exec(compile(block.body, str(block), "exec"), names)  # our own page
    sign = names.get("identity_token")
    if callable(sign):
        token = sign("42", SECRET, name="Marina", contract="555666")
        visitor = Tokens(b"0" * 32, SECRET).identity(token)
        assert visitor.identity == "site:42"
        assert visitor.facts == {"name": "Marina", "contract": "555666"}


async def test_dialogues_of_the_guides_go_as_written(tmp_path: Path, models: Path) -> None:
    """Played like `presszero test`; only the phrases of flows are trained, which takes seconds instead of half a minute."""
    root = _untrained(tmp_path)
    for page in GUIDES:
        for block in blocks(page):
            if block.file.startswith("tests/"):
                path = root / block.file.replace("dialogues/", f"dialogues/{block.lang}_")
                path.write_text(block.body, encoding="utf-8")
            elif block.lang == "en" and (block.file.startswith("flows/") or block.is_services):
                put(root, block)  # a page and its twin show the same flows
    found = desk.read(root, {})
    scripts, faults = load_scripts(root)
    assert not faults
    assert len(scripts) > 30
    played = await play_all(scripts, desk.content(found, models))
    assert not [(p.failure.line(), p.log) for p in played if p.failure]


async def test_examples_of_steps_do_what_their_tests_say(tmp_path: Path, models: Path) -> None:
    """Each example is the home of a desk of its own: a chat that opens stands at its first step."""
    root = _untrained(tmp_path)
    shown: list[tuple[Block, Block]] = []
    for page in GUIDES:
        steps = None
        for block in blocks(page):
            steps = block if block.is_steps else steps
            if block.is_talk:
                assert steps, f"{block}: no steps before it"
                shown.append((steps, block))
                if block.lang == "en":
                    put(root, steps)
    assert len(shown) >= 2 * len(VERBS)
    whole = desk.content(desk.read(root, {}), models)
    wrong = []
    homes = {steps.body: steps for steps, _ in shown if steps.lang == "en"}
    for steps, talk in shown:
        home = Path(framed(homes[steps.body])[0]).stem
        common = msgspec.structs.replace(whole.flows.common, home=home)
        one = replace(whole, flows=msgspec.structs.replace(whole.flows, common=common))
        path = tmp_path / "one.yaml"
        body = "".join(f"    {line}\n" for line in talk.body.splitlines())
        path.write_text(f"tests:\n  - name: {talk}\n    lang: {talk.lang}\n{body}", encoding="utf-8")
        scripts, faults = load_file(path)
        assert not faults, f"{talk}: {faults}"
        played = await play_all(scripts, one)
        wrong += [(str(talk), p.failure.line(), p.log) for p in played if p.failure]
    assert not wrong


def _untrained(folder: Path) -> Path:
    """A new desk without phrases and tests of its own."""
    root = folder / DESK
    make(root, ("ru", "en"))
    _unteach(root)
    for old in (root / "tests").rglob("*.yaml"):
        old.unlink()
    return root


def _unteach(root: Path) -> None:
    for old in (root / "nlu").rglob("*.yml"):
        old.unlink()


@pytest.mark.parametrize("name", sorted({path.name for path in GUIDES}))
def test_guides_show_the_same_files(name: str) -> None:
    """A page and its twin differ in words, not in what the reader gets."""
    shown = [[_plain(b) for b in blocks(page) if b.kind == "yaml"] for page in GUIDES if page.name == name]
    assert len(shown) == 2
    assert shown[0]
    assert shown[0] == shown[1]


def _plain(block: Block) -> object:
    """What the block says without its comments; phrases and tests speak the page's own language."""
    if block.file.startswith(("nlu/", "tests/")) or block.is_talk:
        return "in the page's own language"
    return data(read_text(block.body, str(block)))


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_there_are_ten_recipes_each_with_its_test(lang: str) -> None:
    shown = blocks(ROOT / "docs" / lang / "recipes.md")
    flows = [Path(b.file).stem for b in shown if b.file.startswith("flows/") and not b.step]
    assert len(flows) == 10
    assert [Path(b.file).stem for b in shown if b.file.startswith("tests/")] == flows


def test_enough_was_collected() -> None:
    found = Counter(block.kind for path in PAGES for block in blocks(path))
    assert found["yaml"] > 30
    assert found["console"] > 10
    assert found["json"] >= 4
    assert found["python"] >= 2

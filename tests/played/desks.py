"""The small desk of tests/dialogue with dialogue tests of its own."""

from __future__ import annotations

import asyncio
import os
import shutil
from pathlib import Path

from presszero import desk
from presszero.check.dialogues import Round, play_round
from presszero.check.script import load
from presszero.errors import Finding
from presszero.runtime.content import Content
from tests.running import MODELS, ROOT

SMALL = ROOT / "tests" / "dialogue" / "desk"


def make(root: Path, tests: str) -> Path:
    """A copy of the desk whose only tests are these."""
    for name in ("config.yaml", "flows", "handoff", "kb"):
        source = SMALL / name
        shutil.copytree(source, root / name) if source.is_dir() else shutil.copy(source, root / name)
    (root / "tests" / "dialogues").mkdir(parents=True)
    (root / "tests" / "dialogues" / "own.yaml").write_text("tests:\n" + tests, encoding="utf-8")
    return root


def content(root: Path) -> tuple[desk.Desk, Content]:
    """The desk as it was read, and as it runs."""
    found = desk.read(root, os.environ)
    assert not found.errors, [f.line() for f in found.errors]
    MODELS.mkdir(parents=True, exist_ok=True)
    return found, desk.content(found, MODELS)


def play(root: Path, tests: str) -> tuple[desk.Desk, Round]:
    """The tests as they go."""
    found, ready = content(make(root, tests))
    scripts, faults = load(root)
    assert not faults, [f.line() for f in faults]
    return found, asyncio.run(play_round(scripts, ready))


def faults(root: Path, tests: str) -> list[Finding]:
    """What is wrong with the tests."""
    return load(make(root, tests))[1]

"""The core through the real runtime: each dialogue of the small desk beside this file is a test of its own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from presszero import desk
from presszero.check.dialogues import play_all
from presszero.check.script import load
from presszero.runtime.content import Content

SMALL = Path(__file__).parent / "desk"
SCRIPTS, FAULTS = load(SMALL)


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Content:
    return desk.content(desk.read(SMALL, os.environ), tmp_path_factory.mktemp("models"))


def test_the_small_desk_has_its_dialogues() -> None:
    assert not FAULTS
    assert len(SCRIPTS) > 30


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda s: s.name)
async def test_dialogue(script: object, content: Content) -> None:
    [played] = await play_all([script], content)  # type: ignore[list-item]
    assert played.failure is None, "\n".join([played.failure.line("en") if played.failure else "", *played.log])

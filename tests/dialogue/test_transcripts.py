"""The core through the real runtime: each dialogue of the small desk beside this file is a test of its own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from presszero import desk
from presszero.check.dialogues import play_all
from presszero.check.player import Stage
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


async def test_an_answer_is_not_pushed_away_by_the_menu_that_greets(content: Content) -> None:
    async with Stage(content, 1795503600.0) as stage:
        player = await stage.player(lang="en", at=1795503600.0, services={}, customer={})
        assert [m.text for m in await player.start()] == ["How can we help?"]
        answer, helped = await player.say("how do I tighten the belt of the machine?")
        assert answer.text.startswith("Loosen the bolt")
        assert helped.text == "Did this help?"
        await player.press("hello/task/order", "My order")
        assert player.state.top is not None
        assert player.state.top.flow == "order"

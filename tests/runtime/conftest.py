"""The small desk on the real runtime and a store on a temporary file."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from presszero import desk
from presszero.check.player import Stage
from presszero.runtime.content import Content

SMALL = Path(__file__).parents[1] / "dialogue" / "desk"
MORNING = 1795503600.0  # 2026-11-24 10:00 in Moscow


@pytest.fixture(scope="session")
def content(tmp_path_factory: pytest.TempPathFactory) -> Content:
    return desk.content(desk.read(SMALL, os.environ), tmp_path_factory.mktemp("models"))


@pytest.fixture
async def stage(content: Content) -> AsyncIterator[Stage]:
    async with Stage(content, MORNING) as made:
        yield made

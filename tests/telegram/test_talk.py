"""A customer in Telegram, as they see it: over long polling, the real desk, and a double that keeps Telegram's limits."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.running import until
from tests.telegram.stage import Stage, stage


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Stage]:
    async with stage(tmp_path) as found:
        yield found


async def test_a_text_is_answered(talk: Stage) -> None:
    anna = talk.tg.person("Анна", lang="ru")
    await anna.start()
    await anna.sees("Добрый день! Спросите что-нибудь.")
    await anna.write("спасибо")
    await anna.sees("Рады помочь.")

"""SIGKILL under traffic: 20 times, and 3 times with Telegram. `make crash` does 200 of each."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.crash import telegram
from tests.crash.kill import kill


@pytest.mark.crash
@pytest.mark.timeout(400)
async def test_nothing_acknowledged_is_lost_and_nothing_is_said_twice(tmp_path: Path) -> None:
    report = await kill(tmp_path, kills=20, seed=20)
    print(report)
    assert report.kills == 20
    assert report.acknowledged > 200
    assert report.delivered > 20


@pytest.mark.crash
@pytest.mark.timeout(400)
async def test_with_telegram_at_its_worst_nothing_is_lost_and_nothing_doubled(tmp_path: Path) -> None:
    report = await telegram.kill(tmp_path, kills=3, seed=3)
    print(report)
    assert report.written > 20
    assert report.arrived > 20

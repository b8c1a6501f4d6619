"""The battery in its small size; `make telegram` runs the whole of it."""

from __future__ import annotations

from pathlib import Path

from tests.telegram import battery


async def test_updates_doubled_and_shuffled_have_one_effect_each(tmp_path: Path) -> None:
    done = await battery.updates(tmp_path, 60, 4)
    assert done.inversions == 0
    assert done.deliveries > 120


async def test_the_pace_keeps_telegrams_limits_and_uses_them(tmp_path: Path) -> None:
    done = await battery.pace(tmp_path, 90, 60, scale=5.0, floods=2, asked=1)
    assert done.floods == 0
    assert len(done.waits) == 2
    assert all(0 <= wait <= 1 for wait in done.waits)

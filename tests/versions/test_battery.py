"""Two hundred people inside under each policy, and a killed publisher; a thousand and fifty by `make versions`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.versions.battery import POLICIES, battery, kill

PEOPLE = 201


@pytest.mark.parametrize("policy", POLICIES)
async def test_nobody_is_lost(tmp_path: Path, policy: str) -> None:
    found = await battery(tmp_path / "desk", tmp_path / "data", PEOPLE, policy)
    assert found.lost == []
    assert found.done + found.person == PEOPLE
    assert found.inside == found.really == PEOPLE // 3
    if policy == "keep":
        assert (found.person, found.moved, found.restarted) == (0, 0, 0)
    elif policy == "restart":
        assert found.person == 0
        assert found.restarted > PEOPLE // 2
    else:
        assert 0 < found.person <= PEOPLE // 3
        assert found.moved > 0


@pytest.mark.crash
def test_a_publisher_killed_in_the_middle(tmp_path: Path) -> None:
    found = kill(tmp_path / "desk", tmp_path / "data", 3)
    assert found["kills"] == 3
    assert found["publications"] > 0
    assert found["half"] == 0

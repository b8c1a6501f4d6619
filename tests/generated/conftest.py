"""The desk of these tests."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.generated.room import Room, room


@pytest_asyncio.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Room]:
    async with room(tmp_path) as made:
        yield made

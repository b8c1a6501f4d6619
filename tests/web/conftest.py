"""A desk for each test, in the test's own loop, and the systems around it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.running import Books, Here, Receiver, here, listening


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Here]:
    """The small desk, with nothing behind its service."""
    async with here(tmp_path / "data") as found:
        yield found


@pytest.fixture
async def books() -> AsyncIterator[Books]:
    """The service that the desk's flows ask."""
    found = Books()
    async with listening(found.app) as url:
        found.url = url
        yield found


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    """Where the callback channel's replies go."""
    found = Receiver()
    async with listening(found.app) as url:
        found.url = url
        yield found


@pytest.fixture
async def served(tmp_path: Path, books: Books, receiver: Receiver) -> AsyncIterator[Here]:
    """The small desk with its service and the receiver of its callback channel."""
    env = {"BOOKS_URL": books.url, "CALLBACK_URL": receiver.url}
    async with here(tmp_path / "data", env=env) as found:
        yield found

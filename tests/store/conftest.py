"""One suite for every engine: a test asks for ``store``, or for ``engine`` to open and close it itself."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from presszero.store.base import Store
from presszero.store.sqlite import SqliteStore


class Sqlite:
    """SQLite on a temporary file."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "desk.db"

    async def open(self) -> Store:
        """The store on this file; whoever opens it closes it."""
        store: Store = SqliteStore(self.path, busy=0.05)
        await store.open()
        return store


ENGINES = {"sqlite": Sqlite}


@pytest.fixture(params=sorted(ENGINES))
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Sqlite:
    """An empty database."""
    return ENGINES[request.param](tmp_path)


@pytest.fixture
async def store(engine: Sqlite) -> AsyncIterator[Store]:
    """An open store on an empty database."""
    opened = await engine.open()
    yield opened
    await opened.close()

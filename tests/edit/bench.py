"""A desk of its own for each test of the editor: a new desk as `init` makes it, with two leads and an operator."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from presszero.console.sessions import login_link
from presszero.init import make
from presszero.store.base import Operator
from tests.running import Here, here


@dataclass
class Bench:
    """The desk, its folder, its people."""

    here: Here
    root: Path
    anna: Operator
    boris: Operator
    igor: Operator

    async def link(self, who: Operator) -> str:
        """The address that signs somebody in."""
        return await login_link(self.here.running.store, who, self.here.running.intake.clock.now(), self.here.url)

    @asynccontextmanager
    async def signed_in(self, who: Operator) -> AsyncIterator[httpx.AsyncClient]:
        """A browser of somebody."""
        own = {"origin": self.here.url}
        async with httpx.AsyncClient(base_url=self.here.url, headers=own, trust_env=False, timeout=60) as client:
            page = await client.get(await self.link(who))
            token = re.search(r'name="token" value="([^"]+)"', page.text)
            assert token
            assert (await client.post("/console/login/once", data={"token": token[1]})).status_code == 303
            yield client


@asynccontextmanager
async def bench(folder: Path) -> AsyncIterator[Bench]:
    """The desk, while the block lasts."""
    root = folder / "desk"
    make(root, ("ru", "en"))
    async with here(folder, root) as found:
        save = found.running.store.save_operator
        anna = await save("anna", shown="Анна Орлова", role="lead", lang="ru")
        boris = await save("boris", shown="Boris Stone", role="lead", lang="en")
        igor = await save("igor", shown="Igor Lee", lang="en")
        yield Bench(found, root, anna, boris, igor)

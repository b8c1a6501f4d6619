"""Every scenario with either client, and the promise that no method is answered that both have not used."""

from __future__ import annotations

import pytest

from presszero.testing.telegram import Telegram
from presszero.testing.telegram.methods import METHODS
from tests.doubles.telegram.clients import CLIENTS
from tests.doubles.telegram.scenarios import SCENARIOS

_played: dict[tuple[str, str], set[str]] = {}


async def play(client: str, name: str) -> set[str]:
    """One scenario, once; gives the methods that answered."""
    if (client, name) not in _played:
        async with Telegram() as tg, CLIENTS[client](tg, tg.bot) as found:
            await SCENARIOS[name](tg, found)
            _played[client, name] = found.used
    return _played[client, name]


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("name", SCENARIOS)
async def test_the_scenario_holds(client: str, name: str) -> None:
    assert await play(client, name)


@pytest.mark.parametrize("client", CLIENTS)
async def test_every_method_is_used(client: str) -> None:
    used = {method for name in SCENARIOS for method in await play(client, name)}
    assert len(METHODS) > 30
    assert used == METHODS.keys()

"""The console's socket: for operators, from our own pages, and nothing is missed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from presszero.console.sessions import COOKIE, digest
from presszero.store.base import Operator
from tests.console.room import Room, served


@pytest_asyncio.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Room]:
    async with served(tmp_path) as made:
        yield made


async def cookie(desk: Room, operator: Operator | None = None) -> str:
    token = f"token-{(operator or desk.anna).id}"
    await desk.store.add_session(digest(token), (operator or desk.anna).id, desk.clock.now() + 3600)
    return f"{COOKIE}={token}"


def socket(desk: Room, cookie: str, query: str = "", origin: str | None = None) -> connect:
    url = desk.url.replace("http", "ws") + "/console/live" + query
    return connect(url, additional_headers={"cookie": cookie}, origin=origin or desk.url)  # type: ignore[arg-type]


async def frame(line: ClientConnection, kind: str) -> dict[str, Any]:
    """The next frame of a kind."""
    async with asyncio.timeout(5):
        while True:
            found: dict[str, Any] = json.loads(await line.recv())
            if found["t"] == kind:
                return found


async def test_no_socket_for_strangers_or_other_sites(desk: Room) -> None:
    own = await cookie(desk)
    for given, origin in (("", None), (f"{COOKIE}=wrong", None), (own, "https://evil.test"), (own, "null")):
        with pytest.raises(InvalidStatus):
            await socket(desk, given, origin=origin).__aenter__()


async def test_lines_come_by_number_and_catch_up(desk: Room) -> None:
    conversation = await desk.waiting()
    own = await cookie(desk)
    async with socket(desk, own, f"?conversation={conversation}&after=0") as line:
        first = await frame(line, "lines")
        hi = await frame(line, "hi")
        assert (first["from"], first["last"]) == (0, hi["last"])
        await desk.hear("v1", "ещё")
        second = await frame(line, "lines")
        assert second["from"] == first["last"]
        assert "ещё" in second["html"]
    await desk.hear("v1", "пока вас не было")
    async with socket(desk, own, f"?conversation={conversation}&after={second['last']}") as line:
        third = await frame(line, "lines")
        assert third["from"] == second["last"]
        assert "пока вас не было" in third["html"]
        await desk.people.take(conversation, desk.igor)
        while not (await frame(line, "state"))["key"].startswith("person:"):
            pass


async def test_seen_is_for_who_holds_it(desk: Room) -> None:
    conversation = await desk.waiting()
    await desk.people.take(conversation, desk.igor)
    last = (await desk.talk(conversation)).last_seq
    for operator, seen in ((desk.anna, 0), (desk.igor, last)):
        async with socket(desk, await cookie(desk, operator), f"?conversation={conversation}&after={last}") as line:
            await frame(line, "hi")
            await line.send(json.dumps({"t": "seen", "seq": 10_000}))
            await line.send(json.dumps({"t": "typing", "on": True}))
            if seen:
                await frame(line, "rows")
        assert (await desk.talk(conversation)).seen_seq in {seen, 0 if operator is desk.anna else seen}
    assert (await desk.talk(conversation)).seen_seq == last


async def test_only_the_holder_types_to_the_customer(desk: Room) -> None:
    conversation = await desk.waiting()
    await desk.people.take(conversation, desk.igor)
    query = f"?conversation={conversation}&after=99"
    async with (
        socket(desk, await cookie(desk), query) as anna,
        socket(desk, await cookie(desk, desk.igor), query) as igor,
    ):
        await frame(anna, "hi")
        await frame(igor, "hi")
        with desk.intake.hub.subscribe("p:web:v1") as signals:
            await anna.send(json.dumps({"t": "typing", "on": True}))
            assert (await frame(igor, "typing"))["name"] == desk.anna.shown
            assert signals.empty()
            await igor.send(json.dumps({"t": "typing", "on": True}))
            assert (await frame(anna, "typing"))["name"] == desk.igor.shown
            assert signals.get_nowait() == {"t": "typing", "who": "operator", "on": True}


@pytest.mark.parametrize(
    "rubbish", ["", "{", "[]", '{"t": "seen", "seq": "x"}', '{"t": "seen", "seq": 1e400}', '{"t": 1}', "x" * 9000]
)
async def test_rubbish_is_ignored(desk: Room, rubbish: str) -> None:
    conversation = await desk.waiting()
    async with socket(desk, await cookie(desk), f"?conversation={conversation}") as line:
        await line.send(rubbish)
        await desk.hear("v1", "жив?")
        while "жив?" not in (await frame(line, "lines"))["html"]:
            pass


async def test_a_conversation_that_is_not_there(desk: Room) -> None:
    own = await cookie(desk)
    with pytest.raises((InvalidStatus, ConnectionClosed)):
        async with socket(desk, own, "?conversation=99") as line:
            await line.recv()

"""The widget's WebSocket: catching up, lines as they come, and frames that are none."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from presszero.runtime.incoming import Incoming
from tests.running import Here, Visitor


@asynccontextmanager
async def socket(desk: Here, first: str | bytes | None) -> AsyncIterator[ClientConnection]:
    """A socket that has said its first frame."""
    async with connect(desk.url.replace("http", "ws") + "/web/live", proxy=None) as live:
        if first is not None:
            await live.send(first)
        yield live


def begin(visitor: Visitor, after: int = 0) -> str:
    """The first frame."""
    return json.dumps({"token": visitor.token, "after": after})


async def until(live: ClientConnection, kind: str) -> list[dict[str, Any]]:
    """Frames up to one of a kind."""
    found: list[dict[str, Any]] = []
    async with asyncio.timeout(10):
        while not found or found[-1]["t"] != kind:
            found.append(json.loads(await live.recv()))
    return found


def texts(frames: list[dict[str, Any]]) -> list[str]:
    """The lines of frames."""
    return [m["text"] for f in frames if f["t"] == "messages" for m in f["messages"]]


async def test_catching_up_then_hi(desk: Here) -> None:
    visitor = await desk.visitor()
    await visitor.say("start counting")
    lines = await visitor.lines()
    async with socket(desk, begin(visitor)) as live:
        frames = await until(live, "hi")
    assert texts(frames) == [m["text"] for m in lines]
    assert frames[-1]["seq"] == lines[-1]["seq"]


async def test_only_what_is_new(desk: Here) -> None:
    visitor = await desk.visitor()
    seen = (await visitor.say("start counting"))["seq"]
    await visitor.say("5")
    async with socket(desk, begin(visitor, seen)) as live:
        assert texts(await until(live, "hi")) == ["5", "Got 5.", "Which number?"]


async def test_lines_come_as_they_are_written_also_to_a_second_tab(desk: Here) -> None:
    visitor, stranger = await desk.visitor(), await desk.visitor()
    async with (
        socket(desk, begin(visitor)) as one,
        socket(desk, begin(visitor)) as two,
        socket(desk, begin(stranger)) as other,
    ):
        for live in (one, two, other):
            await until(live, "hi")
        await visitor.say("start counting")
        for live in (one, two):
            assert texts(await until(live, "messages")) == ["start counting", "Which number?"]
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                await other.recv()


async def test_a_gap_is_closed_by_the_number(desk: Here) -> None:
    visitor = await desk.visitor()
    async with socket(desk, begin(visitor)) as live:
        await until(live, "hi")
    await visitor.say("start counting")
    for n in range(6):
        await visitor.say(str(n + 1))
    seen = visitor.hello["seq"]
    async with socket(desk, begin(visitor, seen)) as live:
        by_socket = texts(await until(live, "hi"))
    assert by_socket == [m["text"] for m in await visitor.lines(after=seen)]
    assert len(by_socket) == 2 + 6 * 3


async def test_a_talk_longer_than_one_page_comes_whole(desk: Here) -> None:
    visitor = await desk.visitor()
    number = visitor.hello["conversation"]["id"]
    found = await desk.running.store.load(number)
    assert found is not None
    for text in ["start counting", *map(str, range(1, 81))]:
        await desk.running.intake.accept(Incoming(channel="web", peer=found[0].peer, external_id=text, text=text))
    async with socket(desk, begin(visitor, visitor.hello["seq"])) as live:
        frames = await until(live, "hi")
    said = texts(frames)
    assert len(said) == 2 + 80 * 3
    assert said[-2:] == ["Got 80.", "Which number?"]
    assert frames[-1]["seq"] == (await visitor.lines())[-1]["seq"]


async def test_typing_reaches_the_operator_and_nobody_else(desk: Here) -> None:
    visitor = await desk.visitor()
    number = visitor.hello["conversation"]["id"]
    with desk.running.intake.hub.subscribe(f"o:{number}") as signals:
        async with socket(desk, begin(visitor)) as live:
            await until(live, "hi")
            await live.send('{"t": "typing", "on": true}')
            async with asyncio.timeout(5):
                assert await signals.get() == {"t": "typing", "who": "customer", "on": True}


BAD = {
    "not JSON": "hello",
    "a list": "[]",
    "no token": "{}",
    "a forged token": '{"token": "a.b.c"}',
    "a number as a token": '{"token": 1}',
    "a text as a number": '{"token": "a", "after": "b"}',
    "deep": '{"token": ' + "[" * 5000,
    "long": '{"token": "' + "a" * 20_000 + '"}',
    "half a character": '{"token": "\\ud800"}',
}


@pytest.mark.parametrize("name", sorted(BAD))
async def test_a_first_frame_that_is_none_closes(desk: Here, name: str) -> None:
    await desk.visitor()
    before = desk.rows
    async with socket(desk, BAD[name]) as live:
        with pytest.raises(ConnectionClosed) as closed:
            await asyncio.wait_for(live.recv(), 10)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4401
    assert desk.rows == before


async def test_a_binary_first_frame_closes(desk: Here) -> None:
    async with socket(desk, b"\x00\x01") as live:
        with pytest.raises(ConnectionClosed) as closed:
            await asyncio.wait_for(live.recv(), 10)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code in {4401, 4408}


NOISE = [
    "",
    "x",
    "[]",
    "1",
    "null",
    '{"t": 5}',
    '{"t": "nothing"}',
    '{"t": "typing", "on": {"a": 1}}',
    "[" * 7000,
    "a" * 20_000,
]


async def test_later_frames_that_are_none_change_nothing(desk: Here) -> None:
    visitor = await desk.visitor()
    before = desk.rows
    async with socket(desk, begin(visitor)) as live:
        await until(live, "hi")
        for frame in NOISE:
            await live.send(frame)
        assert desk.rows == before
        await visitor.say("start counting")
        assert texts(await until(live, "messages")) == ["start counting", "Which number?"]


async def test_a_frame_of_bytes_later_closes_or_is_ignored(desk: Here) -> None:
    visitor = await desk.visitor()
    async with socket(desk, begin(visitor)) as live:
        await until(live, "hi")
        await live.send(b"\xff\xff")
        await visitor.say("start counting")
    async with socket(desk, begin(visitor)) as live:
        assert "start counting" in texts(await until(live, "hi"))


async def test_a_frame_past_the_limit_closes_the_socket_only(desk: Here) -> None:
    visitor = await desk.visitor()
    async with socket(desk, begin(visitor)) as live:
        await until(live, "hi")
        await live.send("a" * 100_000)
        with pytest.raises(ConnectionClosed):
            await until(live, "never")
    assert (await desk.http.get("/healthz")).status_code == 200


async def test_no_other_path_takes_a_socket(desk: Here) -> None:
    for path in ("/web/other", "/", "/web/messages"):
        with pytest.raises(InvalidStatus):
            async with connect(desk.url.replace("http", "ws") + path, proxy=None):
                pass

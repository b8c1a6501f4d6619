"""The widget's WebSocket: hints and lines as they come. What it misses, the sequence numbers bring back."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

import msgspec
from starlette.websockets import WebSocket, WebSocketDisconnect

from presszero.channels.view import View
from presszero.channels.visitor import Tokens, Visitor
from presszero.errors import StoreError
from presszero.http.frames import frames
from presszero.http.problem import Problem
from presszero.runtime.intake import Intake

PING = 25.0
FIRST_FRAME = 10.0
MOST_FRAME = 8192
PAGE = 200
_encode = msgspec.json.Encoder().encode


class First(msgspec.Struct):
    """The first frame of a client."""

    token: str
    after: int = 0


class Live:
    """One task a socket: it reads what the client says and sends what the conversation gets."""

    def __init__(self, intake: Intake, tokens: Tokens, view: View) -> None:
        self._intake = intake
        self._tokens = tokens
        self._view = view

    async def serve(self, socket: WebSocket) -> None:
        """From accept to the end."""
        await socket.accept()
        first = await self._first(socket)
        if first is None:
            return
        visitor, after = first
        topic = f"p:web:{visitor.peer}"
        with self._intake.hub.subscribe(topic) as signals, suppress(WebSocketDisconnect, RuntimeError):
            after = await self._catch_up(socket, visitor, after)
            await self._say(socket, {"t": "hi", "seq": after})
            reader = asyncio.create_task(self._listen(socket, visitor))
            try:
                await self._send(socket, visitor, signals, reader, after)
            finally:
                reader.cancel()
                with suppress(asyncio.CancelledError, WebSocketDisconnect, RuntimeError):
                    await reader

    async def _first(self, socket: WebSocket) -> tuple[Visitor, int] | None:
        try:
            async with asyncio.timeout(FIRST_FRAME):
                said = msgspec.json.decode((await socket.receive_text())[:MOST_FRAME], type=First)
            return self._tokens.read(said.token), max(said.after, 0)
        except (msgspec.DecodeError, Problem):
            with suppress(RuntimeError):
                await socket.close(4401)
        except (TimeoutError, KeyError):
            with suppress(RuntimeError):
                await socket.close(4408)
        except WebSocketDisconnect:
            pass
        return None

    async def _send(
        self,
        socket: WebSocket,
        visitor: Visitor,
        signals: asyncio.Queue[dict[str, Any]],
        reader: asyncio.Task[None],
        after: int,
    ) -> None:
        while not reader.done():
            try:
                async with asyncio.timeout(PING):
                    signal = await signals.get()
            except TimeoutError:
                await self._say(socket, {"t": "ping"})
                continue
            if signal["t"] == "typing":
                await self._say(socket, signal)
                continue
            while not signals.empty() and signals._queue[0]["t"] != "typing":  # type: ignore[attr-defined]  # noqa: SLF001
                signals.get_nowait()  # one reading serves every hint before it
            with suppress(StoreError):
                after = await self._catch_up(socket, visitor, after)

    async def _catch_up(self, socket: WebSocket, visitor: Visitor, after: int) -> int:
        """Everything after a number, a page at a time, with where the conversation stands."""
        store, now, sent = self._intake.store, self._intake.clock.now(), False
        while True:
            lines = await store.history("web", visitor.peer, after=after, limit=PAGE)
            shown = self._view.messages(tuple(lines))
            if shown or not sent:
                found = await store.latest("web", visitor.peer, customer_key=visitor.identity)  # looking begins no talk
                found = found or await store.conversation("web", visitor.peer, now, customer_key=visitor.identity)
                frame = {"t": "conversation", "conversation": await self._view.conversation(*found)}
                await self._say(socket, frame | ({"t": "messages", "messages": shown} if shown else {}))
                sent = True
            after = lines[-1].id if lines else after
            if len(lines) < PAGE:
                return after

    @staticmethod
    async def _say(socket: WebSocket, frame: dict[str, Any]) -> None:
        await socket.send_text(_encode(frame).decode())

    async def _listen(self, socket: WebSocket, visitor: Visitor) -> None:
        async for said in frames(socket, MOST_FRAME):
            if said.get("t") == "typing":
                found = await self._intake.store.latest("web", visitor.peer, customer_key=visitor.identity)
                if found and not found[0].ended:
                    signal = {"t": "typing", "who": "customer", "on": bool(said.get("on"))}
                    self._intake.hub.tell(f"o:{found[0].id}", signal)

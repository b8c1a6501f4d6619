"""The console's WebSocket: hints for the list, and the open conversation kept up with by sequence number.

Who the operator is comes from the cookie at the beginning and is asked again while it lasts; a page of another site gets nothing.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

import msgspec
from starlette.websockets import WebSocket, WebSocketDisconnect

from presszero.console.origin import same_origin
from presszero.console.reader import Reader
from presszero.console.sessions import Sessions
from presszero.console.talk import Talk, key
from presszero.errors import StoreError
from presszero.http.frames import frames
from presszero.http.problem import Problem
from presszero.runtime.intake import Intake
from presszero.runtime.push import Signal
from presszero.store.base import Conversation, Operator

PING = 25.0
MOST_FRAME = 2048
_encode = msgspec.json.Encoder().encode


class Live:
    """One socket for each page of the console."""

    def __init__(self, intake: Intake, sessions: Sessions) -> None:
        self._intake = intake
        self._sessions = sessions

    async def serve(self, socket: WebSocket) -> None:
        """From the handshake to the end."""
        operator = await self._sessions.who(socket)
        if operator is None or not same_origin(socket, self._intake.content.public_url):
            await socket.close(4401)
            return
        number, after = _number(socket, "conversation"), _number(socket, "after")
        if number and await self._intake.store.load(number) is None:
            await socket.close(4404)
            return
        await socket.accept()
        line = _Line(self._intake, self._sessions, socket, operator, number, after)
        with suppress(WebSocketDisconnect, RuntimeError):
            await line.run()


class _Line:
    """What one socket knows."""

    def __init__(
        self, intake: Intake, sessions: Sessions, socket: WebSocket, operator: Operator, number: int, after: int
    ) -> None:
        self._intake = intake
        self._sessions = sessions
        self._socket = socket
        self._operator = operator
        self._number = number
        self._after = after
        self._shown: tuple[str, str, int] = ("", "", -1)

    async def run(self) -> None:
        topics = ["desk"] + ([f"c:{self._number}", f"o:{self._number}"] if self._number else [])
        with self._intake.hub.subscribe(*topics) as signals:
            await self._catch_up(always=True)
            await self._send({"t": "hi", "last": self._after})
            await self._sessions.touch(self._operator)
            reader = asyncio.create_task(self._listen())
            reader.add_done_callback(lambda _: _wake(signals))
            try:
                await self._follow(signals, reader)
            finally:
                reader.cancel()
                with suppress(asyncio.CancelledError, WebSocketDisconnect, RuntimeError):
                    await reader

    async def _follow(self, signals: asyncio.Queue[Signal], reader: asyncio.Task[None]) -> None:
        while True:
            try:
                async with asyncio.timeout(PING):
                    signal = await signals.get()
            except TimeoutError:
                if await self._sessions.who(self._socket) is None:
                    await self._socket.close(4401)
                    return
                await self._send({"t": "ping"})
                continue
            if reader.done():
                return
            if await self._sessions.who(self._socket) is None:
                # Signed out, disabled or expired meanwhile: not one line more, however busy the desk is.
                await self._socket.close(4401)
                return
            hints = [signal]
            while not signals.empty():
                hints.append(signals.get_nowait())
            await self._pass_on(hints)

    async def _pass_on(self, hints: list[Signal]) -> None:
        """One reading serves all hints that came together."""
        for hint in hints:
            if hint["t"] == "typing" and hint.get("by") != self._operator.id:
                await self._send(hint)
        others = [h for h in hints if h["t"] != "typing"]
        if not others:
            return
        if self._number and any(h.get("conversation", self._number) == self._number for h in others):
            with suppress(StoreError):
                await self._catch_up()
        if any("conversation" in h for h in others):
            await self._send({"t": "rows"})
        changed = {h["seq"] for h in others if h["t"] in {"edited", "sent"} and self._here(h)}
        if changed:
            with suppress(StoreError):
                await self._again(changed)

    def _here(self, hint: Signal) -> bool:
        return bool(self._number) and hint.get("conversation", self._number) == self._number

    async def _again(self, changed: set[int]) -> None:
        """Lines that are on the page and say something else now."""
        reader = Reader(self._operator, self._intake.content, self._intake.clock.now())
        try:
            talk = await Talk.load(self._intake.store, reader, self._number)
        except Problem:
            return
        for seq in sorted(changed):
            if seq <= self._after and (html := await talk.again(seq)):
                await self._send({"t": "line", "seq": seq, "html": html})

    async def _catch_up(self, *, always: bool = False) -> None:
        """Sends the lines after the last one, and where the conversation stands when that has changed."""
        if not self._number:
            return
        reader = Reader(self._operator, self._intake.content, self._intake.clock.now())
        try:
            talk = await Talk.load(self._intake.store, reader, self._number)
        except Problem:
            return
        while True:
            html, last = await talk.lines_after(self._after)
            if last == self._after:
                break
            await self._send({"t": "lines", "from": self._after, "last": last, "html": html})
            self._after = last
        stands = (key(talk.conversation), await talk.known(), talk.conversation.read_seq)
        if stands != self._shown or always:
            self._shown = stands
            await self._send({"t": "state", "key": stands[0], "known": stands[1], "read": stands[2]})

    async def _listen(self) -> None:
        async for said in frames(self._socket, MOST_FRAME):
            with suppress(StoreError):
                await self._hear(said)

    async def _hear(self, said: dict[str, Any]) -> None:
        kind = said.get("t")
        if kind == "here":
            await self._sessions.touch(self._operator)
            return
        found = await self._intake.store.load(self._number) if self._number else None
        if found is None:
            return
        if kind == "typing":
            self._typing(found[0], on=bool(said.get("on")), note=bool(said.get("note")))
        elif kind == "seen" and isinstance(said.get("seq"), int) and self._mine(found[0]):
            await self._intake.store.mark_read(self._number, seen_seq=min(said["seq"], found[0].last_seq))
            self._intake.hub.tell("desk", {"t": "rows", "conversation": self._number})

    def _typing(self, conversation: Conversation, *, on: bool, note: bool) -> None:
        """Colleagues see that somebody writes; the customer only sees who holds the conversation, and no notes."""
        me = self._operator
        self._intake.hub.tell(
            f"o:{self._number}", {"t": "typing", "who": "operator", "by": me.id, "name": me.shown, "on": on}
        )
        if self._mine(conversation) and not note:
            topic = f"p:{conversation.channel}:{conversation.peer}"
            self._intake.hub.tell(topic, {"t": "typing", "who": "operator", "on": on})
            writes = {"t": "typing", "peer": conversation.peer, "on": on}
            self._intake.hub.tell(f"typing:{conversation.channel}", writes)  # for channels that are pushed to

    def _mine(self, conversation: Conversation) -> bool:
        return conversation.holder == "person" and conversation.operator_id == self._operator.id

    async def _send(self, frame: dict[str, Any]) -> None:
        await self._socket.send_text(_encode(frame).decode())


def _number(socket: WebSocket, name: str) -> int:
    text = socket.query_params.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


def _wake(signals: asyncio.Queue[Signal]) -> None:
    """The page is gone: whoever waits for signals need not wait for the next ping to notice."""
    with suppress(asyncio.QueueFull):
        signals.put_nowait({"t": "gone"})

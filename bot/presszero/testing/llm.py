"""A language model's server on loopback for tests: it says what it is told to say, and misbehaves on demand.

It speaks ``POST /v1/chat/completions`` and keeps what it was asked. Nothing in it is clever, and it never goes out.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

Kind = str  # ok silence drip 500 429 redirect not_json huge empty tool_call cut close
_FAULTS: dict[Kind, tuple[bytes, int]] = {
    "redirect": (b"", 307),
    "500": (b'{"error": {"message": "not now"}}', 500),
    "429": (b'{"error": {"message": "too many"}}', 429),
    "not_json": (b"<html>proxy</html>", 200),
}


@dataclass(frozen=True)
class Asked:
    """One request, as it came."""

    path: str
    headers: Mapping[str, str]
    body: dict[str, Any]

    @property
    def question(self) -> str:
        """The customer's question."""
        return str(self._data["question"])

    @property
    def passages(self) -> list[dict[str, Any]]:
        """The passages, each with ``n``, ``title`` and ``text``."""
        found: list[dict[str, Any]] = self._data["passages"]
        return found

    @property
    def _data(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body["messages"][-1]["content"])
        return found


@dataclass
class Llm:
    """``async with Llm() as llm``: its ``url`` goes into ``kb.llm.url``."""

    answer: str | Callable[[Asked], str] = "NO_ANSWER"
    kind: Kind = "ok"
    usage: tuple[int, int] | None = (400, 60)
    asked: list[Asked] = field(default_factory=list)
    hold: asyncio.Event | None = None  # answers wait for it
    url: str = ""
    _server: asyncio.Server | None = None

    async def __aenter__(self) -> Self:
        """Listens on a free port."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        """Listens no more."""
        assert self._server is not None
        self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            self.asked.append(await _asked(reader))
            if self.hold:
                await self.hold.wait()
            await self._reply(reader, writer, self.asked[-1])
        writer.close()

    async def _reply(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, asked: Asked) -> None:
        match self.kind:
            case "silence":
                await reader.read()  # until the other side goes away
            case "drip":
                writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 9999\r\n\r\n")
                while not reader.at_eof():
                    writer.write(b" ")
                    await writer.drain()
                    with contextlib.suppress(TimeoutError):
                        await asyncio.wait_for(reader.read(1), 0.05)
            case "close":
                return
            case kind if kind in _FAULTS:
                await _send(writer, *_FAULTS[kind])
            case _:
                said = "word " * 2_000_000 if self.kind == "huge" else self.answer
                said = said if isinstance(said, str) else said(asked)
                await _send(writer, json.dumps(self._completion(said)).encode())

    def _completion(self, text: str) -> dict[str, Any]:
        message: dict[str, Any] = {"role": "assistant", "content": text}
        if self.kind == "tool_call":
            call = {"id": "c1", "type": "function", "function": {"name": "refund", "arguments": "{}"}}
            message = {"role": "assistant", "content": None, "tool_calls": [call]}
        choices = (
            []
            if self.kind == "empty"
            else [{"index": 0, "message": message, "finish_reason": "length" if self.kind == "cut" else "stop"}]
        )
        found: dict[str, Any] = {"object": "chat.completion", "choices": choices}
        if self.usage:
            found["usage"] = {"prompt_tokens": self.usage[0], "completion_tokens": self.usage[1]}
        return found


async def _asked(reader: asyncio.StreamReader) -> Asked:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = {k.strip().lower(): v.strip() for k, _, v in (line.partition(":") for line in head[1:] if line)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Asked(head[0].split(" ")[1], headers, json.loads(body or b"{}"))


async def _send(writer: asyncio.StreamWriter, body: bytes, status: int = 200) -> None:
    lines = ("content-type: application/json", "connection: close", "location: /v1/elsewhere")
    head = "\r\n".join((f"HTTP/1.1 {status} .", *lines, f"content-length: {len(body)}", "", ""))
    writer.write(head.encode() + body)
    await writer.drain()

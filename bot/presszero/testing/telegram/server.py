"""The Bot API on loopback: `/bot<token>/<method>` and `/file/bot<token>/<path>`, with the faults that were ordered."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable
from typing import Any

from starlette.requests import Request

from presszero.testing.telegram.control import Control
from presszero.testing.telegram.faults import Fault
from presszero.testing.telegram.journal import Call
from presszero.testing.telegram.methods import METHODS, Ask, Method
from presszero.testing.telegram.methods.messages import shown
from presszero.testing.telegram.params import read
from presszero.testing.telegram.refusal import Refusal, too_many
from presszero.testing.telegram.world import World

BY_NAME = {name.lower(): (name, method) for name, method in METHODS.items()}


class Server:
    """The ASGI application over a world."""

    def __init__(self, world: World, control: Control) -> None:
        self.world, self._control = world, control

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """One request."""
        if scope["type"] != "http":
            return
        request = Request(scope, receive)
        parts = request.url.path.lstrip("/").split("/")
        if parts[0] == "file" and len(parts) > 2:
            await self._file(parts[1].removeprefix("bot"), "/".join(parts[2:]), send)
            return
        if parts[0] == "control" and request.method == "POST":
            status, answer = await self._control.order("/".join(parts[1:]), await request.body())
            await _write(send, status, b"application/json", json.dumps(answer, ensure_ascii=False).encode(), "")
            return
        if len(parts) != 2 or not parts[0].startswith("bot"):
            await _answer(send, 404, {"ok": False, "error_code": 404, "description": "Not Found"})
            return
        await self._call(parts[0].removeprefix("bot"), parts[1], request, send)

    async def _call(self, token: str, name: str, request: Request, send: Any) -> None:
        bot = self.world.bots.get(token)
        if bot is None or bot.revoked:
            known = token.partition(":")[0].isdigit()
            code, why = (401, "Unauthorized") if known else (404, "Not Found")
            await _answer(send, code, Refusal(code, why).body())
            return
        method, run = BY_NAME.get(name.lower(), (name, _unknown))
        try:
            params = await read(request)
        except Refusal as refusal:
            await _answer(send, refusal.code, refusal.body())
            return
        fault = self.world.faults.take(method.lower(), params.number("chat_id"))
        if fault and fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
        call = Call(len(self.world.journal.calls) + 1, self.world.now(), bot.user.id, method, params.values)
        call.fault = fault.kind if fault else ""
        self.world.journal.calls.append(call)
        if fault and fault.kind == "drop":
            await _abort(send)
            return
        call.status, body = await self._done(Ask(self.world, bot, params), run, fault)
        call.answer = body.get("result", body.get("description"))
        await _answer(send, call.status, body, fault.kind if fault else "")

    async def _done(self, ask: Ask, run: Method, fault: Fault | None) -> tuple[int, dict[str, Any]]:
        try:
            _before(ask, fault)
            result = run(ask)
            if isinstance(result, Awaitable):
                result = await result
        except Refusal as refusal:
            return refusal.code, refusal.body()
        return 200, {"ok": True, "result": result}

    async def _file(self, token: str, path: str, send: Any) -> None:
        found = next((f for f in self.world.files.values() if f.path == path), None)
        fault = self.world.faults.take("file", 0)
        if fault and fault.kind == "drop":
            await _abort(send)
        elif token not in self.world.bots or found is None or found.path_until < self.world.now():
            await _answer(send, 404, Refusal(404, "Not Found").body())
        else:
            data = found.data.ljust(found.size, b"\0")
            await _write(send, 200, b"application/octet-stream", data, fault.kind if fault else "")


def _unknown(_ask: Ask) -> Any:
    raise Refusal(404, "Not Found: method not found")


def _before(ask: Ask, fault: Fault | None) -> None:
    if fault and fault.kind == "error":
        names = {500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout"}
        raise Refusal(fault.status, names.get(fault.status, "Internal Server Error"))
    if fault and fault.kind == "flood":
        seconds = max(1, round(fault.seconds))
        chat = ask.params.number("chat_id")
        if chat:
            ask.bot.flood.hold(chat, seconds, ask.world.now())
        raise too_many(seconds)


async def _answer(send: Any, status: int, body: dict[str, Any], fault: str = "") -> None:
    data = json.dumps(_clean(body), ensure_ascii=False).encode()
    await _write(send, status, b"application/json", data, fault)


def _clean(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _clean(v) for k, v in shown(value).items()}
    return [_clean(v) for v in value] if isinstance(value, list) else value


async def _write(send: Any, status: int, kind: bytes, data: bytes, fault: str) -> None:
    if fault == "lost":
        await _abort(send)
        return
    headers = [(b"content-type", kind), (b"content-length", str(len(data)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    if fault == "cut":
        await send({"type": "http.response.body", "body": data[: len(data) // 2], "more_body": True})
        await asyncio.sleep(0.01)  # half of it leaves before the wire is cut
        await _abort(send)
        return
    await send({"type": "http.response.body", "body": data})


async def _abort(send: Any) -> None:
    """Cuts the wire: ASGI has no word for it, uvicorn's own does."""
    send.__self__.transport.abort()
    await asyncio.sleep(0.005)  # until the server knows it, or it would try to answer

"""The webhook: Telegram POSTs updates, over several connections at once. 200 means that an update is on disk.

Whoever does not know the secret learns nothing and changes nothing.
"""

from __future__ import annotations

import asyncio
import hmac
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from presszero.channels.telegram.inbox import Inbox
from presszero.channels.telegram.order import Free, Order
from presszero.channels.telegram.state import Standing
from presszero.http.body import json, raw
from presszero.http.problem import Problem

HEADER = "x-telegram-bot-api-secret-token"
MOST = 1024 * 1024  # an update carries no files, only long texts and lists of entities
_decode = msgspec.json.Decoder(dict[str, Any])


class Webhook:
    """The way in of one bot. ``secret`` is None while the bot does not take webhooks."""

    def __init__(self, inbox: Inbox, standing: Standing, secret: str, connections: int) -> None:
        self._inbox = inbox
        self._standing = standing
        self._secret = secret.encode()
        self._order = Order(most=connections)
        self._turns: dict[int, list[asyncio.Future[bool]]] = {}
        self._alarm: asyncio.TimerHandle | None = None

    async def post(self, request: Request) -> Response:
        """One update."""
        given = request.headers.get(HEADER, "").encode("latin-1", "replace")
        if not hmac.compare_digest(given, self._secret):
            self._standing.refused()
            raise Problem(401, "secret", "Who are you?")
        body = await raw(request, MOST)
        try:
            update = _decode.decode(body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise Problem(400, "not_json", "The body is not JSON.") from None
        number = update.get("update_id")
        if not isinstance(number, int) or isinstance(number, bool):
            raise Problem(422, "update", "An update has an update_id.")
        late = await self._turn(number)
        self._standing.late += late
        await self._inbox.take(update, late=late)
        return json({"ok": True})

    async def _turn(self, number: int) -> bool:
        """Waits for the update's turn; True when it came too late for it."""
        loop = asyncio.get_running_loop()
        turn: asyncio.Future[bool] = loop.create_future()
        self._turns.setdefault(number, []).append(turn)
        self._free(self._order.came(number, loop.time()))
        try:
            return await turn
        except asyncio.CancelledError:
            waiting = self._turns.get(number, [])
            if turn in waiting:
                waiting.remove(turn)
            raise

    def _wake(self, freed: list[Free]) -> None:
        for number, late in freed:
            for turn in self._turns.pop(number, ()):
                if not turn.done():
                    turn.set_result(late)

    def _free(self, freed: list[Free]) -> None:
        # Everybody is woken in one way, who has just come too: else who need not wait overtakes who was let go before.
        asyncio.get_running_loop().call_soon(self._wake, freed)
        if self._alarm is not None:
            self._alarm.cancel()
        due = self._order.due
        self._alarm = asyncio.get_running_loop().call_at(due, self._over) if due is not None else None

    def _over(self) -> None:
        self._free(self._order.passed(asyncio.get_running_loop().time()))

    def close(self) -> None:
        """Nobody waits any more."""
        if self._alarm is not None:
            self._alarm.cancel()

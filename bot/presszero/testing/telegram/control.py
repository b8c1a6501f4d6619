"""The double's hands over HTTP, for tests in another process or language: `POST /control/<what>` with JSON.

It acts as people do; it is no part of the Bot API and asks for no token, so it listens on loopback only, like all of the double.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from presszero.testing.telegram.people import Person
from presszero.testing.telegram.seen import Seen

if TYPE_CHECKING:
    from presszero.testing.telegram import Telegram

Given = Mapping[str, Any]


class Control:
    """What may be ordered from outside."""

    def __init__(self, telegram: Telegram) -> None:
        self._tg = telegram

    async def order(self, what: str, body: bytes) -> tuple[int, Any]:
        """One order; gives a status and an answer."""
        orders: dict[str, Callable[[Given], Awaitable[Any]]] = {
            "person": self._person,
            "write": self._write,
            "press": self._press,
            "block": self._block,
            "messages": self._messages,
            "fault": self._fault,
            "chaos": self._chaos,
            "effects": self._effects,
        }
        if what not in orders:
            return 404, {"error": "no such order", "orders": sorted(orders)}
        try:
            return 200, await orders[what](json.loads(body or b"{}"))
        except (ValueError, KeyError, TypeError, IndexError) as error:
            return 422, {"error": f"{type(error).__name__}: {error}"}

    def _who(self, given: Given) -> Person:
        return Person(self._tg.world, self._tg.world.users[given["person"]])

    async def _person(self, given: Given) -> Any:
        return {"id": self._tg.person(given["name"], lang=given.get("lang", "")).id}

    async def _write(self, given: Given) -> Any:
        return {"message_id": (await self._who(given).write(given["text"])).id}

    async def _press(self, given: Given) -> Any:
        person = self._who(given)
        message = Seen(person.chat.chat, given["message_id"])
        return {"press": await person.press(message, given.get("button", 0))}

    async def _block(self, given: Given) -> Any:
        await self._who(given).block()
        return {}

    async def _messages(self, given: Given) -> Any:
        return [m.raw for m in self._who(given).chat.messages]

    async def _fault(self, given: Given) -> Any:
        self._tg.faults.add(**given)
        return {}

    async def _chaos(self, given: Given) -> Any:
        self._tg.faults.chaos(given["seed"], given["chance"], tuple(given.get("methods", ())))
        return {}

    async def _effects(self, given: Given) -> Any:
        return [asdict(e) for e in self._tg.journal.effects[given.get("after", 0) :]]

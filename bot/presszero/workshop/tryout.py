"""Conversations that leads try out: each on a throw-away store, with the drafts as they stood when it began.

Nothing of them reaches the desk's database, a service or a customer.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Mapping
from contextlib import AsyncExitStack
from typing import Any

from presszero.check.player import Player, Stage
from presszero.runtime.content import Content
from presszero.runtime.editing import Act, Said, Tried
from presszero.runtime.versions import Refused
from presszero.source.fields import seconds
from presszero.store.base import Message

MOST = 6  # at once; the one that was left alone the longest ends
LONGEST = 3 * 86400.0


class Tryouts:
    """One conversation for each lead."""

    def __init__(self) -> None:
        self._open: OrderedDict[int, tuple[AsyncExitStack, Player]] = OrderedDict()

    async def begin(self, who: int, content: Content, services: Mapping[str, Any], act: Act) -> Tried:
        """A new conversation in place of the lead's last one."""
        await self._end(who)
        while len(self._open) >= MOST:
            await self._end(next(iter(self._open)))
        stack = AsyncExitStack()
        stage = await stack.enter_async_context(Stage(content, time.time()))
        lang = act.lang if act.lang in content.languages else content.default_lang
        player = await stage.player(lang=lang, at=time.time(), services=services, customer={}, channel=act.channel)
        self._open[who] = stack, player
        return await _tried(player, await player.start())

    async def act(self, who: int, act: Act) -> Tried:
        """One act. Raises Refused."""
        if who not in self._open:
            raise Refused("not_begun", "Begin the conversation anew.", "Начните разговор заново.")
        self._open.move_to_end(who)
        player = self._open[who][1]
        match act.do:
            case "press":
                said = await player.press(act.text, act.label or act.text)
            case "digits":
                said = await player.digits(act.text)
            case "operator":
                said = await player.operator(act.text)
            case "return":
                said = await player.give_back()
            case "resolve":
                said = await player.resolve()
            case "after":
                said = await player.after(min(seconds(act.text) or 0.0, LONGEST))
            case _:
                said = await player.say(act.text)
        return await _tried(player, said)

    async def close(self) -> None:
        """All of them end."""
        for who in list(self._open):
            await self._end(who)

    async def _end(self, who: int) -> None:
        found = self._open.pop(who, None)
        if found is not None:
            await found[0].aclose()


async def _tried(player: Player, said: list[Message]) -> Tried:
    top = player.state.top
    tickets = tuple(f"{t.number} {t.category}" for t in await player.tickets())
    return Tried(tuple(map(_said, said)), f"{top.flow}/{top.step}" if top else "", player.state.holder, tickets)


def _said(message: Message) -> Said:
    body = message.body
    buttons = tuple({k: str(b.get(k) or "") for k in ("label", "payload", "digit")} for b in body.get("buttons", ()))
    links = tuple({k: str(b.get(k) or "") for k in ("title", "url")} for b in body.get("links", ()))
    return Said(message.who, message.text, message.author or "", buttons, links)

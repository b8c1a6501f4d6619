"""That somebody is typing: shown while an answer takes longer than a second, and while an operator writes. Never worth an error."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from aiogram.methods import SendChatAction

from presszero.channels.telegram.client import Client
from presszero.errors import ChannelError, StoreError
from presszero.runtime.intake import Intake
from presszero.runtime.turn import state_of

SOON = 1.0
SHOWN = 4.5  # Telegram shows it for five seconds
LONGEST = 60.0


class Presence:
    """Who sees that somebody is busy with them."""

    def __init__(self, client: Client, intake: Intake, channel: str) -> None:
        self._client = client
        self._intake = intake
        self._channel = channel
        self._watched: dict[str, asyncio.Task[None]] = {}
        self._turns: set[str] = set()
        self._typed: dict[str, float] = {}

    @asynccontextmanager
    async def turn(self, peer: str) -> AsyncIterator[None]:
        """A message of this peer is being taken: if it, or the call it begins, takes long, that is shown."""
        self._turns.add(peer)
        if peer not in self._watched:
            task = asyncio.create_task(self._watch(peer))
            self._watched[peer] = task
            task.add_done_callback(lambda _: self._watched.pop(peer, None))
        try:
            yield
        finally:
            self._turns.discard(peer)

    async def _watch(self, peer: str) -> None:
        await asyncio.sleep(SOON)
        end = self._intake.clock.now() + LONGEST
        with suppress(ChannelError, StoreError):
            while self._intake.clock.now() < end and (peer in self._turns or await self._called(peer)):
                with self._intake.hub.subscribe(f"p:{self._channel}:{peer}") as news:
                    await self._client(SendChatAction(chat_id=int(peer), action="typing"))
                    with suppress(TimeoutError):
                        async with asyncio.timeout(SHOWN):
                            await news.get()

    async def _called(self, peer: str) -> bool:
        """Whether a service is being asked for them."""
        found, _ = await self._intake.store.conversation(self._channel, peer, self._intake.clock.now())
        pending = state_of(found).pending
        return pending is not None and pending.kind == "call"

    async def operators(self) -> None:
        """Shows customers that an operator writes, until cancelled."""
        with self._intake.hub.subscribe(f"typing:{self._channel}") as signals:
            while True:
                signal = await signals.get()
                peer, now = str(signal.get("peer", "")), self._intake.clock.now()
                if not signal.get("on") or now - self._typed.get(peer, 0.0) < SHOWN:
                    continue
                self._typed = {p: at for p, at in self._typed.items() if now - at < SHOWN} | {peer: now}
                with suppress(ChannelError, ValueError):
                    await self._client(SendChatAction(chat_id=int(peer), action="typing"))

    async def close(self) -> None:
        """Watches nobody any more."""
        tasks = list(self._watched.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

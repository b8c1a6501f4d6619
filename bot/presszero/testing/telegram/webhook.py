"""Updates brought to an address: several at once, again until they are taken, on demand out of order and more than once."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from contextlib import suppress
from itertools import islice

from presszero.errors import ChannelError, Undeliverable
from presszero.runtime.egress import Egress
from presszero.testing.telegram.updates import Update, Updates


class Webhook:
    """The way to one address. An update is forgotten when it was answered 2xx."""

    first_pause = 0.1  # after a delivery that failed; doubles up to the longest
    longest_pause = 60.0
    seconds = 60.0  # that an answer may take

    def __init__(self, updates: Updates, url: str, secret: str, most: int, now: Callable[[], float]) -> None:
        self.url, self.most, self.error, self.error_at, self.delivered = url, most, "", 0.0, 0
        self._updates, self._secret, self._now = updates, secret, now
        self._egress = Egress({url})
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._main: asyncio.Task[None] | None = None
        self._within, self._repeats, self._random = 1, (1, 1), random.Random(0)

    def shuffle(self, within: int, repeats: tuple[int, int] = (1, 1), seed: int = 0) -> None:
        """From now on any of the first ``within`` goes next, and each goes this many times (from, to)."""
        self._within, self._repeats, self._random = within, repeats, random.Random(seed)

    def start(self) -> None:
        """Begins to bring."""
        self._main = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Ends; what was not taken stays in the queue."""
        tasks = [t for t in (self._main, *self._tasks.values()) if t]
        for task in tasks:
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task
        await self._egress.close()

    async def _run(self) -> None:
        while True:
            while len(self._tasks) < self.most and (update := self._pick()):
                self._begin(update)
            self._updates.more.clear()
            await self._updates.more.wait()
            self._updates.forget_old()

    def _pick(self) -> Update | None:
        first = islice(self._updates.waiting.items(), self._within + len(self._tasks))
        free = [update for number, (_, update) in first if number not in self._tasks][: self._within]
        return self._random.choice(free) if free else None

    def _begin(self, update: Update) -> None:
        number = update["update_id"]
        task = asyncio.create_task(self._bring(update))
        self._tasks[number] = task

        def ended(_: asyncio.Task[None]) -> None:
            self._tasks.pop(number, None)
            self._updates.more.set()

        task.add_done_callback(ended)

    async def _bring(self, update: Update) -> None:
        pause, times = self.first_pause, self._random.randint(*self._repeats)
        while times:
            if await self._post(update):
                times -= 1
                continue
            await asyncio.sleep(pause)
            pause = min(pause * 2, self.longest_pause)
        self._updates.waiting.pop(update["update_id"], None)
        self.delivered += 1

    async def _post(self, update: Update) -> bool:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self._secret} if self._secret else {}
        try:
            status, _ = await self._egress.request("POST", self.url, timeout=self.seconds, headers=headers, body=update)
        except (ChannelError, Undeliverable) as error:
            return self._failed(f"Connection refused ({error})")
        return 200 <= status < 300 or self._failed(f"Wrong response from the webhook: {status}")

    def _failed(self, why: str) -> bool:
        self.error, self.error_at = why, self._now()
        return False

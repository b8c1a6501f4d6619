"""The updates of one bot: kept a day, given by offset, confirmed by a higher one.

Ids grow by one; after a quiet week they start again at random. A second poller ends the first.
"""

from __future__ import annotations

import asyncio
import random
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from presszero.testing.telegram.refusal import OTHER_POLLER, Refusal, conflict

NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
Update = dict[str, Any]


@dataclass
class Updates:
    """A queue."""

    now: Callable[[], float]
    keep: float
    seed: int = 0
    allowed: frozenset[str] = frozenset()
    waiting: OrderedDict[int, tuple[float, Update]] = field(default_factory=OrderedDict)
    more: asyncio.Event = field(default_factory=asyncio.Event)
    _poller: asyncio.Future[None] | None = None
    _next: int = 0

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)
        self._next = self._random.randrange(100_000_000, 900_000_000)

    def allow(self, kinds: Sequence[str] | None) -> None:
        """Which kinds come from now on; an empty list means the usual ones, none leaves what there was."""
        if kinds is not None:
            self.allowed = frozenset(kinds)

    def wants(self, kind: str) -> bool:
        """Whether a kind of update comes."""
        return kind in self.allowed if self.allowed else kind not in NOT_BY_DEFAULT

    def put(self, kind: str, what: dict[str, Any]) -> int:
        """Adds one; gives its id, 0 when the bot does not want it."""
        if not self.wants(kind):
            return 0
        update_id = self._next
        self._next += 1
        self.waiting[update_id] = (self.now(), {"update_id": update_id, kind: what})
        self.more.set()
        return update_id

    def quiet_week(self) -> int:
        """Nothing came for a week: ids start again anywhere. Gives the next."""
        self.waiting.clear()
        self._next = self._random.randrange(1_000, 900_000_000)
        return self._next

    def forget_old(self) -> None:
        """Nobody took these for a day."""
        while self.waiting and next(iter(self.waiting.values()))[0] < self.now() - self.keep:
            self.waiting.popitem(last=False)

    def confirm(self, offset: int) -> None:
        """Forgets those before the offset. One from before a quiet week is above all there is, and confirms nothing."""
        if offset < 0:
            while len(self.waiting) > -offset:
                self.waiting.popitem(last=False)
        elif offset <= self._next:
            while self.waiting and next(iter(self.waiting)) < offset:
                self.waiting.popitem(last=False)

    async def poll(self, offset: int, limit: int, seconds: float) -> list[Update]:
        """What getUpdates gives. Raises Refusal when another poller comes meanwhile."""
        self.interrupt(conflict(OTHER_POLLER))
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._poller = mine
        try:
            self.forget_old()
            self.confirm(offset)
            if not self.waiting and seconds > 0:
                await self._wait(mine, seconds)
            return [update for _, update in islice(self.waiting.values(), limit)]
        finally:
            if self._poller is mine:
                self._poller = None

    def interrupt(self, why: Refusal) -> None:
        """Ends the poller that waits."""
        if self._poller and not self._poller.done():
            self._poller.set_exception(why)
            self._poller = None

    async def _wait(self, mine: asyncio.Future[None], seconds: float) -> None:
        self.more.clear()
        bell: asyncio.Future[Any] = asyncio.create_task(self.more.wait())
        try:
            await asyncio.wait((bell, mine), timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            bell.cancel()
        if mine.done():
            mine.result()

"""The gate of one channel account: lets a message go when its peer's turn, the pace over all, and its rank allow.

Replies go before notices, notices before broadcasts; within a rank the oldest goes first, so that one that was sent back
does not stand at the end of the line again. It is also where a channel
that is away is noticed, and that it is back.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
from collections.abc import Callable

from presszero.runtime.pace import Bucket, Limits

MOST_BUCKETS = 10_000
AWAY = 3  # failures in a row, over all peers, that make a channel one that is away


class Gate:
    """One account's gate. ``time`` is given so that tests may say what it is."""

    def __init__(self, limits: Limits | None, time: Callable[[], float]) -> None:
        self._limits = limits or Limits()
        self._time = time
        self._overall = Bucket(self._limits.overall, time())
        self._peers: dict[str, Bucket] = {}
        self._line: list[tuple[int, int, int, asyncio.Future[None]]] = []
        self._numbers = itertools.count()
        self._bell: asyncio.TimerHandle | None = None
        self._failures = 0
        self._flooded: dict[str, float] = {}

    async def enter(self, peer: str, rank: int, age: int = 0) -> None:
        """Waits for the peer's pace, then for the turn over all. ``age``: the lower, the older."""
        bucket = self._of(peer)
        while (pause := bucket.wait(self._time())) > 0:  # noqa: ASYNC110 - until a moment, not until an event
            await asyncio.sleep(pause)
        if self._line or self._overall.wait(self._time()) > 0:
            turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            heapq.heappush(self._line, (rank, age, next(self._numbers), turn))
            self._ring()
            await turn  # its token is taken by whoever lets it go
        else:
            self._overall.take(self._time())
        bucket.take(self._time())

    def flooded(self, peer: str, seconds: float) -> None:
        """The other side asked to wait. It does not say for what: the peer, or, where others hear it too, everybody."""
        now = self._time()
        self._of(peer).shut(now + seconds)
        self._flooded = {p: until for p, until in self._flooded.items() if until > now}
        self._flooded[peer] = now + seconds
        if len(self._flooded) >= AWAY:
            self._overall.shut(now + seconds)

    def failed(self) -> None:
        """An attempt failed as it does when a channel is away."""
        self._failures += 1

    def arrived(self) -> bool:
        """An attempt reached the channel; True when it had been away."""
        back, self._failures = self._failures >= AWAY, 0
        return back

    def _of(self, peer: str) -> Bucket:
        found = self._peers.get(peer)
        if found is None:
            if len(self._peers) >= MOST_BUCKETS:
                now = self._time()
                self._peers = {p: b for p, b in self._peers.items() if not b.idle(now)}
            found = self._peers[peer] = Bucket(self._limits.of(peer), self._time())
        return found

    def _ring(self) -> None:
        """Lets go whoever may, and comes back for the next."""
        while self._line:
            pause = self._overall.wait(self._time())
            if pause > 0:
                if self._bell is None:
                    self._bell = asyncio.get_running_loop().call_later(pause, self._again)
                return
            *_, turn = heapq.heappop(self._line)
            if not turn.done():  # its line was ended meanwhile
                self._overall.take(self._time())
                turn.set_result(None)

    def _again(self) -> None:
        self._bell = None
        self._ring()

"""In which order updates are taken that came by parallel connections. Pure: whoever asks says what time it is.

Ids of a bot's updates follow each other, so a contiguous one is taken at once. One that comes over a gap waits up to
`WINDOW` for those before it; one that comes after its turn is taken on arrival, and is late.
"""

from __future__ import annotations

from typing import NamedTuple

WINDOW = 0.3
QUIET = 6 * 86400.0  # after a week without updates Telegram goes on with an id picked at random


class Free(NamedTuple):
    """An update whose turn it is; ``late``: one after it was taken before it."""

    id: int
    late: bool = False


class Order:
    """The line of one bot's updates; ``most`` may wait at a time, for what holds every connection waits for nobody."""

    def __init__(self, window: float = WINDOW, most: int = 100) -> None:
        self._window = window
        self._most = most
        self._next: int | None = None  # None: nothing was taken yet, so nobody knows what comes first
        self._waiting: dict[int, float] = {}  # id → when it may wait no longer
        self._times: dict[int, int] = {}  # id → how often it came while it waits: each holds a connection
        self._last = 0.0

    def came(self, number: int, now: float) -> list[Free]:
        """An update came; gives those whose turn it is now, in order. The same id again waits with the first."""
        if now - self._last > QUIET and not self._waiting:
            self._next = None
        self._last = now
        if self._next is not None and number < self._next:
            return [Free(number, late=True)]
        self._waiting.setdefault(number, now + self._window)
        self._times[number] = self._times.get(number, 0) + 1
        return self._free(now)

    def passed(self, now: float) -> list[Free]:
        """Time has passed; gives those that may wait no longer, in order."""
        return self._free(now)

    @property
    def due(self) -> float | None:
        """When somebody will have waited long enough."""
        return min(self._waiting.values(), default=None)

    def _free(self, now: float) -> list[Free]:
        over = [number for number, until in self._waiting.items() if until <= now]
        if sum(self._times.values()) >= self._most:
            over.append(min(self._waiting))
        upto = max(over, default=-1)
        found: list[Free] = []
        for number in sorted(self._waiting):
            if number > upto and number != self._next:
                break
            del self._waiting[number], self._times[number]
            found.append(Free(number))
            self._next = number + 1
        return found

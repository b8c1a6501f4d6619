"""Who is looking right now: in-process subscriptions that wake readers. A hint only; the sequence numbers are the truth."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

Signal = dict[str, Any]
MOST_WAITING = 100


class Hub:
    """Subscriptions by topic: ``c:17`` a conversation, ``desk`` the operators' list."""

    def __init__(self) -> None:
        self._topics: dict[str, set[asyncio.Queue[Signal]]] = defaultdict(set)

    @contextmanager
    def subscribe(self, *topics: str) -> Iterator[asyncio.Queue[Signal]]:
        """A queue of signals for as long as the block lasts; a slow reader loses hints, never messages."""
        queue: asyncio.Queue[Signal] = asyncio.Queue(MOST_WAITING)
        for topic in topics:
            self._topics[topic].add(queue)
        try:
            yield queue
        finally:
            for topic in topics:
                self._topics[topic].discard(queue)
                if not self._topics[topic]:
                    del self._topics[topic]

    def tell(self, topic: str, signal: Signal) -> None:
        """Wakes everybody who looks at a topic."""
        for queue in self._topics.get(topic, ()):
            if not queue.full():
                queue.put_nowait(signal)

    def watched(self, topic: str) -> bool:
        """Whether anybody looks at a topic."""
        return topic in self._topics

"""The bells of the workers: rung after a commit, so that nobody polls while nothing waits."""

from __future__ import annotations

import asyncio
from contextlib import suppress


class Wakes:
    """One bell a worker."""

    def __init__(self) -> None:
        self.timers = asyncio.Event()
        self.calls = asyncio.Event()
        self.outbox = asyncio.Event()
        self.held = asyncio.Event()
        self.resent = False  # the outbox has something older than what it has seen


async def wait(bell: asyncio.Event, seconds: float) -> None:
    """Until the bell rings or the time is over."""
    with suppress(TimeoutError):
        async with asyncio.timeout(max(seconds, 0.0)):
            await bell.wait()
    bell.clear()

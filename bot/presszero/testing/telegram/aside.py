"""The double beside the test: in a thread with its own loop, so that it lives on while a desk is killed and started again."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Any, TypeVar

from presszero.testing.telegram import Telegram

T = TypeVar("T")


class Aside:
    """A double that runs in another thread. What happens to it happens through `do`, in its own loop."""

    def __init__(self, telegram: Telegram, loop: asyncio.AbstractEventLoop) -> None:
        self.telegram, self._loop = telegram, loop

    @property
    def url(self) -> str:
        """Where it listens; orders over HTTP are POSTed to ``/control/…`` there."""
        return self.telegram.url

    @property
    def token(self) -> str:
        """Of the first bot."""
        return self.telegram.token

    def do(self, act: Callable[[Telegram], Awaitable[T] | T], within: float = 30.0) -> T:
        """Acts in the double's loop and waits for the end: ``aside.do(lambda tg: anna.write("привет"))``."""

        async def run() -> T:
            found = act(self.telegram)
            return await found if isinstance(found, Awaitable) else found

        return asyncio.run_coroutine_threadsafe(run(), self._loop).result(within)


@contextmanager
def serve_aside(*bots: str, **settings: Any) -> Iterator[Aside]:
    """The double for as long as the block runs; the settings are those of `Telegram`."""
    ready: Future[Aside] = Future()

    async def serve() -> None:
        over = asyncio.Event()
        async with Telegram(*bots, **settings) as telegram:
            aside = Aside(telegram, asyncio.get_running_loop())
            ends.append(over)
            ready.set_result(aside)
            await over.wait()

    def run() -> None:
        try:
            asyncio.run(serve())
        except BaseException as error:
            if not ready.done():
                ready.set_exception(error)
            raise

    ends: list[asyncio.Event] = []
    thread = threading.Thread(target=run, name="telegram-double", daemon=True)
    thread.start()
    aside = ready.result(30)
    try:
        yield aside
    finally:
        aside.do(lambda _: ends[0].set())
        thread.join(15)

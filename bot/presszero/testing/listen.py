"""A server for the length of a test: leaves signals alone, and ends at once instead of at the next tick of a clock.

An ordinary one looks five times a second whether it is to end, which over a thousand tests is minutes of waiting.
"""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn


def heard_at(port: int = 0) -> socket.socket:
    """A port of loopback that answers at once: asyncio switches Nagle's waiting off only where it opened the socket itself."""
    heard = socket.create_server(("127.0.0.1", port), backlog=512)
    heard.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return heard


class Listener(uvicorn.Server):
    """Ends when told so; calls under way have a second."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._over = asyncio.Event()

    def end(self) -> None:
        """No more calls."""
        self.should_exit = True
        self._over.set()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """The process has its own."""
        yield

    async def main_loop(self) -> None:
        """Until told."""
        await self.on_tick(0)
        await self._over.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Closes connections as soon as they are idle."""
        for server in self.servers:
            server.close()
        for sock in sockets or ():
            sock.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        until = time.monotonic() + 1.0
        while (self.server_state.connections or self.server_state.tasks) and time.monotonic() < until:  # noqa: ASYNC110
            await asyncio.sleep(0.002)
        for task in self.server_state.tasks:
            task.cancel()
        await self.lifespan.shutdown()

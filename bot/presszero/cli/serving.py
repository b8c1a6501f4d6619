"""Serves an application on a socket until told to stop, and ends in order.

The application is started before anything listens: what refuses to start is said in plain words, never as a stack.
"""

from __future__ import annotations

import asyncio
import errno
import gc
import signal
import socket
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette

from presszero.errors import ConfigError


def bound(host: str, port: int) -> socket.socket:
    """A socket that has the port but does not listen yet. Raises ConfigError."""
    door = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    # asyncio switches Nagle's waiting off only in sockets it opened itself: an answer would come 40 ms late.
    door.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((host, port))
    except (OSError, OverflowError) as error:
        door.close()
        taken = isinstance(error, OSError) and error.errno == errno.EADDRINUSE
        why = "somebody else listens there; choose another with --port" if taken else str(error)
        raise ConfigError(f"Cannot listen on {host}:{port}: {why}.") from error
    return door


class _Server(uvicorn.Server):
    """Says when it listens; a signal ends it in order, a second one at once."""

    def __init__(self, app: Starlette, ready: Callable[[], Awaitable[None]]) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                lifespan="off",
                log_level="warning",
                access_log=False,
                timeout_graceful_shutdown=5,
                ws_max_size=65536,
                server_header=False,
            )
        )
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        await self._ready()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        loop, signals = asyncio.get_running_loop(), (signal.SIGINT, signal.SIGTERM)
        for number in signals:
            loop.add_signal_handler(number, self.handle_exit, number, None)
        try:
            yield
        finally:
            for number in signals:
                loop.remove_signal_handler(number)


def serving(app: Starlette, door: socket.socket, ready: Callable[[], Awaitable[None]]) -> None:
    """Serves until SIGINT or SIGTERM. Raises what kept the application from starting."""
    server = _Server(app, ready)

    async def main() -> None:
        async with app.router.lifespan_context(app):
            # Flows, words and articles stay for good: frozen, they are not walked through at every collection.
            gc.collect()
            gc.freeze()
            await server.serve([door])

    with asyncio.Runner(loop_factory=server.config.get_loop_factory()) as runner:
        runner.run(main())

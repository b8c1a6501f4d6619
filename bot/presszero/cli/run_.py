"""`presszero run`: runs a desk."""

from __future__ import annotations

import os
import socket
import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from presszero.folders import data_folder, desk_folder

if TYPE_CHECKING:
    from presszero.app import Running


def run(arguments: Namespace) -> int:
    """Runs until told to stop."""
    root = desk_folder(arguments.dir)
    return serve(arguments, root, data_folder(root), dict(os.environ))


def serve(
    arguments: Namespace, root: Path, data: Path, env: dict[str, str], *, demo: bool = False, always_open: bool = False
) -> int:
    """Serves a desk on the host and port of the arguments."""
    import uvicorn

    from presszero.app import Settings, build
    from presszero.cli.logs import set_up

    class Server(uvicorn.Server):
        """Says where it is as soon as it listens."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                await _greet(running, url, demo=demo)

    set_up()
    host = "127.0.0.1" if arguments.host in {"0.0.0.0", "::"} else arguments.host  # noqa: S104
    url = env.get("PUBLIC_URL", "").rstrip("/") or f"http://{host}:{arguments.port}"
    watch = not arguments.no_watch
    app, running = build(Settings(root, data, url, env, demo=demo, always_open=always_open, watch=watch))
    server = Server(
        uvicorn.Config(
            app,
            host=arguments.host,
            port=arguments.port,
            log_level="warning",
            access_log=False,
            timeout_graceful_shutdown=5,
            ws_max_size=65536,
            server_header=False,
        )
    )
    server.run()
    if not server.started:
        print(f"The desk did not start on {url}.", file=sys.stderr)
        return 2
    return 0


async def _greet(running: Running, url: str, *, demo: bool) -> None:
    from presszero.cli.greeting import greet

    await greet(running, url, demo=demo)

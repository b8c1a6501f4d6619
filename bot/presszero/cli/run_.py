"""`presszero run`: runs a desk."""

from __future__ import annotations

import os
from argparse import Namespace
from contextlib import closing
from pathlib import Path

from presszero.folders import data_folder, desk_folder


def run(arguments: Namespace) -> int:
    """Runs until told to stop."""
    root = desk_folder(arguments.dir)
    return serve(arguments, root, data_folder(root), dict(os.environ))


def serve(
    arguments: Namespace, root: Path, data: Path, env: dict[str, str], *, demo: bool = False, always_open: bool = False
) -> int:
    """Serves a desk on the host and port of the arguments; 0 when it was told to stop."""
    from presszero.app import Settings, build
    from presszero.cli.greeting import greet
    from presszero.cli.logs import set_up
    from presszero.cli.serving import bound, serving

    set_up()
    if not any((data / "models").glob("*.npz")):
        print("The first start learns the desk's phrases: up to half a minute.", flush=True)
    with closing(bound(arguments.host, arguments.port)) as door:
        host = "127.0.0.1" if arguments.host in {"0.0.0.0", "::"} else arguments.host  # noqa: S104
        url = env.get("PUBLIC_URL", "").rstrip("/") or f"http://{host}:{door.getsockname()[1]}"
        watch = arguments.watch
        served = Settings(root, data, url, env, demo, always_open, watch=watch, published=not (watch or demo))
        app, running = build(served)
        serving(app, door, lambda: greet(running, url, demo=demo))
    return 0

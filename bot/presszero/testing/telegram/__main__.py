"""`python -m presszero.testing.telegram --port 8081 --token 1:secret`: the double as a process, until it is interrupted.

The first line it writes is its address. People are made and moved by orders: `POST /control/person {"name": "Анна"}`.
"""

from __future__ import annotations

import argparse
import asyncio
import sys

from presszero.testing.telegram import Telegram


async def serve(port: int, tokens: list[str]) -> None:
    """Listens until the process ends."""
    names = [f"Bot {n}" for n, _ in enumerate(tokens, 1)]
    async with Telegram(*names, tokens=tuple(tokens), port=port) as telegram:
        sys.stdout.write(f"{telegram.url}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="presszero.testing.telegram", description="A double of Telegram's Bot API.")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--token", action="append", default=[], help="of a bot; may be given several times")
    given = parser.parse_args()
    try:
        asyncio.run(serve(given.port, given.token or ["1:token"]))
    except KeyboardInterrupt:
        return


if __name__ == "__main__":
    main()

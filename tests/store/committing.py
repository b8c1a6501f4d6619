"""A process to be killed: writes turns on some conversations without end, prints each external id once it is kept."""

import asyncio
import sys
import time
from pathlib import Path

from presszero.store.base import Committed, Inbound, NewMessage, Turn
from presszero.store.sqlite import SqliteStore


async def main(path: Path, name: str) -> None:
    store = SqliteStore(path)
    await store.open()

    async def talk(peer: str) -> None:
        n = 0
        while True:
            n += 1
            found, _ = await store.conversation("web", peer, time.time())
            number = f"{name}.{peer}.{n}"
            said = [NewMessage("customer", number), NewMessage("bot", f"re {number}", deliver=True)]
            done = await store.commit_turn(
                Turn(found.id, found.version, b"{}", time.time(), Inbound("web", number), said, counts=["turns"])
            )
            assert isinstance(done, Committed)
            sys.stdout.write(number + "\n")
            sys.stdout.flush()

    await asyncio.gather(*(talk(f"p{i}") for i in range(8)))


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2]))

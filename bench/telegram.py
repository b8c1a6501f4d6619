"""A bot at work before the double: from update to answer beside a bare client, start, memory, the end on SIGTERM.

    uv run python -m bench.telegram [--messages 300]

The desk is this repository's own as a real process, long polling, joining of lines switched off. The floor is aiogram
alone, which asks for updates and answers each with a fixed text, before the same double in the same run.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.path import cpu, memory
from presszero.channels.telegram.client import Client
from presszero.testing.telegram import Limits
from presszero.testing.telegram.aside import Aside, serve_aside
from tests.running import ROOT, Server, copy_desk

GOALS = {"p95_ms": 150.0, "start_s": 5.0, "idle_mb": 260.0, "after_mb": 260.0, "end_s": 5.0}
BOT = "\n  telegram: {token: env.TELEGRAM_TOKEN, api_base: env.TELEGRAM_API, join_ms: 0}\n  rest: on"
BETWEEN = 0.05  # seconds between messages: under the thirty a second that all chats may get


def answered(aside: Aside, chats: set[int]) -> dict[int, float]:
    """When each chat got its first answer."""

    def look(tg: Any) -> dict[int, float]:
        found: dict[int, float] = {}
        for effect in tg.journal.effects:
            if effect.what.lower() == "sendmessage" and effect.chat_id in chats:
                found.setdefault(effect.chat_id, effect.at)
        return found

    return aside.do(look)


def latencies(aside: Aside, messages: int) -> list[float]:
    """Milliseconds from an update at Telegram to its answer there, each by somebody new."""
    wrote: dict[int, float] = {}
    for n in range(messages):

        async def write(tg: Any, number: int = n) -> None:
            person = tg.person(f"P{number}", lang="ru")
            wrote[person.id] = tg.world.now()
            await person.write("спасибо")

        aside.do(write)
        time.sleep(BETWEEN)
    end = time.monotonic() + 30
    while len(found := answered(aside, set(wrote))) < messages and time.monotonic() < end:
        time.sleep(0.1)
    assert len(found) == messages, f"{messages - len(found)} got no answer"
    return sorted(1000 * (found[chat] - at) for chat, at in wrote.items())


def spread(found: list[float]) -> dict[str, float]:
    """p50, p95 and the worst."""
    cuts = statistics.quantiles(found, n=100)
    return {"p50_ms": round(cuts[49], 1), "p95_ms": round(cuts[94], 1), "max_ms": round(found[-1], 1)}


async def answer(token: str, url: str) -> None:
    """aiogram alone: an answer to everybody."""
    from aiogram.methods import SendMessage

    client, offset = Client(token, url), None
    while True:
        batch = await client.updates(offset, 1, ["message"])
        chats = [update["message"]["chat"]["id"] for update in batch]
        await asyncio.gather(*(client(SendMessage(chat_id=chat, text="Пожалуйста.")) for chat in chats))
        offset = batch[-1]["update_id"] + 1 if batch else offset


@contextmanager
def bare(token: str, url: str) -> Iterator[None]:
    """The floor as a process of its own."""
    process = subprocess.Popen([sys.executable, "-m", "bench.telegram", "--answer", token, url], cwd=ROOT)
    try:
        yield
    finally:
        process.kill()
        process.wait(10)


def timed(act: Callable[[], Any]) -> float:
    """Seconds that something takes."""
    begun = time.monotonic()
    act()
    return time.monotonic() - begun


def measure(messages: int) -> dict[str, Any]:
    """All figures."""
    with tempfile.TemporaryDirectory() as folder, serve_aside(limits=Limits(flood=False)) as aside:
        root = copy_desk(Path(folder) / "desk", ROOT)
        text = (root / "config.yaml").read_text("utf-8")
        assert "\n  rest: on" in text
        (root / "config.yaml").write_text(text.replace("\n  rest: on", BOT), "utf-8")
        env = {"TELEGRAM_TOKEN": aside.token, "TELEGRAM_API": aside.url}
        with bare(aside.token, aside.url):
            latencies(aside, 1)  # it is up
            floor = spread(latencies(aside, min(messages, 100)))
        with Server(Path(folder) / "data", root, env):
            latencies(aside, 3)  # what is learned once is learned
        server = Server(Path(folder) / "data", root, env)
        first = aside.do(lambda tg: tg.person("Первая", lang="ru"))
        aside.do(lambda _: first.write("спасибо"))

        def comes_up() -> None:
            server.start()
            while first.id not in answered(aside, {first.id}):
                time.sleep(0.02)

        start = timed(comes_up)
        idle, work = memory(server.pid), cpu(server.pid)
        desk = spread(latencies(aside, messages))
        after = memory(server.pid)
        ends = timed(server.stop)
    return {
        "floor": floor,
        "desk": desk,
        "p95_ms": desk["p95_ms"],
        "start_s": round(start, 2),
        "start_cpu_s": round(work, 2),
        "idle_mb": round(idle),
        "after_mb": round(after),
        "end_s": round(ends, 2),
    }


def main() -> int:
    """Prints the figures with their goals; 1 when one was missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--messages", type=int, default=300)
    parser.add_argument("--answer", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.answer:
        asyncio.run(answer(*given.answer))
    found = measure(given.messages)
    print(json.dumps(found, indent=2))
    for name, most in GOALS.items():
        print(f"{name:10} {found[name]:8} ≤ {most:g}  {'met' if found[name] <= most else 'MISSED'}")
    return int(any(found[name] > most for name, most in GOALS.items()))


if __name__ == "__main__":
    sys.exit(main())

"""SIGKILL under traffic from Telegram, with the Bot API at its worst: the real process, and a double that lives on.

    uv run python -m tests.crash.telegram --kills 200 [--seed 1]

Afterwards: everything that was written is there once and in order, has one set of replies, and every reply arrived once,
unless the store says that it is in doubt; then it arrived once or not at all.
"""

from __future__ import annotations

import asyncio
import itertools
import random
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from presszero.store.base import Message
from presszero.store.sqlite import SqliteStore
from presszero.testing.telegram import Limits, Telegram
from tests.crash.kill import played
from tests.running import Server
from tests.telegram.stage import desk

PEOPLE = 8
CHAOS = {"slow": 0.05, "error": 0.03, "flood": 0.01, "drop": 0.03, "cut": 0.01, "lost": 0.01}
CALLS = ("sendMessage", "getUpdates", "answerCallbackQuery", "sendChatAction")


@dataclass
class Customer:
    """One person: starts counting, then says numbers, each when the last was answered or it took too long."""

    person: Any
    chance: random.Random
    sent: list[str] = field(default_factory=list)

    async def run(self, stop: asyncio.Event) -> None:
        """Talks until told to stop."""
        for n in itertools.count():
            if n and stop.is_set():
                return
            await self.say("start counting" if n == 0 else str(n))
            await asyncio.sleep(self.chance.uniform(0.3, 2.0))

    async def say(self, text: str) -> None:
        """One message, and up to some seconds for its answer."""
        before = len(self.person.chat.said)
        await self.person.write(text)
        self.sent.append(text)
        # A desk that is down makes nobody talk on: what is measured is traffic, not a backlog.
        end = time.monotonic() + (40 if text == "start counting" else 15)
        wanted = 1 if text == "start counting" else 2
        while len(self.person.chat.said) < before + wanted and time.monotonic() < end:  # noqa: ASYNC110 - the double has no bell
            await asyncio.sleep(0.02)


@dataclass
class Report:
    """What happened."""

    kills: int
    seed: int
    seconds: float = 0.0
    starts_cut: int = 0
    written: int = 0
    replies: int = 0
    arrived: int = 0
    cut: int = 0
    lost_answers: int = 0
    doubt_arrived: int = 0
    faults: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        faults = ", ".join(f"{n} {kind}" for kind, n in sorted(self.faults.items()))
        return (
            f"{self.kills} kills (seed {self.seed}, {self.starts_cut} during a start) in {self.seconds:.0f} s, faults: "
            f"{faults}: {self.written} messages written, {self.replies} replies, 0 lost, 0 doubled, order kept; "
            f"{self.arrived} replies arrived once; in doubt {self.cut} by kills ({self.cut / self.kills:.2f} each), {self.lost_answers} by lost answers "
            f"({self.doubt_arrived} of them had arrived)"
        )


async def kill(folder: Path, kills: int = 20, seed: int = 1) -> Report:
    """Runs it all. Raises AssertionError where a promise does not hold."""
    report, chance, began = Report(kills, seed), random.Random(seed), time.monotonic()
    async with Telegram(limits=Limits(flood=False)) as tg:
        root = desk(folder / "desk", join_ms=100)
        server = Server(folder / "data", root, {"TELEGRAM_TOKEN": tg.token, "TELEGRAM_API": tg.url})
        customers = [Customer(tg.person(f"P{n}"), random.Random(chance.random())) for n in range(PEOPLE)]
        stop = asyncio.Event()
        try:
            await asyncio.to_thread(server.start)
            tg.faults.chaos(seed, CHAOS, CALLS)
            talks = [asyncio.create_task(c.run(stop)) for c in customers]
            for _ in range(kills):
                await _once(server, chance, report)
            tg.faults.clear()
            stop.set()
            await asyncio.wait_for(asyncio.gather(*talks), 60)
            await _taken(server.data, sum(len(c.sent) for c in customers))
            for customer in customers:  # nobody is stuck
                await customer.say("777777")
            await _taken(server.data, sum(len(c.sent) for c in customers))
            code = await asyncio.to_thread(server.stop)
            assert code == 0, f"the end was not clean: {code}\n{server.said()}"
        finally:
            server.kill()
        report.faults = Counter(c.fault for c in tg.journal.calls if c.fault)
        await _judge(server.data, customers, report)
    report.seconds = time.monotonic() - began
    return report


async def _once(server: Server, chance: random.Random, report: Report) -> None:
    """Some traffic, then SIGKILL, then a start; sometimes the start is cut too."""
    await _up(server)
    await asyncio.sleep(chance.uniform(0.1, 2.0))
    server.kill()
    if chance.random() < 0.1:
        starting = asyncio.create_task(asyncio.to_thread(server.start))
        await asyncio.sleep(chance.uniform(0.1, 2.0))
        server.kill()
        await asyncio.gather(starting, return_exceptions=True)
        server.kill()
        report.starts_cut += 1
    await asyncio.to_thread(server.start)


async def _up(server: Server, within: float = 60.0) -> None:
    """Until the bot takes updates: a kill before that cuts nothing."""
    end = time.monotonic() + within
    async with httpx.AsyncClient(base_url=server.url, trust_env=False) as http:
        while time.monotonic() < end:
            if all(bot["up"] for bot in (await http.get("/healthz")).json()["telegram"].values()):
                return
            await asyncio.sleep(0.05)
    raise AssertionError(f"the bot did not come up:\n{server.said()}")


async def _taken(data: Path, written: int, within: float = 120.0) -> None:
    """Until all that was written is taken, and nothing waits to go out."""
    end = time.monotonic() + within
    while True:
        with closing(sqlite3.connect(f"file:{data / 'presszero.db'}?mode=ro", uri=True)) as db:
            waiting = db.execute("SELECT count(*) FROM outbox WHERE state IN ('queued', 'begun')").fetchone()[0]
            waiting += db.execute("SELECT count(*) FROM held").fetchone()[0]
            taken = db.execute("SELECT count(*) FROM message WHERE who = 'customer'").fetchone()[0]
        if not waiting and taken >= written:
            return
        assert time.monotonic() < end, f"{taken} of {written} taken, {waiting} wait"
        await asyncio.sleep(0.1)


async def _judge(data: Path, customers: Sequence[Customer], report: Report) -> None:
    store = SqliteStore(data / "presszero.db")
    await store.open()
    try:
        assert list(await store.check()) == []
        lost = {d.message.id: d for d in await store.dead_letters(1_000_000)}
        assert all(d.message.sent == "in_doubt" for d in lost.values()), "a reply is a dead letter"
        report.cut = sum(d.why == "cut" for d in lost.values())
        report.lost_answers = len(lost) - report.cut
        for customer in customers:
            lines = list(await store.history("telegram", str(customer.person.id), limit=1_000_000))
            assert [m.text for m in lines if m.who == "customer"] == customer.sent, f"{customer.person.id}: lines"
            report.written += len(customer.sent)
            report.replies += _answered(lines)
            await _arrived(store, customer, lines, set(lost), report)
    finally:
        await store.close()
    # Each peer's line has one message on its way at most: the more are at once, the more a kill cuts.
    assert report.cut <= report.kills * PEOPLE, f"{report.cut} replies in doubt by {report.kills} kills"
    assert report.written > report.kills / 2


def _answered(lines: Sequence[Message]) -> int:
    """One set of replies to each message; gives how many there are."""
    sets: list[tuple[str, list[str]]] = []
    for line in lines:
        if line.who == "customer":
            sets.append((line.text, []))
        elif sets:
            sets[-1][1].append(line.text)
    for text, said in sets:
        wanted = ["Which number?"] if text == "start counting" else [f"Got {text}.", "Which number?"]
        assert said == wanted, f"{text}: {said}"
    return sum(len(said) for _, said in sets)


async def _arrived(
    store: SqliteStore, customer: Customer, lines: Sequence[Message], doubtful: set[int], report: Report
) -> None:
    """Each reply arrived under the id we know, in order; what else arrived is in doubt, and once at most."""
    heard = {m.id: m.text for m in customer.person.chat.messages if m.from_bot}
    ids = []
    for message in lines:
        if message.who != "customer" and message.id not in doubtful:
            ((_, _, ref),) = await store.refs(message.id)
            assert heard.pop(int(ref), None) == message.text, f"{customer.person.id}: {message.text!r} did not arrive"
            ids.append(int(ref))
    assert ids == sorted(ids), f"{customer.person.id}: order"
    doubts = iter([m.text for m in lines if m.id in doubtful])
    assert all(text in doubts for text in heard.values()), f"{customer.person.id}: doubled: {heard}"
    report.arrived += len(ids)
    report.doubt_arrived += len(heard)


def main(arguments: Sequence[str] | None = None) -> int:
    """`python -m tests.crash.telegram`."""
    return played(__doc__ or "", "presszero-telegram-kill-", kill, arguments)


if __name__ == "__main__":
    sys.exit(main())

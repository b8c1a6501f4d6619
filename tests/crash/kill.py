"""SIGKILL under traffic: the real process, every channel, senders that repeat what was not acknowledged.

    uv run python -m tests.crash.kill --kills 200 [--seed 1]

Afterwards: what was acknowledged is there once and in order, every message has one set of replies, every reply of the
callback channel came once unless the store says that it is in doubt, an order was never placed twice, and nobody is stuck.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import random
import shutil
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Coroutine, Sequence
from contextlib import AsyncExitStack, closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from presszero.store.base import Message
from presszero.store.sqlite import SqliteStore
from tests.running import Books, Receiver, Server, listening

START = {"count": "start counting", "book": "find a book", "order": "place an order"}
ASIDE = ("One moment", "Still")  # what the bot may say while a call takes long
DOWN = (httpx.TransportError,)


@dataclass
class Sender:
    """One person: says the start of a flow, then numbers, each again until it is acknowledged."""

    name: str
    channel: str
    flow: str
    client: httpx.AsyncClient
    pace: random.Random
    token: str = ""
    sent: list[str] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    repeats: int = 0

    async def run(self, stop: asyncio.Event) -> None:
        """Talks until told to stop; what was begun is brought to its end."""
        for n in itertools.count():
            if n and stop.is_set():
                return
            await self.say(START[self.flow] if n == 0 else str(n))
            await asyncio.sleep(self.pace.uniform(0.02, 0.2))

    async def say(self, text: str) -> None:
        """One message, until it is acknowledged, and where a call follows, until that is settled."""
        name = f"{self.name}-{len(self.sent)}"
        self.sent.append(name)
        while not await self._try(text, name):
            self.repeats += 1
            await asyncio.sleep(self.pace.uniform(0.1, 0.3))
        self.acknowledged.append(name)
        if self.flow != "count" and text.isdigit():
            await self._settled(text)

    async def _try(self, text: str, name: str) -> bool:
        try:
            answer = await (self._web(text, name) if self.channel == "web" else self._rasa(text, name))
        except DOWN:
            return False
        assert answer.status_code in {200, 429, 503}, answer.text
        if answer.status_code == 200 and self.channel == "rest" and text.isdigit():
            got = [item["text"] for item in answer.json()]
            assert got == replies(text), f"{name}: {got}"
        return answer.status_code == 200

    async def _web(self, text: str, name: str) -> httpx.Response:
        if not self.token:
            hello = await self.client.post("/web/hello", json={})
            if hello.status_code != 200:
                return hello
            self.token = hello.json()["token"]
        body = {"client_id": name, "text": text}
        return await self.client.post("/web/messages", json=body, headers=self.headers)

    async def _rasa(self, text: str, name: str) -> httpx.Response:
        body = {"sender": self.name, "message": text, "metadata": {"message_id": name}}
        return await self.client.post(f"/webhooks/{self.channel}/webhook", json=body)

    @property
    def headers(self) -> dict[str, str]:
        """The visitor's token."""
        return {"authorization": f"Bearer {self.token}"}

    async def _settled(self, number: str) -> None:
        """Until the answer of the call is said; a desk that keeps it to itself is a failure."""
        end = time.monotonic() + 60
        while time.monotonic() < end:
            with suppress(*DOWN):
                answer = await self.client.get("/web/messages?limit=20", headers=self.headers)
                lines = [m["text"] for m in answer.json().get("messages", ())]
                if any(line in lines for line in settled(self.flow, number)):
                    return
            await asyncio.sleep(0.05)
        raise AssertionError(f"{self.name} never heard of {number}")


def replies(number: str) -> list[str]:
    """What counting says to a number."""
    return [f"Got {number}.", "Which number?"]


def settled(flow: str, number: str) -> list[str]:
    """What may come of a call."""
    if flow == "book":
        return [f"Book {number}: Volume {number}."]
    return [f"Order {number}: N{number}.", f"Order {number} is not confirmed."]


@dataclass
class Report:
    """What happened."""

    kills: int
    seed: int
    seconds: float = 0.0
    starts_cut: int = 0
    acknowledged: int = 0
    repeats: int = 0
    replies: int = 0
    delivered: int = 0
    in_doubt: int = 0
    doubt_arrived: int = 0
    orders_unsure: int = 0
    commits: int = 0

    def __str__(self) -> str:
        return (
            f"{self.kills} kills (seed {self.seed}, {self.starts_cut} during a start) in {self.seconds:.0f} s: "
            f"{self.acknowledged} messages acknowledged, {self.repeats} tries repeated, {self.replies} replies, "
            f"0 lost, 0 doubled, order kept; {self.delivered} replies delivered once, {self.in_doubt} in doubt "
            f"({self.doubt_arrived} of them had arrived); {self.orders_unsure} orders not confirmed, 0 placed twice"
        )


async def kill(folder: Path, kills: int = 20, seed: int = 1) -> Report:
    """Runs it all. Raises AssertionError where a promise does not hold."""
    report, chance, began = Report(kills, seed), random.Random(seed), time.monotonic()
    books, receiver = Books(slow=0.02), Receiver()
    async with AsyncExitStack() as stack:
        env = {
            "BOOKS_URL": await stack.enter_async_context(listening(books.app)),
            "CALLBACK_URL": await stack.enter_async_context(listening(receiver.app)),
        }
        server = Server(folder, env=env)
        stack.callback(server.kill)
        await asyncio.to_thread(server.start)
        people = await _people(stack, server, chance)
        stop = asyncio.Event()
        talks = [asyncio.create_task(p.run(stop)) for p in people]
        try:
            for _ in range(kills):
                await _once(server, chance, report, talks)
            stop.set()
            await asyncio.wait_for(asyncio.gather(*talks), 60)
        finally:
            for talk in talks:
                talk.cancel()
        await _drained(folder)
        for person in people:  # nobody is stuck
            await asyncio.wait_for(person.say("777"), 20)
        await _drained(folder)
        doctor = await asyncio.to_thread(server.presszero, "doctor", "--desk", str(server.desk))
        assert doctor.returncode == 0, doctor.stdout + doctor.stderr
        code = await asyncio.to_thread(server.stop)
        assert code == 0, f"the end was not clean: {code}\n{server.said()}"
    await _judge(folder, people, books, receiver, report)
    report.seconds = time.monotonic() - began
    return report


async def _people(stack: AsyncExitStack, server: Server, chance: random.Random) -> list[Sender]:
    made = [("web", "count")] * 10 + [("web", "book")] * 3 + [("web", "order")] * 3
    made += [("rest", "count")] * 4 + [("callback", "count")] * 4
    client = httpx.AsyncClient(base_url=server.url, trust_env=False, timeout=15.0)
    await stack.enter_async_context(client)
    return [
        Sender(f"{channel}{n}", channel, flow, client, random.Random(chance.random()))
        for n, (channel, flow) in enumerate(made)
    ]


async def _once(server: Server, chance: random.Random, report: Report, talks: Sequence[asyncio.Task[None]]) -> None:
    """Some traffic, then SIGKILL, then a start; sometimes the start is cut too."""
    await asyncio.sleep(chance.uniform(0.1, 1.0))
    for talk in talks:
        if talk.done():
            talk.result()
    server.kill()
    if chance.random() < 0.15:
        starting = asyncio.create_task(asyncio.to_thread(server.start))
        await asyncio.sleep(chance.uniform(0.1, 1.5))
        server.kill()
        with suppress(AssertionError):
            await starting
        server.kill()
        report.starts_cut += 1
    await asyncio.to_thread(server.start)


async def _drained(folder: Path, within: float = 60.0) -> None:
    """Until nothing waits in the outbox and no call is pending."""
    end = time.monotonic() + within
    while True:
        with closing(sqlite3.connect(f"file:{folder / 'presszero.db'}?mode=ro", uri=True)) as db:
            left = db.execute("SELECT count(*) FROM outbox WHERE state IN ('queued', 'begun')").fetchone()[0]
            left += db.execute("SELECT count(*) FROM call").fetchone()[0]
        if not left:
            return
        assert time.monotonic() < end, f"{left} deliveries and calls were never settled"
        await asyncio.sleep(0.05)


async def _judge(folder: Path, people: list[Sender], books: Books, receiver: Receiver, report: Report) -> None:
    store = SqliteStore(folder / "presszero.db")
    await store.open()
    try:
        assert list(await store.check()) == []
        doubtful = {d.message.id for d in await store.dead_letters(1_000_000)}
        got = Counter(int(body["message_id"]) for body in receiver.got)
        assert all(n == 1 for n in got.values()), "a reply was delivered twice"
        placed = Counter(books.keys)
        assert all(n == 1 for n in placed.values()), "an order was placed twice"
        for person in people:
            report.acknowledged += len(person.acknowledged)
            report.repeats += person.repeats
            lines = list(await store.history(person.channel, _peer(folder, person), limit=1_000_000))
            _in_order(person, lines)
            report.replies += _answered(person, lines, report)
            if person.channel == "callback":
                _delivered(person, lines, receiver, doubtful, report)
    finally:
        await store.close()


def _peer(folder: Path, person: Sender) -> str:
    """Whom the desk knows a sender as."""
    if person.channel != "web":
        return person.name
    import jwt

    peer: str = jwt.decode(person.token, options={"verify_signature": False})["sub"]
    return peer


def _in_order(person: Sender, lines: list[Message]) -> None:
    """Every acknowledged message once, in the order it was sent, and no other."""
    written = [m.body.get("client_id") for m in lines if m.who == "customer"]
    assert written == person.sent == person.acknowledged, f"{person.name}: {len(written)} of {len(person.sent)}"


def _answered(person: Sender, lines: list[Message], report: Report) -> int:
    """One set of replies to each message; gives how many lines the bot said."""
    sets: list[tuple[str, list[str]]] = []
    for line in lines:
        if line.who == "customer":
            sets.append((line.text, []))
        elif sets:
            sets[-1][1].append(line.text)
    for text, said in sets:
        if not text.isdigit():
            assert len(said) == 1, f"{person.name}: {text}: {said}"
        elif person.flow == "count":
            assert said == replies(text), f"{person.name}: {text}: {said}"
        else:
            outcomes = [s for s in said if s in settled(person.flow, text)]
            assert len(outcomes) == 1, f"{person.name}: {text}: {said}"
            report.orders_unsure += outcomes[0].endswith("not confirmed.")
            asked = [s for s in said if s.startswith("The number of")]
            assert len(asked) == 1, f"{person.name}: {text}: {said}"
    return sum(len(said) for _, said in sets)


def _delivered(person: Sender, lines: list[Message], receiver: Receiver, doubtful: set[int], report: Report) -> None:
    """Replies came once and in order; one that is in doubt came once or not at all."""
    wanted = [m.id for m in lines if m.who != "customer"]
    came = [int(body["message_id"]) for body in receiver.got if body["recipient_id"] == person.name]
    doubts = [m for m in wanted if m in doubtful]
    assert came == [m for m in wanted if m in set(came)], f"{person.name}: order of replies"
    assert set(wanted) - set(came) <= set(doubts), f"{person.name}: a reply was lost"
    report.delivered += len(set(came) - doubtful)
    report.in_doubt += len(doubts)
    report.doubt_arrived += len(set(doubts) & set(came))


def played(
    about: str,
    prefix: str,
    run: Callable[[Path, int, int], Coroutine[Any, Any, object]],
    arguments: Sequence[str] | None,
) -> int:
    """A crash battery from the command line: its report, or what failed and where the data is kept."""
    parser = argparse.ArgumentParser(description=about.partition("\n")[0])
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    try:
        report = asyncio.run(run(folder, given.kills, given.seed))
    except AssertionError as error:
        print(f"FAILED (seed {given.seed}, data kept in {folder}): {error}", file=sys.stderr)
        return 1
    shutil.rmtree(folder)
    print(report)
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """`python -m tests.crash.kill`."""
    return played(__doc__ or "", "presszero-kill-", kill, arguments)


if __name__ == "__main__":
    sys.exit(main())

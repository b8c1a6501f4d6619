"""Telegram at its worst, in full size: updates doubled and shuffled over four connections, and thousands of messages under its limits.

    uv run python -m tests.telegram.battery [--updates 10000] [--messages 5000] [--outage 600] [--scale 1]

What must hold is asserted; what was measured is printed. ``--scale 10`` makes Telegram and us ten times as fast.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import msgspec

from presszero.channels.telegram.webhook import HEADER
from presszero.runtime.pace import TELEGRAM, Limits, Rate
from presszero.store.base import Committed, NewMessage, Turn
from presszero.testing.telegram import Limits as Theirs
from tests.running import until
from tests.telegram.stage import Stage, stage

CONNECTIONS = 4
WITHIN = 50
HOOK = """
  telegram:
    token: env.TELEGRAM_TOKEN
    api_base: env.TELEGRAM_API
    join_ms: 0
    mode: webhook
    connections: 4
"""


# updates


@dataclass
class Updates:
    """What came of doubled and shuffled updates."""

    updates: int
    deliveries: int
    seconds: float
    late: int
    inversions: int

    def __str__(self) -> str:
        return (
            f"{self.updates} updates, {self.deliveries} deliveries over {CONNECTIONS} connections, shuffled within "
            f"{WITHIN}, in {self.seconds:.0f} s ({self.deliveries / self.seconds:.0f}/s): one effect each, "
            f"{self.late} late and marked so, {self.inversions} out of order without the mark"
        )


def deliveries(count: int, first: int, chance: random.Random) -> list[int]:
    """Update ids as they are brought: each 1 to 5 times, near its place."""
    placed = [
        (number + chance.uniform(0, WITHIN), first + number)
        for number in range(count)
        for _ in range(chance.randint(1, 5))
    ]
    return [number for _, number in sorted(placed)]


async def updates(folder: Path, count: int, chats: int, seed: int = 1) -> Updates:
    """Brings them and judges. Raises AssertionError where a promise does not hold."""
    chance = random.Random(seed)
    async with stage(folder, channel=HOOK) as found:
        people = [found.tg.person(f"P{n}") for n in range(chats)]
        first = 1 << 32
        assert all(p.chat.chat for p in people)  # the bot may write to whoever has a chat with it
        for n, person in enumerate(people):
            await _post(found, found.desk.http, _says(person, first + n, "start counting"))
        first += chats
        writers = [chance.randrange(chats) for _ in range(count)]
        line = deliveries(count, first, chance)
        began = time.monotonic()
        queue = iter(line)

        async def connection(http: httpx.AsyncClient) -> None:
            for number in queue:
                await _post(found, http, _says(people[writers[number - first]], number, str(number - first + 1)))

        clients = [httpx.AsyncClient(base_url=found.desk.url, trust_env=False, timeout=60) for _ in range(CONNECTIONS)]
        await asyncio.gather(*(connection(http) for http in clients))
        seconds = time.monotonic() - began
        for http in clients:
            await http.aclose()
        await until(lambda: not _waiting(found), within=60 + count / 20)
        late, inversions = await _judge(found, people, writers)
        return Updates(count, len(line), seconds, late, inversions)


async def _post(found: Stage, http: httpx.AsyncClient, update: dict[str, Any]) -> None:
    account = found.desk.running.bots.accounts["telegram"]
    answer = await http.post(account.path, json=update, headers={HEADER: account.secret})
    assert answer.status_code == 200, answer.text


def _says(person: Any, number: int, text: str) -> dict[str, Any]:
    chat = {"id": person.id, "type": "private"}
    message = {"message_id": number & 0x7FFFFFFF, "date": 1, "chat": chat, "from": person.user.raw(), "text": text}
    return {"update_id": number, "message": message}


def _waiting(found: Stage) -> int:
    store = found.desk.running.store
    rows: list[Any] = store._reader.all("SELECT count(*) FROM outbox WHERE state IN ('queued', 'begun')")
    waiting: int = rows[0][0]
    return waiting


async def _judge(found: Stage, people: Sequence[Any], writers: Sequence[int]) -> tuple[int, int]:
    """Each update has one line and one answer, and each answer came once."""
    late = inversions = 0
    for n, person in enumerate(people):
        lines = list(await found.desk.running.store.history("telegram", str(person.id), limit=1_000_000))
        wrote = [m for m in lines if m.who == "customer"][1:]
        wanted = [str(i + 1) for i, writer in enumerate(writers) if writer == n]
        assert sorted(m.text for m in wrote) == sorted(wanted), f"{person.id}: lines"
        said = Counter(m.text for m in lines if m.who == "bot" and m.text.startswith("Got "))
        assert said == {f"Got {text}.": 1 for text in wanted}, f"{person.id}: answers"
        heard = Counter(text for text in person.chat.said if text.startswith("Got "))
        assert heard == said, f"{person.id}: lost {said - heard}, doubled {heard - said}"
        late += sum(bool(m.body.get("late")) for m in wrote)
        inversions += _inversions([int(m.text) for m in wrote if not m.body.get("late")])
    assert writers, "there was something to judge"
    return late, inversions


def _inversions(numbers: Sequence[int]) -> int:
    return sum(a > b for a, b in itertools.pairwise(numbers))


# the pace


@dataclass
class Pace:
    """What came of many messages under Telegram's limits."""

    messages: int
    chats: int
    seconds: float
    permitted: float
    floods: int
    waits: list[float]
    outage: float = 0.0
    first: float = 0.0

    @property
    def rate(self) -> float:
        """Messages a second."""
        return self.messages / self.seconds

    def __str__(self) -> str:
        told = f"{self.messages} messages to {self.chats} chats"
        told += f" after {self.outage:.0f} s away" if self.outage else ""
        told += (
            f" in {self.seconds:.0f} s: {self.rate:.1f}/s, {self.rate / self.permitted:.1%} of {self.permitted:.0f}/s; "
        )
        told += f"{self.floods} avoidable 429"
        told += f"; the last reply after {self.first:.0f} s" if self.first else ""
        if self.waits:
            told += f"; after an injected 429 the wait was {min(self.waits):.2f} to {max(self.waits):.2f} s over what was told"
        return told


def limits(scale: float) -> tuple[Theirs, Limits]:
    """Telegram's limits and ours, so many times as fast; the bursts stay."""
    theirs = Theirs(per_chat=scale, overall=30 * scale, overall_burst=round(30 * scale), per_group=round(20 * scale))

    def faster(rate: Rate | None) -> Rate | None:
        return msgspec.structs.replace(rate, a_second=rate.a_second * scale) if rate else None

    ours = msgspec.structs.replace(
        TELEGRAM, peer=faster(TELEGRAM.peer), group=faster(TELEGRAM.group), overall=faster(TELEGRAM.overall)
    )
    return theirs, ours


async def pace(
    folder: Path, count: int, chats: int, *, scale: float = 1.0, outage: float = 0.0, floods: int = 0, asked: int = 2
) -> Pace:
    """Writes them into the outbox at once and measures how they go out."""
    theirs, ours = limits(scale)
    async with stage(folder, limits=theirs) as found:
        found.desk.running.bots.accounts["telegram"].limits = ours
        people = [found.tg.person(f"P{n}") for n in range(chats)]
        assert all(p.chat.chat for p in people)
        if outage:
            found.tg.faults.chaos(1, {"error": 1.0}, ("sendMessage",))
        for n in range(floods):
            found.tg.faults.add("flood", "sendMessage", seconds=asked, chat_id=people[n].id)
        ranks = _write(found, people, count, by_rank=bool(outage))
        began = time.monotonic()
        async for _ in ranks:
            pass
        found.desk.running.intake.wakes.outbox.set()
        if outage:
            await asyncio.sleep(outage)
            found.tg.faults.clear()
            began = time.monotonic()
            at = found.tg.world.now()
        await until(lambda: not _waiting(found), within=120 + 2 * count / 30 / scale)
        seconds = time.monotonic() - began
        calls = found.tg.journal.of("sendMessage")
        assert len([c for c in calls if c.status == 200]) == count
        lost = await found.desk.running.store.dead_letters()
        assert not lost, f"{len(lost)} dead letters"
        avoidable = [c for c in calls if c.status == 429 and not c.fault]
        first = (
            max((e.at - at for e in found.tg.journal.effects if e.text.startswith("r0")), default=0.0)
            if outage
            else 0.0
        )
        return Pace(count, chats, seconds, 30 * scale, len(avoidable), list(_waits(calls, asked)), outage, first)


async def _write(found: Stage, people: Sequence[Any], count: int, *, by_rank: bool) -> Any:
    """Messages for everybody; with ranks every tenth person hears replies, another tenth notices, the others broadcasts."""
    store = found.desk.running.store
    for n, person in enumerate(people):
        rank = (0 if n % 10 == 0 else 1 if n % 10 == 1 else 2) if by_rank else 0
        mine = count // len(people) + (n < count % len(people))
        talk, _ = await store.conversation("telegram", str(person.id), time.time())
        said = [NewMessage("bot", f"r{rank} message {i}", deliver=True, rank=rank) for i in range(mine)]
        done = await store.commit_turn(Turn(talk.id, talk.version, talk.state, time.time(), messages=said))
        assert isinstance(done, Committed)
        yield rank


def _waits(calls: Sequence[Any], asked: int) -> Iterator[float]:
    """How long after what was told the next try came."""
    for n, call in enumerate(calls):
        if call.status == 429 and call.fault:
            again = next(c for c in calls[n + 1 :] if c.params.get("chat_id") == call.params.get("chat_id"))
            yield again.at - call.at - asked


async def everything(given: argparse.Namespace) -> None:
    """All of it, one after the other."""
    with tempfile.TemporaryDirectory(prefix="presszero-telegram-") as name:
        folder = Path(name)
        if given.updates:
            print(await updates(folder / "updates", given.updates, max(2, given.updates // 50)), flush=True)
        if given.messages:
            one = await pace(folder / "pace", 1000, 200, scale=given.scale, floods=5)
            print(one, flush=True)
            assert one.floods == 0
            assert all(0 <= wait <= 1 for wait in one.waits), one.waits
            two = await pace(folder / "drain", given.messages, 400, scale=given.scale, outage=given.outage)
            print(two, flush=True)
            assert two.rate >= 0.9 * two.permitted
            assert two.floods == 0


def main() -> int:
    """`python -m tests.telegram.battery`."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--updates", type=int, default=10_000)
    parser.add_argument("--messages", type=int, default=5_000)
    parser.add_argument("--outage", type=float, default=600.0)
    parser.add_argument("--scale", type=float, default=1.0)
    asyncio.run(everything(parser.parse_args()))
    return 0


if __name__ == "__main__":
    sys.exit(main())

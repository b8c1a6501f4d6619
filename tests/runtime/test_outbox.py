"""The outbox against a messenger that misbehaves: order, parts, doubt, floods, blocked customers, absence."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from presszero.errors import Blocked, ChannelError, InDoubt, Undeliverable
from presszero.runtime import outbox
from presszero.runtime.clock import WallClock
from presszero.runtime.content import Content
from presszero.runtime.intake import Intake
from presszero.runtime.pace import Limits, Rate
from presszero.runtime.port import Progress
from presszero.runtime.push import Hub
from presszero.runtime.wakes import Wakes
from presszero.store.base import Committed, Message, NewMessage, Turn
from presszero.store.sqlite import SqliteStore
from tests.running import until

Fails = Callable[[str, str, int], Exception | None]


@dataclass
class Messenger:
    """A messenger as the outbox sees one; a text goes in parts, one for each ``|``."""

    name: str = "post"
    limits: Limits | None = None
    fails: Fails = lambda _peer, _part, _tried: None
    got: list[tuple[str, str]] = field(default_factory=list)
    at: list[float] = field(default_factory=list)
    tried: int = 0

    async def send(self, peer: str, message: Message, progress: Progress) -> str:
        """Sends what has not arrived yet."""
        parts = message.text.split("|")
        for n, part in enumerate(parts[len(progress.sent) :], len(progress.sent) + 1):
            self.tried += 1
            error = self.fails(peer, part, self.tried)
            if error is not None:
                raise error
            self.got.append((peer, part))
            self.at.append(time.monotonic())
            await progress.add(f"{message.id}.{n}", more=n < len(parts))
        return f"{message.id}.{len(parts)}"

    async def close(self) -> None:
        """Nothing to let go of."""

    def heard(self, peer: str) -> list[str]:
        """What one peer was told."""
        return [text for to, text in self.got if to == peer]


@dataclass
class Post:
    """An intake, and the outbox at work on it."""

    intake: Intake
    messenger: Messenger

    async def say(self, peer: str, *texts: str, rank: int = 0, at: float | None = None) -> list[int]:
        """Messages for a peer; their ids."""
        store, now = self.intake.store, at or time.time()
        found, _ = await store.conversation("post:a", peer, now)
        said = [NewMessage("bot", text, deliver=True, rank=rank) for text in texts]
        done = await store.commit_turn(Turn(found.id, found.version, b"{}", now, messages=said))
        assert isinstance(done, Committed)
        self.intake.wakes.outbox.set()
        return [m.id for m in done.messages]

    async def states(self) -> dict[str, str]:
        """What became of each message."""
        found = {}
        for line in await self.intake.store.rows(holder=("bot",)):
            for message in await self.intake.store.messages(line.conversation.id):
                found[message.text] = message.sent
        return found

    async def settled(self) -> dict[str, str]:
        """The same, when nothing waits any more."""
        await until(self._idle)
        return await self.states()

    def _idle(self) -> bool:
        store = self.intake.store
        assert isinstance(store, SqliteStore)
        return not store._reader.all("SELECT 1 FROM outbox WHERE state IN ('queued', 'begun')")


@pytest.fixture
async def post(content: Content, tmp_path: Path) -> AsyncIterator[Post]:
    store = SqliteStore(tmp_path / "desk.db", durable=False)
    await store.open()
    intake = Intake(store, replace(content, pushed=frozenset({"post"})), WallClock(), Hub(), Wakes())
    messenger = Messenger()
    async with working(intake, messenger):
        yield Post(intake, messenger)
    await store.close()


@contextlib.asynccontextmanager
async def working(intake: Intake, messenger: Messenger) -> AsyncIterator[None]:
    """The outbox at work."""
    work = asyncio.create_task(outbox.run(intake, {"post": messenger}))
    try:
        yield
    finally:
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)


async def test_each_peer_hears_everything_in_order(post: Post) -> None:
    for n in range(10):
        for peer in ("a", "b", "c"):
            await post.say(peer, f"{peer}{n}", f"{peer}{n}+")
    await post.settled()
    for peer in ("a", "b", "c"):
        assert post.messenger.heard(peer) == [t for n in range(10) for t in (f"{peer}{n}", f"{peer}{n}+")]


async def test_a_retry_goes_on_where_it_stopped(post: Post) -> None:
    post.messenger.fails = lambda _, part, tried: ChannelError("503") if part == "two" and tried == 2 else None
    (number,) = await post.say("a", "one|two|three")
    assert await post.settled() == {"one|two|three": "sent"}
    assert post.messenger.heard("a") == ["one", "two", "three"]
    assert await post.intake.store.parts(number) == [f"{number}.1", f"{number}.2", f"{number}.3"]
    found = await post.intake.store.traced("post:a", "a", f"{number}.2")
    assert found
    assert found.text == "one|two|three"


async def test_what_is_in_doubt_is_never_sent_again_by_itself_and_goes_on_when_a_person_says_so(post: Post) -> None:
    post.messenger.fails = lambda _, part, tried: InDoubt("cut") if part == "two" and tried == 2 else None
    (number,) = await post.say("a", "one|two|three")
    await post.say("a", "next")
    assert await post.settled() == {"one|two|three": "in_doubt", "next": "sent"}
    assert post.messenger.heard("a") == ["one", "next"]
    assert await post.intake.resend(number)
    assert not await post.intake.resend(number)
    assert (await post.settled())["one|two|three"] == "sent"
    assert post.messenger.heard("a") == ["one", "next", "two", "three"]


async def test_a_fault_of_ours_leaves_a_doubt_and_the_line_goes_on(post: Post) -> None:
    post.messenger.fails = lambda _, part, __: RuntimeError("oops") if part == "one" else None
    await post.say("a", "one", "two")
    assert await post.settled() == {"one": "in_doubt", "two": "sent"}


async def test_one_who_is_refused_for_good_holds_up_nothing(post: Post) -> None:
    post.messenger.fails = lambda _, part, __: Undeliverable("400") if part == "one" else None
    await post.say("a", "one", "two")
    assert await post.settled() == {"one": "failed", "two": "sent"}


async def test_who_blocked_us_is_not_tried_again_until_they_write(post: Post) -> None:
    post.messenger.fails = lambda _, __, ___: Blocked("403")
    await post.say("a", "one", "two")
    assert await post.settled() == {"one": "failed", "two": "failed"}
    assert post.messenger.tried == 1
    assert [d.why for d in await post.intake.store.dead_letters()] == ["blocked", "blocked"]
    assert await post.intake.store.blocked("post:a", "a")
    post.messenger.fails = lambda _, __, ___: None
    await post.intake.reachable("post:a", "a", blocked=False)
    await post.say("a", "three")
    assert (await post.settled())["three"] == "sent"


async def test_what_it_asks_us_to_wait_is_waited_and_not_much_more(post: Post) -> None:
    post.messenger.fails = lambda _, __, tried: ChannelError("429", retry_after=1.0) if tried == 1 else None
    began = time.monotonic()
    await post.say("a", "one")
    await post.say("b", "two")
    await post.settled()
    at = dict(zip([peer for peer, _ in post.messenger.got], post.messenger.at, strict=True))
    assert at["b"] - began < 0.9  # the other was held up by nothing
    assert 1.0 <= at["a"] - began <= 2.0


async def test_a_channel_that_was_away_takes_what_waited_at_once(post: Post) -> None:
    away = True
    post.messenger.fails = lambda _, __, ___: ChannelError("refused") if away else None
    for peer in "abcdefgh":
        await post.say(peer, f"to {peer}")
    await until(lambda: post.messenger.tried >= 16)  # each of them twice: their next pauses are of seconds
    away = False
    began = time.monotonic()
    await post.say("z", "somebody new")
    await post.settled()
    assert time.monotonic() - began < 1.5
    assert len(post.messenger.got) == 9


async def test_replies_go_before_notices_and_broadcasts(post: Post) -> None:
    post.messenger.limits = Limits(overall=Rate(50.0, 1))
    for rank, text in ((2, "broadcast"), (1, "notice"), (0, "reply")):
        for n in range(5):
            store, now = post.intake.store, time.time()
            found, _ = await store.conversation("post:a", f"{text}{n}", now)
            said = [NewMessage("bot", text, deliver=True, rank=rank)]
            await store.commit_turn(Turn(found.id, found.version, b"{}", now, messages=said))
    post.intake.wakes.outbox.set()
    await post.settled()
    assert [text for _, text in post.messenger.got[1:]] == [
        *(["reply"] * 5),
        *(["notice"] * 5),
        *(["broadcast"] * 4),
    ]


async def test_a_crash_between_two_parts_leaves_no_doubt(content: Content, tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "desk.db", durable=False)
    await store.open()
    intake = Intake(store, replace(content, pushed=frozenset({"post"})), WallClock(), Hub(), Wakes())
    slow = Messenger(limits=Limits(peer=Rate(0.01, 1)))
    one = Post(intake, slow)
    await one.say("a", "one|two")
    async with working(intake, slow):
        await until(lambda: slow.got)
        await asyncio.sleep(0)
    await store.close()
    again = SqliteStore(tmp_path / "desk.db", durable=False)
    await again.open()
    intake.store = again
    quick = Messenger()
    async with working(intake, quick):
        assert await Post(intake, quick).settled() == {"one|two": "sent"}
    assert (slow.heard("a"), quick.heard("a")) == (["one"], ["two"])
    await again.close()


async def test_what_is_under_way_when_the_desk_stops_is_ended_and_noted(content: Content, tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "desk.db", durable=False)
    await store.open()
    intake = Intake(store, replace(content, pushed=frozenset({"post"})), WallClock(), Hub(), Wakes())
    go = asyncio.Event()

    class Slow(Messenger):
        async def send(self, peer: str, message: Message, progress: Progress) -> str:
            self.tried += 1
            await go.wait()
            return await super().send(peer, message, progress)

    slow = Slow()
    one = Post(intake, slow)
    await one.say("a", "one", "two")
    work = asyncio.create_task(outbox.run(intake, {"post": slow}))
    await until(lambda: slow.tried)
    work.cancel()
    await asyncio.sleep(0)
    go.set()
    await asyncio.gather(work, return_exceptions=True)
    assert await one.states() == {"one": "sent", "two": "queued"}
    await store.close()

"""Hands messages to channels that are pushed to: in order for each peer, tried again with growing pauses, dead letters kept.

An attempt is noted before it is made. One that a crash cut off is in doubt: it is shown so and never repeated silently.
Each peer that something waits for has a line of its own; nobody's line holds up another's.
"""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress

from presszero.errors import Blocked, ChannelError, InDoubt, StoreError, Undeliverable
from presszero.runtime.gate import Gate
from presszero.runtime.intake import Intake
from presszero.runtime.port import Channel
from presszero.runtime.wakes import wait
from presszero.store.base import DueDelivery, Outcome

log = logging.getLogger(__name__)
TRIES = 8  # and at least PATIENCE seconds, before a message is given up
PATIENCE = 3600.0
LONGEST = 60.0  # seconds between two tries
AT_ONCE = 64  # attempts under way in one account
FEW = 4  # of them young: what is under way a kill leaves in doubt, and many at once only make each other slow
YOUNG = 0.1  # seconds; then another may begin: forty a second, however slow the other side is
LOOK = 5.0  # seconds after which lines are looked for without a bell
LAST = 3.0  # seconds that attempts under way have when the desk stops
Peer = tuple[str, str]


async def run(intake: Intake, channels: Mapping[str, Channel], clock: Callable[[], float] = time.monotonic) -> None:
    """Works until cancelled."""
    await Outbox(intake, channels, clock).run()


class Outbox:
    """The lines of all peers."""

    def __init__(
        self, intake: Intake, channels: Mapping[str, Channel], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._intake, self._channels, self._clock = intake, channels, clock
        self._lines: dict[Peer, _Line] = {}
        self._accounts: dict[str, _Account] = {}

    async def run(self) -> None:
        """Opens a line for every peer that something waits for."""
        seen, looked = 0, 0.0
        try:
            while True:
                if self._clock() - looked >= LOOK:  # also those that a bell was not rung for: a resent dead letter
                    seen, looked = 0, self._clock()
                try:
                    for line in await self._intake.store.lines(seen):
                        self._open((line.channel, line.peer))
                        seen = max(seen, line.newest)
                except StoreError:
                    log.exception("PZ-OUTBOX the outbox could not be read; trying again")
                await wait(self._intake.wakes.outbox, LOOK)
                if self._intake.wakes.resent:
                    self._intake.wakes.resent, looked = False, 0.0
        finally:
            await self._end()

    def _open(self, peer: Peer) -> None:
        line = self._lines.get(peer)
        if line is not None:
            line.more = True
            return
        line = self._lines[peer] = _Line(self._intake, self._account(peer[0]), peer)
        line.task = asyncio.create_task(self._follow(peer, line))

    async def _follow(self, peer: Peer, line: _Line) -> None:
        try:
            await line.run()
        except StoreError:
            log.exception("PZ-OUTBOX the outbox could not be read or written; trying again")
            await asyncio.sleep(1.0)
        except Exception:
            log.exception("PZ-OUTBOX a line fell and is started again")
            await asyncio.sleep(1.0)
        finally:
            del self._lines[peer]
        if line.fell:
            self._open(peer)

    def _account(self, name: str) -> _Account:
        found = self._accounts.get(name)
        if found is None:
            channel = self._channels.get(name) or self._channels.get(name.partition(":")[0])
            found = self._accounts[name] = _Account(name, channel, self._clock)
        return found

    async def _end(self) -> None:
        """Who only waits, goes; what is under way has a moment to be ended and noted."""
        tasks = [line.task for line in self._lines.values() if line.task]
        under_way = [line.task for line in self._lines.values() if line.task and line.sending]
        for line in list(self._lines.values()):
            line.last = True
            if line.task and not line.sending:
                line.task.cancel()
        if under_way:
            await asyncio.wait(under_way, timeout=LAST)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


class _Account:
    """One account of a channel: its gate, how many attempts are under way, and the bell that says it is back."""

    def __init__(self, name: str, channel: Channel | None, clock: Callable[[], float]) -> None:
        self.name, self.channel = name, channel
        self.gate = Gate(channel.limits if channel else None, clock)
        self.room = asyncio.Semaphore(AT_ONCE)
        self.back = asyncio.Event()
        self._young = asyncio.Semaphore(FEW)

    @asynccontextmanager
    async def young(self) -> AsyncIterator[None]:
        """A place among the few that begin beside each other; a slow one gives it away."""
        await self._young.acquire()
        late = asyncio.get_running_loop().call_later(YOUNG, self._grown, held := [True])
        try:
            yield
        finally:
            late.cancel()
            self._grown(held)

    def _grown(self, held: list[bool]) -> None:
        if held:
            held.clear()
            self._young.release()


class _Line:
    """What waits for one peer, one message after the other."""

    def __init__(self, intake: Intake, account: _Account, peer: Peer) -> None:
        self._intake, self._store, self._account = intake, intake.store, account
        self._channel, self._peer = peer
        self.task: asyncio.Task[None] | None = None
        self.more = False  # something came while the line was at work
        self.sending = False
        self.last = False  # the desk stops: nothing more is begun
        self.fell = True

    async def run(self) -> None:
        """Until nothing waits."""
        while not self.last:
            self.more = False
            due = await self._store.next_delivery(self._channel, self._peer)
            if due is not None:
                await self._take(due)
            elif not self.more:
                break
        self.fell = False

    async def _take(self, due: DueDelivery) -> None:
        if self._account.channel is None:
            await self._store.end_delivery(due.id, "failed", why="the channel is off")
            return
        if due.blocked:
            await self._store.end_delivery(due.id, "failed", why="blocked")
            self._shown(due)
            return
        pause = due.due_at - self._intake.clock.now()
        if pause > 0:  # a channel that comes back calls everybody at once
            await _either(self._account.back, pause)
            return
        await self._account.gate.enter(self._peer, due.rank, due.id)
        async with self._account.room, self._account.young():
            self.sending = True
            try:
                await self._attempt(self._account.channel, due)
            finally:
                self.sending = False

    async def _attempt(self, channel: Channel, due: DueDelivery) -> None:
        progress = _Progress(self, due, await self._store.parts(due.id))
        await self._store.begin_delivery(due.id)
        try:
            external_id = await channel.send(self._peer, due.message, progress)
        except Exception as error:  # noqa: BLE001 - whatever it was, what is known of it is kept
            await self._not_sent(due, error, progress)
        else:
            await self._end(due, "sent", external_id=external_id, parts=progress.fresh)
            if self._account.gate.arrived():
                await self._hurry()
        self._shown(due)

    async def _not_sent(self, due: DueDelivery, error: Exception, progress: _Progress) -> None:
        number, why = due.message.id, str(error)
        outcome: Outcome = "in_doubt"
        retry_at: float | None = None
        match error:
            case Blocked():
                outcome, why = "failed", "blocked"
                await self._intake.reachable(self._channel, self._peer, blocked=True)
                log.info("PZ-BLOCKED a customer of %s does not want our messages", self._account.name)
            case Undeliverable():
                outcome = "failed"
                log.warning("PZ-DEAD message %d cannot be delivered: %s", number, error)
            case InDoubt():
                log.warning("PZ-DOUBT message %d is in doubt: %s", number, error)
            case ChannelError():
                outcome, retry_at = self._later(due, error, progress)
            case _:
                # Whether it was sent nobody knows now: it is shown so, and never sent again by itself.
                why = "our fault"
                log.error("PZ-DOUBT message %d is in doubt", number, exc_info=error)
        await self._end(due, outcome, retry_at=retry_at, why=why, parts=progress.fresh)

    def _later(self, due: DueDelivery, error: ChannelError, progress: _Progress) -> tuple[Outcome, float | None]:
        """When it is tried again; too late is a dead letter."""
        now = self._intake.clock.now()
        if error.retry_after is not None:  # it was heard, and told when to come again
            self._account.gate.flooded(self._peer, error.retry_after)
            return "retry", now + error.retry_after + random.uniform(0.05, 0.3)  # noqa: S311 - jitter, not a secret
        self._account.gate.failed()
        attempts = 1 if progress.moved else due.attempts + 1
        if attempts >= TRIES and now - due.message.at >= PATIENCE:
            log.warning("PZ-DEAD message %d was given up after %d attempts: %s", due.message.id, attempts, error)
            return "failed", None
        pause = min(LONGEST, 0.5 * 2 ** min(attempts, 10)) * random.uniform(0.75, 1.25)  # noqa: S311 - jitter
        return "retry", now + pause

    async def _hurry(self) -> None:
        """The channel is back: nobody waits for the end of a pause that was for its absence."""
        log.info("PZ-BACK %s takes messages again", self._account.name)
        await self._store.hurry(self._channel, self._intake.clock.now())
        self._account.back.set()
        self._account.back = asyncio.Event()

    async def _end(
        self,
        due: DueDelivery,
        outcome: Outcome,
        *,
        external_id: str = "",
        retry_at: float | None = None,
        why: str = "",
        parts: Sequence[str] = (),
    ) -> None:
        """Writes what is known now; a database that refuses is asked until it does not, or the line would stand still."""
        while True:
            try:
                await self._store.end_delivery(
                    due.id, outcome, external_id=external_id, retry_at=retry_at, why=why, parts=parts
                )
            except StoreError:
                log.exception("PZ-OUTBOX what came of message %d could not be written; trying again", due.message.id)
                await asyncio.sleep(1.0)
            else:
                return

    def _shown(self, due: DueDelivery) -> None:
        self._intake.hub.tell(f"c:{due.message.conversation_id}", {"t": "sent", "seq": due.message.seq})

    async def next_part(self, due: DueDelivery, parts: Sequence[str]) -> None:
        """Notes the parts that arrived, and waits until one more may go."""
        await self._store.note_parts(due.id, parts)
        self.sending = False  # between two parts nothing is under way
        await self._account.gate.enter(self._peer, due.rank, due.id)
        self.sending = True
        await self._store.begin_delivery(due.id)


class _Progress:
    """How far one message has come."""

    def __init__(self, line: _Line, due: DueDelivery, sent: Sequence[str]) -> None:
        self._line, self._due = line, due
        self.sent = list(sent)
        self.fresh: list[str] = []  # arrived, and noted with the end of the attempt
        self.moved = False

    async def add(self, external_id: str, *, more: bool = False) -> None:
        """One more part arrived."""
        self.sent.append(external_id)
        self.fresh.append(external_id)
        if more:
            await self._line.next_part(self._due, self.fresh)
            self.fresh, self.moved = [], True


async def _either(bell: asyncio.Event, seconds: float) -> None:
    """Until the bell, or the time is over; the bell is not ours to clear."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await bell.wait()

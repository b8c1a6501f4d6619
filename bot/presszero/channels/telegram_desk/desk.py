"""The forum desk at work: its groups, who looks after which conversation, and the people who count as there.

Light until its bot is up: what needs aiogram is imported then. The console stays the truth: all that is kept here is how far
each topic has come.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any, Protocol

from presszero.channels.files import Uploads
from presszero.channels.telegram.bots import Account, Bots
from presszero.channels.telegram_desk.reminder import reminder
from presszero.errors import ChannelError, StoreError
from presszero.runtime.gate import Gate
from presszero.runtime.intake import Intake
from presszero.runtime.pace import TELEGRAM, Limits, Rate
from presszero.runtime.people import People
from presszero.runtime.reviews import Due
from presszero.runtime.wakes import wait
from presszero.store.base import Message

if TYPE_CHECKING:
    from presszero.channels.telegram_desk.hands import Hands
    from presszero.channels.telegram_desk.room import Room
    from presszero.channels.telegram_desk.view import View

log = logging.getLogger(__name__)
SWEEP = 10.0  # seconds between looks at everything; signals come at once, and may be lost
HERE = 45.0  # between two notes that linked operators are there
# Twenty a minute in a group, in any minute: six at once, for a new topic takes three, and then 13.5 a minute. Over all next
# to nothing: the bot's outbox takes nearly all of the thirty a second.
PACE = Limits(group=Rate(13.5 / 60, 6), overall=Rate(1.0, 1), groups=TELEGRAM.groups)
LONGEST = 60.0
Raw = dict[str, Any]


class Setting(Protocol):
    """What config.yaml says of the forum desk."""

    @property
    def bot(self) -> str:
        """The account's name."""
        ...

    @property
    def groups(self) -> Sequence[int]:
        """The groups."""
        ...

    @property
    def queues(self) -> Mapping[str, Sequence[int]]:
        """Which groups a queue goes to; another goes to all."""
        ...

    @property
    def anonymous(self) -> str:
        """The operator that hidden administrators speak as."""
        ...


class ForumDesk:
    """Topics of forum groups as a desk for operators."""

    pace = PACE

    def __init__(self, intake: Intake, people: People, bots: Bots, setting: Setting, uploads: Uploads) -> None:
        self._intake, self._people, self._bots, self._setting, self._uploads = intake, people, bots, setting, uploads
        self._account: Account = bots.accounts[setting.bot]
        for chat in setting.groups:
            self._account.desks[chat] = self.take
        self._ready = asyncio.Event()
        self._hands: Hands
        self.view: View
        self.rooms: dict[str, Room] = {}
        self._bells: dict[int, asyncio.Event] = {}  # of the conversations that are looked after now
        self._tasks: set[asyncio.Task[None]] = set()
        self._touched = -HERE

    async def take(self, raw: Raw) -> None:
        """One update of one of the groups; returns when it is on disk or needs nothing."""
        await self._ready.wait()
        await self._hands.take(raw)

    async def run(self) -> None:
        """Works until cancelled."""
        await self._account.ready.wait()
        await asyncio.to_thread(_imported)
        self._set_up()
        try:
            with self._intake.hub.subscribe("desk") as news:
                await self._look(news)
        finally:
            tasks = list(self._tasks)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def _set_up(self) -> None:
        from presszero.channels.telegram.takes import Takes
        from presszero.channels.telegram_desk.hands import Hands
        from presszero.channels.telegram_desk.room import Room
        from presszero.channels.telegram_desk.view import View
        from presszero.channels.telegram_desk.who import Operators

        line = self._account.line
        if self._ready.is_set() or line is None:
            return
        gate = Gate(self.pace, monotonic)
        self.rooms.update({str(chat): Room(line.client, chat, gate, self.pace) for chat in self._setting.groups})
        self.view = View(self._intake, self._account.name, self.rooms, self._fits, self._choose, self._uploads)
        known = Operators(
            self._intake.store, self._intake.clock, self._setting.anonymous, self._intake.content.default_lang
        )
        self._hands = Hands(
            self._intake, self._people, self._account.name, self.rooms, known, Takes(line.client, self._uploads),
            self._rewrite, self.mark, lambda: self._account.standing.name,
        )  # fmt: skip
        self._ready.set()

    async def _look(self, news: asyncio.Queue[Raw]) -> None:
        swept = -SWEEP
        while True:
            if monotonic() - swept >= SWEEP:
                swept = monotonic()
                await self._sweep()
            try:
                async with asyncio.timeout(max(swept + SWEEP - monotonic(), 0.01)):
                    signal = await news.get()
            except TimeoutError:
                continue
            number = signal.get("conversation")
            if signal.get("t") == "edited" and number:
                task = asyncio.create_task(self._guarded(partial(self.view.edited, number, int(signal.get("seq", 0)))))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)
            elif number:
                self.mark(number)
            else:
                swept = -SWEEP

    async def _sweep(self) -> None:
        """Everything that may need a look: what people hold or wait for, and topics that are open."""
        store, now = self._intake.store, self._intake.clock.now()
        try:
            for row in await store.rows(limit=1000):
                self.mark(row.conversation.id)
            for topic in await store.topics(self._account.name, ("solved", "gone")):
                self.mark(topic.conversation_id)
            if monotonic() - self._touched > HERE:
                self._touched = monotonic()
                for _, operator in await store.handles("telegram"):
                    await store.touch_operator(operator.id, now)
        except StoreError:
            log.exception("PZ-FORUM the conversations could not be read; trying again")

    # one conversation at a time, many beside each other

    def mark(self, number: int) -> None:
        """A conversation may have news."""
        found = self._bells.get(number)
        if found is not None:
            found.set()
            return
        bell = self._bells[number] = asyncio.Event()
        task = asyncio.create_task(self._guarded(partial(self._sync, number, bell)))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _guarded(self, run: Callable[[], Awaitable[Any]]) -> None:
        try:
            await run()
        except ChannelError as error:
            log.warning("PZ-FORUM a topic is behind: %s", error)
        except Exception:
            log.exception("PZ-FORUM a topic could not be brought up to date")

    async def _sync(self, number: int, bell: asyncio.Event) -> None:
        """Until there is nothing more to do for a conversation; its bell says that there is."""
        failed = 0
        try:
            while True:
                bell.clear()
                try:
                    again, failed = await self.view.sync(number), 0
                except (ChannelError, StoreError) as error:
                    failed += 1
                    again = self._pause(number, error, failed)
                    await asyncio.sleep(again)  # no news makes a pause for a fault shorter
                    continue
                if again is None and not bell.is_set():
                    return
                await wait(bell, again or 0.0)
        finally:
            self._bells.pop(number, None)

    @staticmethod
    def _pause(number: int, error: Exception, failed: int) -> float:
        told = error.retry_after if isinstance(error, ChannelError) else None
        log.log(logging.INFO if failed < 3 else logging.WARNING, "PZ-FORUM conversation %d: %s", number, error)
        return max(told or 0.0, min(LONGEST, 0.25 * 2.0 ** min(failed, 10)))

    # groups

    def _fits(self, chat_id: str, queue: str) -> bool:
        return int(chat_id) in self._setting.queues.get(queue, self._setting.groups)

    def _choose(self, queue: str) -> Room | None:
        """The group that has the least to do, of those that are the queue's and can be written to."""
        fitting = [r for r in self.rooms.values() if self._fits(str(r.chat), queue)]
        able = [r for r in fitting if not r.why] or fitting
        return min(able, key=lambda r: (r.load, r.chat), default=None)

    async def remind(self, due: Sequence[Due]) -> None:
        """Articles to be read again, beside the topics of a group that can be written to. Raises ChannelError."""
        await self._ready.wait()
        room = next((room for room in self.rooms.values() if not room.why), None)
        if room is None:
            raise ChannelError("no group can be written to")
        for part in reminder(due, self._intake.content.default_lang):
            await room.text(0, part)

    async def _rewrite(self, message: Message, text: str) -> bool:
        """A reply's new words to where it went; False when the customer keeps the old ones."""
        from aiogram.methods import EditMessageCaption, EditMessageText

        from presszero.channels.telegram_desk.hands import one_part

        refs = [ref for ref in await self._intake.store.refs(message.id) if not ref[1].startswith("-")]
        if not refs:
            return message.sent == "queued"  # it goes as it is kept
        (channel, peer, ref), found = refs[0], one_part(message, text)
        account = self._bots.accounts.get(channel)
        if found is None or account is None or account.line is None or len(refs) > 1:
            return False
        try:
            where: Raw = {"chat_id": int(peer), "message_id": int(ref)}
            words = found.text.html()
            call: Any = (
                EditMessageCaption(caption=words, **where) if found.media else EditMessageText(text=words, **where)
            )
            await account.line.client(call)
        except ChannelError:
            return False
        return True


def _imported() -> None:
    import presszero.channels.telegram_desk.hands
    import presszero.channels.telegram_desk.view  # noqa: F401 - slow the first time

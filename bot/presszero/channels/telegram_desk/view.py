"""A conversation kept in step with its topic: opened at the handoff, its lines sent from a durable cursor, its look, its end.

Before lines go, it is noted that they go; after, that they went. What lies between after a crash or a lost answer is in
doubt, and is sent again only under a line that says so. A topic that was deleted is made again with the last lines.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress

from msgspec.structs import replace

from presszero.channels.files import Uploads
from presszero.channels.telegram.rich import MOST_CAPTION, Rich, marked, plain, split, units
from presszero.channels.telegram_desk.card import card
from presszero.channels.telegram_desk.lines import Post, posts
from presszero.channels.telegram_desk.looks import ICONS, Look, look, title
from presszero.channels.telegram_desk.room import Room, TopicGone
from presszero.channels.telegram_desk.words import word
from presszero.errors import ChannelError, InDoubt
from presszero.runtime.called import called
from presszero.runtime.intake import Intake
from presszero.runtime.turn import state_of
from presszero.store.base import Conversation, Customer, Message
from presszero.store.forum import Topic

log = logging.getLogger(__name__)
TAIL = 10  # lines from before that a new topic begins with
AT_ONCE = 100
LATER = 10.0
NEW, TRIED = "new:", "tried:"  # a topic without a number yet; asked for, and no answer came
CARD_TRIED, OLD_CARD = "tried", "old"  # sent, and no answer came; of a talk before this one
GONE = "gone"
OVER: tuple[Look, ...] = ("bot", "solved")  # nobody waits for people, and no person holds
_IMAGES = {"image/jpeg", "image/png", "image/webp"}
Choose = Callable[[str], Room | None]


class View:
    """Topics as a view of conversations. ``choose`` gives the room for a queue's new topic."""

    def __init__(
        self, intake: Intake, account: str, rooms: dict[str, Room], fits: Callable[[str, str], bool], choose: Choose,
        uploads: Uploads,
    ) -> None:  # fmt: skip
        self._intake, self._store = intake, intake.store
        self._account = account
        self._rooms, self._fits, self._choose = rooms, fits, choose
        self._uploads = uploads
        self._cards: dict[int, str] = {}
        self._queues: dict[int, str] = {}  # that the card on top names
        self.together = 3.0  # seconds that lines wait for those after them

    async def sync(self, number: int) -> float | None:
        """Brings the topic of a conversation up to date; gives the seconds after which to look again. Raises ChannelError."""
        found = await self._store.load(number)
        if found is None:
            return None
        conversation, customer = found
        seen = look(conversation, state_of(conversation), self._intake.clock.now())
        topic = await self._store.topic(number) or await self._begun(conversation, seen)
        if topic is None:
            return await self._soon(conversation, seen)
        if topic.state == GONE and seen not in OVER:
            topic = await self._saved(replace(topic, state=""))
        if topic.state == GONE or (seen in OVER and topic.thread_id.startswith((NEW, TRIED))):
            return None  # gone for good, or settled before there was a topic
        if conversation.last_seq and not await self._store.messages(number, limit=1, notes=True):
            await self._forgotten(topic)
            return None
        try:
            return await self._step(topic, conversation, customer, seen)
        except TopicGone as gone:
            return await self._anew(topic, gone)

    async def _step(self, topic: Topic, conversation: Conversation, customer: Customer, seen: Look) -> float | None:
        topic = await self._housed(topic, conversation, seen)
        room = self._rooms.get(topic.chat_id)
        if room is None:
            return LATER
        fresh = topic.card in {"", CARD_TRIED}
        topic = await self._opened(topic, room, conversation, customer, seen)
        topic = await self._awake(topic, room, conversation, seen)
        topic, again = await self._lines(topic, room, conversation, customer, seen, fresh=fresh)
        if again:
            return again
        again = await self._dressed(topic, room, seen)
        return again or await self._card(topic, room, conversation, customer)

    # its beginning

    async def _begun(self, conversation: Conversation, seen: Look) -> Topic | None:
        """The topic's row: of an earlier conversation of the same customer, if that is over, else a new one."""
        before = await self._store.topic_before(conversation.id)
        past = max(conversation.last_seq - TAIL, 0)
        now = self._intake.clock.now()
        if before is not None and before.state == "solved" and before.chat_id in self._rooms:
            mine = replace(before, conversation_id=conversation.id, at=now)
            if seen == "bot" and await self._wrote(conversation, 0):
                return await self._saved(replace(mine, sent_seq=0, begun_seq=0, card=OLD_CARD))
            if seen not in OVER and self._fits(before.chat_id, conversation.queue):
                return await self._saved(replace(mine, sent_seq=past, begun_seq=past, card=""))
        room = self._choose(conversation.queue) if seen not in OVER else None
        if room is None:
            return None
        number = conversation.id
        made = Topic(number, self._account, str(room.chat), f"{NEW}{number}", past, past, "", "", now)
        await self._store.save_topic(made)
        return made

    async def _soon(self, conversation: Conversation, seen: Look) -> float | None:
        """Looks again when the topic of the talk before is just being closed: this one may go on in it."""
        before = await self._store.topic_before(conversation.id) if seen == "bot" else None
        found = (
            await self._store.load(before.conversation_id) if before and before.state not in {"solved", GONE} else None
        )
        over = found is not None and look(found[0], state_of(found[0]), 0.0) == "solved"
        return 1.0 if over else None

    async def _wrote(self, conversation: Conversation, after: int) -> bool:
        """Whether the customer wrote words of their own (a button is no news)."""
        lines = await self._store.messages(conversation.id, after=after, limit=AT_ONCE)
        return any(m.who == "customer" and not m.body.get("payload") for m in lines)

    async def _housed(self, topic: Topic, conversation: Conversation, seen: Look) -> Topic:
        """Moves to a group of the queue it waits in, if it is in none of them, or if its own is down."""
        room = self._rooms.get(topic.chat_id)
        new = topic.thread_id.startswith((NEW, TRIED))
        right = room is not None and not (new and room.why)
        if right and (seen not in {"waiting", "late"} or self._fits(topic.chat_id, conversation.queue)):
            return topic
        other = self._choose(conversation.queue)
        if other is None or str(other.chat) == topic.chat_id:
            return topic
        if room is not None and not new and not room.why:
            with suppress(ChannelError):
                await room.text(int(topic.thread_id), plain(word("moved", self._lang)))
                await room.close(int(topic.thread_id))
        past = max(conversation.last_seq - TAIL, 0)
        moved = replace(
            topic, chat_id=str(other.chat), thread_id=f"{NEW}{conversation.id}", sent_seq=past, begun_seq=past, card="", state=""
        )  # fmt: skip
        await self._store.save_topic(moved)
        return moved

    async def _opened(
        self, topic: Topic, room: Room, conversation: Conversation, customer: Customer, seen: Look
    ) -> Topic:
        """The topic and its card, each made once."""
        doubt = topic.thread_id.startswith(TRIED)
        if topic.thread_id.startswith((NEW, TRIED)):
            topic = await self._saved(replace(topic, thread_id=f"{TRIED}{conversation.id}"))
            name = title(called(customer, conversation.id, self._lang), conversation.title)
            try:
                thread = await room.create(name, ICONS[seen])
            except InDoubt:
                raise
            except ChannelError:
                if not doubt:
                    await self._saved(replace(topic, thread_id=f"{NEW}{conversation.id}"))
                raise
            topic = await self._saved(replace(topic, thread_id=str(thread), state=seen))
        if topic.card.isdigit() or (topic.card == OLD_CARD and seen in OVER):
            return topic
        text = await card(self._store, self._intake.content, conversation, customer, self._intake.clock.now())
        self._cards[conversation.id] = text.html()
        self._queues[conversation.id] = conversation.queue
        topic = await self._carded(topic, room, text)
        if doubt:
            with suppress(ChannelError):  # a hint: nothing depends on it
                await room.text(int(topic.thread_id), plain(word("second", self._lang)))
        return topic

    async def _carded(self, topic: Topic, room: Room, text: Rich) -> Topic:
        again = topic.card == CARD_TRIED
        above = marked(word("doubt", self._lang), "b") + plain("\n") if again else plain("")
        topic = await self._saved(replace(topic, card=CARD_TRIED))
        try:
            number = await room.text(int(topic.thread_id), above + text)
        except InDoubt:
            raise
        except ChannelError:
            if not again:
                await self._saved(replace(topic, card=""))
            raise
        return await self._saved(replace(topic, card=str(number)))

    async def _awake(self, topic: Topic, room: Room, conversation: Conversation, seen: Look) -> Topic:
        """A solved topic that is needed again is opened again."""
        if topic.state != "solved" or seen == "solved":
            return topic
        if seen == "bot" and not await self._wrote(conversation, topic.sent_seq):
            return topic
        await room.reopen(int(topic.thread_id))
        return await self._saved(replace(topic, state="reopened"))

    # its lines

    async def _lines(
        self, topic: Topic, room: Room, conversation: Conversation, customer: Customer, seen: Look, *, fresh: bool
    ) -> tuple[Topic, float | None]:
        if seen == "bot" and topic.state in {"bot", "solved"}:
            return topic, None  # the bot talks: nobody needs to read along
        if (
            topic.state == "bot" and topic.begun_seq <= topic.sent_seq
        ):  # back from the bot: not all that was said meanwhile
            past = max(topic.sent_seq, conversation.last_seq - TAIL)
            topic = await self._saved(replace(topic, sent_seq=past, begun_seq=past))
        lines = await self._store.messages(conversation.id, after=topic.sent_seq, limit=AT_ONCE, notes=True)
        if not lines:
            return topic, None
        doubtful = [m for m in lines if m.seq <= topic.begun_seq]
        early = self._early(lines) if not fresh and not doubtful else None
        if early:
            return topic, early
        name = called(customer, conversation.id, self._lang)
        own = "" if fresh else f"tg:{topic.chat_id}:"
        if topic.state == "reopened" and seen == "bot":
            topic = await self._said_again(topic, room, lines, name)
            return topic, None
        for n, post in enumerate(posts(doubtful, name, self._lang, own)):
            topic = await self._sent(topic, room, post, word("doubt", self._lang) if n == 0 else "")
        for post in posts(lines[len(doubtful) :], name, self._lang, own):
            topic = await self._sent(topic, room, post)
        return topic, 0.01 if len(lines) == AT_ONCE else None

    def _early(self, lines: Sequence[Message]) -> float | None:
        """Seconds to wait for more lines; None when it is time."""
        left = lines[0].at + self.together - self._intake.clock.now()
        return max(left, 0.01) if left > 0 else None

    async def _said_again(self, topic: Topic, room: Room, lines: Sequence[Message], name: str) -> Topic:
        """A customer whose talk was over writes to the bot: operators see that, and what was written."""
        wrote = [m for m in lines if m.who == "customer"]
        if not wrote:
            return topic
        (post, *_) = posts(wrote, name, self._lang) or [Post(0)]
        return await self._sent(topic, room, post._replace(upto=lines[-1].seq), word("again", self._lang))

    async def _sent(self, topic: Topic, room: Room, post: Post, above: str = "") -> Topic:
        """One post, noted before and after."""
        if post.silent:
            return await self._saved(replace(topic, sent_seq=post.upto, begun_seq=max(topic.begun_seq, post.upto)))
        topic = await self._saved(replace(topic, begun_seq=max(topic.begun_seq, post.upto)))
        sent: list[int] = []
        try:
            await self._write(topic, room, post, above, sent)
        except (InDoubt, TopicGone):
            raise
        except ChannelError:
            if not sent and not above:
                await self._saved(replace(topic, begun_seq=topic.sent_seq))
            raise
        topic = await self._saved(replace(topic, sent_seq=post.upto))
        for message_id in post.ids[:1]:
            await self._store.trace(self._account, topic.chat_id, message_id, [str(n) for n in sent])
        return topic

    async def _write(self, topic: Topic, room: Room, post: Post, above: str, sent: list[int]) -> None:
        thread, answers = int(topic.thread_id), await self._answered(topic, post)
        text = marked(above, "b") + plain("\n") + post.text if above else post.text
        rest = text
        for n, file in enumerate(post.files):
            caption = text if n == 0 and units(text.text) <= MOST_CAPTION else Rich("")
            rest = Rich("") if caption.text else rest
            sent.append(await self._file(room, thread, file, caption, answers))
        for part in split(rest):
            sent.append(await room.text(thread, part, answers))  # noqa: PERF401 - what was sent must be known when one fails

    async def _answered(self, topic: Topic, post: Post) -> int:
        """The message in the topic that this one answers; 0 when it is not there."""
        refs = await self._store.refs(post.answers) if post.answers else ()
        here = [ref for channel, peer, ref in refs if (channel, peer) == (self._account, topic.chat_id)]
        return int(here[0]) if here else 0

    async def _file(self, room: Room, thread: int, file: dict[str, object], caption: Rich, answers: int) -> int:
        name = str(file.get("name") or "file")
        path = self._uploads.path(str(file.get("id")))
        try:
            data = await asyncio.to_thread(path.read_bytes)
        except OSError:
            missing = plain(word("file", self._lang, name=name))
            return await room.text(thread, caption + plain("\n") + missing if caption.text else missing, answers)
        return await room.file(thread, data, name, caption, image=file.get("type") in _IMAGES, answers=answers)

    async def edited(self, number: int, seq: int) -> None:
        """A customer changed a message that the topic shows. Raises ChannelError."""
        topic = await self._store.topic(number)
        found = await self._store.messages(number, after=seq - 1, limit=1)
        room = self._rooms.get(topic.chat_id) if topic else None
        if topic is None or room is None or not found or seq > topic.sent_seq or not topic.thread_id.isdigit():
            return
        if found[0].who != "customer":
            return
        answers = await self._answered(topic, Post(seq, answers=found[0].id))
        text = marked(word("edited", self._lang), "b") + plain(f" {found[0].text}")
        for part in split(text):
            await room.text(int(topic.thread_id), part, answers)

    # its look and its end

    async def _dressed(self, topic: Topic, room: Room, seen: Look) -> float | None:
        if topic.state == seen:
            return None
        if room.busy and seen != "solved":
            return LATER
        thread = int(topic.thread_id)
        await room.dress(thread, ICONS[seen])
        if seen == "solved":
            await room.close(thread)
        await self._saved(replace(topic, state=seen))
        return None

    async def _card(self, topic: Topic, room: Room, conversation: Conversation, customer: Customer) -> float | None:
        """The card anew when what it says has changed."""
        text = await card(self._store, self._intake.content, conversation, customer, self._intake.clock.now())
        before = self._cards.setdefault(conversation.id, text.html())
        if before == text.html() or not topic.card.isdigit():
            return None
        if room.busy:
            return LATER
        passed = conversation.holder == "queue" and self._queues.get(conversation.id, "") not in {
            "",
            conversation.queue,
        }
        if passed:  # other people read from here on: their head, with its deadline, stands below what was said
            self._queues[conversation.id] = conversation.queue
            await self._carded(topic, room, text)
            self._cards[conversation.id] = text.html()
            return None
        self._queues.setdefault(conversation.id, conversation.queue)
        self._cards[conversation.id] = text.html()
        await room.rewrite(int(topic.card), text)
        return None

    async def _anew(self, topic: Topic, gone: Exception) -> float:
        """The topic is not there any more: another, with the last lines."""
        log.info("PZ-FORUM the topic of conversation %d is gone (%s); it is made again", topic.conversation_id, gone)
        found = await self._store.load(topic.conversation_id)
        past = max((found[0].last_seq if found else 0) - TAIL, 0)
        number = topic.conversation_id
        solved = found is None or look(found[0], state_of(found[0]), 0.0) in OVER
        fresh = replace(
            topic, thread_id=f"{NEW}{number}", sent_seq=past, begun_seq=past, card="", state=GONE if solved else ""
        )
        await self._saved(fresh)
        return 0.01

    async def _forgotten(self, topic: Topic) -> None:
        """The customer wished to be forgotten: what was said goes from here too."""
        room = self._rooms.get(topic.chat_id)
        if room is not None and topic.thread_id.isdigit():
            with suppress(TopicGone):
                await room.delete(int(topic.thread_id))
        await self._saved(replace(topic, thread_id=f"{NEW}{topic.conversation_id}", state=GONE))

    async def _saved(self, topic: Topic) -> Topic:
        await self._store.save_topic(topic)
        return topic

    @property
    def _lang(self) -> str:
        return self._intake.content.default_lang

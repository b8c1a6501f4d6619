"""What operators do in a topic: whatever they write goes to the customer, commands do the rest. The console's rules hold here too.

Nothing that begins with a slash ever reaches a customer, and nobody writes to one who is not a known operator.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from msgspec.structs import replace

from presszero.channels.telegram.parts import Part, parts
from presszero.channels.telegram.rich import plain
from presszero.channels.telegram.takes import No, Takes
from presszero.channels.telegram.update import Message, Update, read
from presszero.channels.telegram_desk.room import Room
from presszero.channels.telegram_desk.slips import hides_note, plainly
from presszero.channels.telegram_desk.who import Operators, Who
from presszero.channels.telegram_desk.words import word
from presszero.errors import ChannelError
from presszero.runtime.intake import Intake, Taken
from presszero.runtime.mask import mask_cards
from presszero.runtime.people import OPEN, Gone, Held, People
from presszero.store.base import Message as Line
from presszero.store.base import Operator, TicketEdit
from presszero.store.forum import Topic

log = logging.getLogger(__name__)
Raw = dict[str, Any]
Rewrite = Callable[[Line, str], Awaitable[bool]]  # a message's new words to wherever it went; False: not everywhere
MOST = 4000


class Hands:
    """Takes what comes from the groups."""

    def __init__(
        self, intake: Intake, people: People, account: str, rooms: Mapping[str, Room], operators: Operators, takes: Takes,
        rewrite: Rewrite, again: Callable[[int], None], name: Callable[[], str],
    ) -> None:  # fmt: skip
        self._intake, self._store, self._people = intake, intake.store, people
        self._account, self._rooms, self._operators, self._takes = account, rooms, operators, takes
        self._rewrite, self._again, self._name = rewrite, again, name

    async def take(self, raw: Raw) -> None:
        """One update of a group. Raises StoreError when it could not be kept."""
        update = read(raw)
        message = (update.message or update.edited_message) if update else None
        if update is None or message is None:
            return
        source = raw.get("message") or raw.get("edited_message") or {}
        room = self._rooms.get(str(message.chat.id))
        if room is None:
            return
        who = await self._operators.who(message, source)
        if who is None:
            return
        try:
            await self._done(update, message, source, room, who)
        except ChannelError as error:
            log.warning("PZ-FORUM an answer to an operator did not go out: %s", error)

    async def _done(self, update: Update, message: Message, source: Raw, room: Room, who: Who) -> None:
        words = plainly((message.text or message.caption or "").strip())
        if words[:5].lower() == "/link" and update.message:
            await self._link(room, message, words)
            return
        thread = str(message.message_thread_id or "")
        topic = await self._store.topic_at(self._account, str(message.chat.id), thread) if thread else None
        if topic is None:
            if words.startswith("/") and who.operator and update.message:
                await self._say(room, message, "help" if not thread else "no_topic", who.lang)
            return
        if who.operator is None:
            await self._refuse(topic, message, source, room, who)
            return
        try:
            await self._act(update, message, source, room, topic, who.operator, words)
        except Held as held:
            await self._say(room, message, "held", who.lang, by=held.by)
        except Gone:
            await self._say(room, message, "gone", who.lang)
        self._again(topic.conversation_id)

    async def _refuse(self, topic: Topic, message: Message, source: Raw, room: Room, who: Who) -> None:
        if "forum_topic_closed" in source:
            await room.reopen(int(topic.thread_id))
        if self._operators.first(who.key):
            await self._say(room, message, who.why, who.lang, name=message.sender.name if message.sender else "")

    async def _act(  # noqa: C901 - one case a kind of message
        self, update: Update, message: Message, source: Raw, room: Room, topic: Topic, operator: Operator, words: str
    ) -> None:
        number = topic.conversation_id
        if "forum_topic_closed" in source:
            await self._people.resolve(number, operator)
        elif any(key.startswith("forum_topic") for key in source):
            return
        elif update.edited_message is not None:
            await self._edit(room, message, operator, words)
        elif words.startswith("//"):
            await self._note(room, message, topic, operator, words[2:].strip())
        elif words.startswith("/"):
            await self._command(room, message, topic, operator, words)
        elif hides_note(words):
            await self._say(room, message, "hidden_note", operator.lang)
        elif message.files:
            await self._file(room, message, topic, operator, words)
        elif words:
            await self._reply(message, topic, operator, words)
        elif message.sticker is not None:
            await self._reply(message, topic, operator, message.sticker.emoji or "🙂")
        elif message.contact or message.location or "poll" in source:
            await self._say(room, message, "strange", operator.lang)

    # to the customer

    async def _reply(
        self, message: Message, topic: Topic, operator: Operator, text: str, file: Mapping[str, Any] | None = None
    ) -> None:
        body: dict[str, Any] = {"file": dict(file)} if file else {}
        if message.reply_to_message:
            meant = await self._store.traced(self._account, topic.chat_id, str(message.reply_to_message.message_id))
            if meant is not None and meant.conversation_id == topic.conversation_id:
                body["reply"] = {"id": meant.id, "who": meant.who, "text": meant.text[:200]}
        taken = await self._people.say(topic.conversation_id, operator, text[:MOST], _id(message), body)
        await self._trace(taken, message, topic, "operator")

    async def _file(self, room: Room, message: Message, topic: Topic, operator: Operator, words: str) -> None:
        kind, media = message.files[0]
        got = await self._takes.take(topic.conversation_id, kind, media)
        if isinstance(got, No):
            large = got.word == "file_too_large"
            await self._say(room, message, "file_large" if large else "file_refused", operator.lang, **got.values)
            return
        await self._reply(message, topic, operator, words, got)

    async def _note(self, room: Room, message: Message, topic: Topic, operator: Operator, text: str) -> None:
        if not text:
            await self._say(room, message, "empty", operator.lang)
            return
        taken = await self._people.note(topic.conversation_id, operator, text[:MOST], _id(message))
        await self._trace(taken, message, topic, "note")

    async def _trace(self, taken: Taken, message: Message, topic: Topic, who: str) -> None:
        for kept in taken.messages:
            if kept.who == who:
                await self._store.trace(self._account, topic.chat_id, kept.id, [str(message.message_id)])

    async def _edit(self, room: Room, message: Message, operator: Operator, words: str) -> None:
        """New words for what an operator wrote: in the console, and with the customer where that can be."""
        meant = await self._store.traced(self._account, str(message.chat.id), str(message.message_id))
        if meant is None or meant.who not in {"operator", "note"} or not words or words.startswith("/"):
            return
        if meant.who == "operator" and hides_note(words):
            await self._say(room, message, "hidden_note", operator.lang)
            return
        text = mask_cards(words[:MOST])
        if not await self._store.edit_message(meant.id, text, self._intake.clock.now()):
            return
        for place in (f"c:{meant.conversation_id}", "desk"):
            self._intake.hub.tell(place, {"t": "edited", "conversation": meant.conversation_id, "seq": meant.seq})
        if meant.who == "operator" and not await self._rewrite(meant, text):
            await self._say(room, message, "not_edited", operator.lang)

    # commands

    async def _command(  # noqa: C901 - one case a command
        self, room: Room, message: Message, topic: Topic, operator: Operator, words: str
    ) -> None:
        head, rest = (*words.split(maxsplit=1), "")[:2]
        name, _, bot = head[1:].partition("@")
        if bot and bot.lower() != self._name().lower():
            return  # another bot's
        number, rest = topic.conversation_id, rest.strip()
        match name.lower():
            case "note":
                await self._note(room, message, topic, operator, rest)
            case "take":
                await self._people.take(number, operator)
                await self._own(number, operator)
            case "bot":
                await self._people.release(number, operator)
            case "close":
                await self._people.resolve(number, operator)
            case "transfer":
                await self._transfer(room, message, number, operator, rest)
            case "t":
                await self._template(room, message, topic, operator, rest)
            case "away" | "here" as what:
                await self._store.touch_operator(operator.id, self._intake.clock.now(), away=what == "away")
                await self._say(room, message, what, operator.lang)
            case _:
                await self._say(room, message, "help", operator.lang)

    async def _transfer(self, room: Room, message: Message, number: int, operator: Operator, queue: str) -> None:
        queues = self._intake.content.handoff.queues
        found = next((name for name in queues if name.lower() == queue.lower()), "")
        if found:
            await self._people.transfer(number, operator, found)
            return
        names = ", ".join(queues)
        await self._say(room, message, "queues", operator.lang, names=names)

    async def _template(self, room: Room, message: Message, topic: Topic, operator: Operator, name: str) -> None:
        templates = self._intake.content.handoff.templates
        name = next((known for known in templates if known.lower() == name.lower()), name)
        if name not in templates:
            names = ", ".join(templates)
            await self._say(room, message, "templates" if names else "no_templates", operator.lang, names=names)
            return
        found = await self._store.load(topic.conversation_id)
        lang = (found[0].lang if found else "") or self._intake.content.default_lang
        by = templates[name].text
        text = by.get(lang) or next(iter(by.values()), "")
        taken = await self._people.say(topic.conversation_id, operator, text, f"t{_id(message)}")
        await self._trace(taken, message, topic, "operator")

    async def _own(self, number: int, operator: Operator) -> None:
        at = self._intake.clock.now()
        for ticket in await self._store.tickets(conversation_id=number, states=OPEN):
            if ticket.owner_id is None:
                await self._store.edit_ticket(TicketEdit(ticket.number, owner_id=operator.id, by=operator.shown), at)

    async def _link(self, room: Room, message: Message, words: str) -> None:
        """An operator says who they are. The code is used up, so it need not stay on the screen."""
        if message.sender is None or message.sender.is_bot:
            await self._say(room, message, "anonymous", self._intake.content.default_lang)
            return
        said = await self._operators.link(message.sender.id, words.partition(" ")[2])
        await room.erase(message.message_id)
        lang = said.operator.lang if said.operator else self._intake.content.default_lang
        by = said.operator.shown if said.operator else ""
        await self._tell(room, message.message_thread_id or 0, word(said.why, lang, by=by))

    async def _say(self, room: Room, message: Message, name: str, lang: str, /, **values: Any) -> None:
        """A sentence to whoever wrote, under what they wrote."""
        await self._tell(room, message.message_thread_id or 0, word(name, lang, **values), message.message_id)

    @staticmethod
    async def _tell(room: Room, thread: int, text: str, answers: int = 0) -> None:
        await room.text(thread, plain(text), answers)


def _id(message: Message) -> str:
    return f"tg:{message.chat.id}:{message.message_id}"


def one_part(message: Line, text: str) -> Part | None:
    """The message's new words as one Telegram message; None when it is more than that, or of another kind than before."""
    before, found = parts(message), parts(replace(message, text=text))
    same = len(before) == len(found) == 1 and (before[0].media is None) == (found[0].media is None)
    return found[0] if same else None

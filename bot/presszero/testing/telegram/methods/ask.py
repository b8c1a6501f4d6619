"""One call of a bot as its method sees it: whose, what was given, and where it goes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from presszero.testing.telegram import entities, markup
from presszero.testing.telegram.params import Params
from presszero.testing.telegram.refusal import bad, forbidden, migrated
from presszero.testing.telegram.world import Bot, Chat, Member, Raw, Topic, World


@dataclass
class Ask:
    """A call."""

    world: World
    bot: Bot
    params: Params

    def chat(self) -> Chat:
        """The chat it names, which the bot may see. Raises Refusal."""
        given = self.params.text("chat_id")
        if not given:
            raise bad("chat_id is empty")
        chat = self.world.known(self.bot, self.params.number("chat_id"))
        if chat is None:
            raise bad("chat not found")
        if chat.migrated_to:
            raise migrated(chat.migrated_to)
        if chat.group:
            self._in_group(chat)
        return chat

    def _in_group(self, chat: Chat) -> None:
        me = chat.member(self.bot.user.id)
        if me is None or me.status == "left":
            raise forbidden(f"bot is not a member of the {chat.type} chat")
        if me.status == "kicked":
            raise forbidden(f"bot was kicked from the {chat.type} chat")

    def open_chat(self) -> Chat:
        """The chat it names, where the bot may write. Raises Refusal."""
        chat = self.chat()
        if chat.person and chat.person.is_bot:
            raise forbidden("bot can't send messages to bots")
        if chat.person and chat.person.deactivated:
            raise forbidden("user is deactivated")
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        return chat

    def me(self, chat: Chat) -> Member:
        """The bot as a member of a group."""
        return chat.member(self.bot.user.id) or Member(self.bot.user, "left")

    def thread(self, chat: Chat) -> int:
        """The topic the message goes to; 0 is none. Raises Refusal."""
        number = self.params.number("message_thread_id")
        if not number:
            return 0
        topic = self.topic(chat, number)
        if topic.closed and not self.me(chat).may("can_manage_topics"):
            raise bad("TOPIC_CLOSED")
        return 0 if topic.lost else number

    @staticmethod
    def topic(chat: Chat, number: int) -> Topic:
        """A topic that is there. Raises Refusal in either of Telegram's two texts."""
        topic = chat.topics.get(number)
        if topic is None or topic.deleted:
            raise bad("TOPIC_DELETED" if topic and topic.says_deleted else "message thread not found")
        return topic

    def words(self, name: str, most: int, *, empty: str = "", long: str = "") -> tuple[str, list[Raw]]:
        """A formatted text within its limit, with its entities. Raises Refusal."""
        source = self.params.text(name)
        listed = self.params.object("caption_entities" if name == "caption" else "entities")
        text, found = entities.parse(source, "" if listed else self.params.text("parse_mode"))
        if listed:
            found = listed if isinstance(listed, list) else []
        if empty and not text.strip():
            raise bad(empty)
        if entities.units(text) > most:
            raise bad(long)
        return text, found

    def reply_to(self, chat: Chat) -> int:
        """The message it answers; 0 is none. Raises Refusal when that is gone and must be there."""
        found = self.params.object("reply_parameters")
        given = found if isinstance(found, dict) else {}
        number = int(given.get("message_id") or self.params.number("reply_to_message_id"))
        lenient = bool(given.get("allow_sending_without_reply")) or self.params.flag("allow_sending_without_reply")
        if number and number not in chat.messages:
            if lenient:
                return 0
            raise bad("message to be replied not found")
        return number

    def send(self, chat: Chat, what: Raw, *, method: str, thread: int | None = None, paid: bool = False) -> Raw:
        """Checks the rest, counts it against the limits, and writes it. ``paid``: counted before."""
        keyboard = markup.read(self.params, self.world.limits)
        number = self.thread(chat) if thread is None else thread
        reply_to = self.reply_to(chat)
        if not paid:
            self.world_flood(chat)
        if keyboard and "inline_keyboard" in keyboard:
            what = what | {"reply_markup": keyboard}
        sent = self.world.post(chat, self.bot.user, what, thread=number, reply_to=reply_to)
        if keyboard and "inline_keyboard" not in keyboard:
            chat.reply_keyboard = None if keyboard.get("remove_keyboard") else keyboard
        self.world.effect(method, chat.id, sent["message_id"], what.get("text") or what.get("caption") or "")
        return sent

    def world_flood(self, chat: Chat, cost: int = 1) -> None:
        """Counts messages against the limits. Raises Refusal."""
        self.bot.flood.take(chat.id, group=chat.group, now=self.world.now(), cost=cost)


Method = Callable[[Ask], Any | Awaitable[Any]]

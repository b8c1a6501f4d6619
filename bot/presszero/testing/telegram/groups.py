"""Groups and forums: members, anonymous administrators, topics that people close, reopen and delete by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from presszero.testing.telegram.methods.messages import shown
from presszero.testing.telegram.people import Person, content, seen, written
from presszero.testing.telegram.seen import Seen
from presszero.testing.telegram.world import COLORS, Bot, Chat, Member, Raw, Topic, User, World

MANAGE = {"can_manage_topics": True, "can_delete_messages": True, "can_pin_messages": True, "can_manage_chat": True}


class Group:
    """A group and what people do in it."""

    def __init__(self, world: World, chat: Chat) -> None:
        self.world, self.chat = world, chat

    @property
    def id(self) -> int:
        """Its number."""
        return self.chat.id

    @property
    def messages(self) -> list[Seen]:
        """All that stands in it, topics included."""
        return [Seen(self.chat, number) for number in self.chat.messages]

    @property
    def general(self) -> list[Seen]:
        """What stands outside of topics."""
        return [m for m in self.messages if not m.thread]

    def admit(self, user: User, status: str = "member", *, anonymous: bool = False, **rights: bool) -> Member:
        """Puts somebody into the group without a word."""
        found = self.chat.members[user.id] = Member(user, status, anonymous, dict(rights))
        return found

    async def add(self, bot: Bot, *, by: Person | None = None, **rights: bool) -> None:
        """Adds a bot; with rights it is an administrator."""
        was = self.chat.members.get(bot.user.id) or Member(bot.user, "left")
        now = self.admit(bot.user, "administrator" if any(rights.values()) else "member", **rights)
        self._changed(bot, was, now, by)

    async def remove(self, bot: Bot, *, by: Person | None = None) -> None:
        """Throws a bot out."""
        was = self.chat.members[bot.user.id]
        now = self.chat.members[bot.user.id] = Member(bot.user, "kicked")
        self._changed(bot, was, now, by)

    def _changed(self, bot: Bot, was: Member, now: Member, by: Person | None) -> None:
        from presszero.testing.telegram.methods.chats import member

        who = by.user if by else next((m.user for m in self.chat.members.values() if m.status == "creator"), bot.user)
        what = {"chat": self.chat.raw(), "from": who.raw(), "date": int(self.world.now())}
        bot.updates.put("my_chat_member", what | {"old_chat_member": member(was), "new_chat_member": member(now)})

    async def join(self, person: Person, status: str = "member", **more: bool) -> None:
        """A person comes in; the group is told."""
        self.admit(person.user, status, **more)
        await self.sends(person, {"new_chat_members": [person.user.raw()]})

    async def write(self, person: Person, text: str, *, reply_to: Seen | None = None, thread: int = 0) -> Seen:
        """A text, by a member."""
        return await self.sends(person, written(text), reply_to=reply_to, thread=thread)

    async def send_file(self, person: Person, data: bytes, name: str = "paper.txt", caption: str = "", *,
                        kind: str = "document", mime: str = "text/plain", thread: int = 0) -> Seen:  # fmt: skip
        """A file, by a member."""
        return await self.sends(person, content(self.world, kind, data, name, mime, None, caption), thread=thread)

    async def sends(self, person: Person, what: Raw, *, reply_to: Seen | None = None, thread: int = 0) -> Seen:
        """Any content, by a member; who is anonymous shows only the group."""
        member = self.chat.members.get(person.id)
        hidden = self.chat if member and member.leads and member.anonymous else None
        number = reply_to.id if reply_to else 0
        message = self.world.post(self.chat, person.user, what, thread=thread, reply_to=number, behind=hidden)
        self._tell("message", message)
        return Seen(self.chat, message["message_id"])

    async def edit(self, message: Seen, text: str) -> None:
        """A member changes what they wrote."""
        raw = message.raw
        raw.pop("entities", None)
        raw |= ({"caption": text} if "text" not in raw else written(text)) | {"edit_date": int(self.world.now())}
        self._tell("edited_message", raw)

    def _tell(self, kind: str, message: Raw) -> None:
        for bot in self.world.bots.values():
            member = self.chat.members.get(bot.user.id)
            if member and member.here and (bot.reads_all or member.leads or _meant(bot, message)):
                bot.updates.put(kind, shown(message))

    async def upgrade(self) -> Group:
        """A small group becomes a supergroup with another id; gives that."""
        new = self.world.group(self.chat.title, forum=self.chat.forum)
        new.members = self.chat.members
        told = self.world.post(self.chat, None, {"migrate_to_chat_id": new.id})
        self._tell("message", told)
        self.chat.migrated_to = new.id
        return type(self)(self.world, new)

    async def sees(self, found: str | Callable[[Seen], Any], within: float = 10.0) -> Seen:
        """Waits until a bot has sent a message that fits."""
        return await seen(self.world, lambda: [m for m in self.messages if m.from_bot], found, within)


def _meant(bot: Bot, message: Raw) -> bool:
    """What reaches a bot in privacy mode: commands, answers to it, its name, and what the group itself tells."""
    text = str(message.get("text") or message.get("caption") or "")
    mine = message.get("reply_to_message", {}).get("from", {}).get("id") == bot.user.id
    content = {"photo", "document", "voice", "video", "audio", "sticker", "location", "contact", "poll", "video_note"}
    service = not text and not content & message.keys()
    return mine or text.startswith("/") or f"@{bot.user.username}" in text or service


class Forum(Group):
    """A supergroup with topics."""

    @property
    def topics(self) -> list[Thread]:
        """The topics that are there."""
        return [Thread(self, t) for t in self.chat.topics.values() if not t.deleted]

    async def topic(self, person: Person, name: str) -> Thread:
        """A person opens a topic."""
        made = await self.sends(person, {"forum_topic_created": {"name": name, "icon_color": COLORS[0]}})
        made.raw.update({"message_thread_id": made.id, "is_topic_message": True})
        topic = self.chat.topics[made.id] = Topic(made.id, name)
        return Thread(self, topic)

    async def opened(self, number: int = 1, within: float = 10.0) -> Thread:
        """Waits until there are so many topics; gives the newest."""
        await seen(self.world, lambda: self.messages, lambda _: len(self.topics) >= number, within)
        return self.topics[-1]


class Thread:
    """A topic and what people do in it."""

    def __init__(self, forum: Forum, topic: Topic) -> None:
        self.forum, self.topic = forum, topic

    @property
    def id(self) -> int:
        """Its number."""
        return self.topic.thread_id

    @property
    def name(self) -> str:
        """Its name."""
        return self.topic.name

    @property
    def icon(self) -> str:
        """Its icon, as an emoji; empty when it has none."""
        from presszero.testing.telegram.methods.topics import ICONS

        return next((emoji for emoji, number in ICONS.items() if number == self.topic.icon), "")

    @property
    def messages(self) -> list[Seen]:
        """What stands in it."""
        return [m for m in self.forum.messages if m.thread == self.id]

    @property
    def texts(self) -> list[str]:
        """What stands in it, as text."""
        return [m.text for m in self.messages if m.text]

    async def write(self, person: Person, text: str, *, reply_to: Seen | None = None) -> Seen:
        """A text, by a member."""
        return await self.forum.write(person, text, reply_to=reply_to, thread=self.id)

    async def send_file(
        self, person: Person, data: bytes, name: str = "paper.txt", caption: str = "", **more: str
    ) -> Seen:
        """A file, by a member."""
        return await self.forum.send_file(person, data, name, caption, thread=self.id, **more)

    async def edit(self, message: Seen, text: str) -> None:
        """A member changes what they wrote."""
        await self.forum.edit(message, text)

    async def close(self, person: Person) -> None:
        """By hand."""
        self.topic.closed = True
        await self.forum.sends(person, {"forum_topic_closed": {}}, thread=self.id)

    async def reopen(self, person: Person) -> None:
        """By hand."""
        self.topic.closed = False
        await self.forum.sends(person, {"forum_topic_reopened": {}}, thread=self.id)

    async def delete(self, *, says_deleted: bool = False) -> None:
        """By hand: no bot is told. ``says_deleted`` picks which of the two texts writing into it is answered with."""
        self.topic.deleted, self.topic.says_deleted = True, says_deleted
        for message in self.messages:
            self.forum.chat.deleted[message.id] = self.forum.chat.messages.pop(message.id)

    async def sees(self, found: str | Callable[[Seen], Any], within: float = 10.0) -> Seen:
        """Waits until a bot has sent a message that fits."""
        return await seen(self.forum.world, lambda: [m for m in self.messages if m.from_bot], found, within)

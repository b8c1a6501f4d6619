"""Telegram as far as a support bot sees it: users, bots, chats, topics, messages, files. In memory, on one clock.

Messages are kept as the JSON that clients read. People act through `people`, bots through `methods`; both end here.
"""

from __future__ import annotations

import asyncio
import hashlib
import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from presszero.testing.telegram.faults import Faults
from presszero.testing.telegram.flood import Flood, Limits
from presszero.testing.telegram.journal import Effect, Journal
from presszero.testing.telegram.refusal import bad
from presszero.testing.telegram.updates import Updates

Raw = dict[str, Any]
ANONYMOUS = 1087968824  # @GroupAnonymousBot: administrators who hide behind their group
COLORS = (7322096, 16766590, 13338331, 9367192, 16749490, 16478047)


def _real() -> Callable[[], float]:
    start, since = time.time(), time.monotonic()
    return lambda: start + time.monotonic() - since


@dataclass(eq=False)
class User:
    """An account."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    lang: str = ""
    is_bot: bool = False
    phone: str = ""
    deactivated: bool = False

    def raw(self) -> Raw:
        """As clients read it."""
        found: Raw = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        more = {"last_name": self.last_name, "username": self.username, "language_code": self.lang}
        return found | {k: v for k, v in more.items() if v}


@dataclass(eq=False)
class Member:
    """Somebody in a group."""

    user: User
    status: str = "member"  # creator, administrator, member, left, kicked
    anonymous: bool = False
    rights: dict[str, bool] = field(default_factory=dict)

    @property
    def here(self) -> bool:
        """Still in the group."""
        return self.status not in {"left", "kicked"}

    @property
    def leads(self) -> bool:
        """An administrator or the owner."""
        return self.status in {"creator", "administrator"}

    def may(self, right: str) -> bool:
        """Whether they may do this."""
        return self.status == "creator" or (self.status == "administrator" and self.rights.get(right, False))


@dataclass(eq=False)
class Topic:
    """A topic of a forum."""

    thread_id: int
    name: str
    color: int = COLORS[0]
    icon: str = ""
    closed: bool = False
    deleted: bool = False
    says_deleted: bool = False  # which of Telegram's two texts a deleted topic answers with
    lost: bool = False  # the server forgot the topic: messages land in General, without a word


@dataclass(eq=False)
class Chat:
    """A chat with its messages."""

    id: int
    type: str
    title: str = ""
    person: User | None = None  # of a private chat
    blocked: bool = False
    forum: bool = False
    migrated_to: int = 0
    members: dict[int, Member] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    messages: dict[int, Raw] = field(default_factory=dict)
    deleted: dict[int, Raw] = field(default_factory=dict)
    actions: list[tuple[float, str, int]] = field(default_factory=list)
    reply_keyboard: Raw | None = None  # of a private chat: the one under the writing line
    last_id: int = 0

    @property
    def group(self) -> bool:
        """Whether the limits of groups hold here."""
        return self.type in {"group", "supergroup"}

    def raw(self) -> Raw:
        """As clients read it."""
        if self.person:
            known = {"username": self.person.username, "last_name": self.person.last_name}
            found: Raw = {"id": self.id, "type": "private", "first_name": self.person.first_name}
            return found | {k: v for k, v in known.items() if v}
        return {"id": self.id, "type": self.type, "title": self.title} | ({"is_forum": True} if self.forum else {})

    def member(self, user_id: int) -> Member | None:
        """Somebody who is or was here."""
        return self.members.get(user_id)


@dataclass(eq=False)
class Bot:
    """One bot: its token, what waits for it, what it told Telegram about itself."""

    user: User
    token: str
    updates: Updates
    flood: Flood
    revoked: bool = False
    reads_all: bool = False  # privacy mode is off
    webhook: Any = None
    commands: dict[tuple[str, str], list[Raw]] = field(default_factory=dict)


@dataclass(eq=False)
class Stored:
    """A file that Telegram keeps."""

    file_id: str
    unique_id: str
    name: str
    type: str
    size: int
    data: bytes
    path: str = ""
    path_until: float = 0.0


class World:
    """Everything there is."""

    def __init__(self, limits: Limits | None = None, clock: Callable[[], float] | None = None) -> None:
        self.now = clock or _real()
        self.limits, self.faults, self.journal = limits or Limits(), Faults(), Journal()
        self.bots: dict[str, Bot] = {}
        self.users: dict[int, User] = {}
        self.files: dict[str, Stored] = {}
        self.presses: dict[str, Raw] = {}
        self.changed = asyncio.Event()
        self._private: dict[tuple[int, int], Chat] = {}
        self.groups: dict[int, Chat] = {}
        self._ids = {kind: itertools.count(start) for kind, start in
                     (("user", 500_000_001), ("bot", 7_000_000_001), ("group", 1), ("other", 1))}  # fmt: skip
        self.users[ANONYMOUS] = User(ANONYMOUS, "Group", username="GroupAnonymousBot", is_bot=True)

    def next(self, kind: str = "other") -> int:
        """A number never given before."""
        return next(self._ids[kind])

    # who and where

    def add_bot(self, name: str, token: str = "") -> Bot:
        """A bot with its token."""
        number = int(token.partition(":")[0]) if token else self.next("bot")
        token = token or f"{number}:{hashlib.sha256(name.encode()).hexdigest()[:35]}"
        user = User(number, name, username=f"{name.lower().replace(' ', '_')}_bot", is_bot=True)
        self.users[number] = user
        bot = Bot(user, token, Updates(self.now, self.limits.keep, number), Flood(self.limits))
        self.bots[token] = bot
        return bot

    def private(self, bot: Bot, user: User) -> Chat:
        """The chat of a person with a bot; it begins when the person first writes."""
        key = (bot.user.id, user.id)
        if key not in self._private:
            self._private[key] = Chat(user.id, "private", person=user)
        return self._private[key]

    def known(self, bot: Bot, chat_id: int) -> Chat | None:
        """A chat the bot has seen."""
        return self.groups.get(chat_id) or self._private.get((bot.user.id, chat_id))

    def group(self, title: str, *, forum: bool = False, kind: str = "supergroup") -> Chat:
        """A new group."""
        number = self.next("group")
        chat_id = -number if kind == "group" else -(1_000_000_000_000 + number)
        chat = self.groups[chat_id] = Chat(chat_id, kind, title, forum=forum)
        return chat

    # messages

    def post(self, chat: Chat, sender: User | None, what: Raw, *, thread: int = 0, reply_to: int = 0,
             behind: Chat | None = None) -> Raw:  # fmt: skip
        """Writes a message into a chat; gives it. ``behind``: an administrator who shows only the group."""
        chat.last_id += 1
        found: Raw = {"message_id": chat.last_id, "date": int(self.now()), "chat": chat.raw()}
        if sender:
            found["from"] = sender.raw()
        if behind:
            found |= {"from": self.users[ANONYMOUS].raw(), "sender_chat": behind.raw()}
        if thread:
            found |= {"message_thread_id": thread, "is_topic_message": True}
        replied = chat.messages.get(reply_to) or (chat.messages.get(thread) if thread else None)
        if replied:
            found["reply_to_message"] = {k: v for k, v in replied.items() if k != "reply_to_message"}
        found |= what
        chat.messages[chat.last_id] = found
        self.ring()
        return found

    def effect(self, what: str, chat_id: int, message_id: int, text: str = "") -> None:
        """Notes what a bot's call changed."""
        call = self.journal.calls[-1].number if self.journal.calls else 0
        self.journal.effects.append(Effect(call, self.now(), what, chat_id, message_id, text))
        self.ring()

    def ring(self) -> None:
        """Something changed: who waits looks again."""
        self.changed.set()
        self.changed = asyncio.Event()

    # files

    def keep(self, name: str, kind: str, data: bytes, size: int | None = None) -> Stored:
        """Takes a file. A size without bytes stands for a large one."""
        number = self.next()
        file_id = f"BQACAgIAAxk{number:08d}{hashlib.sha256(data + name.encode()).hexdigest()[:24]}"
        unique = f"AgAD{hashlib.sha256(data + name.encode()).hexdigest()[:12]}"
        self.files[file_id] = Stored(file_id, unique, name, kind, len(data) if size is None else size, data)
        return self.files[file_id]

    def file(self, file_id: str) -> Stored:
        """A file by its id."""
        if file_id not in self.files:
            raise bad("wrong remote file identifier specified: Wrong string length")
        return self.files[file_id]

"""One group: topics made, written into, dressed and closed, no faster than a group allows. Imports aiogram.

Raises ChannelError and its kin. `TopicGone` in either of Telegram's two texts, and also when a message landed elsewhere.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from contextlib import suppress
from time import monotonic
from typing import Any, TypeVar

from aiogram.methods import (
    CloseForumTopic,
    CreateForumTopic,
    DeleteForumTopic,
    DeleteMessage,
    EditForumTopic,
    EditMessageText,
    GetForumTopicIconStickers,
    ReopenForumTopic,
    SendDocument,
    SendMessage,
    SendPhoto,
    TelegramMethod,
)
from aiogram.types import BufferedInputFile, ReplyParameters

from presszero.channels.telegram.client import Client, Moved, Refused
from presszero.channels.telegram.rich import Rich
from presszero.errors import Blocked, ChannelError
from presszero.runtime.gate import Gate
from presszero.runtime.pace import TELEGRAM, Bucket, Limits

log = logging.getLogger(__name__)
T = TypeVar("T")
_GONE = ("message thread not found", "topic_deleted", "topic_id_invalid")
_SAME = ("topic_not_modified", "message is not modified", "message to edit not found", "message can't be edited")
NEAR = 15  # sends a minute from which a second group should be thought of
WARN_EVERY = 3600.0
UPLOAD = 60.0
MESSAGES = (SendMessage, SendPhoto, SendDocument, CreateForumTopic)


class TopicGone(ChannelError):
    """Somebody deleted the topic, or Telegram forgot it."""


class Room:
    """A group with topics."""

    def __init__(self, client: Client, chat: int, gate: Gate, pace: Limits) -> None:
        self.chat = chat
        self.why = ""  # why nothing can be written here
        self._client = client
        self._gate = gate
        # A second's pace for whatever is done in a chat; the group's minute (the gate) counts messages.
        self._second = Bucket(TELEGRAM.peer if pace.group else None, monotonic())
        self._turn = asyncio.Lock()
        self._waiting = 0
        self._sent: deque[float] = deque()
        self._warned = -WARN_EVERY
        self.opened = 0
        self._icons: dict[str, str] | None = None

    @property
    def busy(self) -> bool:
        """Whether messages wait: then looks can wait longer."""
        return self._waiting > 1

    @property
    def load(self) -> int:
        """How much there is to do here: what waits, and the topics that were opened."""
        return self._waiting + self.opened

    async def create(self, name: str, icon: str) -> int:
        """A new topic; gives its number."""
        made = await self._call(
            CreateForumTopic(chat_id=self.chat, name=name, icon_custom_emoji_id=await self._icon(icon))
        )
        self.opened += 1
        return made.message_thread_id

    async def text(self, thread: int, text: Rich, answers: int = 0) -> int:
        """A message into a topic (0: outside of them); gives its id."""
        sent = await self._call(
            SendMessage(
                chat_id=self.chat, message_thread_id=thread or None, text=text.html(), reply_parameters=_reply(answers)
            )
        )
        return await self._landed(thread, sent)

    async def file(self, thread: int, data: bytes, name: str, caption: Rich, *, image: bool, answers: int = 0) -> int:
        """A file into a topic; gives the id."""
        where: dict[str, Any] = {"chat_id": self.chat, "message_thread_id": thread, "caption": caption.html() or None}
        kept = BufferedInputFile(data, name)
        call: Any = (
            SendPhoto(photo=kept, reply_parameters=_reply(answers), **where)
            if image
            else SendDocument(document=kept, reply_parameters=_reply(answers), **where)
        )
        return await self._landed(thread, await self._call(call, UPLOAD))

    async def rewrite(self, message: int, text: Rich) -> None:
        """Other words for a message of ours."""
        await self._same(EditMessageText(chat_id=self.chat, message_id=message, text=text.html()))

    async def dress(self, thread: int, icon: str) -> None:
        """Another icon."""
        number = await self._icon(icon)
        if number:
            await self._same(EditForumTopic(chat_id=self.chat, message_thread_id=thread, icon_custom_emoji_id=number))

    async def close(self, thread: int) -> None:
        """Closed: solved."""
        await self._same(CloseForumTopic(chat_id=self.chat, message_thread_id=thread))

    async def reopen(self, thread: int) -> None:
        """Open again."""
        await self._same(ReopenForumTopic(chat_id=self.chat, message_thread_id=thread))

    async def delete(self, thread: int) -> None:
        """The topic and all that was said in it."""
        await self._call(DeleteForumTopic(chat_id=self.chat, message_thread_id=thread))

    async def erase(self, message: int) -> None:
        """Takes one message away; never worth an error."""
        with suppress(ChannelError):
            await self._client(DeleteMessage(chat_id=self.chat, message_id=message))

    # how

    async def _landed(self, thread: int, sent: Any) -> int:
        if thread and sent.message_thread_id != thread:
            await self.erase(sent.message_id)
            raise TopicGone("the message landed outside of its topic")
        return int(sent.message_id)

    async def _same(self, method: TelegramMethod[Any]) -> None:
        """What is so already is as good as done."""
        try:
            await self._call(method)
        except Refused as refused:
            if not any(known in refused.why.lower() for known in _SAME):
                raise

    async def _call(self, method: TelegramMethod[T], wait: float = 15.0) -> T:
        self._waiting += 1
        try:
            async with self._turn:
                while (pause := self._second.wait(monotonic())) > 0:  # noqa: ASYNC110 - until a moment, not until an event
                    await asyncio.sleep(pause)
                self._second.take(monotonic())
                if isinstance(method, MESSAGES):
                    await self._gate.enter(str(self.chat), 0)
                    self._counted()
                return await self._made(method, wait)
        finally:
            self._waiting -= 1

    async def _made(self, method: TelegramMethod[T], wait: float) -> T:
        try:
            made = await self._client(method, wait=wait)
        except Refused as refused:
            if any(gone in refused.why.lower() for gone in _GONE):
                raise TopicGone(refused.why) from None
            if "rights" in refused.why or "not a forum" in refused.why or "chat not found" in refused.why:
                self._down(refused.why)
            raise
        except Moved as moved:
            self._down(f"it has another number now: put {moved.chat} into channels.telegram_desk.groups")
            raise
        except Blocked as blocked:
            self._down(str(blocked))
            raise
        except ChannelError as error:
            if error.retry_after:
                self._gate.flooded(str(self.chat), error.retry_after)
                self._second.shut(monotonic() + error.retry_after)
            raise
        self.why = ""
        return made

    def _down(self, why: str) -> None:
        if why != self.why:
            log.error(
                "PZ-FORUM nothing can be written into group %d: %s. `presszero doctor` says what to do", self.chat, why
            )
        self.why = why

    def _counted(self) -> None:
        now = monotonic()
        self._sent.append(now)
        while self._sent[0] < now - 60.0:
            self._sent.popleft()
        if len(self._sent) >= NEAR and self._waiting > 2 and now - self._warned > WARN_EVERY:
            self._warned = now
            log.warning(
                "PZ-FORUM group %d is near Telegram's 20 messages a minute, %d wait: lines come late there. "
                "Add another group to channels.telegram_desk.groups, or answer in the console",
                self.chat, self._waiting - 1,
            )  # fmt: skip

    async def _icon(self, emoji: str) -> str | None:
        if self._icons is None:
            try:
                offered = await self._client(GetForumTopicIconStickers())
            except ChannelError:
                return None  # a topic without an icon is better than none
            self._icons = {(s.emoji or "").rstrip("\ufe0f"): s.custom_emoji_id or "" for s in offered}
        return self._icons.get(emoji) or None


def _reply(answers: int) -> ReplyParameters | None:
    return ReplyParameters(message_id=answers, allow_sending_without_reply=True) if answers else None

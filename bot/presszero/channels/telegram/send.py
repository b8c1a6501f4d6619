"""One message to one chat: its parts in order, each noted before the next, with the keyboard under the last."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import Any

from aiogram.methods import SendDocument, SendMessage, SendPhoto, TelegramMethod
from aiogram.types import (
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)

from presszero.channels.files import Uploads
from presszero.channels.telegram.client import Client, Moved, Refused
from presszero.channels.telegram.parts import Key, Keyboard, Media, Part, keyboard, parts
from presszero.channels.telegram.rich import MOST_TEXT, link, plain, split
from presszero.errors import Undeliverable
from presszero.runtime.port import Progress
from presszero.store.base import Message

log = logging.getLogger(__name__)
UPLOAD = 60.0
MOST_UPLOAD = 50 * 1024 * 1024
Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove


def _raw(method: type[TelegramMethod[Any]]) -> Any:
    """A method whose answer stays as it came: to build a message of it keeps an attempt open, and a kill cuts what is open."""
    return type(f"Raw{method.__name__}", (method,), {"__returning__": dict[str, Any], "__module__": __name__})


_Text, _Photo, _Document = _raw(SendMessage), _raw(SendPhoto), _raw(SendDocument)


class Sender:
    """Says messages through a client. ``desk`` is the folder that pictures of flows are in."""

    def __init__(self, client: Client, uploads: Uploads, desk: Path) -> None:
        self._client = client
        self._uploads = uploads
        self._desk = desk

    async def send(self, chat: int, message: Message, progress: Progress, answers: int = 0) -> str:
        """Sends what was not sent yet; gives the id of the last part. Raises ChannelError and its kin.

        ``answers``: the message in the chat that the first part is a reply to.
        """
        found = parts(message)
        last = progress.sent[-1] if progress.sent else ""
        for n, part in enumerate(found[len(progress.sent) :], len(progress.sent) + 1):
            more = n < len(found)
            keys, reply = None if more else markup(keyboard(message)), answers if n == 1 else 0
            try:
                last = await self._part(chat, part, keys, reply)
            except Moved as moved:
                chat = moved.chat
                last = await self._part(chat, part, keys, reply)
            await progress.add(last, more=more)
        return last

    async def _part(self, chat: int, part: Part, keys: Markup | None, answers: int) -> str:
        if part.media is None:
            return await self._text(chat, part, keys, answers)
        try:
            return await self._file(chat, part, part.media, keys, answers)
        except Refused as refused:
            if part.media.where != "address":
                raise
            log.warning("PZ-MEDIA Telegram does not take %s: %s", part.media.name, refused.why)
        words = link(part.media.name, part.media.name)
        text = part.text + plain("\n") + words if part.text.text else words
        return await self._text(chat, Part(split(text, MOST_TEXT)[0]), keys, answers)

    async def _text(self, chat: int, part: Part, keys: Markup | None, answers: int) -> str:
        call = _Text(chat_id=chat, text=part.text.html(), reply_markup=keys, reply_parameters=_reply(answers))
        sent = await self._client(call)
        return str(sent["message_id"])

    async def _file(self, chat: int, part: Part, media: Media, keys: Markup | None, answers: int) -> str:
        file = media.name if media.where == "address" else await self._bytes(media)
        more: dict[str, Any] = {"chat_id": chat, "caption": part.text.html() or None, "reply_markup": keys}
        more["reply_parameters"] = _reply(answers)
        if media.kind == "photo":
            sent = await self._client(_Photo(photo=file, **more), wait=UPLOAD)
        else:
            sent = await self._client(_Document(document=file, **more), wait=UPLOAD)
        return str(sent["message_id"])

    async def _bytes(self, media: Media) -> BufferedInputFile:
        """A file as bytes: Telegram need not be able to reach us."""
        path = self._uploads.path(media.id) if media.where == "kept" else self._desk / media.name
        try:
            if path.stat().st_size > MOST_UPLOAD:
                raise Undeliverable("the file is larger than a bot may send")
            return BufferedInputFile(await asyncio.to_thread(path.read_bytes), Path(media.name).name)
        except OSError as error:
            raise Undeliverable(f"the file {Path(media.name).name} is not there") from error


def _reply(answers: int) -> ReplyParameters | None:
    return ReplyParameters(message_id=answers, allow_sending_without_reply=True) if answers else None


def markup(keys: Keyboard | None) -> Markup:
    """A keyboard as Telegram takes it. Without one, a keyboard below that asked for something before goes away."""
    if keys is None:
        return ReplyKeyboardRemove(remove_keyboard=True)
    if keys.below:
        return ReplyKeyboardMarkup(
            keyboard=[[_below(k) for k in row] for row in keys.rows], resize_keyboard=True, one_time_keyboard=True
        )
    return InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text=k.label, callback_data=k.data) for k in row] for row in keys.rows]
    )


def _below(key: Key) -> KeyboardButton:
    return KeyboardButton(
        text=key.label,
        request_contact=True if key.asks == "phone" else None,
        request_location=True if key.asks == "location" else None,
    )

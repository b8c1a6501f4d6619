"""Two clients behind one small adapter: what a scenario calls is turned into that client's own method and objects."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, NamedTuple, Protocol

from presszero.testing.telegram import Telegram
from presszero.testing.telegram.world import Bot


class File(NamedTuple):
    """Bytes to upload."""

    data: bytes
    name: str = "paper.txt"


class Refused(Exception):
    """An error of the client: its class, Telegram's words, and what came with them."""

    def __init__(self, kind: str, text: str, retry_after: float = 0, migrate_to: int = 0) -> None:
        super().__init__(f"{kind}: {text}")
        self.kind, self.text, self.retry_after, self.migrate_to = kind, text, retry_after, migrate_to


class Broken(Exception):
    """No answer, or half of one."""


class Client(Protocol):
    """What scenarios drive."""

    used: set[str]

    async def call(self, method: str, **params: Any) -> Any: ...

    async def fetch(self, file_id: str) -> bytes: ...


class Aiogram:
    """aiogram's typed client."""

    def __init__(self, bot: Any) -> None:
        self.bot, self.used = bot, set()

    async def call(self, method: str, **params: Any) -> Any:
        from aiogram import exceptions, methods

        kind = getattr(methods, method[0].upper() + method[1:])
        try:
            answer = await self.bot(kind.model_validate({k: self._given(v) for k, v in params.items()}))
        except exceptions.TelegramRetryAfter as error:
            raise Refused("flood", error.message, error.retry_after) from None
        except exceptions.TelegramMigrateToChat as error:
            raise Refused("migrated", error.message, migrate_to=error.migrate_to_chat_id) from None
        except exceptions.TelegramNetworkError as error:
            if isinstance(error, exceptions.TelegramEntityTooLarge):
                raise Refused("large", error.message) from None
            raise Broken(str(error)) from None
        except exceptions.TelegramAPIError as error:
            raise Refused(type(error).__name__, error.message) from None
        self.used.add(method)
        return _dump(answer)

    async def fetch(self, file_id: str) -> bytes:
        found = await self.bot.get_file(file_id)
        self.used.add("getFile")
        return (await self.bot.download_file(found.file_path)).read()

    def _given(self, value: Any) -> Any:
        from aiogram.types import BufferedInputFile, InputMediaDocument, InputMediaPhoto

        if isinstance(value, File):
            return BufferedInputFile(value.data, value.name)
        if isinstance(value, list) and value and isinstance(value[0], dict) and "media" in value[0]:
            kinds = {"photo": InputMediaPhoto, "document": InputMediaDocument}
            return [kinds[one["type"]](**{k: self._given(v) for k, v in one.items()}) for one in value]
        return value


def _dump(answer: Any) -> Any:
    if isinstance(answer, list):
        return [_dump(a) for a in answer]
    return (
        answer.model_dump(mode="json", by_alias=True, exclude_none=True, warnings=False)
        if hasattr(answer, "model_dump")
        else answer
    )


class Ptb:
    """python-telegram-bot."""

    def __init__(self, bot: Any) -> None:
        self.bot, self.used = bot, set()

    async def call(self, method: str, **params: Any) -> Any:
        from telegram import error as errors

        name = re.sub(r"([A-Z])", lambda m: f"_{m[1].lower()}", method)
        try:
            answer = await getattr(self.bot, name)(**{k: self._given(k, v) for k, v in params.items()})
        except errors.RetryAfter as error:
            raise Refused("flood", error.message, float(error._retry_after.total_seconds())) from None
        except errors.ChatMigrated as error:
            raise Refused("migrated", error.message, migrate_to=error.new_chat_id) from None
        except (errors.BadRequest, errors.Forbidden, errors.Conflict, errors.InvalidToken) as error:
            raise Refused(type(error).__name__, error.message) from None
        except errors.NetworkError as error:
            if "Too Large" in error.message:
                raise Refused("large", error.message) from None
            if "Error" in error.message and "Internal" in error.message:
                raise Refused("server", error.message) from None
            raise Broken(str(error)) from None
        self.used.add(method)
        return _plain(answer)

    async def fetch(self, file_id: str) -> bytes:
        found = await self.bot.get_file(file_id)
        self.used.add("getFile")
        return bytes(await found.download_as_bytearray())

    def _given(self, name: str, value: Any) -> Any:
        import telegram as t

        if isinstance(value, File):
            return t.InputFile(value.data, value.name)
        if name == "media":
            kinds = {"photo": t.InputMediaPhoto, "document": t.InputMediaDocument}
            return [
                kinds[one["type"]](**{k: v.data if isinstance(v, File) else v for k, v in one.items() if k != "type"})
                for one in value
            ]
        if name == "reply_markup":
            if "inline_keyboard" in value:
                return t.InlineKeyboardMarkup.de_json(value, self.bot)
            rows = [[t.KeyboardButton(**b) for b in row] for row in value["keyboard"]]
            return t.ReplyKeyboardMarkup(rows)
        if name == "reply_parameters":
            return t.ReplyParameters(**value)
        if name == "commands":
            return [t.BotCommand(**one) for one in value]
        if name == "scope":
            return t.BotCommandScope(**value)
        if name == "reaction":
            return [t.ReactionTypeEmoji(one["emoji"]) for one in value]
        return value


def _plain(answer: Any) -> Any:
    if isinstance(answer, tuple | list):
        return [_plain(a) for a in answer]
    return answer.to_dict() if hasattr(answer, "to_dict") else answer


@asynccontextmanager
async def aiogram(tg: Telegram, bot: Bot) -> AsyncIterator[Client]:
    from presszero.channels.telegram import light

    light.load()  # as the desk does: two seconds less
    from aiogram import Bot as Real
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer

    real = Real(bot.token, session=AiohttpSession(api=TelegramAPIServer.from_base(tg.url), timeout=20))
    try:
        yield Aiogram(real)
    finally:
        if real.session._session:  # its own close waits a quarter of a second for TLS, which there is not
            await real.session._session.close()


@asynccontextmanager
async def ptb(tg: Telegram, bot: Bot) -> AsyncIterator[Client]:
    from telegram.request import HTTPXRequest

    from telegram import Bot as Real

    requests = [HTTPXRequest(4, httpx_kwargs={"trust_env": False}) for _ in range(2)]
    real = Real(bot.token, f"{tg.url}/bot", f"{tg.url}/file/bot", request=requests[0], get_updates_request=requests[1])
    for request in requests:
        await request.initialize()
    try:
        yield Ptb(real)
    finally:
        for request in requests:
            await request.shutdown()


CLIENTS = {"aiogram": aiogram, "python-telegram-bot": ptb}

"""One bot's line to the Bot API: aiogram as a typed client, its errors as ours. Never its polling, which forgets before we remember.

Importing this costs seconds and 130 MB: only what runs when the channel is on may. A token never gets into an error:
errors of the network are told by their kind only, because their words hold addresses.
"""

from __future__ import annotations

from typing import Any, TypeVar

from aiogram import Bot
from aiogram import exceptions as telegram
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import PRODUCTION, TelegramAPIServer
from aiogram.methods import GetUpdates, TelegramMethod
from aiogram.utils.token import TokenValidationError
from aiohttp import ClientError, ClientTimeout

from presszero.errors import Blocked, ChannelError, InDoubt, Undeliverable

T = TypeVar("T")
ANSWER = 15.0  # seconds for a call
CONNECT = 5.0
FILE = 60.0
_BEFORE = {"ClientConnectorError", "ConnectionTimeoutError"}  # names: nothing was sent yet


class Refused(Undeliverable):
    """Telegram will never do this: ``why`` is its own description, ``Bad Request: message thread not found``."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


class Revoked(ChannelError):
    """The token is wrong or was revoked: nothing works until an administrator puts in another."""


class Conflict(ChannelError):
    """Somebody else polls with this token, or a webhook is set."""


class Moved(ChannelError):
    """The group has become a supergroup with another id: ``chat``."""

    def __init__(self, chat: int) -> None:
        self.chat = chat
        super().__init__("the group has moved", retry_after=0.0)


class RawUpdates(GetUpdates):
    """Updates as they are: one that aiogram does not know must not hide the others."""

    __returning__ = list[dict[str, Any]]


class Client:
    """Calls of one bot. Raises ChannelError and its kin, never aiogram's errors."""

    def __init__(self, token: str, api_base: str = "") -> None:
        server = TelegramAPIServer.from_base(api_base) if api_base else PRODUCTION
        self._session = AiohttpSession(api=server, limit=200)
        self._server = server
        self._bot: Bot | None
        try:
            self._bot = Bot(
                token,
                session=self._session,
                default=DefaultBotProperties(parse_mode="HTML", link_preview_is_disabled=True),
            )
        except TokenValidationError:
            self._bot = None

    async def __call__(self, method: TelegramMethod[T], *, wait: float = ANSWER) -> T:
        """Makes a call. InDoubt when it was sent and no answer came."""
        if self._bot is None:
            raise Revoked("the token is not one of Telegram's")
        limit: Any = ClientTimeout(total=wait, sock_connect=CONNECT)
        try:
            return await self._bot(method, request_timeout=limit)
        except telegram.AiogramError as error:
            raise told(error) from None

    async def updates(self, offset: int | None, hold: int, kinds: list[str]) -> list[dict[str, Any]]:
        """The updates from ``offset`` on, waiting ``hold`` seconds for the first; asking for them forgets those before."""
        call: Any = RawUpdates(offset=offset, timeout=hold, limit=100, allowed_updates=kinds)
        found: list[dict[str, Any]] = await self(call, wait=hold + ANSWER)
        return found

    async def download(self, file_path: str, most: int) -> bytes | None:
        """A file's bytes; None when they are more than ``most``."""
        if self._bot is None:
            raise Revoked("the token is not one of Telegram's")
        got = bytearray()
        limit: Any = ClientTimeout(total=FILE, sock_connect=CONNECT)
        try:
            async for chunk in self._session.stream_content(
                self._server.file_url(self._bot.token, file_path), timeout=limit
            ):
                got += chunk
                if len(got) > most:
                    return None
        except (ClientError, TimeoutError, OSError) as error:
            raise ChannelError(f"a file did not come: {type(error).__name__}") from None
        return bytes(got)

    async def close(self) -> None:
        """Closes its connections."""
        await self._session.close()


def told(error: Exception) -> ChannelError:  # noqa: C901 - one case a kind
    """An error of aiogram as ours."""
    match error:
        case telegram.TelegramRetryAfter():
            return ChannelError(f"Telegram asks to wait {error.retry_after} s", float(error.retry_after))
        case telegram.TelegramMigrateToChat():
            return Moved(error.migrate_to_chat_id)
        case telegram.TelegramForbiddenError():
            return Blocked(error.message)
        case telegram.TelegramUnauthorizedError() | telegram.TelegramNotFound():
            return Revoked("Telegram does not know this token")
        case telegram.TelegramConflictError():
            return Conflict(error.message)
        case telegram.TelegramEntityTooLarge():
            return Refused("the file is too large for Telegram")
        case telegram.TelegramBadRequest():
            return Refused(error.message)
        case telegram.TelegramNetworkError():
            return _cut(error)
        case telegram.TelegramServerError():
            return ChannelError("Telegram has trouble of its own")
        case telegram.TelegramAPIError():
            return Refused(error.message)
        case _:  # what came is no answer of the Bot API: something between us and it spoke
            return InDoubt("the answer could not be read")


def _cut(error: Exception) -> ChannelError:
    cause = error.__cause__
    names = {kind.__name__ for kind in type(cause).__mro__}
    if names & _BEFORE:
        return ChannelError("Telegram cannot be reached")
    return InDoubt(f"the answer was lost: {type(cause).__name__}")

"""The desk's bots as the rest of it sees them: channels that send, a route for webhooks, a worker each.

Light: aiogram is imported beside the running desk, in a thread, so that the web answers meanwhile.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Protocol

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from presszero.channels.files import Uploads
from presszero.channels.telegram import light
from presszero.channels.telegram.state import Standing
from presszero.errors import ChannelError, Undeliverable
from presszero.http.problem import Problem
from presszero.http.routes import Door
from presszero.runtime.intake import Intake
from presszero.runtime.links import Links
from presszero.runtime.pace import TELEGRAM, Limits
from presszero.runtime.port import Progress
from presszero.store.base import Message, Store

if TYPE_CHECKING:
    from presszero.channels.telegram.line import Line


class Revealed(Protocol):
    """A secret and the name of its variable."""

    @property
    def name(self) -> str:
        """Of the variable."""
        ...

    def reveal(self) -> str:
        """The value."""
        ...


class Setting(Protocol):
    """What config.yaml says of a bot."""

    @property
    def channel(self) -> str:
        """The account's name."""
        ...

    @property
    def token(self) -> Revealed | None:
        """From @BotFather."""
        ...

    @property
    def api_base(self) -> str:
        """Where the Bot API is; empty: Telegram's own."""
        ...

    @property
    def mode(self) -> str:
        """``polling`` or ``webhook``."""
        ...

    @property
    def join(self) -> float:
        """Seconds."""
        ...

    @property
    def secret(self) -> Revealed | None:
        """Of the webhook."""
        ...

    @property
    def connections(self) -> int:
        """Of the webhook."""
        ...


class Account:
    """One bot. ``line`` is there once aiogram is."""

    def __init__(self, setting: Setting, secret: str) -> None:
        self.name = setting.channel
        self.limits: Limits | None = TELEGRAM
        self.setting = setting
        self.secret = setting.secret.reveal() if setting.secret else secret
        self.standing = Standing(self.name)
        self.line: Line | None = None
        self.store: Store | None = None
        self.ready = asyncio.Event()  # the line is there
        self.desks: dict[int, Callable[[dict[str, Any]], Awaitable[None]]] = {}  # groups that somebody else reads

    @property
    def path(self) -> str:
        """Of the webhook: the bot's name, and what nobody guesses."""
        name = self.name.partition(":")[2] or "bot"
        return f"/telegram/{name}/{hashlib.sha256(f'path {self.secret}'.encode()).hexdigest()[:24]}"

    def opened(self, payload: str) -> str:
        """The address that opens the bot with a payload; empty until we know what it is called."""
        return f"https://t.me/{self.standing.name}?start={payload}" if self.standing.name else ""

    async def send(self, peer: str, message: Message, progress: Progress) -> str:
        """One message to one chat."""
        if not peer.removeprefix("-").isdigit():
            raise Undeliverable(f"{self.name} has no such chat")
        if self.line is None:
            raise ChannelError("the bot is starting", 1.0)
        return await self.line.sender.send(int(peer), message, progress, await self._answers(peer, message))

    async def _answers(self, peer: str, message: Message) -> int:
        """The message of the chat that this one replies to, as Telegram numbers it; 0 when it is none or not known."""
        meant = (message.body.get("reply") or {}).get("id")
        refs = await self.store.refs(int(meant)) if meant and self.store else ()
        return next((int(ref) for channel, there, ref in refs if (channel, there) == (self.name, peer)), 0)

    async def run(self) -> None:
        """Works until cancelled."""
        if self.line is not None:
            await self.line.run()

    async def close(self) -> None:
        """Lets go of connections."""
        if self.line is not None:
            await self.line.close()


class Bots:
    """All bots of a desk."""

    def __init__(
        self, intake: Intake, settings: Sequence[Setting], secret: bytes, uploads: Uploads, desk: Path
    ) -> None:
        self._intake = intake
        self._uploads = uploads
        self._desk = desk
        self.links = Links(intake)
        self.accounts: Mapping[str, Account] = {
            s.channel: Account(s, hashlib.sha256(secret + s.channel.encode()).hexdigest()) for s in settings
        }
        self.links.ways = {name: account.opened for name, account in self.accounts.items()}

    def routes(self, door: Door) -> list[BaseRoute]:
        """The way in for webhooks; the secret is asked there."""
        return [door.route("/telegram/{name}/{key}", self.webhook, "public", ["POST"])]

    async def webhook(self, request: Request) -> Response:
        """One update for the bot of this path."""
        found = [a for a in self.accounts.values() if a.path == request.url.path and a.setting.mode == "webhook"]
        if not found:
            raise Problem(404, "not_found")
        if found[0].line is None:
            raise Problem(503, "starting", "Not yet.", {"retry-after": "2"})
        return await found[0].line.webhook(request)

    async def run(self) -> None:
        """Brings the bots up and works until cancelled."""
        await self._load()
        async with asyncio.TaskGroup() as group:
            for account in self.accounts.values():
                group.create_task(account.run())

    async def _load(self) -> None:
        """Imports aiogram and connects the bots to it, once."""
        if all(account.line for account in self.accounts.values()):
            return
        module = await asyncio.to_thread(_imported)
        for account in self.accounts.values():
            s = account.setting
            bot = module.Bot(
                account.name,
                s.token.reveal() if s.token else "",
                s.token.name if s.token else "TELEGRAM_TOKEN",
                s.api_base,
                s.join,
                self._intake.content.public_url + account.path if s.mode == "webhook" else "",
                account.secret,
                s.connections,
            )
            account.line = module.Line(self._intake, bot, account.standing, self._uploads, self._desk, self.links)
            account.line.inbox.desks = account.desks
            account.store = self._intake.store
            account.ready.set()

    def health(self) -> dict[str, object]:
        """How each bot stands."""
        return {name: account.standing.shown() for name, account in self.accounts.items()}

    async def close(self) -> None:
        """Lets go of connections."""
        for account in self.accounts.values():
            await account.close()


def _imported() -> ModuleType:
    light.load()
    from presszero.channels.telegram import line

    return line

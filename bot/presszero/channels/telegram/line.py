"""One bot at work: who it is, its commands and webhook, what comes in and what goes out. Imports aiogram.

It comes up by itself and says what keeps it from that; it must never take the rest of the desk down.
"""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import NamedTuple

from aiogram.methods import GetMe, GetWebhookInfo, SetMyCommands, SetWebhook
from aiogram.types import BotCommand, BotCommandScopeAllPrivateChats
from starlette.requests import Request
from starlette.responses import Response

from presszero.channels.files import Uploads
from presszero.channels.telegram import poll
from presszero.channels.telegram.client import Client, Refused, Revoked
from presszero.channels.telegram.commands import menu
from presszero.channels.telegram.inbox import Inbox
from presszero.channels.telegram.reach import fits
from presszero.channels.telegram.send import Sender
from presszero.channels.telegram.state import Standing, pause
from presszero.channels.telegram.takes import Takes
from presszero.channels.telegram.update import KINDS
from presszero.channels.telegram.webhook import Webhook
from presszero.errors import ChannelError
from presszero.runtime.intake import Intake
from presszero.runtime.links import Links

log = logging.getLogger(__name__)
AGAIN = 60.0  # seconds until a token that did not work is tried again
_NEEDS = "public_url must be https on port 443, 80, 88 or 8443"
LOOK = 300.0  # between two looks at what Telegram says of the webhook


class Bot(NamedTuple):
    """What config.yaml says of a bot, secrets revealed. ``url`` is empty where it polls; ``variable`` holds the token."""

    channel: str
    token: str
    variable: str
    api_base: str
    join: float
    url: str
    secret: str
    connections: int


class Line:
    """A bot's connection to its desk."""

    def __init__(
        self, intake: Intake, bot: Bot, standing: Standing, uploads: Uploads, desk: Path, links: Links
    ) -> None:
        self._intake = intake
        self._bot = bot
        self._standing = standing
        self.client = Client(bot.token, bot.api_base)
        self.inbox = Inbox(self.client, intake, bot.channel, bot.join, Takes(self.client, uploads), links)
        self.sender = Sender(self.client, uploads, desk)
        self._hook = Webhook(self.inbox, standing, bot.secret, bot.connections)

    async def webhook(self, request: Request) -> Response:
        """One update by webhook."""
        return await self._hook.post(request)

    async def run(self) -> None:
        """Works until cancelled."""
        beside = asyncio.create_task(self.inbox.presence.operators())
        failed = 0
        try:
            while True:
                try:
                    await self._come_up()
                    failed = 0
                    await self._receive()
                except Revoked:
                    self._standing.fails(
                        f"Telegram does not know the token in {self._bot.variable}: "
                        "take one from @BotFather, put it there and restart"
                    )
                    await asyncio.sleep(AGAIN)
                except ChannelError as error:
                    failed += 1
                    self._standing.fails(str(error))
                    await asyncio.sleep(pause(error, failed))
        finally:
            beside.cancel()
            await asyncio.gather(beside, return_exceptions=True)

    async def _come_up(self) -> None:
        """Who we are, what Telegram will send us, and our commands. Raises ChannelError."""
        me = await self.client(GetMe())
        self._standing.name = me.username or ""
        info = await self.client(GetWebhookInfo())
        self._standing.hooked = bool(info.url)
        if self._bot.url:
            await self._hook_up()
        try:
            await self._commands()
        except Refused as refused:
            log.warning("PZ-TELEGRAM %s: the commands were not taken: %s", self._bot.channel, refused.why)

    async def _hook_up(self) -> None:
        if not fits(self._bot.url):
            url = self._bot.url.partition("/telegram/")[0] or "nowhere"
            raise ChannelError(f"Telegram brings no webhooks to {url}: {_NEEDS}, or use mode: polling", AGAIN)
        try:
            await self.client(
                SetWebhook(
                    url=self._bot.url,
                    secret_token=self._bot.secret,
                    max_connections=self._bot.connections,
                    allowed_updates=list(KINDS),
                )
            )
        except Refused as refused:
            raise ChannelError(
                f"Telegram does not take the webhook ({refused.why}): {_NEEDS}",
                AGAIN,
            ) from None

    async def _commands(self) -> None:
        languages = self._intake.content.languages
        for code in (None, *languages):
            listed = menu(code or languages[0], languages)
            await self.client(
                SetMyCommands(
                    commands=[BotCommand(command=name, description=about) for name, about in listed],
                    scope=BotCommandScopeAllPrivateChats(),
                    language_code=code,
                )
            )

    async def _receive(self) -> None:
        if not self._bot.url:
            await poll.run(self.client, self.inbox, self._standing)
        while True:
            self._standing.works()
            await asyncio.sleep(LOOK)
            info = await self.client(GetWebhookInfo())
            if info.url != self._bot.url:
                raise ChannelError("somebody else has taken the webhook; it is set again", 0.0)
            if info.last_error_message and info.pending_update_count:
                raise ChannelError(f"Telegram cannot deliver: {info.last_error_message}")

    async def close(self) -> None:
        """Lets go of connections."""
        self._hook.close()
        await self.inbox.close()
        await self.client.close()

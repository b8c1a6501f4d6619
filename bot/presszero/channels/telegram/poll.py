"""Long polling: the offset moves, and Telegram forgets, only when every update before it is on disk.

Chats are taken side by side, one chat in order. What fails is tried again with growing pauses; nothing is skipped.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from aiogram.methods import DeleteWebhook

from presszero.channels.telegram.client import Client, Conflict, Revoked
from presszero.channels.telegram.inbox import Inbox
from presszero.channels.telegram.state import Standing, pause
from presszero.channels.telegram.update import KINDS
from presszero.errors import ChannelError, InDoubt, StoreError

log = logging.getLogger(__name__)
HOLD = 25  # seconds that Telegram keeps a question open while nothing comes
Raw = dict[str, Any]


async def run(client: Client, inbox: Inbox, standing: Standing, hold: int = HOLD) -> None:
    """Polls until cancelled. Raises Revoked when the token no longer works."""
    offset: int | None = None
    failed = 0
    while True:
        try:
            if standing.hooked:
                await client(DeleteWebhook())
                standing.hooked = False
            # The first question is short: it tells whether anybody else is asking, and that all is well.
            batch = await client.updates(offset, 0 if standing.why else hold, list(KINDS))
            standing.works()
            await take(inbox, batch)
        except Revoked:
            raise
        except (ChannelError, StoreError) as error:
            failed += 1
            _say(standing, error)
            await asyncio.sleep(pause(error, failed))
        else:
            failed = 0
            offset = max(map(_id, batch)) + 1 if batch else offset


async def take(inbox: Inbox, batch: list[Raw]) -> None:
    """Takes a batch: chats side by side, each in order. Raises StoreError when any could not be written."""
    # Each task queues for its chat's lane when it begins, and tasks begin in the order of the ids.
    tasks = [asyncio.create_task(inbox.take(raw)) for raw in sorted(batch, key=_id)]
    done = await asyncio.gather(*tasks, return_exceptions=True)
    for error in done:
        if isinstance(error, BaseException):
            raise error


def _id(raw: Raw) -> int:
    number = raw.get("update_id")
    return number if isinstance(number, int) else 0


def _say(standing: Standing, error: Exception) -> None:
    if isinstance(error, Conflict):
        standing.fails("somebody else polls with this token: stop the other one, or give this desk a bot of its own")
    elif isinstance(error, StoreError):
        standing.fails("updates cannot be written; they wait at Telegram")
    elif isinstance(error, InDoubt):
        log.debug("a question to Telegram was cut: %s", error)
    else:
        standing.fails(str(error))

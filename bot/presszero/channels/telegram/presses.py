"""Buttons: from what came back to what was meant, answered at once, and marked so that nobody presses them again."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from typing import Any, NamedTuple

from aiogram.methods import AnswerCallbackQuery, EditMessageReplyMarkup, TelegramMethod
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from presszero.channels.telegram.client import Client
from presszero.channels.telegram.parts import PRESSED, named
from presszero.channels.telegram.update import Press
from presszero.errors import ChannelError
from presszero.runtime.intake import Intake

log = logging.getLogger(__name__)
AGAIN = 3.0  # seconds in which a second press of the same message is the same finger
STALE = "?stale"  # a payload that answers no question: the core says which one is open
_MOST = 2000


class Meant(NamedTuple):
    """What a button means."""

    payload: str
    label: str
    stale: bool = False


class Presses:
    """The buttons of one bot."""

    def __init__(self, client: Client, intake: Intake, channel: str) -> None:
        self._client = client
        self._intake = intake
        self._channel = channel
        self._pressed: OrderedDict[tuple[int, int], float] = OrderedDict()
        self._tasks: set[asyncio.Task[None]] = set()

    async def meant(self, peer: str, press: Press) -> Meant | None:
        """What was pressed; None for what needs no turn: a mark, or the second tap of a double one."""
        if press.data == PRESSED or press.message is None or self._again(press.message.chat.id, press):
            return None
        store, found = self._intake.store, named(press.data)
        lines = await store.history(self._channel, peer, before=found[0] + 1, limit=1) if found else ()
        message = lines[-1] if lines and found and lines[-1].id == found[0] else None
        buttons: list[dict[str, Any]] = (message.body.get("buttons") or []) if message else []
        if message is None or found is None or found[1] >= len(buttons):
            return Meant(STALE, "…", stale=True)
        button = buttons[found[1]]
        payload, label = str(button["payload"]), str(button["label"])
        everywhere = payload.startswith("!") and not payload.startswith("!offer/")
        if not everywhere:
            # The same step may be open again in another conversation, and there it is another question.
            now, _ = await store.conversation(self._channel, peer, self._intake.clock.now())
            if now.id != message.conversation_id:
                return Meant(STALE, label, stale=True)
        return Meant(payload, label)

    def _again(self, chat: int, press: Press) -> bool:
        number = press.message.message_id if press.message else 0
        return self._intake.clock.now() - self._pressed.get((chat, number), 0.0) < AGAIN

    def taken(self, press: Press, meant: Meant | None) -> None:
        """The press is on disk: the button is answered, and its keyboard says what was pressed; of a stale one it goes."""
        self._later(AnswerCallbackQuery(callback_query_id=press.id))
        if meant is None or press.message is None:
            return
        chat, number = press.message.chat.id, press.message.message_id
        self._pressed[chat, number] = self._intake.clock.now()
        if len(self._pressed) > _MOST:
            self._pressed.popitem(last=False)
        keys = None if meant.stale else [[InlineKeyboardButton(text=f"✓ {meant.label}"[:60], callback_data=PRESSED)]]
        self._later(
            EditMessageReplyMarkup(
                chat_id=chat,
                message_id=number,
                reply_markup=InlineKeyboardMarkup(inline_keyboard=keys) if keys else None,
            )
        )

    def _later(self, call: TelegramMethod[Any]) -> None:
        """A call that nobody waits for and that may fail: the words go by the outbox."""
        task = asyncio.create_task(self._quietly(call))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _quietly(self, call: TelegramMethod[Any]) -> None:
        try:
            await self._client(call)
        except ChannelError as error:
            log.debug("a button was not marked: %s", error)

    async def close(self) -> None:
        """Waits for no call any more."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

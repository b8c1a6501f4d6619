"""Who writes in a group: a known operator, somebody unknown, or an administrator who hides behind the group."""

from __future__ import annotations

from typing import Any, NamedTuple

from presszero.channels.telegram.update import Message
from presszero.runtime.clock import Clock
from presszero.runtime.handles import digest
from presszero.store.base import Operator, Store

HANDLE = "telegram"
ATTEMPTS, WITHIN = 5, 600.0
MOST_NOTED = 1000


class Who(NamedTuple):
    """Whoever it is. Without an operator, ``why`` names the sentence that says why not."""

    operator: Operator | None
    why: str = ""
    key: str = ""
    lang: str = ""


class Operators:
    """Knows operators by their accounts. ``anonymous``: the operator that hidden administrators speak as."""

    def __init__(self, store: Store, clock: Clock, anonymous: str, lang: str) -> None:
        self._store, self._clock, self._anonymous, self._lang = store, clock, anonymous, lang
        self._told: set[str] = set()
        self._tried: dict[int, list[float]] = {}

    async def who(self, message: Message, source: dict[str, Any]) -> Who | None:
        """Whoever wrote; None when it is nobody to talk to: a bot, a channel, Telegram itself."""
        behind = source.get("sender_chat")
        if isinstance(behind, dict):
            if behind.get("id") != message.chat.id:
                return None
            operator = await self._store.operator(name=self._anonymous) if self._anonymous else None
            if operator is not None and not operator.disabled:
                return Who(operator, lang=operator.lang)
            return Who(None, "anonymous", f"chat:{message.chat.id}", self._lang)
        sender = message.sender
        if sender is None or sender.is_bot:
            return None
        operator = await self._store.handle(HANDLE, str(sender.id))
        if operator is not None:
            return Who(operator, lang=operator.lang)
        return Who(None, "stranger", str(sender.id), "en" if sender.language_code.startswith("en") else self._lang)

    def first(self, key: str) -> bool:
        """Whether somebody has not been told yet."""
        new = key not in self._told
        if len(self._told) < MOST_NOTED:
            self._told.add(key)
        return new

    async def link(self, account: int, code: str) -> Who:
        """A code makes the account the operator's; ``why`` names what to say."""
        now = self._clock.now()
        tried = [at for at in self._tried.get(account, ()) if at > now - WITHIN]
        if len(tried) >= ATTEMPTS:
            return Who(None, "slow")
        key = digest(code)
        operator = await self._store.session(key, now)
        if operator is None or not await self._store.end_session(key):
            self._tried[account] = [*tried, now]
            return Who(None, "no_code")
        await self._store.save_handle(HANDLE, str(account), operator.id)
        self._tried.pop(account, None)
        return Who(operator, "linked")

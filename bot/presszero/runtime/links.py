"""One customer in several channels: a page asks for a one-time code, its link opens the messenger, and the customer says yes there.

Only the code joins, never a phone number or an address; the question is asked where the code is used, because whoever sends
somebody a link must not be joined to them by one tap. A store's `separate` takes it back.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from presszero.runtime import turn
from presszero.runtime.incoming import Incoming
from presszero.runtime.intake import Intake
from presszero.store.base import Customer, CustomerEdit, Inbound, NewMessage

LASTS = 600.0
TRIES = 5  # wrong codes of one peer within LASTS
START = "link_"  # of a messenger's deep link
YES, NO = "!link:yes:", "!link:no"
_LETTERS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_MOST = 10_000


class Code(msgspec.Struct, frozen=True):
    """What a page shows: the code, its link in each messenger that is up, and how long they are good for."""

    code: str
    url: str
    urls: dict[str, str]
    expires_in: int


class Links:
    """Makes codes and takes them. ``ways``: how a messenger account is opened with a payload; empty while it is not up."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        self.ways: dict[str, Callable[[str], str]] = {}
        self._wrong: dict[tuple[str, str], list[float]] = {}

    def opened(self, payload: str) -> str:
        """The address of the first messenger that is up; "" when none is."""
        return next((url for way in self.ways.values() if (url := way(payload))), "")

    async def code(self, channel: str, peer: str, customer: Customer) -> Code | None:
        """A new code for whoever writes there; None when there is no messenger to open."""
        code = "".join(secrets.choice(_LETTERS) for _ in range(12))
        urls = {name: url for name, way in self.ways.items() if (url := way(START + code))}
        if not urls:
            return None
        now = self._intake.clock.now()
        await self._intake.store.add_link(_digest(code), channel, peer, customer.id, now, now + LASTS)
        return Code(code, next(iter(urls.values())), urls, int(LASTS))

    async def ask(self, incoming: Incoming, code: str) -> None:
        """A messenger was opened with a code: asks whether to join, or says that the code is no good."""
        now, peer = self._intake.clock.now(), (incoming.channel, incoming.peer)
        digest = _digest(code)
        asker = await self._intake.store.linker(digest, now) if self._may_try(peer, now) else None
        if asker is None:
            if not await self._intake.taken(_own(incoming)):
                self._wrong.setdefault(peer, []).append(now)
            await self._say(incoming, "/start", "link_wrong", {})
            return
        name = str(asker.facts.get("name", "")) if asker.verified else ""
        buttons = [("link_yes", YES + digest), ("link_no", NO)]
        await self._say(incoming, "/start", "link_ask_named" if name else "link_ask", {"name": name}, buttons)

    async def pressed(self, incoming: Incoming) -> bool:
        """Takes a press of our own buttons; False when it is nobody's business here."""
        if incoming.payload == NO:
            await self._say(incoming, incoming.label, "link_refused", {})
            return True
        if not incoming.payload.startswith(YES):
            return False
        if await self._intake.taken(_own(incoming)):
            return True
        now = self._intake.clock.now()
        end = await self._intake.store.use_link(
            incoming.payload.removeprefix(YES), incoming.channel, incoming.peer, now
        )
        word = {"joined": "link_done", "wrong": "link_wrong", "taken": "link_taken"}[end.outcome]
        if end.customer is not None:  # where they have just come to is where they want to hear from us
            edit = CustomerEdit({"notify_channel": incoming.channel})
            await self._intake.store.save_customer(end.customer.id, edit)
            self._intake.hub.tell("desk", {"t": "rows"})
        await self._say(incoming, incoming.label, word, {})
        return True

    def _may_try(self, peer: tuple[str, str], now: float) -> bool:
        if len(self._wrong) > _MOST:
            self._wrong = {p: at for p, at in self._wrong.items() if at[-1] > now - LASTS}
        tries = self._wrong[peer] = [at for at in self._wrong.get(peer, []) if at > now - LASTS]
        if not tries:
            del self._wrong[peer]
        return len(tries) < TRIES

    async def _say(
        self, incoming: Incoming, shown: str, word: str, values: dict[str, Any], buttons: Sequence[tuple[str, str]] = ()
    ) -> None:
        """A line of theirs and one of ours, outside of any flow: what is open stays open."""
        intake, own = self._intake, _own(incoming)
        found, _ = await intake.store.conversation(incoming.channel, incoming.peer, intake.clock.now())
        lang = found.lang or incoming.lang or intake.content.default_lang
        body: dict[str, Any] = {}
        if buttons:
            body["buttons"] = [
                {"label": self._word(name, lang, {}), "payload": payload, "digit": ""} for name, payload in buttons
            ]
        lines = (
            NewMessage("customer", shown, body=dict(incoming.body), ref=incoming.ref),
            NewMessage("bot", self._word(word, lang, values), body=body, deliver=True),
        )
        inbound = Inbound(own.channel, f"{len(own.peer)}:{own.peer}:{own.external_id}")
        await intake.event(found.id, lambda *_: None, turn.Extra(inbound=inbound, messages=lines))

    def _word(self, name: str, lang: str, values: dict[str, Any]) -> str:
        found = self._intake.content.flows.words.get(name)
        return found.render(lang, values) if found else name


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


def _own(incoming: Incoming) -> Incoming:
    return msgspec.structs.replace(incoming, external_id=f"link:{incoming.external_id}")

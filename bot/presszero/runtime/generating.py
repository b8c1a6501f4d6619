"""Asks a language model for an answer from the passages that a pending call holds, and judges it before anybody reads it.

It knows nothing but what a stored turn has asked for, sends nothing but the masked question and those passages, and
gives "failed" for every doubt: the customer then reads the passage itself.
"""

from __future__ import annotations

import asyncio
import logging
import time
from typing import Any, Literal

from presszero.dialogue.generated import SPENT
from presszero.dialogue.state import Pending
from presszero.errors import ChannelError, Undeliverable
from presszero.kb.generated import prompt, sources
from presszero.kb.generated_check import grounded
from presszero.runtime.egress import Egress
from presszero.runtime.generating_model import Model, Reply, address, read
from presszero.runtime.intake import Intake
from presszero.runtime.turn import state_of
from presszero.store.base import DueCall

log = logging.getLogger(__name__)
MOST_AT_ONCE = 16  # who comes when so many wait reads the passage at once
REST = 10.0  # seconds without it after it failed: customers do not pay for its illness one by one
MILLION = 1_000_000
Result = tuple[Literal["ok", "failed"], dict[str, Any]]


class Generating:
    """Generated answers of one model."""

    def __init__(self, intake: Intake, egress: Egress, model: Model) -> None:
        self._intake, self._egress, self._model = intake, egress, model
        self._address = address(model.url)
        self._account = asyncio.Lock()
        self._waiting = 0
        self._rests_until = 0.0
        self._told_cap = -1  # the day on which the cap was said to be reached

    async def answer(self, due: DueCall) -> Result:
        """What the worker of calls brings back: ``text`` and ``cited``, or ``why`` there is none; always what it cost."""
        found = await self._intake.store.load(due.conversation_id)
        pending = state_of(found[0]).pending if found else None
        if pending is None or pending.id != due.id:
            return _failed("went_on")
        if due.attempts:
            return _failed("restarted")  # a crash cut it off: they have waited long enough
        now = self._intake.clock.now()
        if now < self._rests_until or self._waiting >= MOST_AT_ONCE:
            return _failed("busy")
        await self._intake.store.begin_call(due.conversation_id, due.id)
        self._waiting += 1
        try:
            return await self._ask(pending, due.given.get("question", ""), due.given.get("lang", ""), now)
        finally:
            self._waiting -= 1

    async def _ask(self, pending: Pending, question: str, lang: str, now: float) -> Result:
        model = self._model
        passages = pending.answer.passages if pending.answer else ()
        sent = sources(passages, lang)
        if not sent:
            return _failed("no_sources")
        messages = prompt(question, sent, lang, model.max_words)
        most_out = model.max_words * 4 + 64
        reserved = self._price(sum(len(m["content"]) for m in messages) // 2, most_out)
        if not await self._reserve(reserved, now):
            return _failed("cap")
        began = time.monotonic()
        body = {"model": model.name, "messages": messages, "temperature": 0, "max_tokens": most_out, "stream": False}
        reply = await self._request(body)
        if isinstance(reply, str):
            billed = reserved if reply in {"late", "not_read"} else 0  # who answers with an error charges nothing
            await self._correct(billed - reserved, now)
            return _failed(reply, self._told(billed))
        cost = self._price(reply.read, reply.written) if reply.written else reserved
        await self._correct(cost - reserved, now)
        made = grounded(reply.text, sent, model.max_words) if reply.whole else "long"
        why = made if isinstance(made, str) else ""
        log.info(
            "PZ-LLM %s in %.1f s, %d + %d tokens, cost %.6f",
            *(why or "answered", time.monotonic() - began, reply.read, reply.written, cost / MILLION),
        )
        told = self._told(cost) | {"tokens": [reply.read, reply.written]}
        if isinstance(made, str):
            return _failed(made, told)
        return "ok", {"text": made.text, "cited": [passages.index(sent[n]) for n in made.cited], "made": told}

    async def _request(self, body: dict[str, Any]) -> Reply | str:
        """What came back in time, or why nothing did."""
        headers = {"accept": "application/json"}
        if self._model.key:
            headers["authorization"] = f"Bearer {self._model.key.reveal()}"
        limit = self._model.time_limit
        why = "late"
        try:
            async with asyncio.timeout(limit):
                status, answer = await self._egress.request(
                    "POST", self._address, timeout=limit, headers=headers, body=body
                )
            if status == 200:
                return read(answer) or "not_read"
            why = f"status_{status}"
        except TimeoutError:
            pass
        except (ChannelError, Undeliverable) as error:
            why = "gone"
            log.info("PZ-LLM %s", error)
        self._rests_until = self._intake.clock.now() + REST
        log.warning("PZ-LLM the model gives no answers (%s); passages alone for %.0f s", why, REST)
        return why

    async def _reserve(self, price: int, now: float) -> bool:
        """Puts the most that a call may cost on the day's account; False when the day's cap does not allow it."""
        async with self._account:
            return await self._book(price, now)

    async def _book(self, price: int, now: float) -> bool:
        cap = round(self._model.day_cap * MILLION)
        spent = (await self._intake.store.counts(now)).get(SPENT, 0)
        if cap and spent + price > cap:
            day = int(now // 86400)
            if day != self._told_cap:
                self._told_cap = day
                log.warning(
                    "PZ-LLM-CAP the cap of a day (%g) is reached: passages alone till midnight UTC", cap / MILLION
                )
            return False
        if price:
            await self._intake.store.count(SPENT, now, price)
        return True

    async def _correct(self, by: int, now: float) -> None:
        if by:
            await self._intake.store.count(SPENT, now, by)

    def _price(self, tokens_in: int, tokens_out: int) -> int:
        model = self._model
        return round((tokens_in * model.price_in + tokens_out * model.price_out) / 1000 * MILLION)

    def _told(self, cost: int) -> dict[str, Any]:
        return {"model": self._model.name, "cost": cost / MILLION}


def _failed(why: str, made: dict[str, Any] | None = None) -> Result:
    return "failed", {"why": why, "made": made or {}}

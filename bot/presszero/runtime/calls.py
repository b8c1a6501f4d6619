"""Makes the calls that turns left pending, and brings the answers back as events. Survives a restart: a pending call is a row.

A GET is repeated; a POST carries an idempotency key and is repeated only where the service declares that it honours it. A POST whose
answer was lost, or that a crash cut off, is reported as unknown rather than made twice.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from typing import Any, Literal
from urllib.parse import quote

import msgspec

from presszero.dialogue import events, generated
from presszero.dialogue.events import Event, Facts
from presszero.dialogue.state import State
from presszero.errors import ChannelError, StoreError, Undeliverable
from presszero.runtime.egress import Egress
from presszero.runtime.endpoint import Endpoint
from presszero.runtime.generating import Generating
from presszero.runtime.intake import Intake
from presszero.runtime.turn import Extra
from presszero.runtime.wakes import wait
from presszero.store.base import DueCall

log = logging.getLogger(__name__)
Outcome = Literal["ok", "not_found", "failed", "unknown"]


class Calls:
    """The worker of service calls."""

    def __init__(
        self,
        intake: Intake,
        egress: Egress,
        endpoints: Mapping[str, Endpoint],
        generating: Generating | None = None,
    ) -> None:
        self._intake = intake
        self._generating = generating
        self._egress = egress
        self.endpoints = endpoints
        self._under_way: dict[tuple[int, str], asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Works until cancelled."""
        try:
            while True:
                try:
                    await self._start_due()
                except StoreError:
                    log.exception("PZ-CALLS pending calls could not be read; trying again")
                await wait(self._intake.wakes.calls, 5.0)
        finally:
            for task in self._under_way.values():
                task.cancel()

    async def _start_due(self) -> None:
        for due in await self._intake.store.due_calls():
            key = (due.conversation_id, due.id)
            if key not in self._under_way:
                task = asyncio.create_task(self._make(due))
                self._under_way[key] = task
                task.add_done_callback(lambda _, key=key: self._under_way.pop(key, None))  # type: ignore[misc]

    async def _make(self, due: DueCall) -> None:
        try:
            outcome, data = await (self._generated(due) if due.call == generated.CALL else self._call(due))
            await self._intake.event(due.conversation_id, _answer(due, outcome, data), Extra(call_done=due.id))
        except StoreError:
            log.exception("PZ-CALLS the answer of %s could not be written; trying again", due.call)
            self._intake.wakes.calls.set()

    async def _generated(self, due: DueCall) -> tuple[Outcome, dict[str, Any]]:
        return await self._generating.answer(due) if self._generating else ("failed", {"why": "off"})

    async def _call(self, due: DueCall) -> tuple[Outcome, dict[str, Any]]:
        endpoint = self.endpoints.get(due.call)
        if endpoint is None:
            return "failed", {}
        repeatable = endpoint.method == "GET" or endpoint.idempotent
        if due.attempts and not repeatable:
            return "unknown", {}
        for attempt in range(1 + endpoint.retry if repeatable else 1):
            if attempt:
                await asyncio.sleep(0.2 * 2**attempt)
            await self._intake.store.begin_call(due.conversation_id, due.id)
            try:
                status, body = await self._request(endpoint, due)
            except Undeliverable:
                return "failed", {}
            except ChannelError as error:
                log.warning("PZ-CALL %s: %s", due.call, error)
                continue
            if status < 500 and status != 429:
                return _read(endpoint, status, body)
        return ("failed" if repeatable else "unknown"), {}

    async def _request(self, endpoint: Endpoint, due: DueCall) -> tuple[int, bytes]:
        path, body = endpoint.path, dict(due.given)
        for name, value in due.given.items():
            hole = f"{{{name}}}"
            if hole in path and value in {"", ".", ".."}:
                raise Undeliverable(f"{name} is no part of an address")
            if hole in path:
                path = path.replace(hole, quote(value, safe=""))
                del body[name]
        headers = {"accept": "application/json"}
        if endpoint.token:
            headers["authorization"] = f"Bearer {endpoint.token.reveal()}"
        url = endpoint.base.rstrip("/") + path
        if endpoint.method == "GET":
            if body:
                url += "?" + "&".join(f"{quote(k, safe='')}={quote(v, safe='')}" for k, v in body.items())
            return await self._egress.request("GET", url, timeout=endpoint.timeout, headers=headers)
        headers["idempotency-key"] = due.key
        return await self._egress.request("POST", url, timeout=endpoint.timeout, headers=headers, body=body)


def _answer(due: DueCall, outcome: Outcome, data: dict[str, Any]) -> Any:
    def make(state: State, facts: Facts, at: float) -> Event | None:
        if state.pending is None or state.pending.id != due.id:
            return None  # given up meanwhile; the row goes, nothing else changes
        return events.CallAnswered(at=at, facts=facts, id=due.id, outcome=outcome, data=data)

    return make


def _read(endpoint: Endpoint, status: int, body: bytes) -> tuple[Outcome, dict[str, Any]]:
    if status == 404:
        return "not_found", {}
    if not 200 <= status < 300:
        return "failed", {}
    try:
        data = msgspec.json.decode(body) if body else {}
    except msgspec.DecodeError:
        return "failed", {}
    found: dict[str, Any] = {}
    for name, kind in endpoint.gives.items():
        value = _typed(data.get(name) if isinstance(data, dict) else None, kind)
        if value is None:
            log.warning("PZ-CALL the answer lacks a good %s", name)
            return "failed", {}
        found[name] = value
    return "ok", found


def _typed(value: Any, kind: str) -> Any:
    """The value as its declared type, or None when it is another."""
    match kind:
        case "yes_no":
            if isinstance(value, bool):
                return "yes" if value else "no"
            return value if value in {"yes", "no"} else None
        case "number":
            return value if isinstance(value, int | float) and not isinstance(value, bool) else None
        case "list":
            return value[:50] if isinstance(value, list) else None
        case _:
            return str(value)[:2000] if isinstance(value, str | int) and not isinstance(value, bool) else None

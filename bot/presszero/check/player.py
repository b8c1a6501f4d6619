"""Plays a conversation through the real runtime on a store of its own, with a given clock and given answers of services.

What a test or `presszero chat` sees is what a customer sees: the same turn, the same core, the same store.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from presszero.check.given import turn
from presszero.dialogue import events
from presszero.dialogue.events import Event, Facts
from presszero.dialogue.state import State
from presszero.runtime import timers
from presszero.runtime.content import Content
from presszero.runtime.incoming import Incoming
from presszero.runtime.intake import Intake
from presszero.runtime.people import People
from presszero.runtime.push import Hub
from presszero.runtime.turn import Extra, state_of
from presszero.runtime.wakes import Wakes
from presszero.store.base import Conversation, HolderSet, Message, Operator, Ticket, Turn
from presszero.store.sqlite import SqliteStore

Given = Mapping[str, Any]  # "billing.line" → "failed", "not_found", the fields it gives back, or a list of such in turn
PEOPLE = "desk"


class SetClock:
    """A clock that stands until it is moved."""

    def __init__(self, at: float) -> None:
        self.at = at

    def now(self) -> float:
        """The moment it was set to; each look is a little later, so that order shows."""
        self.at += 0.001
        return self.at


class Stage:
    """A store on a temporary file and the runtime on it, for many conversations one after another."""

    def __init__(self, content: Content, at: float) -> None:
        self.clock = SetClock(at)
        self._content = replace(content, generates=False)  # what a model writes is never the same twice
        self._stack = AsyncExitStack()
        self.operator: Operator | None = None
        self._peers = 0

    async def __aenter__(self) -> Self:
        folder = self._stack.enter_context(tempfile.TemporaryDirectory(prefix="presszero-play-"))
        self.store = SqliteStore(Path(folder) / "play.db", durable=False)
        await self.store.open()
        self._stack.push_async_callback(self.store.close)
        self.intake = Intake(self.store, self._content, self.clock, Hub(), Wakes())
        self.people = People(self.intake)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.aclose()

    async def player(
        self, *, lang: str, at: float, services: Given, customer: Given, channel: str = "web", staffed: bool = True
    ) -> Player:
        """A new conversation at a moment."""
        self.clock.at = at
        self._peers += 1
        if staffed:
            operator = self.operator or await self.store.save_operator(PEOPLE, shown="Анна", password="-")  # noqa: S106 - nobody signs in here
            self.operator = operator
            await self.store.touch_operator(operator.id, at)
        return Player(self, channel, f"p{self._peers}", lang, services, customer)


class Player:
    """One conversation being played."""

    def __init__(self, stage: Stage, channel: str, peer: str, lang: str, services: Given, customer: Given) -> None:
        self._stage = stage
        self.channel = channel
        self._peer = peer
        self._lang = lang
        self._services = services
        self._customer = {k: v for k, v in customer.items() if k != "verified"}
        self._verified = str(customer.get("verified", "")).lower() in {"yes", "true"}
        self._seen = 0
        self.answered: list[tuple[str, Any]] = []  # calls that were made, and what was answered
        self.kept: dict[str, Any] = {}  # what is remembered of the customer
        self.conversation: Conversation | None = None

    @property
    def staffed(self) -> bool:
        """Whether somebody is there to take a conversation."""
        return self._stage.operator is not None

    @property
    def state(self) -> State:
        """Where the conversation stands."""
        return state_of(self.conversation) if self.conversation else State()

    async def start(self) -> list[Message]:
        """The customer opens the chat."""
        return await self._accept(kind="start")

    async def say(self, text: str) -> list[Message]:
        """The customer writes."""
        return await self._accept(kind="text", text=text)

    async def press(self, payload: str, label: str = "") -> list[Message]:
        """The customer presses a button."""
        return await self._accept(kind="press", payload=payload, label=label)

    async def digits(self, keys: str) -> list[Message]:
        """The customer presses keys of a telephone."""
        return await self._accept(kind="digits", text=keys)

    async def file(self, name: str) -> list[Message]:
        """The customer sends a file."""
        return await self._accept(kind="file", file=name, file_info={"id": name, "name": name})

    async def operator(self, text: str) -> list[Message]:
        """A person answers."""
        stage = self._stage
        if self.conversation and stage.operator:
            await stage.people.say(self.conversation.id, stage.operator, text, f"{self._peer}-{stage.clock.now()}")
        return await self._new()

    async def give_back(self) -> list[Message]:
        """The person gives the conversation back to the bot."""
        if self.conversation and self._stage.operator:
            await self._stage.people.release(self.conversation.id, self._stage.operator)
        return await self._settle()

    async def resolve(self) -> list[Message]:
        """The person settles it."""
        if self.conversation and self._stage.operator:
            await self._stage.people.resolve(self.conversation.id, self._stage.operator)
        return await self._settle()

    async def after(self, seconds: float) -> list[Message]:
        """Time passes; timers that come due on the way fire at their own moments."""
        stage = self._stage
        end = stage.clock.at + seconds
        while (due := await stage.store.next_due()) is not None and due <= end:
            stage.clock.at = max(stage.clock.at, due)
            if stage.operator:
                await stage.store.touch_operator(stage.operator.id, stage.clock.at)
            if not await timers.fire_due(stage.intake):
                break
        stage.clock.at = end
        return await self._settle()

    async def tickets(self) -> list[Ticket]:
        """The conversation's tickets, newest first."""
        return list(await self._stage.store.tickets(conversation_id=self.conversation.id)) if self.conversation else []

    async def leave(self) -> None:
        """The conversation is over: it stands in nobody's queue, and no timer of it fires in another test."""
        await self._look()
        if self.conversation is None:
            return
        over = Turn(
            conversation_id=self.conversation.id,
            version=self.conversation.version,
            state=b"{}",
            at=self._stage.clock.now(),
            holder=HolderSet("bot"),
            cancels=tuple(self.state.timers),
            ended=True,
        )
        await self._stage.store.commit_turn(over)

    # inside

    async def _accept(self, **what: Any) -> list[Message]:
        number = self._stage.clock.now()
        incoming = Incoming(
            channel=self.channel,
            peer=self._peer,
            external_id=f"{self._peer}-{number}",
            lang=self._lang,
            identity=f"site:{self._peer}" if self._verified else "",
            identity_facts=self._customer,
            **what,
        )
        taken = await self._stage.intake.accept(incoming)
        self.conversation = taken.conversation
        return await self._settle()

    async def _settle(self) -> list[Message]:
        """Gives pending calls their answers until none is pending; what was said since the last look."""
        for _ in range(20):
            await self._look()
            pending = self.state.pending
            if self.conversation is None or pending is None or pending.kind != "call":
                break
            due = next(
                (d for d in await self._stage.store.due_calls() if d.conversation_id == self.conversation.id), None
            )
            if due is None:
                break
            await self._stage.intake.event(
                self.conversation.id, self._answered(due.id, due.call), Extra(call_done=due.id)
            )
        return await self._new()

    def _answered(self, call_id: str, call: str) -> Any:
        made = sum(name == call for name, _ in self.answered)
        given = turn(self._services.get(call, "failed"), made)
        self.answered.append((call, given))

        def make(_state: State, facts: Facts, at: float) -> Event | None:
            if given == "unknown":
                return events.CallAnswered(at=at, facts=facts, id=call_id, outcome="unknown")
            if given in ("failed", "not_found"):
                outcome: Any = given
                return events.CallAnswered(at=at, facts=facts, id=call_id, outcome=outcome)
            return events.CallAnswered(at=at, facts=facts, id=call_id, outcome="ok", data=dict(given))

        return make

    async def _look(self) -> None:
        if self.conversation:
            found = await self._stage.store.load(self.conversation.id)
            self.conversation = found[0] if found else None
            self.kept = {k: v for k, (v, _) in found[1].remembered.items()} if found else {}

    async def _new(self) -> list[Message]:
        await self._look()
        if self.conversation is None:
            return []
        lines = await self._stage.store.messages(self.conversation.id, after=self._seen)
        self._seen = lines[-1].seq if lines else self._seen
        return [m for m in lines if m.who != "customer"]

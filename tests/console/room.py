"""A desk with a console, a portal and two operators: the real store on a temporary file, the real intake, small flows."""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException

from presszero import config, flows, handoff
from presszero.check.picture import picture
from presszero.check.record import record
from presszero.console.console import Console
from presszero.console.drift import DriftPage
from presszero.console.errors import on_http, on_problem
from presszero.console.flow_pages import FlowPages
from presszero.console.knowledge import Knowledge
from presszero.console.lessons import Lessons
from presszero.console.portal import Portal
from presszero.console.recording import Recording
from presszero.console.sessions import login_link
from presszero.errors import StoreError
from presszero.http.problem import Problem, on_store
from presszero.http.routes import Door, declared
from presszero.kb.library import Library
from presszero.nlu import Understanding
from presszero.runtime.content import Content
from presszero.runtime.incoming import Incoming
from presszero.runtime.intake import Intake, Taken
from presszero.runtime.people import People
from presszero.runtime.push import Hub
from presszero.runtime.wakes import Wakes
from presszero.store.base import Conversation, Operator
from presszero.store.sqlite import SqliteStore
from presszero.workshop import Workshop

ROOT = Path(__file__).parents[2]
FLOWS = ROOT / "tests/flows/desk"
NOON = 1_763_978_400.0  # Monday, 24 November 2025, 13:00 in Moscow: everybody works


class Clock:
    """Stands still until it is moved."""

    def __init__(self, at: float = NOON) -> None:
        self.at = at

    def now(self) -> float:
        return self.at


def content(public_url: str) -> Content:
    return replace(_content(), public_url=public_url)


@cache
def _content() -> Content:
    settings, _ = config.load(ROOT, {})
    desk, _ = handoff.load(ROOT, ("ru", "en"))
    assert settings
    assert desk
    known = flows.Known(
        queues=frozenset(desk.queues), categories=frozenset(desk.categories), services=settings.services
    )
    loaded = flows.load(FLOWS, known)
    library, _ = Library.load(ROOT, ("ru", "en"), date(2025, 11, 24))
    return Content(
        flows=loaded.flows or loaded.draft,
        understanding=Understanding.empty(),
        library=library,
        handoff=desk,
        languages=("ru", "en"),
        name={"ru": "Северное Сияние", "en": "Northern Lights"},
        zone="Europe/Moscow",
    )


@dataclass
class Room:
    """The desk under test."""

    store: SqliteStore
    intake: Intake
    people: People
    app: Starlette
    clock: Any
    anna: Operator
    igor: Operator
    url: str
    numbers: Any = field(default_factory=lambda: count(1))

    async def hear(self, peer: str, text: str, **given: Any) -> Taken:
        """A customer writes."""
        number = f"m{next(self.numbers)}"
        return await self.intake.accept(
            Incoming(channel="web", peer=peer, external_id=number, text=text, lang=given.pop("lang", "ru"), **given)
        )

    async def waiting(self, peer: str = "v1", text: str = "нет интернета", **given: Any) -> int:
        """A customer who waits for a person."""
        await self.store.touch_operator(self.anna.id, self.clock.now())
        if text:
            await self.hear(peer, text, **given)
        taken = await self.hear(peer, "оператор" if given.get("lang", "ru") == "ru" else "operator", **given)
        assert taken.state.holder == "queue"
        return taken.conversation.id

    async def ticket(self, peer: str = "v9") -> tuple[int, int]:
        """A conversation with a request: its number and the conversation's."""
        await self.store.touch_operator(self.anna.id, self.clock.now())
        await self.hear(peer, "оператор")
        taken = await self.intake.accept(
            Incoming(
                channel="web", peer=peer, external_id="note", kind="press", payload="!note", label="Оставить сообщение"
            )
        )
        found = await self.store.tickets(conversation_id=taken.conversation.id)
        assert found
        return found[0].number, taken.conversation.id

    def client(self) -> httpx.AsyncClient:
        """A browser that is nobody yet."""
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app),
            base_url=self.url,
            headers={"origin": self.url, "accept": "text/html"},
        )

    async def signed_in(self, operator: Operator | None = None) -> httpx.AsyncClient:
        """A browser of an operator."""
        client = self.client()
        link = await login_link(self.store, operator or self.anna, self.clock.now(), self.url)
        page = await client.get(link)
        token = re.search(r'name="token" value="([^"]+)"', page.text)
        assert token
        answer = await client.post("/console/login/once", data={"token": token[1]})
        assert answer.status_code == 303
        return client

    async def talk(self, conversation: int) -> Conversation:
        """Where a conversation stands."""
        found = await self.store.load(conversation)
        assert found
        return found[0]

    async def said(self, conversation: int, who: str = "") -> list[str]:
        """The texts of a conversation."""
        lines = await self.store.messages(conversation, notes=True)
        return [m.text for m in lines if not who or m.who == who]


@asynccontextmanager
async def served(folder: Path, *, demo: bool = True) -> AsyncIterator[Room]:
    """The desk on a loopback port, in the loop of the test."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        async with room(folder, url=url, demo=demo) as desk:
            settings = uvicorn.Config(desk.app, log_level="error", lifespan="off", ws="websockets-sansio")
            server = uvicorn.Server(settings)
            serving = asyncio.create_task(server.serve([listening]))
            try:
                yield desk
            finally:
                server.should_exit = True
                await serving


@asynccontextmanager
async def room(
    folder: Path, clock: Any = None, url: str = "http://desk.test", *, demo: bool = True
) -> AsyncIterator[Room]:
    """The desk, while the block lasts."""
    clock = clock or Clock()
    store = SqliteStore(folder / "desk.db")
    await store.open()
    try:
        intake = Intake(store, content(url), clock, Hub(), Wakes())
        people = People(intake)
        anna = await store.save_operator("anna", shown="Анна Орлова", role="lead", lang="ru")
        igor = await store.save_operator("igor", shown="Igor Lee", lang="en")
        tests = folder / "tests"
        tests.mkdir(exist_ok=True)
        more = (
            lambda frame: FlowPages(frame, picture),
            lambda frame: Recording(frame, record, tests),
            lambda frame: Knowledge(frame, Workshop(folder / "desk", {}, folder / "models")),
            lambda frame: Lessons(frame, Workshop(folder / "desk", {}, folder / "models")),
            DriftPage,
        )
        console, portal = Console(intake, people, more=more), Portal(intake, demo=demo)
        door = Door(console.guards)
        routes = [*console.routes(door), *portal.routes(door)]
        declared(routes)
        handlers: dict[Any, Any] = {Problem: on_problem, HTTPException: on_http, StoreError: on_store}
        yield Room(store, intake, people, Starlette(routes=routes, exception_handlers=handlers), clock, anna, igor, url)
    finally:
        await store.close()

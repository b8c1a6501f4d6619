"""The running desk: store, workers and web surfaces put together. The one place where everything meets."""

from __future__ import annotations

import asyncio
import gzip
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from threading import Thread
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from presszero import __version__, config, desk
from presszero.channels.callback import Callback
from presszero.channels.contact import clean_contact
from presszero.channels.files import Uploads
from presszero.channels.linking import Linking
from presszero.channels.rest import Rest
from presszero.channels.telegram.bots import Bots
from presszero.channels.telegram_desk.desk import ForumDesk
from presszero.channels.view import View
from presszero.channels.visitor import Tokens
from presszero.channels.web import Web
from presszero.check.picture import picture
from presszero.check.record import record
from presszero.check.script import FOLDER
from presszero.console.console import Console
from presszero.console.drift import DriftPage
from presszero.console.edit import Edit
from presszero.console.errors import on_http, on_problem
from presszero.console.flow_pages import FlowPages
from presszero.console.knowledge import Knowledge
from presszero.console.lessons import Lessons
from presszero.console.outside import Outside, Vouched
from presszero.console.portal import Portal
from presszero.console.recording import Recording
from presszero.encoders import encoder
from presszero.errors import ConfigError, ContentError, StoreError
from presszero.http.body import json
from presszero.http.problem import Problem, on_bug, on_store
from presszero.http.routes import Door, declared
from presszero.kb.library import Library
from presszero.kb.meaning import Meaning
from presszero.publishing.current import Current, start
from presszero.runtime import gather, keeping, outbox, reviews, timers
from presszero.runtime.calls import Calls
from presszero.runtime.clock import Clock, WallClock
from presszero.runtime.content import Content
from presszero.runtime.egress import Egress
from presszero.runtime.generating import Generating
from presszero.runtime.intake import Intake
from presszero.runtime.neighbour import Neighbour
from presszero.runtime.people import People
from presszero.runtime.port import Channel
from presszero.runtime.push import Hub
from presszero.runtime.wakes import Wakes
from presszero.store.sqlite import SqliteStore
from presszero.workshop import Workshop

log = logging.getLogger("presszero")
SCRIPTS = Path(__file__).parent / "channels" / "static"


@dataclass(frozen=True)
class Settings:
    """How this process runs."""

    root: Path
    data: Path
    public_url: str
    env: dict[str, str]
    demo: bool = False
    always_open: bool = False
    watch: bool = True
    published: bool = False  # serves what was published last; else the folder as it stands
    clock: Clock = WallClock()  # noqa: RUF009 - has no state


class Running:
    """A desk that runs in this process."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._start = start(settings.root, settings.env, settings.data / "presszero.db", published=settings.published)
        found = self._start.found
        if found.errors or found.config is None:
            raise ContentError(found.errors)
        if found.config.missing_env:
            raise ContentError(found.config.missing_env)
        self.config: config.Config = found.config
        settings.data.mkdir(parents=True, exist_ok=True)
        self.store = SqliteStore(settings.data / "presszero.db")
        self._library: Library | None = None
        named = found.config.kb.encoder
        self._meaning = Meaning(encoder(named), settings.data / "models") if named else None
        self.intake = Intake(self.store, self._content(found), settings.clock, Hub(), Wakes())
        self.current = Current(
            self.intake,
            settings.root,
            settings.env,
            settings.data / "models",
            self._content,
            published=settings.published,
            here=self._start.here,
        )
        self.people = People(self.intake)
        self.bots: Bots
        self.forum: ForumDesk | None = None
        self._stack = AsyncExitStack()

    def _content(self, found: desk.Desk) -> Content:
        made = desk.content(
            found,
            self.settings.data / "models",
            public_url=self.settings.public_url,
            always_open=self.settings.always_open,
            before=self._library,
            meaning=self._meaning,
        )
        made = replace(made, generates=found.config is not None and found.config.kb.llm is not None)
        self._library = made.library
        if self._meaning:
            Thread(target=_learn, args=(made.library,), name="vectors", daemon=True).start()
        return made

    async def start(self) -> list[Any]:
        """Opens the store, starts the workers; gives the routes."""
        await self.store.open()
        self._stack.push_async_callback(self.store.close)
        await self.current.begin(self._start.number)
        nlu = self.config.nlu
        addresses = {e.base for e in self.config.endpoints.values()} | {self.config.callback, nlu.rasa}
        egress = Egress(addresses)
        self._stack.push_async_callback(egress.close)
        if nlu.rasa:
            self.intake.neighbour = Neighbour(egress, nlu.rasa, self.settings.clock, nlu.act, nlu.offer)
        callback = Callback(self.intake, egress, self.config.callback) if self.config.callback else None
        channels: dict[str, Channel] = {"callback": callback} if callback else {}
        calls = Calls(self.intake, egress, self.config.endpoints, self._generating())
        await self._work("timers", lambda: timers.run(self.intake))
        await self._work("calls", calls.run)
        await self._work("held", lambda: gather.run(self.intake))
        files = (self.config.web or config.Web()).files
        uploads = Uploads(self.store, self.settings.clock, self.settings.data / "files", files.types, files.max_mb)
        self.bots = Bots(
            self.intake, self.config.telegram, await self.store.secret("telegram"), uploads, self.settings.root
        )
        self._stack.push_async_callback(self.bots.close)
        channels |= self.bots.accounts
        await self._work("outbox", lambda: outbox.run(self.intake, channels))
        if self.config.telegram:
            await self._work("telegram", self.bots.run)
        if self.config.forum:
            self.forum = ForumDesk(self.intake, self.people, self.bots, self.config.forum, uploads)
            await self._work("forum", self.forum.run)
            remind = self.forum.remind
            await self._work("reviews", lambda: reviews.run(self.intake, remind))
        keep = self.config.keep_days
        await self._work("keeping", lambda: keeping.run(self.intake, keep, uploads.remove))
        if self.settings.watch or self.settings.published:
            await self._work("watch", self.current.watch)
        return await self._routes(callback, uploads)

    def _generating(self) -> Generating | None:
        """Who asks the language model, where the desk has one: by a client of its own, so that services never wait for it."""
        llm = self.config.kb.llm
        if llm is None:
            return None
        egress = Egress({llm.url})
        self._stack.push_async_callback(egress.close)
        return Generating(self.intake, egress, llm)

    async def _work(self, name: str, run: Callable[[], Any]) -> None:
        task = asyncio.create_task(_forever(name, run))

        async def stop() -> None:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

        self._stack.push_async_callback(stop)

    async def stop(self) -> None:
        """Ends the workers, then the store."""
        await self._stack.aclose()

    async def _routes(self, callback: Callback | None, uploads: Uploads) -> list[Any]:
        view = View(self.intake, await self.store.secret("files"))
        web_config = self.config.web or config.Web()
        site = web_config.secret.reveal() if web_config.secret else None
        tokens = Tokens(await self.store.secret("visitors"), site)
        web = Web(self.intake, tokens, view, uploads, self._desk_shown(web_config))
        workshop = Workshop(self.settings.root, self.settings.env, self.settings.data / "models")
        self._stack.push_async_callback(workshop.close)
        tests = self.settings.root / FOLDER
        more = (
            lambda frame: FlowPages(frame, picture),
            lambda frame: Edit(frame, workshop),
            lambda frame: Knowledge(frame, workshop),
            lambda frame: Lessons(frame, workshop),
            DriftPage,
            lambda frame: Recording(frame, record, tests),
        )
        console = Console(self.intake, self.people, uploads, self.current.publisher, more)

        def vouch(token: str) -> Vouched:
            visitor = tokens.identity(token)
            return Vouched(visitor.identity, visitor.facts)

        outside = Outside(
            uploads.keep,
            uploads.most,
            web_config.files.types,
            clean_contact,
            vouch,
            self.bots.links.opened,
            uploads.give,
        )
        portal = Portal(self.intake, demo=self.settings.demo, chat=self.config.web is not None, outside=outside)
        door = Door({"visitor": web.guard, **console.guards})
        routes = [
            door.route("/healthz", self.health, "public"),
            door.route("/widget.js", _script, "public"),
            door.route("/search.js", _script, "public"),
            *(web.routes(door) + Linking(self.intake, self.bots.links).routes(door) if self.config.web else []),
            *(Rest(self.intake).routes(door) if self.config.rest else []),
            *(callback.routes(door) if callback else []),
            *(self.bots.routes(door) if self.config.telegram else []),
            *console.routes(door),
            *portal.routes(door),
        ]
        declared(routes)
        return routes

    def _desk_shown(self, web: config.Web) -> dict[str, Any]:
        languages = self.config.languages
        return {
            "name": {lang: self.config.name.render(lang, {}) for lang in languages},
            "languages": languages,
            "privacy": {lang: web.privacy.render(lang, {}) for lang in languages} if web.privacy else None,
            "policy_url": web.policy_url,
            "accent": web.accent,
            "files": {"max_mb": web.files.max_mb, "types": web.files.types},
            "home_url": self.settings.public_url,
        }

    async def reload(self) -> tuple[Any, ...]:
        """Reads the folder again; a broken one changes nothing. Gives its errors."""
        return await self.current.reload()

    async def health(self, _request: Request) -> Response:
        """Whether this process can take messages: 200, or 503 with what is wrong."""
        try:
            await self.store.next_due()
        except StoreError:
            raise Problem(503, "store", "The database does not answer.") from None
        flows = len(self.intake.content.flows.flows)
        about: dict[str, Any] = {"status": "ok", "version": __version__, "flows": flows}
        return json(about | ({"telegram": self.bots.health()} if self.config.telegram else {}))


def _learn(library: Library) -> None:
    """Makes the vectors of new articles; they are found by their words meanwhile."""
    try:
        library.learn()
    except Exception:
        log.exception("PZ-KB the encoder failed")


async def _forever(name: str, run: Callable[[], Any]) -> None:
    """A worker that fell is started again, and said."""
    while True:
        try:
            await run()
        except Exception:
            log.exception("PZ-WORKER %s fell and is started again", name)
        await asyncio.sleep(1.0)


@cache
def _packed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), 9, mtime=0)


async def _script(request: Request) -> Response:
    """The widget or the search field of sites, packed for whoever takes that."""
    path = SCRIPTS / request.url.path.rpartition("/")[2]
    headers = {
        "cache-control": "public, max-age=300",
        "x-content-type-options": "nosniff",
        "access-control-allow-origin": "*",
        "cross-origin-resource-policy": "cross-origin",
        "vary": "accept-encoding",
    }
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(_packed(path), 200, headers | {"content-encoding": "gzip"}, "text/javascript")
    return FileResponse(path, media_type="text/javascript", headers=headers)


def build(settings: Settings) -> tuple[Starlette, Running]:
    """The application. Raises ContentError or ConfigError when it must not start."""
    running = Running(settings)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        app.router.routes.extend(await running.start())
        try:
            yield
        finally:
            await running.stop()

    origins = list((running.config.web or config.Web()).origins)
    middleware = [
        Middleware(
            CORSMiddleware,
            allow_origins=origins,
            allow_methods=["GET", "POST"],
            allow_headers=["authorization", "content-type"],
            expose_headers=["retry-after"],
            max_age=600,
        )
    ]
    handlers: dict[Any, Any] = {Problem: on_problem, HTTPException: on_http, StoreError: on_store, Exception: on_bug}
    app = Starlette(lifespan=lifespan, middleware=middleware, exception_handlers=handlers)
    return app, running


__all__ = ["ConfigError", "Running", "Settings", "build"]

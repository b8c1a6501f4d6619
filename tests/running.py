"""A desk that runs for tests: as the real `presszero` process, or inside the test's own event loop.

Both listen on a free port of loopback and keep their data in a temporary folder. Models are trained once per checkout and kept
in `.cache/models`. Nothing here is a double of our code: the doubles are of other people's systems (`Books`, `Receiver`).
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any, Self

import httpx
import uvicorn
from starlette.applications import Starlette

from presszero.app import Running, Settings, build
from presszero.demo.billing import serve_aside
from presszero.testing.listen import Listener, heard_at

ROOT = Path(__file__).resolve().parents[1]
DESK = ROOT / "tests" / "web" / "desk"
MODELS = ROOT / ".cache" / "models"
SITE_SECRET = "a secret of the site that is long enough"
NOWHERE = "http://127.0.0.1:9"
ENV = {
    "SITE_SECRET": SITE_SECRET,
    "PUBLIC_URL": "",
    "BOOKS_URL": NOWHERE,
    "BOOKS_TOKEN": "books",
    "CALLBACK_URL": NOWHERE,
    "BILLING_URL": NOWHERE,
    "BILLING_TOKEN": "billing",
}


def free_port() -> int:
    """A port of loopback that nobody has now, and that the system gives to nobody while its desk is down for a while."""
    for port in random.SystemRandom().sample(range(20_000, 30_000), 50):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no port is free")


def data_folder(folder: Path) -> Path:
    """A data folder whose models are those of the checkout."""
    MODELS.mkdir(parents=True, exist_ok=True)
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "models").exists():
        (folder / "models").symlink_to(MODELS)
    return folder


def copy_desk(to: Path, source: Path = DESK) -> Path:
    """A desk that a test may edit."""
    names = ("config.yaml", "flows", "nlu", "kb", "handoff")
    to.mkdir(parents=True)
    for name in names:
        path = source / name
        if path.is_dir():
            shutil.copytree(path, to / name)
        elif path.exists():
            shutil.copy(path, to / name)
    return to


def rows(data: Path) -> dict[str, int]:
    """How many rows each table has, read beside the running desk."""
    with contextlib.closing(sqlite3.connect(f"file:{data / 'presszero.db'}?mode=ro", uri=True)) as db:
        names = [n for (n,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: db.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


# as a process


class Server:
    """`presszero run` as a process of its own, known by its pid."""

    def __init__(
        self, data: Path, desk: Path = DESK, env: Mapping[str, str] | None = None, *, watch: bool = False
    ) -> None:
        self.desk, self.data, self.port = desk, data_folder(data), free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = data / "process.log"
        self._env = {**ENV, **(env or {})}
        self._watch = watch
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """What the process, and commands beside it, are given."""
        return {**os.environ, **self._env, "PRESSZERO_DATA": str(self.data), "PYTHONPATH": str(ROOT / "bot")}

    @property
    def pid(self) -> int:
        """Of the process that runs now."""
        assert self._process is not None
        return self._process.pid

    def start(self, within: float = 60.0) -> Self:
        """Starts and waits until it can take messages."""
        command = [sys.executable, "-m", "presszero", "run", "--desk", str(self.desk), "--port", str(self.port)]
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [*command, *([] if self._watch else ["--no-watch"])], env=self.environment, stdout=log, stderr=log
            )
        self._process = process
        end = time.monotonic() + within
        while time.monotonic() < end:
            if process.poll() is not None:
                break
            if self.healthy():
                return self
            time.sleep(0.02)
        self.kill()
        raise AssertionError(f"the desk did not start:\n{self.said()}")

    def healthy(self) -> bool:
        """Whether it answers."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=2.0)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()

    def said(self) -> str:
        """What it printed."""
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def kill(self) -> None:
        """SIGKILL: no goodbye."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """SIGTERM; gives the exit code."""
        return self._end(signal.SIGTERM)

    def _end(self, number: signal.Signals) -> int:
        process = self._process
        if process is None:
            return 0
        if process.poll() is None:
            process.send_signal(number)
        try:
            code = process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            code = process.wait(15)
        self._process = None
        return code

    def presszero(self, *arguments: str, timeout: float = 60.0) -> subprocess.CompletedProcess[str]:
        """Another command of `presszero` with the same environment."""
        command = [sys.executable, "-m", "presszero", *arguments]
        return subprocess.run(
            command, env=self.environment, capture_output=True, text=True, timeout=timeout, check=False
        )

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()


@contextmanager
def demo_server(data: Path) -> Iterator[Server]:
    """The repository's own desk as a process, with its billing service on loopback."""
    with serve_aside() as billing:
        env = {"BILLING_URL": billing.url, "BILLING_TOKEN": billing.token}
        with Server(data, ROOT, env) as server:
            yield server


# in the test's own loop


@asynccontextmanager
async def listening(app: Any, *, lifespan: str = "off") -> AsyncIterator[str]:
    """An ASGI application on a real port of loopback; gives its address."""
    heard = heard_at()
    server = Listener(
        uvicorn.Config(
            app,
            log_level="error",
            access_log=False,
            lifespan=lifespan,
            interface="asgi3",
            server_header=False,
            ws_max_size=65536,
        )
    )
    task = asyncio.create_task(server.serve([heard]))
    try:
        while not server.started and not task.done():  # noqa: ASYNC110 - uvicorn has no event for it
            await asyncio.sleep(0.002)
        if task.done():
            await task
            raise AssertionError("the application did not start")
        yield f"http://127.0.0.1:{heard.getsockname()[1]}"
    finally:
        server.end()
        await task
        heard.close()


@dataclass
class Here:
    """A desk in this loop: its address, a client, and the thing itself."""

    app: Starlette
    running: Running
    url: str
    http: httpx.AsyncClient
    data: Path

    @property
    def rows(self) -> dict[str, int]:
        """How many rows each table has."""
        return rows(self.data)

    async def visitor(self, **hello: Any) -> Visitor:
        """Somebody new says hello."""
        answer = await self.http.post("/web/hello", json=hello)
        assert answer.status_code == 200, answer.text
        return Visitor(self.http, answer.json()["token"], answer.json())


@asynccontextmanager
async def here(
    data: Path, desk: Path = DESK, env: Mapping[str, str] | None = None, **settings: Any
) -> AsyncIterator[Here]:
    """A desk in this loop, on a real port, for as long as the block lasts."""
    found = Settings(desk, data_folder(data), "http://desk.example", {**ENV, **(env or {})}, watch=False)
    app, running = build(replace(found, **settings))
    async with listening(app, lifespan="on") as url, httpx.AsyncClient(base_url=url, trust_env=False) as client:
        yield Here(app, running, url, client, found.data)


@dataclass
class Visitor:
    """A visitor of the web chat, as a front end."""

    http: httpx.AsyncClient
    token: str
    hello: dict[str, Any] = field(default_factory=dict)
    sent: int = 0

    @property
    def headers(self) -> dict[str, str]:
        """The visitor's token."""
        return {"authorization": f"Bearer {self.token}"}

    async def post(self, path: str, body: Any = None) -> httpx.Response:
        """A call with the visitor's token."""
        return await self.http.post(path, json={} if body is None else body, headers=self.headers)

    async def get(self, path: str) -> httpx.Response:
        """A call with the visitor's token."""
        return await self.http.get(path, headers=self.headers)

    async def say(self, text: str = "", **more: Any) -> dict[str, Any]:
        """Writes; gives the answer."""
        self.sent += 1
        answer = await self.post("/web/messages", {"client_id": f"m{self.sent}", "text": text, **more})
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def said(self, text: str = "", **more: Any) -> list[str]:
        """Writes; gives the bot's lines."""
        return [m["text"] for m in (await self.say(text, **more))["messages"] if m["who"] != "customer"]

    async def lines(self, **more: int) -> list[dict[str, Any]]:
        """The history."""
        query = "&".join(f"{k}={v}" for k, v in more.items())
        answer = await self.get(f"/web/messages?{query}")
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()["messages"]
        return found


# other people's systems


async def _body(receive: Any) -> bytes | None:
    """The whole body, or None when its sender went away."""
    body = b""
    while True:
        part = await receive()
        if part["type"] == "http.disconnect":
            return None
        body += part.get("body", b"")
        if not part.get("more_body"):
            return body


@dataclass
class Books:
    """A service on loopback: what it was asked, and how it answers."""

    url: str = ""
    slow: float = 0.0
    status: int = 200
    asked: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)

    async def app(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        """ASGI, by hand."""
        number = scope["path"].rpartition("/")[2]
        body = await _body(receive)
        if body is None:
            return
        if scope["method"] == "POST":
            number = json.loads(body)["n"]
            self.keys.append(dict(scope["headers"])[b"idempotency-key"].decode())
        self.asked.append(number)
        await asyncio.sleep(self.slow)
        status = 404 if number == "404" else self.status
        answer = json.dumps({"title": f"Volume {number}", "number": f"N{number}"}).encode()
        await send(
            {"type": "http.response.start", "status": status, "headers": [(b"content-type", b"application/json")]}
        )
        await send({"type": "http.response.body", "body": answer})


@dataclass
class Receiver:
    """Where the callback channel posts replies: keeps them, and answers as it is told."""

    url: str = ""
    got: list[dict[str, Any]] = field(default_factory=list)
    tried: int = 0
    answer: Callable[[int, dict[str, Any]], int] = lambda _tried, _body: 200

    async def app(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        """ASGI, by hand."""
        body = await _body(receive)
        if body is None:
            return
        self.tried += 1
        said = json.loads(body)
        status = self.answer(self.tried, said)
        if status < 300:
            self.got.append(said)
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": b""})


async def until(found: Callable[[], Any], within: float = 10.0) -> Any:
    """Waits, bounded, until something holds; gives it."""
    end = time.monotonic() + within
    while not (answer := found()):
        assert time.monotonic() < end, "it never happened"
        await asyncio.sleep(0.01)
    return answer

"""The double of the web channel for the tests of the widget: docs/web-protocol.md with scripted answers.

Everything is kept in memory and the tests turn its faults on and off. The page of the site is served from
127.0.0.1 and the desk from localhost, so that every call of the widget crosses origins, as on a real site.
"""

from __future__ import annotations

import asyncio
import contextlib
import html
import itertools
import socket
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvicorn
from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped]
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

WIDGET = Path(__file__).parents[2] / "bot/presszero/channels/static/widget.js"
SHOTS = Path(__file__).parents[2] / ".pytest_cache/shots"
CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154"
    "789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)
CHOICES = {
    "ru": [("Да, спасибо", "yes"), ("Нет, не сохраняется", "no"), ("Не могу войти в личный кабинет", "login")],
    "en": [("Yes, thank you", "yes"), ("No, it is not saved", "no"), ("I cannot sign in to my account", "login")],
}
Frame = dict[str, Any]


@dataclass
class Visitor:
    """One customer: what was said and who holds the conversation."""

    token: str
    lang: str
    messages: list[Frame] = field(default_factory=list)
    done: set[str] = field(default_factory=set)
    sockets: dict[WebSocket, int] = field(default_factory=dict)  # and what each has had
    talk: Frame = field(default_factory=dict)
    contact: str = ""
    seq: int = 0

    def add(self, who: str, text: str, **more: Any) -> Frame:
        """Keep one more message."""
        self.seq += 3  # the numbers have holes
        message = {"seq": self.seq, "who": who, "text": text, "author": None, "at": time.time(), **more}
        self.messages.append(message)
        return message


@dataclass
class Desk:
    """The scripted desk and its faults."""

    visitors: dict[str, Visitor] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    bodies: list[Frame] = field(default_factory=list)
    refuse: int = 0  # this status for every POST of a message, nothing is kept
    cut: int = 0  # how many answers to a message are cut in the middle, the message is kept
    sockets: bool = True
    privacy: dict[str, str] = field(
        default_factory=lambda: {"ru": "Переписка хранится год.", "en": "We keep it for a year."}
    )
    policy_url: str = "/policy"
    accent: str | None = None
    arrivals: asyncio.Queue[str] = field(default_factory=asyncio.Queue)  # a socket has caught up
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def last(self) -> Visitor:
        """The customer who came last."""
        return list(self.visitors.values())[-1]

    def said(self) -> list[str]:
        """What the last customer said, in order."""
        return [m["text"] for m in self.last.messages if m["who"] == "customer"]

    def come(self, lang: str) -> Visitor:
        """Somebody new."""
        visitor = Visitor(f"token-{next(self.numbers)}", lang)
        visitor.talk = {
            "id": visitor.token, "holder": "bot", "operator": None, "place": None, "wait_min": 3, "open": True,
            "opens": None, "until": "22:00", "ticket": None, "contact_wanted": False, "read_seq": 0, "lang": lang,
            "ended": False,
        }  # fmt: skip
        visitor.add("bot", {"ru": "Здравствуйте. Что случилось?", "en": "Hello. What happened?"}[lang])
        self.visitors[visitor.token] = visitor
        return visitor

    def answer(self, visitor: Visitor, body: Frame) -> None:
        """What the script says to a message."""
        said, talk = body.get("payload") or body.get("text") or "", visitor.talk
        if said == "!operator":
            talk.update(holder="queue", place=3, wait_min=5)
            visitor.add("bot", "Зову. Специалист увидит весь разговор, повторять ничего не придётся.")
        elif said in ("!bot", "!note", "!end"):
            talk.update(holder="bot", operator=None, place=None)
            visitor.add("system", f"Дальше отвечает бот ({said})")
        elif said.startswith("!lang:"):
            talk["lang"] = said[6:]
        elif said == "number?":
            visitor.add("bot", "Сколько дней?")
        elif said == "menu":
            buttons = [
                {"label": label, "payload": payload, "digit": str(digit)}
                for digit, (label, payload) in enumerate(CHOICES[visitor.lang], 1)
            ]
            links = [{"title": "Как сменить пароль Wi-Fi", "url": "/kb/ru/wifi"}]
            visitor.add("bot", "Пароль меняется в личном кабинете.\n1. Откройте «Мой роутер».", links=links)
            visitor.add("bot", "Получилось?", buttons=buttons)
        elif not body.get("file") and talk["holder"] == "bot":
            visitor.add("bot", f"Принято: {said}")

    async def push(self, visitor: Visitor, frame: Frame) -> None:
        """Send a frame to every window of the customer."""
        for live in list(visitor.sockets):
            with contextlib.suppress(RuntimeError, WebSocketDisconnect):
                await live.send_json(frame)

    async def tell(self, visitor: Visitor) -> None:
        """Give every window of the customer what it has not had."""
        for live, had in list(visitor.sockets.items()):
            missed = [m for m in visitor.messages if m["seq"] > had]
            visitor.sockets[live] = visitor.seq
            with contextlib.suppress(RuntimeError, WebSocketDisconnect):
                await live.send_json({"t": "messages", "messages": missed, "conversation": visitor.talk})

    async def say(self, text: str, *, who: str = "operator", silently: bool = False, **more: Any) -> Frame:
        """Say something to the last customer; silently: without a frame."""
        visitor = self.last
        message = visitor.add(who, text, **({"author": visitor.talk["operator"]} if who == "operator" else {}) | more)
        if not silently:
            await self.tell(visitor)
        return message

    async def turn(self, **talk: Any) -> None:
        """Change who holds the conversation, and tell it."""
        self.last.talk.update(talk)
        await self.push(self.last, {"t": "conversation", "conversation": self.last.talk})


def problem(status: int, code: str) -> JSONResponse:
    """A refusal as the protocol says it."""
    body = {"type": "about:blank", "title": code, "status": status, "detail": code, "code": code}
    return JSONResponse(body, status, {"Retry-After": "1"} if status == 503 else None, "application/problem+json")


class Channel:
    """The calls of docs/web-protocol.md over whatever desk the running test has set."""

    def __init__(self) -> None:
        self.desk = Desk()

    def visitor(self, request: Request) -> Visitor | None:
        self.desk.calls.append(f"{request.method} {request.url.path}")
        token = request.headers.get("authorization", "")[7:]
        return self.desk.visitors.get(token)

    async def hello(self, request: Request) -> Response:
        body, desk = await request.json(), self.desk
        desk.calls.append("POST /web/hello")
        desk.bodies.append(body)
        if body.get("identity") == "wrong":
            return problem(401, "bad_identity")
        if body.get("token") and body["token"] not in desk.visitors:
            return problem(401, "bad_token")
        visitor = desk.visitors.get(body.get("token", "")) or desk.come(body.get("lang") or "ru")
        about = {
            "name": {"ru": "Северное Сияние", "en": "Northern Lights"}, "languages": ["ru", "en"],
            "lang": visitor.lang, "privacy": desk.privacy, "policy_url": desk.policy_url, "accent": desk.accent,
            "files": {"max_mb": 1, "types": ["png", "jpg", "jpeg", "pdf"]}, "home_url": "/",
        }  # fmt: skip
        answer = {"token": visitor.token, "desk": about, "conversation": visitor.talk, "seq": visitor.seq}
        return JSONResponse(answer | {"messages": visitor.messages[-50:]})

    async def send(self, request: Request) -> Response:
        visitor, body = self.visitor(request), await request.json()
        if visitor is None:
            return problem(401, "bad_token")
        if self.desk.refuse:
            return problem(self.desk.refuse, "refused")
        self.desk.bodies.append(body)
        if body["client_id"] not in visitor.done:
            visitor.done.add(body["client_id"])
            meta = {"file": self.file(body["file"])} if body.get("file") else {}
            said = body.get("label") or body.get("text") or ""
            visitor.add("customer", said, client_id=body["client_id"], **meta)
            self.desk.answer(visitor, body)
        messages = [m for m in visitor.messages if m["seq"] > body["after"]]
        if self.desk.cut:
            self.desk.cut -= 1
            return Response(b"{", headers={"Content-Length": "999"}, media_type="application/json")
        await self.desk.tell(visitor)
        return JSONResponse({"seq": visitor.seq, "messages": messages, "conversation": visitor.talk})

    async def history(self, request: Request) -> Response:
        visitor = self.visitor(request)
        if visitor is None:
            return problem(401, "bad_token")
        query = request.query_params
        if "before" in query:
            messages = [m for m in visitor.messages if m["seq"] < int(query["before"])][-int(query["limit"]) :]
        else:
            messages = [m for m in visitor.messages if m["seq"] > int(query["after"])][:50]
        return JSONResponse({"messages": messages, "conversation": visitor.talk, "seq": visitor.seq})

    async def live(self, live: WebSocket) -> None:
        if not self.desk.sockets:
            await live.close()
            return
        await live.accept()
        with contextlib.suppress(WebSocketDisconnect):
            first = await live.receive_json()
            visitor = self.desk.visitors.get(first["token"])
            if visitor is None:
                await live.close(4401)
                return
            missed = [m for m in visitor.messages if m["seq"] > first["after"]]
            await live.send_json({"t": "messages", "messages": missed, "conversation": visitor.talk})
            await live.send_json({"t": "hi", "seq": visitor.seq})
            visitor.sockets[live] = visitor.seq
            self.desk.arrivals.put_nowait(visitor.token)
            try:
                while True:
                    self.desk.bodies.append(await live.receive_json())
            finally:
                del visitor.sockets[live]

    def file(self, ident: str) -> Frame:
        kind = "image/png" if ident.endswith(".png") else "application/pdf"
        return {"id": ident, "name": ident, "type": kind, "size": 2048, "url": f"/web/files/{ident}?key={len(ident)}"}

    async def upload(self, request: Request) -> Response:
        if self.visitor(request) is None:
            return problem(401, "bad_token")
        async with request.form() as form:
            return JSONResponse(self.file(str(getattr(form["file"], "filename", ""))))

    async def download(self, request: Request) -> Response:
        ident = request.path_params["ident"]
        return Response(PIXEL, 200 if request.query_params["key"] == str(len(ident)) else 404, media_type="image/png")

    async def small(self, request: Request) -> Response:
        visitor, path = self.visitor(request), request.url.path
        if visitor is None:
            return problem(401, "bad_token")
        if path.endswith("/export"):
            return JSONResponse(visitor.messages)
        body = await request.json() if await request.body() else {}
        if path.endswith("/read"):
            visitor.talk["read_seq"] = body["seq"]
        elif path.endswith("/contact"):
            visitor.contact, visitor.talk["contact_wanted"] = body["contact"], False
            return JSONResponse({"ok": True})
        else:
            visitor.messages.clear()
            visitor.add("bot", "Здравствуйте. Что случилось?")
        return Response(status_code=204)

    async def site(self, request: Request) -> Response:
        """A customer's page, under the strictest policy the widget promises to work with."""
        desk = f"localhost:{request.url.port}"
        policy = (
            f"default-src 'none'; script-src http://{desk}; connect-src http://{desk} ws://{desk}; "
            f"img-src http://{desk}; require-trusted-types-for 'script'; trusted-types 'none'; base-uri 'none'"
        )
        data = "".join(f' data-{k}="{html.escape(v, quote=True)}"' for k, v in request.query_params.items())
        text = (
            f'<!doctype html><html lang="ru"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
            f"<title>Site</title><main><h1>Северное Сияние</h1><p>450 ₽, 100 Мбит/с</p></main>"
            f'<script src="http://{desk}/widget.js"{data} defer></script>'
        )
        return HTMLResponse(text, headers={"Content-Security-Policy": policy})

    async def widget(self, request: Request) -> Response:
        return FileResponse(
            WIDGET, media_type="text/javascript", headers={"Cross-Origin-Resource-Policy": "cross-origin"}
        )

    def app(self) -> Starlette:
        routes = [
            Route("/", self.site),
            Route("/widget.js", self.widget),
            Route("/web/hello", self.hello, methods=["POST"]),
            Route("/web/messages", self.send, methods=["POST"]),
            Route("/web/messages", self.history),
            Route("/web/files", self.upload, methods=["POST"]),
            Route("/web/files/{ident}", self.download),
            *(Route(f"/web/{name}", self.small, methods=["POST"]) for name in ("read", "forget", "contact")),
            Route("/web/export", self.small),
            WebSocketRoute("/web/live", self.live),
        ]
        cross = Middleware(
            CORSMiddleware,
            allow_origins=["*"],
            allow_headers=["*"],
            allow_methods=["*"],
            expose_headers=["Retry-After"],
        )
        return Starlette(routes=routes, middleware=[cross])


class Quiet(uvicorn.Server):
    """A server that leaves the signals of the test run alone."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class Stage:
    """A browser, the double and the windows of the running test."""

    def __init__(self, browser: Browser, channel: Channel, port: int) -> None:
        self.browser, self.channel, self.port = browser, channel, port
        self.contexts: list[BrowserContext] = []

    @property
    def desk(self) -> Desk:
        return self.channel.desk

    async def clear(self) -> None:
        """Close the windows, forget the desk."""
        for context in self.contexts:
            await context.close()
        self.contexts.clear()
        self.channel.desk = Desk()

    async def context(self, *, width: int = 1280, height: int = 800, scheme: str = "light") -> BrowserContext:
        """A new browser profile which counts breaches of the page's policy."""
        context = await self.browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
        )
        await context.add_init_script(
            "window.breaches = []; addEventListener('securitypolicyviolation', e => breaches.push(e.violatedDirective))"
        )
        self.contexts.append(context)
        return context

    async def visit(self, context: BrowserContext, **data: str) -> Page:
        """The customer's page with these data- attributes."""
        page = await context.new_page()
        page.set_default_timeout(8000)
        await page.goto(f"http://127.0.0.1:{self.port}/?" + "&".join(f"{k}={v}" for k, v in data.items()))
        return page

    async def opened(self, *, lang: str = "ru", width: int = 1280, height: int = 800, scheme: str = "light") -> Page:
        """A new customer with the widget open and greeted."""
        page = await self.visit(await self.context(width=width, height=height, scheme=scheme), lang=lang)
        await page.locator(".launch").click()
        await page.locator(".bub.bot").first.wait_for()
        return page


STATES = ("closed", "open", "replies", "waiting", "person", "offline")
SAMPLE = {
    "ru": ("Мигает красный огонёк на роутере", "Добрый вечер. Вижу, код уходит на старый номер.", "Анна Орлова"),
    "en": ("The red light on the router blinks", "Hello. I see the code goes to your old number.", "Anna Orlova"),
}


async def reach(stage: Stage, page: Page, state: str, lang: str) -> None:
    """Bring an open widget into one of STATES; called for each of them in order."""
    desk, (ask, reply, name) = stage.desk, SAMPLE[lang]
    bubbles = page.locator(".bub")
    if state == "closed":
        await page.keyboard.press("Escape")
        await desk.say("Мастер приедет сегодня с 14 до 16.", who="bot")
        await page.locator(".count").wait_for()
    elif state == "open":
        await page.locator(".launch").click()
        await page.locator(".field").wait_for()
    elif state == "replies":
        await say(page, ask)
        await say(page, "menu")
        await page.locator(".opt").first.wait_for()
    elif state == "waiting":
        await page.locator(".person").click()
        await page.locator(".wait").wait_for()
    elif state == "person":
        await desk.turn(holder="person", operator=name, place=None)
        await desk.say(reply)
        await desk.push(desk.last, {"t": "typing", "who": "operator", "on": True})
        await page.locator(".typing").wait_for()
    else:
        await desk.turn(holder="bot", operator=None)
        await page.locator("button.person").wait_for()
        await page.context.set_offline(True)
        before = await bubbles.count()
        await say(page, ask)
        await page.locator(".later").first.wait_for()
        assert await bubbles.count() > before


async def say(page: Page, text: str) -> None:
    """Write a message and send it with Enter."""
    await page.locator(".comp .field").fill(text)
    await page.locator(".comp .field").press("Enter")


async def violations(page: Page) -> list[str]:
    """What axe finds on the page, all rules."""
    found = (await Axe().run(page)).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:120]} {v['nodes'][0]['failureSummary'][:300]}" for v in found]


@contextlib.asynccontextmanager
async def staged() -> AsyncIterator[Stage]:
    """The double listening on a free port of loopback, and one browser."""
    expect.set_options(timeout=15_000)
    channel = Channel()
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
        server = Quiet(uvicorn.Config(channel.app(), log_level="critical", lifespan="off", ws="websockets-sansio"))
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
            try:
                yield Stage(browser, channel, port)
            finally:
                await browser.close()
                server.should_exit = True
                await serving

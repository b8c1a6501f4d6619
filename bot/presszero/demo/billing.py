"""The billing service that the demo's `http` steps call: on loopback, in memory, the same answers every time.

A POST repeats its answer for a known Idempotency-Key and changes nothing twice. It must never be mistaken for a real system:
it listens on 127.0.0.1 only and forgets everything when it stops.
"""

from __future__ import annotations

import hmac
import secrets
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from presszero.demo.people import CONTRACTS, PLANS, REQUESTS, STREETS, Contract

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

Body = dict[str, Any]
Made = tuple[int, Body]
MISSING: Made = (404, {"error": "not found"})
MOST_BYTES = 16_384


def _today() -> date:
    return datetime.now(UTC).date()


def sample(call: str) -> Body | None:
    """What a call gives for an ordinary customer: the answers in `presszero chat`, where nothing listens."""
    books, number = Billing(), "123456"
    made: dict[str, Callable[[], Made]] = {
        "billing.line": lambda: books.get(f"/lines/{number}"),
        "billing.speed": lambda: books.get(f"/lines/{number}/speed"),
        "billing.tariffs": lambda: books.get("/tariffs"),
        "billing.coverage": lambda: books.get("/coverage", "лесная"),
        "billing.tickets": lambda: books.get("/requests/3381"),
        "billing.account": lambda: books.get(f"/accounts/{number}"),
        "billing.repair": lambda: books.post("/repairs", {"contract": number}),
        "billing.visit": lambda: books.post("/visits", {"contract": number, "slot": "10–14"}),
        "billing.promise": lambda: books.post("/accounts/654321/promise", {}),
        "billing.change_tariff": lambda: books.post(f"/accounts/{number}/tariff", {"tariff": "pole"}),
        "billing.contract_copy": lambda: books.post(f"/accounts/{number}/documents", {"kind": "contract"}),
    }
    return made[call]()[1] if call in made else None


class Billing:
    """The books: read from `people`, changed by POSTs until the process ends."""

    def __init__(self, today: Callable[[], date] = _today) -> None:
        self._today = today
        self._plans = {number: c.plan for number, c in CONTRACTS.items()}
        self._promised: set[str] = set()
        self._answers: dict[str, Made] = {}
        self._visits: dict[str, Body] = {}
        self._last = 7000

    def get(self, path: str, query: str = "") -> Made:
        """Reads."""
        match path.strip("/").split("/"):
            case ["tariffs"]:
                return 200, {"items": [{"value": p.value, "label": p.label} for p in PLANS.values()]}
            case ["coverage"]:
                days = next((d for street, d in STREETS.items() if street in query.casefold()), 0)
                return 200, {"possible": "yes" if days else "no", "days": days}
            case ["requests", number]:
                return self._request(number)
            case ["lines", number, *rest]:
                return self._line(number, rest)
            case ["accounts", number]:
                return self._account(number)
            case _:
                return MISSING

    def post(self, path: str, body: Body, key: str = "") -> Made:
        """Changes something, once for each key."""
        if key and key in self._answers:
            return self._answers[key]
        made = self._post(path, body)
        if key:
            self._answers[key] = made
        return made

    def _post(self, path: str, body: Body) -> Made:
        match path.strip("/").split("/"):
            case ["repairs" | "visits" as what]:
                return self._send_somebody(what, body)
            case ["accounts", number, what] if number in CONTRACTS:
                return self._on_account(number, what, body)
            case _:
                return MISSING

    def _request(self, number: str) -> Made:
        if number in self._visits:
            return 200, self._visits[number]
        state, days = REQUESTS.get(number, ("", 0))
        return (200, {"state": state, "planned": self._day(days)}) if state else MISSING

    def _day(self, days: int) -> str:
        return f"{self._today() + timedelta(days):%d.%m}"

    def _line(self, number: str, rest: list[str]) -> Made:
        found = CONTRACTS.get(number)
        if found is None:
            return MISSING
        if rest == ["speed"]:
            return 200, {"mbit": found.mbit, "plan_mbit": PLANS[self._plans[number]].mbit}
        return (200, {"outage": _word(found.outage), "eta_h": found.eta_h}) if not rest else MISSING

    def _account(self, number: str) -> Made:
        found = CONTRACTS.get(number)
        if found is None:
            return MISSING
        blocked = found.blocked and number not in self._promised
        return 200, {
            "name": found.name,
            "balance": found.balance,
            "debt": _debt(found),
            "tariff": PLANS[self._plans[number]].name,
            "blocked": _word(blocked),
        }

    def _send_somebody(self, what: str, body: Body) -> Made:
        if str(body.get("contract", "")) not in CONTRACTS:
            return MISSING
        self._last += 1
        number = str(self._last)
        day = self._day(1)
        when = day if what == "repairs" else f"{day}, {body.get('slot', '')}"
        self._visits[number] = {"state": "принята / accepted", "planned": when}
        return 201, {"number": number} | ({"date": day} if what == "visits" else {})

    def _on_account(self, number: str, what: str, body: Body) -> Made:
        match what:
            case "tariff" if body.get("tariff") in PLANS:
                if _debt(CONTRACTS[number]):
                    return 409, {"error": "debt"}
                self._plans[number] = str(body["tariff"])
                return 200, {"from_date": self._day(1)}
            case "promise":
                if number in self._promised or not _debt(CONTRACTS[number]):
                    return 409, {"error": "not available"}
                self._promised.add(number)
                return 200, {"until": self._day(3)}
            case "documents":
                return 200, {"ready": _word(body.get("kind") == "contract")}
            case _:
                return MISSING


def _debt(contract: Contract) -> int:
    return max(0, -contract.balance)


def _word(yes: bool) -> str:  # noqa: FBT001 - a fact, not a switch
    return "yes" if yes else "no"


def app(token: str = "") -> Starlette:
    """The service as an ASGI application; with a token, only its bearer is answered."""
    from starlette.applications import Starlette
    from starlette.responses import JSONResponse
    from starlette.routing import Route

    books = Billing()

    async def answer(request: Request) -> Response:
        sent = request.headers.get("authorization", "")
        if token and not hmac.compare_digest(sent.encode(), f"Bearer {token}".encode()):
            return JSONResponse({"error": "who are you"}, 401)
        if request.method != "POST":
            status, made = books.get(request.url.path, request.query_params.get("address", ""))
            return JSONResponse(made, status)
        body = await _read(request)
        if body is None:
            return JSONResponse({"error": "a JSON object is needed"}, 400)
        status, made = books.post(request.url.path, body, request.headers.get("idempotency-key", ""))
        return JSONResponse(made, status)

    return Starlette(routes=[Route("/{path:path}", answer, methods=["GET", "POST"])])


async def _read(request: Request) -> Body | None:
    import json

    data = b""
    async for part in request.stream():
        data += part
        if len(data) > MOST_BYTES:
            return None
    try:
        found = json.loads(data or b"{}")
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


class Aside(NamedTuple):
    """A service that listens: where, what opens it, and how it is stopped."""

    url: str
    token: str
    stop: Callable[[], None]


def serve(port: int = 0, token: str = "") -> Aside:
    """Starts the service in a thread of its own; port 0 takes a free one."""
    import uvicorn

    heard = socket.create_server(("127.0.0.1", port))
    server = uvicorn.Server(uvicorn.Config(app(token), log_level="error", access_log=False, lifespan="off"))
    thread = threading.Thread(target=server.run, args=([heard],), name="demo-billing", daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.005)

    def stop() -> None:
        server.should_exit = True
        thread.join(10)
        heard.close()

    return Aside(f"http://127.0.0.1:{heard.getsockname()[1]}", token, stop)


@contextmanager
def serve_aside(port: int = 0) -> Iterator[Aside]:
    """The service for as long as the block runs, opened by a token made for it."""
    aside = serve(port, secrets.token_urlsafe(16))
    try:
        yield aside
    finally:
        aside.stop()

"""Errors over HTTP as `application/problem+json` (RFC 9457): never a stack, never a secret."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from presszero.errors import Busy

TITLES = {
    400: "The request is not right",
    401: "Who are you?",
    403: "Not allowed",
    404: "Nothing here",
    405: "Not this way",
    409: "Somebody was first",
    413: "Too large",
    415: "Not this kind",
    422: "It does not fit",
    429: "Too many at once",
    503: "Not now, try again",
}


class Problem(Exception):
    """An answer that is an error: ``code`` is stable and for programs, ``detail`` is for people."""

    def __init__(self, status: int, code: str, detail: str = "", headers: Mapping[str, str] | None = None) -> None:
        self.status = status
        self.code = code
        self.detail = detail
        self.headers = dict(headers or {})
        super().__init__(code)


def response(problem: Problem) -> Response:
    """The problem as a response."""
    body = {
        "type": "about:blank",
        "title": TITLES.get(problem.status, "Something is wrong"),
        "status": problem.status,
        "code": problem.code,
        "detail": problem.detail,
    }
    headers = {"cache-control": "no-store", **problem.headers}
    return Response(msgspec.json.encode(body), problem.status, headers, "application/problem+json")


async def on_problem(_request: Request, error: Exception) -> Response:
    """Starlette's handler of Problem."""
    return response(error if isinstance(error, Problem) else Problem(500, "bug"))


async def on_bug(_request: Request, _error: Exception) -> Response:
    """Our own fault: a problem body; the stack is in the log only."""
    return response(Problem(500, "bug", "This is our fault. It has been logged."))


async def on_http(_request: Request, error: Exception) -> Response:
    """Starlette's own 404 and 405 as problems."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    headers = error.headers if isinstance(error, HTTPException) else None
    return response(Problem(status, {404: "not_found", 405: "method"}.get(status, "http"), headers=headers))


async def on_store(_request: Request, error: Exception) -> Response:
    """The database refused: nothing was written, the sender keeps the message and tries again."""
    wait = "2" if isinstance(error, Busy) else "10"
    return response(Problem(503, "not_stored", "Nothing was written. Try again.", {"retry-after": wait}))

"""Problems and missing pages as people see them: a page where a page was asked for, JSON for everything else."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from presszero.console import headers, pages
from presszero.console.words import language
from presszero.http import problem as plain
from presszero.http.problem import Problem

PAGES = ("/console", "/kb", "/requests")


async def on_problem(request: Request, error: Exception) -> Response:
    """The handler of Problem."""
    found = error if isinstance(error, Problem) else Problem(500, "bug")
    if not _wants_page(request) or found.status < 400:
        return await plain.on_problem(request, found)
    return _page(request, found.status, found.headers)


async def on_http(request: Request, error: Exception) -> Response:
    """The handler of Starlette's own errors."""
    if isinstance(error, HTTPException) and _wants_page(request):
        return _page(request, error.status_code, dict(error.headers or {}))
    return await plain.on_http(request, error)


def _wants_page(request: Request) -> bool:
    if "hx-request" in request.headers or request.headers.get("content-type") == "application/json":
        return False
    return request.url.path.startswith(PAGES) and "text/html" in request.headers.get("accept", "")


def _page(request: Request, status: int, extra: dict[str, str]) -> Response:
    parts = request.url.path.split("/")
    wanted = parts[2] if parts[1] == "kb" and len(parts) > 2 else request.headers.get("accept-language", "")[:2]
    home = "/console" if parts[1] == "console" else f"/kb/{language(wanted.lower())}"
    values = {"status": status, "home": home, "desk": ""}
    return pages.render(
        "error.html", language(wanted.lower()), values, status=status, head={**headers.PRIVATE, **extra}
    )

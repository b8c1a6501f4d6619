"""The floor: a bare Starlette application on uvicorn that gives a JSON body back. `python -m bench.echo PORT`."""

from __future__ import annotations

import sys

import msgspec
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


async def echo(request: Request) -> Response:
    """What came, as JSON."""
    return Response(msgspec.json.encode(msgspec.json.decode(await request.body())), media_type="application/json")


async def health(_request: Request) -> Response:
    """It is there."""
    return Response(b"ok")


app = Starlette(routes=[Route("/echo", echo, methods=["POST"]), Route("/healthz", health)])

if __name__ == "__main__":
    uvicorn.run(app, port=int(sys.argv[1]), log_level="warning", access_log=False)

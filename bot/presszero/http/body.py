"""Request bodies: bounded, typed, or a problem."""

from __future__ import annotations

from typing import TypeVar

import msgspec
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from presszero.http.problem import Problem

T = TypeVar("T")
MOST = 64 * 1024
_encode = msgspec.json.Encoder().encode


async def raw(request: Request, most: int = MOST) -> bytes:
    """The body, at most ``most`` bytes."""
    declared = request.headers.get("content-length", "0")
    if not declared.isdigit() or int(declared) > most:
        raise Problem(413, "too_large", f"At most {most} bytes.")
    read = bytearray()
    try:
        async for chunk in request.stream():
            read += chunk
            if len(read) > most:
                raise Problem(413, "too_large", f"At most {most} bytes.")
    except ClientDisconnect:
        raise Problem(400, "cut_off") from None
    return bytes(read)


async def read(request: Request, decoder: msgspec.json.Decoder[T], most: int = MOST, *, any_type: bool = False) -> T:
    """The body as its type; ``any_type`` takes JSON whatever the header calls it, as Rasa does."""
    kind = request.headers.get("content-type", "application/json").partition(";")[0].strip().lower()
    if kind != "application/json" and not any_type:
        raise Problem(415, "not_json", "Send application/json.")
    body = await raw(request, most)
    try:
        return decoder.decode(body or b"{}")
    except msgspec.ValidationError as error:
        raise Problem(422, "invalid", str(error)) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Problem(400, "not_json", "The body is not JSON.") from None


def json(value: object, status: int = 200) -> Response:
    """A JSON answer that nobody keeps."""
    return Response(_encode(value), status, {"cache-control": "no-store"}, "application/json")

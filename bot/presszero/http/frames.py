"""What a browser says over a WebSocket: bounded JSON objects; anything else says nothing and breaks nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import msgspec
from starlette.websockets import WebSocket


async def frames(socket: WebSocket, most: int) -> AsyncIterator[dict[str, Any]]:
    """The objects of the text frames of at most ``most`` characters, until the socket closes (WebSocketDisconnect)."""
    while True:
        try:
            frame = await socket.receive_text()
        except KeyError:  # a binary frame says nothing here
            continue
        if len(frame) > most:
            continue
        try:
            said = msgspec.json.decode(frame)
        except msgspec.DecodeError:
            continue
        if isinstance(said, dict):
            yield said

"""A client that costs little: so many connections, each posting JSON without a pause; runs as a process of its own.

    python -m bench.client PORT PATH BODIES.json CONNECTIONS SECONDS

BODIES.json is a list of JSON bodies, taken in turn. It speaks only as much HTTP as the bench's servers do, on raw sockets.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import sys
import time
from pathlib import Path
from typing import Any


class Connection(asyncio.Protocol):
    """One request after another."""

    def __init__(self, requests: Any, end: float, waits: list[float], bad: list[bytes]) -> None:
        self._requests, self._end, self._waits, self._bad = requests, end, waits, bad
        self._read, self._began = b"", 0.0
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: Any) -> None:
        self._transport = transport
        self._send()

    def _send(self) -> None:
        self._read, self._began = b"", time.perf_counter()
        self._transport.write(next(self._requests))

    def data_received(self, data: bytes) -> None:
        self._read += data
        head, found, body = self._read.partition(b"\r\n\r\n")
        if not found:
            return
        length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
        if len(body) < length:
            return
        now = time.perf_counter()
        self._waits.append(now - self._began)
        if not self._read.startswith(b"HTTP/1.1 200"):
            self._bad.append(self._read[:300])
        if now < self._end:
            self._send()
        else:
            self._transport.close()

    def connection_lost(self, error: Exception | None) -> None:  # noqa: ARG002 - the protocol
        self.done.set_result(None)


async def main(port: int, path: str, bodies: list[Any], connections: int, seconds: float) -> dict[str, Any]:
    head = f"POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: "
    encoded = [json.dumps(b, ensure_ascii=False).encode() for b in bodies]
    requests = itertools.cycle([f"{head}{len(b)}\r\n\r\n".encode() + b for b in encoded])
    waits: list[float] = []
    bad: list[bytes] = []
    loop, began = asyncio.get_running_loop(), time.perf_counter()
    made = [
        await loop.create_connection(lambda: Connection(requests, began + seconds, waits, bad), "127.0.0.1", port)
        for _ in range(connections)
    ]
    await asyncio.gather(*(connection.done for _, connection in made))
    took = time.perf_counter() - began
    waits.sort()
    return {
        "requests": len(waits),
        "seconds": took,
        "p50_ms": round(1000 * waits[len(waits) // 2], 2),
        "p99_ms": round(1000 * waits[int(len(waits) * 0.99)], 2),
        "bad": len(bad),
        "example": bad[0].decode(errors="replace") if bad else "",
        "cpu_s": round(time.process_time(), 2),
    }


if __name__ == "__main__":
    import uvloop

    port, path, bodies, connections, seconds = sys.argv[1:]
    found = main(int(port), path, json.loads(Path(bodies).read_text()), int(connections), float(seconds))
    print(json.dumps(uvloop.run(found)))

"""The one client for requests that go out.

It talks only to the hosts an administrator declared, follows no redirect, and reads a bounded answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx

from presszero.errors import ChannelError, Undeliverable
from presszero.nowhere import nowhere

MOST_BYTES = 1 << 20


class Egress:
    """Requests to declared origins (``http://127.0.0.1:9000``)."""

    def __init__(self, origins: set[str]) -> None:
        self._origins = {httpx.URL(o).netloc for o in origins if o}
        self._client = httpx.AsyncClient(
            follow_redirects=False,
            trust_env=False,
            transport=guarded(httpx.Limits(max_connections=64, max_keepalive_connections=16)),
        )

    async def request(
        self,
        method: str,
        url: str,
        *,
        timeout: float,  # noqa: ASYNC109 - the client's own, for each part of the exchange
        headers: Mapping[str, str] | None = None,
        body: Any = None,
    ) -> tuple[int, bytes]:
        """Status and body (at most 1 MiB). Raises ChannelError when there is no answer, Undeliverable for an undeclared host."""
        target = httpx.URL(url)
        if target.scheme not in {"http", "https"} or target.netloc not in self._origins:
            raise Undeliverable(f"{target.host} is not declared in config.yaml")
        if nowhere(target.host):
            raise Undeliverable(f"{target.host} is a link-local address")
        try:
            async with self._client.stream(
                method, target, timeout=timeout, headers=dict(headers or {}), json=body if body is not None else None
            ) as answer:
                _refuse(answer)
                read = bytearray()
                async for chunk in answer.aiter_bytes():
                    read += chunk
                    if len(read) > MOST_BYTES:
                        raise ChannelError("the answer is over 1 MiB")
                return answer.status_code, bytes(read)
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            raise ChannelError(f"{type(error).__name__} from {target.host}") from error

    async def close(self) -> None:
        """Lets go of the connections."""
        await self._client.aclose()


class Guard:
    """What makes a transport's connections; one that a name led astray is closed before anything is sent over it."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    async def connect_tcp(self, host: str, *args: Any, **options: Any) -> Any:
        """A connection. Raises Undeliverable."""
        stream = await self._inner.connect_tcp(host, *args, **options)
        peer = stream.get_extra_info("server_addr")
        if peer and nowhere(str(peer[0])):
            await stream.aclose()
            raise Undeliverable(f"{host} led to a link-local address")
        return stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


def guarded(limits: httpx.Limits) -> httpx.AsyncHTTPTransport:
    """The usual transport with a guard; httpx has no door of its own for it, and `_refuse` stands behind."""
    transport = httpx.AsyncHTTPTransport(trust_env=False, limits=limits)
    pool: Any = transport._pool  # noqa: SLF001
    pool._network_backend = Guard(pool._network_backend)  # noqa: SLF001
    return transport


def _refuse(answer: httpx.Response) -> None:
    """An answer from where a name should not have led is not read."""
    stream = answer.extensions.get("network_stream")
    peer = stream.get_extra_info("server_addr") if stream is not None else None
    if peer and nowhere(str(peer[0])):
        raise Undeliverable(f"{answer.url.host} led to a link-local address")

"""The one client for requests that go out.

It talks only to the hosts an administrator declared, follows no redirect, and reads a bounded answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx

from presszero.errors import ChannelError, Undeliverable
from presszero.runtime.nowhere import nowhere

MOST_BYTES = 1 << 20


class Egress:
    """Requests to declared origins (``http://127.0.0.1:9000``)."""

    def __init__(self, origins: set[str]) -> None:
        self._origins = {httpx.URL(o).netloc for o in origins if o}
        self._client = httpx.AsyncClient(
            follow_redirects=False,
            trust_env=False,
            limits=httpx.Limits(max_connections=64, max_keepalive_connections=16),
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


def _refuse(answer: httpx.Response) -> None:
    """An answer from where a name should not have led is not read."""
    stream = answer.extensions.get("network_stream")
    peer = stream.get_extra_info("server_addr") if stream is not None else None
    if peer and nowhere(str(peer[0])):
        raise Undeliverable(f"{answer.url.host} led to a link-local address")

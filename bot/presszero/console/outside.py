"""What the portal needs of the channels without knowing them: where files go, what a contact is, whom the site vouches for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from starlette.responses import Response

from presszero.store.base import StoredFile


class Vouched(NamedTuple):
    """Somebody the site vouches for."""

    identity: str
    facts: Mapping[str, Any]


def _as_typed(text: str) -> str | None:
    text = text.strip()[:200]
    return text if "@" in text or sum(c.isdigit() for c in text) > 5 else None


def _nowhere(_payload: str) -> str:
    return ""


@dataclass(frozen=True)
class Outside:
    """The parts; without ``keep`` no files are taken, without ``give`` none are given back, without ``vouch`` nobody is known.

    ``messenger``: the address that opens the desk's bot with a payload, "" while there is none.
    """

    keep: Callable[[int, str, bytes], Awaitable[StoredFile]] | None = None
    most: int = 0
    types: tuple[str, ...] = ()
    contact: Callable[[str], str | None] = _as_typed
    vouch: Callable[[str], Vouched] | None = None
    messenger: Callable[[str], str] = _nowhere
    give: Callable[[str], Awaitable[Response]] | None = None

    def vouched(self, token: str) -> Vouched:
        """Whom the site vouches for, nobody without its word. Raises Problem 401."""
        return self.vouch(token) if token and self.vouch else Vouched("", {})

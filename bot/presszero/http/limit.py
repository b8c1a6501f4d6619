"""How much one sender may do: a moving window in memory, per sender and kind."""

from __future__ import annotations

from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import FixedWindowRateLimiter

from presszero.http.problem import Problem


class Limits:
    """Limits by kind: ``{"message": "40/10 second"}``."""

    def __init__(self, kinds: dict[str, str]) -> None:
        self._kinds: dict[str, RateLimitItem] = {kind: parse(rate) for kind, rate in kinds.items()}
        self._limiter: FixedWindowRateLimiter | None = None

    async def take(self, kind: str, sender: str) -> None:
        """Counts one; raises Problem 429 with Retry-After past the limit."""
        if self._limiter is None:  # its storage wants the running loop
            self._limiter = FixedWindowRateLimiter(MemoryStorage())
        item = self._kinds[kind]
        if not await self._limiter.hit(item, kind, sender):
            raise Problem(429, "too_many", "Too many at once. Wait a little.", {"retry-after": str(item.get_expiry())})

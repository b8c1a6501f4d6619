"""How fast a channel may be sent to: a bucket of tokens for each peer or group, and one over all.

Pure: whoever asks says what time it is. A bucket gives `burst` at once and then `a_second`; what the other side asked to
wait for (Retry-After) shuts it until then.
"""

from __future__ import annotations

import msgspec


class Rate(msgspec.Struct, frozen=True):
    """So many a second, and how many at once after a pause."""

    a_second: float
    burst: float = 1.0


class Limits(msgspec.Struct, frozen=True):
    """What a channel allows. ``groups``: how the peers begin that are groups (Telegram's begin with a minus)."""

    peer: Rate | None = None
    group: Rate | None = None
    overall: Rate | None = None
    groups: str = ""

    def of(self, peer: str) -> Rate | None:
        """The rate of one peer."""
        return self.group if self.groups and peer.startswith(self.groups) else self.peer


# Telegram's FAQ allows 1 a second in a chat, about 30 a second over all and 20 a minute in a group, and tolerates short
# bursts. We take a little less: what counts there is when a message arrives, and the network brings them closer together
# than we sent them. The burst over all is what a busy machine may make up for after it stood still for a fifth of a second.
TELEGRAM = Limits(peer=Rate(0.98, 2), group=Rate(17.5 / 60, 2), overall=Rate(28.5, 6), groups="-")


class Bucket:
    """Tokens that come back with time. Without a rate it is only ever shut from outside."""

    def __init__(self, rate: Rate | None, now: float) -> None:
        self._rate = rate
        self._tokens = rate.burst if rate else 0.0
        self._at = now
        self._shut = 0.0

    def wait(self, now: float) -> float:
        """Seconds until a token may be taken; 0 = now."""
        shut = max(self._shut - now, 0.0)
        if self._rate is None:
            return shut
        self._tokens = min(self._rate.burst, self._tokens + max(now - self._at, 0.0) * self._rate.a_second)
        self._at = max(self._at, now)
        lacks = 1.0 - self._tokens
        # A rounding error must not make anybody wait for nothing.
        return max(shut, lacks / self._rate.a_second if lacks > 1e-9 else 0.0)

    def take(self, now: float) -> None:
        """Takes a token; ask `wait` first."""
        self.wait(now)
        self._tokens -= 1.0

    def shut(self, until: float) -> None:
        """Gives nothing before a moment, and then begins with one."""
        self._shut = max(self._shut, until)
        self._tokens, self._at = min(self._tokens, 1.0), max(self._at, until)

    def idle(self, now: float) -> bool:
        """Whether it is as good as new."""
        return self.wait(now) == 0 and (self._rate is None or self._tokens >= self._rate.burst)

"""How fast a channel may be sent to: buckets of tokens for each peer, each group, and over all.

Pure: whoever asks says what time it is. A bucket gives `burst` at once and then `rate` a second; what the other side
asked to wait for (Retry-After) shuts it until then.
"""

from __future__ import annotations

import msgspec


class Rate(msgspec.Struct, frozen=True):
    """So many a second, and how many at once after a pause."""

    a_second: float
    burst: float = 1.0


class Limits(msgspec.Struct, frozen=True):
    """What a channel allows. ``groups``: peers that begin so are groups (Telegram's ids of groups begin with a minus)."""

    peer: Rate | None = None
    group: Rate | None = None
    overall: Rate | None = None
    groups: str = ""

    def of(self, peer: str) -> Rate | None:
        """The rate of one peer."""
        return self.group if self.groups and peer.startswith(self.groups) else self.peer


# What Telegram's FAQ allows is 1 a second in a chat, 30 a second over all and 20 a minute in a group. A little less is
# taken, and the overall rate is kept smooth: what counts is when a message arrives there, not when it left here.
TELEGRAM = Limits(peer=Rate(0.98, 2), group=Rate(18 / 60, 2), overall=Rate(28.5, 1), groups="-")

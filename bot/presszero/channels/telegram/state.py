"""How a bot stands: what /healthz says of it, and what the log says once rather than every minute."""

from __future__ import annotations

import logging
import random

from presszero.errors import ChannelError

log = logging.getLogger(__name__)
LONGEST = 30.0


class Standing:
    """Up, or down with a sentence for the administrator."""

    def __init__(self, channel: str) -> None:
        self.channel = channel
        self.name = ""  # the bot's @name, once it is known
        self.why = "starting"
        self.late = 0  # updates that came after one that was taken before them
        self._refused = False
        self.hooked = False  # a webhook is set that polling must take away

    @property
    def up(self) -> bool:
        """Whether messages come and go."""
        return not self.why

    def works(self) -> None:
        """All is well (again)."""
        if self.why:
            log.info("%s: connected%s", self.channel, f" as @{self.name}" if self.name else "")
        self.why = ""

    def fails(self, why: str) -> None:
        """It does not work, and why; said in the log when that is news."""
        if why != self.why:
            log.warning("PZ-TELEGRAM %s is down: %s", self.channel, why)
        self.why = why

    def refused(self) -> None:
        """Somebody without the secret came to the webhook."""
        if not self._refused:
            log.warning(
                "PZ-TELEGRAM %s: somebody comes to the webhook without its secret; nothing is taken", self.channel
            )
        self._refused = True

    def shown(self) -> dict[str, object]:
        """For /healthz."""
        about: dict[str, object] = {"up": self.up}
        if self.name:
            about["bot"] = self.name
        if self.why:
            about["why"] = self.why
        if self.late:
            about["late"] = self.late
        return about


def pause(error: Exception, failed: int) -> float:
    """How long to wait before another try."""
    grown = min(LONGEST, 0.25 * 2.0 ** min(failed, 10)) * random.uniform(0.75, 1.25)  # noqa: S311 - jitter
    told = error.retry_after if isinstance(error, ChannelError) else None
    return max(grown, told or 0.0)

"""What time it is, so that tests may say so."""

from __future__ import annotations

import time
from typing import Protocol


class Clock(Protocol):
    """Seconds since the epoch."""

    def now(self) -> float:
        """The present."""
        ...


class WallClock:
    """The machine's clock."""

    def now(self) -> float:
        """The present."""
        return time.time()

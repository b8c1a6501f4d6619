"""How the process logs: one line an event to standard error, times in UTC, no texts of customers."""

from __future__ import annotations

import logging
import time


def set_up(level: int = logging.INFO) -> None:
    """Sets the log up."""
    formatter = logging.Formatter("%(asctime)sZ %(levelname)s %(name)s %(message)s", "%Y-%m-%dT%H:%M:%S")
    formatter.converter = time.gmtime
    handler = logging.StreamHandler()
    handler.setFormatter(formatter)
    logging.basicConfig(level=level, handlers=[handler])
    for noisy in ("httpx", "httpcore", "alembic", "watchfiles"):
        logging.getLogger(noisy).setLevel(logging.WARNING)

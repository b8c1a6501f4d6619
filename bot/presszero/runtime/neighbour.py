"""A Rasa server that a desk asks what a text means: within a budget, and never needed.

It is asked before a turn, so nothing waits for it but the message itself. Who was late or gone is left alone for a while.
"""

from __future__ import annotations

import asyncio
import logging

from presszero.dialogue.parse import Parse
from presszero.errors import ChannelError, Undeliverable
from presszero.nlu import neighbour
from presszero.runtime.clock import Clock
from presszero.runtime.egress import Egress

log = logging.getLogger(__name__)
BUDGET = 0.3
REST = 10.0  # seconds without it after it failed: customers do not pay for its illness one by one


class Neighbour:
    """``POST /model/parse`` of another server. ``act`` and ``offer``: the desk's own thresholds."""

    def __init__(self, egress: Egress, url: str, clock: Clock, act: float | None, offer: float | None) -> None:
        self._egress, self._url, self._clock = egress, url, clock
        self._act = neighbour.ACT if act is None else act
        self._offer = neighbour.OFFER if offer is None else offer
        self._rests_until = 0.0

    async def judged(self, own: Parse, text: str, intents: frozenset[str]) -> Parse:
        """Our parse with its intent, or ours as it is."""
        if self._clock.now() < self._rests_until:
            return own
        try:
            async with asyncio.timeout(BUDGET):
                status, answer = await self._egress.request(
                    "POST", f"{self._url}/model/parse", timeout=BUDGET, body={"text": text}
                )
        except (ChannelError, Undeliverable, TimeoutError):
            self._rests_until = self._clock.now() + REST
            log.warning("PZ-RASA the neighbour at %s does not answer; ours alone for %.0f s", self._url, REST)
            return own
        found = neighbour.taken(own, answer, intents, self._act, self._offer) if status == 200 else None
        if found is None:
            log.info("PZ-RASA the neighbour's answer (%d) cannot be used", status)
        return found or own

"""Hands messages to channels that are pushed to: in order for each peer, tried again with growing pauses, dead letters kept.

An attempt is noted before it is made. One that a crash cut off is in doubt: it is shown so and never repeated silently.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Mapping

from presszero.errors import ChannelError, StoreError, Undeliverable
from presszero.runtime.intake import Intake
from presszero.runtime.port import Channel
from presszero.runtime.wakes import wait
from presszero.store.base import DueDelivery

log = logging.getLogger(__name__)
TRIES = 8
LONGEST = 300.0


async def run(intake: Intake, channels: Mapping[str, Channel]) -> None:
    """Works until cancelled."""
    while True:
        sent = 0
        try:
            sent = await deliver_due(intake, channels)
        except StoreError:
            log.exception("PZ-OUTBOX the outbox could not be read or written; trying again")
        if not sent:
            await wait(intake.wakes.outbox, 1.0)


async def deliver_due(intake: Intake, channels: Mapping[str, Channel]) -> int:
    """Makes one attempt at the head of each peer's line that is due; gives how many were made."""
    due = await intake.store.due_deliveries(intake.clock.now())
    await asyncio.gather(*(_deliver(intake, channels, d) for d in due))
    return len(due)


async def _deliver(intake: Intake, channels: Mapping[str, Channel], due: DueDelivery) -> None:
    store = intake.store
    channel = channels.get(due.channel) or channels.get(due.channel.partition(":")[0])
    if channel is None:
        await store.end_delivery(due.id, "failed", why="the channel is off")
        return
    await store.begin_delivery(due.id)
    try:
        external_id = await channel.send(due.peer, due.message, _Nothing())
    except Undeliverable as error:
        log.warning("PZ-DEAD message %d cannot be delivered: %s", due.message.id, error)
        await store.end_delivery(due.id, "failed", why=str(error))
    except ChannelError as error:
        await _later(intake, due, error)
    except Exception:
        # Whether it was sent nobody knows now: it is shown so, and never sent again by itself.
        log.exception("PZ-DOUBT message %d is in doubt", due.message.id)
        await store.end_delivery(due.id, "in_doubt", why="our fault")
    else:
        await store.end_delivery(due.id, "sent", external_id=external_id)


class _Nothing:
    sent = ()

    async def add(self, external_id: str, *, more: bool = False) -> None:
        """Nothing is kept yet."""


async def _later(intake: Intake, due: DueDelivery, error: ChannelError) -> None:
    attempts = due.attempts + 1
    if attempts >= TRIES:
        log.warning("PZ-DEAD message %d was given up after %d attempts: %s", due.message.id, attempts, error)
        await intake.store.end_delivery(due.id, "failed", why=str(error))
        return
    pause = min(LONGEST, 0.5 * 2**attempts) * random.uniform(0.75, 1.25)  # noqa: S311 - jitter, not a secret
    await intake.store.end_delivery(
        due.id, "retry", retry_at=intake.clock.now() + max(pause, error.retry_after or 0.0), why=str(error)
    )

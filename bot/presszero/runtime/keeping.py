"""Keeps no longer than was promised: texts of conversations past the desk's days, and old marks of messages, are thrown away daily."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence

from presszero.runtime.intake import Intake

log = logging.getLogger(__name__)
DAY = 86400.0
MARKS = 30 * DAY  # a channel repeats a message within hours, never after a month


async def run(intake: Intake, keep_days: int, remove_files: Callable[[Sequence[str]], None]) -> None:
    """Works until cancelled."""
    while True:
        gone = await throw_away(intake, keep_days, remove_files)
        if gone:
            log.info("%d conversations older than %d days were forgotten", gone, keep_days)
        await asyncio.sleep(DAY)


async def throw_away(intake: Intake, keep_days: int, remove_files: Callable[[Sequence[str]], None]) -> int:
    """Forgets what is too old now; gives how many conversations."""
    now, gone = intake.clock.now(), 0
    while old := await intake.store.older(now - keep_days * DAY):
        for conversation_id in old:
            remove_files(await intake.forget(conversation_id))
            gone += 1
    await intake.store.drop_questions(now - keep_days * DAY)
    await intake.store.drop_lessons(now - keep_days * DAY)
    await intake.store.prune(now - MARKS)
    return gone

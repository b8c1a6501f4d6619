"""Fires timers when they are due, also those that came due while nobody ran."""

from __future__ import annotations

import logging

from presszero.dialogue import events
from presszero.dialogue.events import Facts
from presszero.dialogue.state import State
from presszero.errors import StoreError
from presszero.runtime.intake import Intake
from presszero.runtime.turn import Extra
from presszero.runtime.wakes import wait
from presszero.store.base import DueTimer

log = logging.getLogger(__name__)
LONGEST = 30.0


async def run(intake: Intake) -> None:
    """Works until cancelled."""
    while True:
        try:
            await fire_due(intake)
            due = await intake.store.next_due()
        except StoreError:
            log.exception("PZ-TIMERS the timers could not be read or fired; trying again")
            due = intake.clock.now() + 1.0
        now = intake.clock.now()
        await wait(intake.wakes.timers, LONGEST if due is None else min(LONGEST, due - now))


async def fire_due(intake: Intake) -> int:
    """Fires what is due now; gives how many."""
    due = await intake.store.due_timers(intake.clock.now())
    for timer in due:
        await _fire(intake, timer)
    return len(due)


async def _fire(intake: Intake, timer: DueTimer) -> None:
    def make(state: State, facts: Facts, at: float) -> events.Event | None:
        if state.timers.get(timer.purpose) != timer.serial:
            return None
        return events.TimerFired(at=at, facts=facts, purpose=timer.purpose, serial=timer.serial)

    taken = await intake.event(timer.conversation_id, make, Extra(timer_done=timer.purpose))
    if taken is None:
        await intake.store.drop_timer(timer.conversation_id, timer.purpose, timer.serial)

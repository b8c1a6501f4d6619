"""Whether a desk is understood less and less: the share of messages that were not understood, by day and by flow.

It reads totals, never what anybody wrote.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from presszero.dialogue.tally import LOST, SAID


class Share(NamedTuple):
    """How much of what was said to the bot was not understood: in a flow, or on a day."""

    misunderstood: int
    heard: int

    @property
    def part(self) -> float:
        """The share; 0 when nothing was heard."""
        return self.misunderstood / self.heard if self.heard else 0.0


class Drift(NamedTuple):
    """By day (days since the epoch) and by flow, the worst flow first; what was said in no flow is the flow without a name."""

    days: dict[int, Share]
    flows: dict[str, Share]

    @property
    def total(self) -> Share:
        """Over all days."""
        return Share(sum(s.misunderstood for s in self.days.values()), sum(s.heard for s in self.days.values()))


def drift(rows: Iterable[tuple[int, str, int]]) -> Drift:
    """From totals: day, name and how often."""
    days: dict[str, Counter[int]] = {SAID: Counter(), LOST: Counter()}
    flows: dict[str, Counter[str]] = {SAID: Counter(), LOST: Counter()}
    for day, name, total in rows:
        kind, parted, flow = name.partition(":")
        if kind in days and parted and total > 0:
            days[kind][day] += total
            flows[kind][flow] += total
    shares = {flow: _share(flows[LOST][flow], flows[SAID][flow]) for flow in flows[SAID] | flows[LOST]}
    return Drift(
        {day: _share(days[LOST][day], days[SAID][day]) for day in sorted(days[SAID] | days[LOST])},
        dict(sorted(shares.items(), key=lambda one: (-one[1].part, -one[1].heard, one[0]))),
    )


def _share(lost: int, said: int) -> Share:
    # What was kept for later is said on one day and may be lost on the next.
    return Share(lost, max(lost, said))

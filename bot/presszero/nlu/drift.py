"""Whether a desk is understood less and less: the share of answers that were not understood, by day and by flow.

It reads totals, never what anybody wrote.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from presszero.dialogue.tally import Passage, passages


class Share(NamedTuple):
    """How much of what was said was not understood: in a flow, or on a day."""

    misunderstood: int
    heard: int  # answers that were understood, and those that were not

    @property
    def part(self) -> float:
        """The share; 0 when nothing was heard."""
        return self.misunderstood / self.heard if self.heard else 0.0


class Drift(NamedTuple):
    """By day (days since the epoch) and by flow, the worst flow first."""

    days: dict[int, Share]
    flows: dict[str, Share]


def drift(rows: Iterable[tuple[int, str, int]]) -> Drift:
    """From totals: day, name and how often."""
    counts: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for day, name, total in rows:
        counts[day][name] = counts[day].get(name, 0) + total
    days: dict[int, Share] = {}
    flows: defaultdict[str, list[Passage]] = defaultdict(list)
    for day in sorted(counts):
        found = passages(counts[day])
        if (share := _share(found.values())).heard:
            days[day] = share
        for (flow, _), passage in found.items():
            flows[flow].append(passage)
    shares = {flow: share for flow, some in flows.items() if (share := _share(some)).heard}
    return Drift(days, dict(sorted(shares.items(), key=lambda one: (-one[1].part, -one[1].heard, one[0]))))


def _share(some: Iterable[Passage]) -> Share:
    # A step that waited for somebody has a time: it heard an answer, and each miss was one more.
    missed = understood = 0
    for passage in some:
        missed += passage.misunderstood
        understood += sum(passage.times.values())
    return Share(missed, missed + understood)

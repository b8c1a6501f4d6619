"""Names under which a conversation counts what happens at each step, and the reading of them.

``in:flow/step`` somebody came there · ``out:flow/step/exit`` left by that exit · ``miss`` was not understood · ``person``
asked for one · ``drop`` fell silent · ``back`` spoke again after that · ``time:flow/step/30`` stayed up to 30 seconds.
Beside the steps: ``said:flow`` somebody wrote to the bot while in that flow (nothing: in none) · ``lost`` was not understood.
Names only, never what anybody wrote.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field

# Upper bounds of the times that are counted, in seconds; the last one holds everything longer.
BOUNDS = (1, 2, 3, 5, 8, 12, 20, 30, 45, 60, 90, 120, 180, 300, 600, 1200, 3600, 7200, 21600, 86400)
KINDS = ("in", "out", "miss", "person", "drop", "back", "time")
SAID, LOST = "said", "lost"
SHORTEST = 0.5  # a step that was passed at once took no time


def bound(seconds: float) -> int:
    """The bound that a time is counted under."""
    return BOUNDS[min(bisect_left(BOUNDS, seconds), len(BOUNDS) - 1)]


@dataclass(slots=True)
class Passage:
    """What happened at one step."""

    entered: int = 0
    misunderstood: int = 0
    handed_over: int = 0
    silent: int = 0
    spoke_again: int = 0
    exits: dict[str, int] = field(default_factory=dict[str, int])
    times: dict[int, int] = field(default_factory=dict[int, int])

    @property
    def dropped(self) -> int:
        """Fell silent here and never came back, as far as these days show."""
        return max(0, self.silent - self.spoke_again)

    @property
    def median(self) -> float | None:
        """Seconds within which half of them went on, between the bounds by proportion; None when nobody waited."""
        total = sum(self.times.values())
        if not total:
            return None
        below, low = 0, 0
        for high in sorted(self.times):
            low = max((b for b in BOUNDS if b < high), default=0)
            if below + self.times[high] >= total / 2:
                return low + (high - low) * (total / 2 - below) / self.times[high]
            below += self.times[high]
        return float(low)


def passages(counts: Mapping[str, int]) -> dict[tuple[str, str], Passage]:
    """What the totals say of each step."""
    found: dict[tuple[str, str], Passage] = {}
    for name, total in counts.items():
        kind, _, rest = name.partition(":")
        flow, _, rest = rest.partition("/")
        step, _, more = rest.partition("/")
        if kind not in KINDS or not step:
            continue
        _add(found.setdefault((flow, step), Passage()), kind, more, total)
    return found


def _add(passage: Passage, kind: str, more: str, total: int) -> None:
    match kind:
        case "in":
            passage.entered += total
        case "out":
            passage.exits[more] = passage.exits.get(more, 0) + total
        case "miss":
            passage.misunderstood += total
        case "person":
            passage.handed_over += total
        case "drop":
            passage.silent += total
        case "back":
            passage.spoke_again += total
        case _:
            if more.isdecimal() and int(more) in BOUNDS:
                passage.times[int(more)] = passage.times.get(int(more), 0) + total

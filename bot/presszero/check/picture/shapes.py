"""Rectangles and straight lines, and whether they meet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

Point = tuple[float, float]
Segment = tuple[Point, Point]


@dataclass(frozen=True, slots=True)
class Rect:
    """Left, top, width, height."""

    x: float
    y: float
    w: float
    h: float

    def meets(self, other: Rect, gap: float = 0.0) -> bool:
        """Whether two overlap, or come nearer than ``gap``."""
        return (
            self.x < other.x + other.w + gap
            and other.x < self.x + self.w + gap
            and self.y < other.y + other.h + gap
            and other.y < self.y + self.h + gap
        )

    def moved(self, dx: float, dy: float) -> Rect:
        """Somewhere else."""
        return Rect(self.x + dx, self.y + dy, self.w, self.h)


def segments(line: Sequence[Point]) -> list[Segment]:
    """The straight parts of a line with corners."""
    return list(pairwise(line))


def crosses(rect: Rect, segment: Segment) -> bool:
    """Whether a part that is upright or level runs through a rectangle; a slanting one by the box around it."""
    (x1, y1), (x2, y2) = segment
    return (
        min(x1, x2) <= rect.x + rect.w
        and max(x1, x2) >= rect.x
        and min(y1, y2) <= rect.y + rect.h
        and max(y1, y2) >= rect.y
    )

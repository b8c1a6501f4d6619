"""Labels on their own lines: one that the layout set aside is moved onto its line where there is room, else gets a leader to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from presszero.check.picture.shapes import Point, Rect, Segment, crosses, segments

STEP = 6.0
GAP = 2.0


def settle(labels: Sequence[Rect | None], lines: Sequence[Sequence[Point]], boxes: Sequence[Rect]) -> list[Rect | None]:
    """The labels again, as many as possible on their own lines; nothing is laid over anything else."""
    found = list(labels)
    every = [segments(line) for line in lines]
    for number, label in enumerate(labels):
        if label is None or any(crosses(label, s) for s in every[number]):
            continue
        taken = [r for n, r in enumerate(found) if r is not None and n != number]
        others = [s for n, line in enumerate(every) if n != number for s in line]
        for rect in _along(label, every[number]):
            if not any(rect.meets(r, GAP) for r in (*taken, *boxes)) and not any(crosses(rect, s) for s in others):
                found[number] = rect
                break
    return found


def _along(label: Rect, line: Sequence[Segment]) -> Iterator[Rect]:
    """Places for the label's middle on its line, nearest to where it was first."""
    x, y = label.x + label.w / 2, label.y + label.h / 2
    points: list[Point] = []
    for (x1, y1), (x2, y2) in line:
        count = max(1, int((abs(x2 - x1) + abs(y2 - y1)) / STEP))
        points += [(x1 + (x2 - x1) * n / count, y1 + (y2 - y1) * n / count) for n in range(count + 1)]
    for px, py in sorted(points, key=lambda p: (p[0] - x) ** 2 + (p[1] - y) ** 2):
        yield Rect(px - label.w / 2, py - label.h / 2, label.w, label.h)


def leader(label: Rect, line: Sequence[Point]) -> Segment | None:
    """From a label that stands aside to the nearest point of its line."""
    parts = segments(line)
    if any(crosses(label, s) for s in parts):
        return None
    x, y = label.x + label.w / 2, label.y + label.h / 2
    near = min((_nearest((x, y), s) for s in parts), key=lambda p: (p[0] - x) ** 2 + (p[1] - y) ** 2)
    edge = (min(max(near[0], label.x), label.x + label.w), min(max(near[1], label.y), label.y + label.h))
    return edge, near


def _nearest(point: Point, segment: Segment) -> Point:
    (x1, y1), (x2, y2) = segment
    long = (x2 - x1) ** 2 + (y2 - y1) ** 2
    t = max(0.0, min(1.0, ((point[0] - x1) * (x2 - x1) + (point[1] - y1) * (y2 - y1)) / long)) if long else 0.0
    return x1 + t * (x2 - x1), y1 + t * (y2 - y1)

"""Places for a drawing: boxes in layers from top to bottom, lines with corners, labels beside them (graphlay)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from presszero.check.picture.drawing import Box, Drawing, Way
from presszero.check.picture.labels import leader, settle
from presszero.check.picture.letters import width, wrap
from presszero.check.picture.numbers import line_of
from presszero.check.picture.shapes import Point, Rect, Segment

TITLE, TEXT, LABEL = 13.0, 12.0, 11.5  # sizes of letters
BOLD = 1.1  # letters of a title beside ordinary ones
ROW, LABEL_ROW = 17.0, 15.0
PAD = 10.0
LEAST, MOST = 132.0, 240.0
MOST_LABELS = 6
MOST_LABEL = 150.0


@dataclass(frozen=True, slots=True)
class Placed:
    """A box with its place and its lines of text."""

    box: Box
    rect: Rect
    lines: tuple[str, ...]
    numbers: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A line with its corners and its label; a ``leader`` joins them where the label found no room on the line."""

    way: Way
    points: tuple[Point, ...]
    labels: tuple[str, ...]
    label: Rect | None
    leader: Segment | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """A picture with places; the top left corner is 0, 0."""

    drawing: Drawing
    width: float
    height: float
    boxes: tuple[Placed, ...]
    ways: tuple[Drawn, ...]


def lay(drawing: Drawing) -> Layout:
    """Finds the places."""
    import graphlay

    graph = graphlay.Graph()
    sized = [_sized(box, drawing.lang) for box in drawing.boxes]
    for box, (w, h, _, _) in zip(drawing.boxes, sized, strict=True):
        graph.node(box.id, width=w, height=h)
    labelled = [_labels(way) for way in drawing.ways]
    for way, labels in zip(drawing.ways, labelled, strict=True):
        w, h = _label_size(labels)
        size: dict[str, Any] = {"label_size": {"width": w, "height": h}} if labels else {}
        graph.edge(way.source, way.target, **size)
    options: dict[str, Any] = {
        "spacing": {"layer_gap": 72.0, "node_gap": 34.0},
        "labels": {"reservation": "always", "clearance": 5.0},
    }
    made = graphlay.layout(graph, preset="process_map", options=options)
    return _shifted(drawing, made, sized, labelled)


Sized = tuple[float, float, tuple[str, ...], str]  # width, height, lines of text, numbers


def _sized(box: Box, lang: str) -> Sized:
    numbers = line_of(box.passage, lang) if box.passage else ""
    if box.kind in {"end", "flow"}:
        lines = wrap(box.title, MOST - 2 * PAD, 2, TEXT)
        return max(width(line, TEXT) for line in lines) + 3 * PAD, len(lines) * ROW + PAD, tuple(lines), ""
    head = width(box.title, TITLE) * BOLD + PAD + width(box.word, LABEL)
    lines = wrap(box.text, MOST - 2 * PAD, 2, TEXT)
    lines_numbers = [width(numbers, LABEL)] if numbers else []
    inner = max([head, *(width(line, TEXT) for line in lines), *lines_numbers])
    rows = 1 + len(lines) + bool(numbers)
    return max(LEAST, inner + 2 * PAD + 4), rows * ROW + PAD + 4, tuple(lines), numbers


def _labels(way: Way) -> tuple[str, ...]:
    found = [line for label in way.labels for line in wrap(label, MOST_LABEL, 2, LABEL)]
    return tuple(found if len(found) <= MOST_LABELS else [*found[: MOST_LABELS - 1], "…"])


def _label_size(labels: tuple[str, ...]) -> tuple[float, float]:
    return max((width(label, LABEL) for label in labels), default=0.0) + 6, len(labels) * LABEL_ROW + 4


def _shifted(drawing: Drawing, made: Any, sized: list[Sized], labelled: list[tuple[str, ...]]) -> Layout:
    """Everything in its place, the top left corner at 0, 0."""
    boxes = [_rect(node["center"], node["size"]["width"], node["size"]["height"]) for node in made.nodes]
    lines = [[(p["x"], p["y"]) for p in edge["points"]] for edge in made.edges]
    anchors = [
        _rect(e["label_anchor"], *_label_size(on)) if on else None for e, on in zip(made.edges, labelled, strict=True)
    ]
    labels = settle(anchors, lines, boxes)
    rects = [*boxes, *(label for label in labels if label), *(Rect(x, y, 0, 0) for line in lines for x, y in line)]
    dx = PAD - min((r.x for r in rects), default=0.0)
    dy = PAD - min((r.y for r in rects), default=0.0)
    placed = [
        Placed(box, rect.moved(dx, dy), lines_, numbers)
        for box, rect, (_, _, lines_, numbers) in zip(drawing.boxes, boxes, sized, strict=True)
    ]
    ways = []
    for way, line, on, label in zip(drawing.ways, lines, labelled, labels, strict=True):
        points = tuple((x + dx, y + dy) for x, y in line)
        own = label.moved(dx, dy) if label else None
        ways.append(Drawn(way, points, on, own, leader(own, points) if own else None))
    right = max((r.x + r.w for r in rects), default=0.0) + dx + PAD
    bottom = max((r.y + r.h for r in rects), default=0.0) + dy + PAD
    return Layout(drawing, right, bottom, tuple(placed), tuple(ways))


def _rect(center: Any, w: float, h: float) -> Rect:
    return Rect(center["x"] - w / 2, center["y"] - h / 2, w, h)

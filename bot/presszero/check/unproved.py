"""What the proof finds, as findings with a place: for `check --prove` and for publishing."""

from __future__ import annotations

from collections.abc import Sequence

from presszero.check.prove import Fault, Move, prove
from presszero.errors import Finding, Place
from presszero.flows.model import Loaded

_KEYS = {
    "not_helped": "kb",
    "helped": "kb",
    "empty": "options_from",
    "none_of_these": "none_of_these",
    "option": "options",
}


def unproved(loaded: Loaded) -> list[Finding]:
    """Every fault that the proof finds in a set without errors."""
    return [finding(loaded, fault) for fault in prove(loaded.draft).faults]


def finding(loaded: Loaded, fault: Fault) -> Finding:
    """A fault at its place."""
    if fault.kind == "round":
        names = ", ".join(step for _, step in fault.steps)
        return Finding(_jump(loaded, fault.circle), "PZ342", {"steps": names})
    cause = fault.cause or fault.moves[-1]
    key = _KEYS.get(cause.way.name, cause.way.name)
    return Finding(loaded.place(*cause.node, key), "PZ341", {"exit": cause.way.name, "id": cause.node[1]})


def _jump(loaded: Loaded, circle: Sequence[Move]) -> Place:
    """Where a circle closes: the last of its jumps that leads up the page."""
    at = {m.node: loaded.place(*m.node) for m in circle}
    after = (*circle[1:], circle[0])
    ups = [m for m, to in zip(circle, after, strict=True) if at[to.node] <= at[m.node]]
    node, way = (ups or circle)[-1]
    if way.name == "option":
        return loaded.place(*node, "options", str(way.value))
    return loaded.place(*node, "go" if way.name == "next" else _KEYS.get(way.name, way.name))

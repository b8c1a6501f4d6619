"""What the proof finds, as findings with a place: for `check --prove` and for publishing."""

from __future__ import annotations

from presszero.check.prove import Fault, prove
from presszero.errors import Finding
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
        last = fault.circle[-1]
        names = ", ".join(step for _, step in fault.steps)
        return Finding(loaded.place(*last.node), "PZ342", {"steps": names})
    cause = fault.cause or fault.moves[-1]
    key = _KEYS.get(cause.way.name, cause.way.name)
    return Finding(loaded.place(*cause.node, key), "PZ341", {"exit": cause.way.name, "id": cause.node[1]})

"""The rules of logic over a loaded set of flows: one table, every finding of every rule, sorted by place."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from presszero.check import empty, loops, menus, paths, phrases, rounds, tried, unused, voice
from presszero.check.graph import Graph
from presszero.errors import Finding
from presszero.flows.model import Loaded

RULES: tuple[Callable[[Loaded, Graph], Iterator[Finding]], ...] = (
    paths.steps,
    paths.reached,
    paths.started,
    rounds.silent,
    rounds.calls,
    loops.unbounded,
    menus.rows,
    menus.spoken,
    empty.values,
    tried.tickets,
    unused.slots,
    phrases.starts,
    phrases.options,
    voice.heard,
)


def lint(loaded: Loaded) -> list[Finding]:
    """What is wrong with the logic, also of a set whose form is wrong elsewhere."""
    graph = Graph(loaded.draft)
    return sorted({finding for rule in RULES for finding in rule(loaded, graph)})

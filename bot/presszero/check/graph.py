"""Flows as a graph of steps and exits: where an exit leads, whether somebody speaks on the way, what is known after it.

The rules and the proof read it. It must give every edge that the core can take.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from presszero.check.facts import VERIFIED, false_facts, filled, true_facts
from presszero.dialogue.flow import (
    Ask,
    Call,
    End,
    FlowSet,
    Http,
    Kb,
    Menu,
    Operator,
    Say,
    Set,
    Target,
    Ticket,
    ToFlow,
    ToStep,
    Verb,
    Wait,
    When,
)

Node = tuple[str, str]  # flow, step
NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Exit:
    """One way out of a step. ``asks``: somebody spoke or time passed; ``gives``, ``drops``: names known after it."""

    name: str
    target: Target
    asks: bool = False
    gives: frozenset[str] = NONE
    drops: frozenset[str] = NONE


@dataclass(frozen=True, slots=True)
class Edge:
    """An exit that leads to a step; ``counted`` when it can be taken only so many times."""

    source: Node
    exit: Exit
    to: Node
    counted: bool = False


def exits(flows: FlowSet, verb: Verb) -> tuple[Exit, ...]:
    """Every way out of a step."""
    match verb:
        case Menu():
            return tuple(_menu(flows, verb))
        case Ask():
            return tuple(_ask(flows, verb))
        case When():
            return tuple(_when(verb))
        case Operator():
            return tuple(_operator(verb))
        case _:
            return tuple(_plain(flows, verb))


def _menu(flows: FlowSet, verb: Menu) -> Iterator[Exit]:
    saved = frozenset({verb.save})
    for option in verb.options:
        yield Exit(option.value, option.go or verb.next, asks=True, gives=saved)
    if verb.options_from:
        yield Exit("next", verb.next, asks=True, gives=saved)
        yield Exit("empty", verb.none_of_these or verb.give_up or flows.common.give_up, drops=saved)
    if verb.none_of_these:
        yield Exit("none_of_these", verb.none_of_these, asks=True, drops=saved)
    yield Exit("give_up", verb.give_up or flows.common.give_up, asks=True, drops=saved)


def _ask(flows: FlowSet, verb: Ask) -> Iterator[Exit]:
    slot = frozenset({verb.slot})
    yield Exit("next", verb.next, asks=True, gives=slot)
    if verb.optional or verb.metric:
        yield Exit("skip", verb.next, asks=True, drops=slot)
    if verb.dont_know:
        yield Exit("dont_know", verb.dont_know, asks=True, drops=slot)
    yield Exit("give_up", verb.give_up or flows.common.give_up, asks=True, drops=slot)


def _when(verb: When) -> Iterator[Exit]:
    passed: frozenset[str] = NONE
    for number, (condition, target) in enumerate(verb.cases, 1):
        yield Exit(f"if {number}", target, gives=passed | true_facts(condition))
        passed |= false_facts(condition)
    yield Exit("else", verb.otherwise, gives=passed)


def _operator(verb: Operator) -> Iterator[Exit]:
    for name in ("out_of_hours", "nobody"):
        target: Target | None = getattr(verb, name)
        if target is not None:
            yield Exit(name, target)
    for name in ("left", "returned", "resolved"):
        yield Exit(name, getattr(verb, name) or End(), asks=True)


def _plain(flows: FlowSet, verb: Say | Set | Call | Http | Kb | Ticket | Wait) -> Iterator[Exit]:
    match verb:
        case Set():
            yield Exit("next", verb.next, gives=frozenset(verb.values))
        case Call():
            yield Exit("next", verb.next, gives=VERIFIED if verb.flow and verb.flow == flows.common.verify else NONE)
        case Http():
            yield Exit("next", verb.next, gives=filled(verb.save))
            yield from _named(verb.not_found, "not_found")
            yield from _named(verb.failed, "failed")
        case Kb():
            yield Exit("helped", verb.helped, asks=True)
            yield Exit("next", verb.next, asks=True)
            yield from _named(verb.several, "several")
            yield from _named(verb.nothing, "nothing")
        case Ticket():
            yield Exit("next", verb.next, gives=filled(verb.save))
            # A corrected answer changes the ticket there is, so that "create" too may find none.
            if verb.what == "find" or verb.not_found:
                yield Exit("not_found", verb.not_found or verb.next)
            yield from _named(verb.several, "several")
        case Say() | Wait():
            yield Exit("next", verb.next, asks=isinstance(verb, Wait))


def _named(target: Target | None, name: str) -> Iterator[Exit]:
    if target is not None:
        yield Exit(name, target)


class Graph:
    """The edges of a set of flows. A call leads into the called flow and, by ``next``, past it."""

    def __init__(self, flows: FlowSet) -> None:
        self.flows = flows
        self.exits: dict[Node, tuple[Exit, ...]] = {}
        self.edges: dict[Node, tuple[Edge, ...]] = {}
        self.ends: set[Node] = set()  # steps with an exit that ends their flow
        for name, flow in flows.flows.items():
            for step, verb in flow.steps.items():
                node = (name, step)
                self.exits[node] = exits(flows, verb)
                self.edges[node] = tuple(e for out in self.exits[node] for e in self._follow(node, out, out.target))

    def first(self, flow: str) -> Node | None:
        """Where a flow begins."""
        found = self.flows.flows.get(flow)
        return (flow, found.first) if found and found.first in found.steps else None

    def verb(self, node: Node) -> Verb:
        """The step itself."""
        return self.flows.flows[node[0]].steps[node[1]]

    def _follow(self, node: Node, out: Exit, target: Target, *, counted: bool = False) -> Iterator[Edge]:
        match target:
            case ToStep(step, most, then):
                if step in self.flows.flows[node[0]].steps:
                    yield Edge(node, out, (node[0], step), counted or bool(most))
                if then is not None:
                    yield from self._follow(node, out, then, counted=counted)
            case ToFlow(flow):
                first = self.first(flow)
                if first:
                    yield Edge(node, out, first, counted)
            case End():
                self.ends.add(node)

"""The proof: no customer is left without a person or a ticket after something failed, and nobody goes round for ever.

`prove` says what was proved, or the nearest conversation that breaks it. It must never call a desk proved that is not;
it may refuse one whose values it cannot follow exactly.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from presszero.check.explore import Explorer, Map, Over, waits
from presszero.check.graph import Graph, Node
from presszero.check.rounds import circles
from presszero.check.ways import PERSON, Spot, Way
from presszero.dialogue.flow import FlowSet

MOST_FAULTS = 20
MOST_OTHERS = 6
NOBODY = frozenset({"out_of_hours", "nobody"})
FAILING = NOBODY | {
    "not_found", "failed", "nothing", "several", "not_helped", "dont_know", "none_of_these", "empty", "give_up",
}  # fmt: skip


class Move(NamedTuple):
    """A step of a conversation and what happened at it."""

    node: Node
    way: Way


@dataclass(frozen=True, slots=True)
class Fault:
    """A conversation that should not be: it ends with nothing in hand, or goes round without a bound.

    ``begin``: ``flow`` started by its own words, ``operator``, or ``idle`` (not understood when nothing is open).
    """

    kind: Literal["end", "round"]
    node: Node
    begin: str
    moves: tuple[Move, ...]
    circle: tuple[Move, ...] = ()
    cause: Move | None = None  # what failed before the end
    others: tuple[Fault, ...] = ()  # longer ways to the same, should the nearest not be one that people can go

    @property
    def steps(self) -> tuple[Node, ...]:
        """The steps of the circle."""
        return tuple(dict.fromkeys(m.node for m in self.circle))


@dataclass(frozen=True, slots=True)
class Proof:
    """What was looked at, and what breaks it; nothing does when ``faults`` is empty."""

    flows: int
    steps: int
    spots: int  # where a conversation can stand, with what is known there
    waiting: int  # of these, where it waits for a message, an answer or a person
    ways: int
    blurred: int  # steps looked at with everything unknown, because there was too much to know
    faults: tuple[Fault, ...]


def prove(flows: FlowSet) -> Proof:
    """Walks the flows and says whether every customer is kept."""
    graph = Graph(flows)
    found = Explorer(graph).explore()
    faults = [*_ends(found), *_rounds(found)]
    return Proof(
        flows=len(flows.flows),
        steps=len({spot.node for spot in found.came}),
        spots=len(found.came),
        waiting=sum(waits(graph, spot.node) for spot in found.came),
        ways=found.ways,
        blurred=found.blurred,
        faults=tuple(faults[:MOST_FAULTS]),
    )


def _ends(found: Map) -> Iterator[Fault]:
    same: dict[tuple[Node, str], list[Fault]] = {}
    for end in found.ends:
        begin, before = road(found, end.spot)
        moves = (*before, *reversed(_over(found, end.spot, end.over)), Move(end.spot.node, end.way))
        reasons = NOBODY if end.way.owed == PERSON else FAILING
        cause = next((m for m in reversed(moves) if m.way.name in reasons), moves[0])
        faults = same.setdefault((cause.node, cause.way.name), [])
        if len(faults) <= MOST_OTHERS:
            faults.append(Fault("end", end.spot.node, begin, moves, cause=cause))
    for nearest, *others in same.values():  # one thing that fails, one fault
        yield replace(nearest, others=tuple(others))


def _rounds(found: Map) -> Iterator[Fault]:
    order = {spot: number for number, spot in enumerate(found.came)}
    edges = {spot: list(dict.fromkeys(to for to, _ in ways)) for spot, ways in found.quiet.items()}
    seen: set[Node] = set()
    parts = sorted((sorted(part, key=order.__getitem__) for part in circles(edges)), key=lambda part: order[part[0]])
    for part in parts:
        circle = _round(found, part)
        nodes = {m.node for m in circle}
        if not nodes & seen:
            seen |= nodes
            begin, moves = road(found, part[0])
            yield Fault("round", part[0].node, begin, moves, circle)


def _round(found: Map, part: list[Spot]) -> tuple[Move, ...]:
    """The shortest way from the first spot of a circle back to it."""
    inside, first = set(part), part[0]
    came: dict[Spot, tuple[Spot, Way]] = {}
    work = [first]
    for spot in work:
        for to, way in found.quiet[spot]:
            if to in inside and to not in came:
                came[to] = (spot, way)
                work.append(to)
        if first in came:
            break
    back: list[Move] = []
    spot = first
    while True:
        before, way = came[spot]
        back.append(Move(before.node, way))
        spot = before
        if spot == first:
            return tuple(reversed(back))


def road(found: Map, spot: Spot, *, until: Spot | None = None) -> tuple[str, tuple[Move, ...]]:
    """How a conversation comes to a spot: where it begins, and its moves; over calls too."""
    moves: list[Move] = []
    here = spot
    while here != until:
        came = found.came[here]
        if came is None:
            break
        moves += _over(found, came.before, came.over) if came.over else [Move(came.before.node, came.way)]
        here = came.before
    return found.begins.get(here, ""), tuple(reversed(moves))


def _over(found: Map, caller: Spot, over: Over | None) -> list[Move]:
    """The moves of a call that came back, the last first."""
    if over is None:
        return []
    inside = [Move(over.spot.node, over.way), *_over(found, over.spot, over.over)]
    before = road(found, over.spot, until=_entry(found, over.spot))[1]
    return [*inside, *reversed(before), Move(caller.node, Way("call", "call"))]


def _entry(found: Map, spot: Spot) -> Spot:
    """Where the call began that a spot is inside of."""
    here = spot
    while True:
        came = found.came[here]
        if came is None or came.before.inside != spot.inside:
            return here
        here = came.before

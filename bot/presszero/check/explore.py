"""Every spot that a conversation can come to, from every beginning, and how it came there.

Called flows are explored once for what they are given, and every caller goes on after each of their ends. A digression is
a beginning of its own: what stands below it does not change what it does.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from presszero.check.graph import Graph, Node
from presszero.check.known import CALL_PERSON
from presszero.check.ways import ALL_SPOTS, ANSWER, LEAST_SPOTS, MOST_SPOTS, PERSON, Spot, Way, Ways
from presszero.check.worlds import MAYBE, Known
from presszero.dialogue.flow import Ask, Http, Kb, Menu, Operator, ToFlow, Wait

_TELLING = frozenset({"digits", "phone", "email", "date", "time"})


@dataclass(frozen=True, slots=True)
class Over:
    """A call that came back: the spot and the way it ended by, over a call of its own perhaps."""

    spot: Spot
    way: Way
    over: Over | None = None


@dataclass(frozen=True, slots=True)
class Came:
    """How a spot was first reached: from another by a way, over a call perhaps."""

    before: Spot
    way: Way
    over: Over | None = None


@dataclass(frozen=True, slots=True)
class DeadEnd:
    """A way to an end at which the customer has neither a person nor a ticket."""

    spot: Spot
    way: Way
    over: Over | None = None


@dataclass(slots=True)
class Map:
    """What was found. ``quiet`` are the ways that bound nothing: between spots, over calls too."""

    came: dict[Spot, Came | None] = field(default_factory=dict)
    quiet: dict[Spot, list[tuple[Spot, Way]]] = field(default_factory=dict)
    begins: dict[Spot, str] = field(default_factory=dict)
    ends: list[DeadEnd] = field(default_factory=list)
    ways: int = 0
    blurred: int = 0


class Explorer:
    """Walks a set of flows breadth first: the first dead end found is the nearest."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.ways = Ways(graph)
        self.found = Map()
        self._work: deque[Spot] = deque()
        self._late: deque[tuple[Spot, Way]] = deque()
        self._calls: dict[Spot, int] = {}  # where a call begins (numbered 0) → its number
        self._callers: dict[int, dict[Spot, None]] = {}
        self._back: dict[int, dict[tuple[int, bool], Over]] = {}
        self._sizes: dict[Node, int] = {}
        self._most = max(LEAST_SPOTS, min(MOST_SPOTS, ALL_SPOTS // max(len(graph.exits), 1)))

    def explore(self) -> Map:
        """Everything, from every beginning."""
        for name, spot in self._beginnings():
            if spot not in self.found.came:
                self.found.begins[spot] = name
                self._arrive(spot, None)
        while self._work or self._late:
            while self._work:
                self._visit(self._work.popleft())
            if self._late:
                spot, way = self._late.popleft()
                self._follow(spot, way)
        return self.found

    def _beginnings(self) -> Iterator[tuple[str, Spot]]:
        flows, common = self.graph.flows, self.graph.flows.common
        names = dict.fromkeys([common.home, *flows.starts.values()])
        for name in names:
            first = self.graph.first(name)
            if first:
                yield "flow", self.ways.spot(first, self._told(name))
        handing = hands_over(self.graph)
        if handing:
            yield "operator", self.ways.spot(handing, {}, owed=PERSON)
        if isinstance(common.give_up, ToFlow) and common.give_up.flow != CALL_PERSON:
            first = self.graph.first(common.give_up.flow)
            if first:
                yield "idle", self.ways.spot(first, {}, owed=ANSWER)

    def _told(self, name: str) -> Known:
        """What the sentence that starts a flow may tell already."""
        slots = [s for s in self.graph.flows.flows[name].slots.values() if s.type in _TELLING]
        alone = [s for s in slots if sum(s.type == other.type for other in slots) == 1]
        return {(s.name,): MAYBE for s in alone}

    def _arrive(self, spot: Spot, came: Came | None) -> Spot:
        if spot in self.found.came:
            return spot
        size = self._sizes.get(spot.node, 0)
        if size >= self._most:
            spot = self.ways.blurred(spot)
            if spot in self.found.came:
                return spot
            self.found.blurred += 1
        self._sizes[spot.node] = size + 1
        self.found.came[spot] = came
        self.found.quiet[spot] = []
        self._work.append(spot)
        return spot

    def _visit(self, spot: Spot) -> None:
        for way in self.ways.on(spot):
            if way.low:
                self._late.append((spot, way))
            else:
                self._follow(spot, way)

    def _follow(self, spot: Spot, way: Way, over: Over | None = None) -> None:
        self.found.ways += 1
        match way.to:
            case "call":
                self._call(spot, way)
            case "end":
                self._end(spot, way, over)
            case "person":
                pass  # proved once, from the operator's own beginning
            case Spot():
                to = self._arrive(way.to, Came(spot, way, over))
                if not (way.counted or way.task or way.name == "back"):
                    self.found.quiet[spot].append((to, way))

    def _call(self, spot: Spot, way: Way) -> None:
        plain = self.ways.called(spot, 0)
        number = self._calls.setdefault(plain, len(self._calls) + 1)
        entry = self._arrive(plain._replace(inside=number), Came(spot, way))
        self.found.quiet[spot].append((entry, way))
        self._callers.setdefault(number, {})[spot] = None
        for (owed, written), over in list(self._back.get(number, {}).items()):
            self._return(spot, owed, over, written=written)

    def _end(self, spot: Spot, way: Way, over: Over | None) -> None:
        if spot.inside == 0 or way.name == "resolved":
            if way.owed and not way.written:
                self.found.ends.append(DeadEnd(spot, way, over))
            return
        ends = self._back.setdefault(spot.inside, {})
        if (way.owed, way.written) not in ends:
            back = ends[way.owed, way.written] = Over(spot, way, over)
            for caller in list(self._callers.get(spot.inside, {})):
                self._return(caller, way.owed, back, written=way.written)

    def _return(self, caller: Spot, owed: int, over: Over, *, written: bool) -> None:
        for way in self.ways.returned(caller, owed, written=written):
            self._follow(caller, way, over)


def hands_over(graph: Graph) -> Node | None:
    """The step at which the operator universal begins."""
    flow = graph.flows.flows.get(CALL_PERSON)
    steps = flow.steps.values() if flow else ()
    return next(((CALL_PERSON, s.id) for s in steps if isinstance(s, Operator)), None)


def waits(graph: Graph, node: Node) -> bool:
    """Whether a conversation can stand at a step between two messages."""
    return isinstance(graph.verb(node), Menu | Ask | Kb | Http | Operator | Wait)

"""Looks over the core's shoulder: every change of the stack inside a step, compared with the checker's graph and spots."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from presszero.check.explore import Explorer, hands_over
from presszero.check.graph import Graph, Node
from presszero.check.known import CALL_PERSON
from presszero.check.ways import Spot
from presszero.check.worlds import GIVEN, MAYBE, OUTER, true_of
from presszero.dialogue import moves
from presszero.dialogue.flow import Ask, Call, FlowSet, ToFlow
from presszero.dialogue.scene import Scene
from presszero.dialogue.state import Frame, State
from presszero.dialogue.text import lookup

Frames = tuple[Frame, ...]


class Watch:
    """What a set's graph allows, and how often each kind of change was seen."""

    def __init__(self, flows: FlowSet) -> None:
        self.graph = Graph(flows)
        self.explorer = Explorer(self.graph)
        self.found = self.explorer.explore()
        self.by_node: dict[Node, list[Spot]] = {}
        for spot in self.found.came:
            self.by_node.setdefault(spot.node, []).append(spot)
        common = flows.common
        given_up = common.give_up.flow if isinstance(common.give_up, ToFlow) else ""
        self.starters = {*flows.starts.values(), common.home, CALL_PERSON, given_up}
        self.seen: dict[str, int] = {}
        self._left: Node | None = None

    @contextmanager
    def looking(self) -> Iterator[None]:
        """While this holds, every change and every end is compared."""
        change, end = Scene.change, moves.end_flow
        watch = self

        def changed(scene: Scene, **fields: Any) -> None:
            before = scene.state.frames
            change(scene, **fields)
            watch.compare(before, scene.state.frames)

        def ended(scene: Scene) -> None:
            if scene.top is not None:
                node = (scene.top.flow, scene.top.step)
                assert node in watch.graph.ends, f"{node} ends, and the graph does not know it"
                watch.count("end")
            end(scene)

        with patch.object(Scene, "change", changed), patch.object(moves, "end_flow", ended):
            yield

    def count(self, what: str) -> None:
        """One more of a kind."""
        self.seen[what] = self.seen.get(what, 0) + 1

    def compare(self, before: Frames, after: Frames) -> None:
        """A change of the stack is an edge of the graph."""
        if not after or len(after) < len(before):
            self._left = node_of(before[-1]) if before else None
            return
        to = node_of(after[-1])
        if len(after) > len(before):
            self._pushed(node_of(before[-1]) if before else None, to, after[-1])
            self._left = None
        elif len(after) == len(before) and node_of(before[-1]) != to:
            self._jumped(node_of(before[-1]), to)

    def _pushed(self, below: Node | None, to: Node, frame: Frame) -> None:
        if to == hands_over(self.graph) and to != self.graph.first(frame.flow):
            self.count("operator")
            return
        assert to == self.graph.first(frame.flow), f"{frame.flow} begins at {to}, above {below}"
        verb = self.graph.verb(below) if below else None
        if frame.why == "call" and isinstance(verb, Call) and verb.flow == frame.flow:
            self.count("call")
        elif self._left is not None and any(e.to == to for e in self.graph.edges[self._left]):
            self.count("replace")
        else:
            assert frame.flow in self.starters, f"nothing starts {frame.flow}; left {self._left}"
            self.count("start")

    def _jumped(self, source: Node, to: Node) -> None:
        assert source[0] == to[0], (source, to)
        if any(e.to == to for e in self.graph.edges[source]):
            self.count("edge")
        elif to == hands_over(self.graph):
            self.count("operator")
        else:
            assert to in self.explorer.ways.questions_before(source), (
                f"{source} -> {to} is no edge: {self.graph.verb(source)} {self.graph.verb(to)}"
            )
            self.count("back")

    def stands(self, state: State) -> None:
        """Where every frame of a conversation stands is a spot that was looked at."""
        for frame in state.frames:
            node = node_of(frame)
            spots = self.by_node.get(node, [])
            assert any(self._covers(spot, frame) for spot in spots), (
                f"{node} with {frame.values} {[a.step for a in frame.answered]} was not looked at: {spots[:6]}"
            )
            self.count("spot")

    def _covers(self, spot: Spot, frame: Frame) -> bool:
        known = dict(spot.known)
        matters = self.explorer.ways.matters.get(spot.node, frozenset())
        blurred = any(value == MAYBE for value in known.values())
        steps = self.graph.flows.flows[frame.flow].steps
        met = {a.step for a in frame.answered if isinstance(steps.get(a.step), Ask)} & matters
        if met != spot.met and not (blurred and not spot.met):
            return False
        for name in matters - OUTER:
            if (name,) not in known and frame.values.get(name) is not None and name in self.explorer.ways.names:
                return False
        return all(self._fits(path, value, frame) for path, value in known.items() if path[0] not in OUTER)

    def _fits(self, path: tuple[str, ...], value: Any, frame: Frame) -> bool:
        real = lookup(frame.values, path)
        if value == MAYBE:
            return True
        if value is None or real is None:
            return value is None and real is None
        if value == GIVEN:
            return True
        return all(true_of(a, real) == true_of(a, value) for a in self.explorer.ways.values.asked(path))


def node_of(frame: Frame) -> Node:
    """Where a frame stands."""
    return (frame.flow, frame.step)

"""Rules about circles: steps that go round without asking anything, flows that call each other for ever."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import TypeVar

from presszero.check.graph import Graph, Node
from presszero.dialogue.flow import Call
from presszero.errors import Finding
from presszero.flows.model import Loaded

Name = TypeVar("Name", bound=Hashable)


def silent(loaded: Loaded, graph: Graph) -> Iterator[Finding]:
    """Circles on which nobody is asked and nothing is counted."""
    edges = {node: [*_quiet(graph, node)] for node in graph.edges}
    for circle in circles(edges):
        if any(node[0] in loaded.unsure or loaded.faulty(*node) for node in circle) or _recurs(graph, circle):
            continue
        first = min(circle, key=lambda node: loaded.place(*node))
        names = ", ".join(step for _, step in sorted(circle, key=lambda node: loaded.place(*node)))
        yield Finding(loaded.place(*first), "PZ309", {"steps": names})


def _recurs(graph: Graph, circle: list[Node]) -> bool:
    """Whether the circle goes through a call, which is the other rule's."""
    inside = set(circle)
    called = (graph.first(verb.flow) for node in circle if isinstance(verb := graph.verb(node), Call))
    return any(first in inside for first in called)


def _quiet(graph: Graph, node: Node) -> Iterator[Node]:
    """Where a step leads without anybody speaking; whether a call comes back quietly is its flow's matter."""
    verb = graph.verb(node)
    called = graph.first(verb.flow) if isinstance(verb, Call) else None
    if called:
        yield called
    if called is None or _passes(graph, called):
        yield from (e.to for e in graph.edges[node] if not e.exit.asks and not e.counted)


def _passes(graph: Graph, first: Node) -> bool:
    """Whether a flow can end without anybody speaking in it."""
    seen, work = {first}, [first]
    while work:
        node = work.pop()
        if any(node in graph.ends and not out.asks for out in graph.exits[node]):
            return True
        for edge in graph.edges[node]:
            if not edge.exit.asks and edge.to not in seen:
                seen.add(edge.to)
                work.append(edge.to)
    return False


def calls(loaded: Loaded, graph: Graph) -> Iterator[Finding]:
    """Flows that call each other, so that each round stands on the one before."""
    made = {(n, v.flow): v.id for n, f in loaded.draft.flows.items() for v in f.steps.values() if isinstance(v, Call)}
    edges: dict[str, list[str]] = {name: [] for name in loaded.draft.flows}
    for caller, called in made:
        edges[caller].append(called)
    for each in graph.edges.values():
        for edge in each:
            if edge.to[0] != edge.source[0] and edge.exit.name != "give_up":
                edges[edge.source[0]].append(edge.to[0])
    for circle in circles(edges):
        inside = sorted((loaded.place(a, step, "call"), a) for (a, b), step in made.items() if {a, b} <= set(circle))
        if inside:
            yield Finding(inside[0][0], "PZ310", {"flows": ", ".join(sorted(circle))})


def circles(edges: Mapping[Name, list[Name]]) -> list[list[Name]]:
    """The strongly connected parts that hold a circle (Kosaraju, without recursion)."""
    back: dict[Name, list[Name]] = {name: [] for name in edges}
    for name, below in edges.items():
        for each in below:
            if each in back:
                back[each].append(name)
    seen: set[Name] = set()
    parts = [_part(back, name, seen) for name in reversed(_finished(edges)) if name not in seen]
    return [part for part in parts if len(part) > 1 or part[0] in edges[part[0]]]


def _finished(edges: Mapping[Name, list[Name]]) -> list[Name]:
    """Every name after all that it leads to."""
    done: list[Name] = []
    seen: set[Name] = set()
    for root in edges:
        work = [(root, iter(edges[root]))] if root not in seen else []
        seen.add(root)
        while work:
            name, rest = work[-1]
            below = next((n for n in rest if n in edges and n not in seen), None)
            if below is None:
                done.append(name)
                work.pop()
            else:
                seen.add(below)
                work.append((below, iter(edges[below])))
    return done


def _part(back: Mapping[Name, list[Name]], root: Name, seen: set[Name]) -> list[Name]:
    part, work = [], [root]
    seen.add(root)
    while work:
        name = work.pop()
        part.append(name)
        new = [n for n in dict.fromkeys(back[name]) if n not in seen]
        seen.update(new)
        work += new
    return part

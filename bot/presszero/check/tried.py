"""A rule about requests: a ticket that somebody is given before an article, a service or a person was tried."""

from __future__ import annotations

from collections.abc import Iterator

from presszero.check.graph import Graph, Node
from presszero.check.known import entries
from presszero.dialogue.flow import Call, Http, Kb, Operator, Ticket
from presszero.errors import Finding
from presszero.flows.model import Loaded


def tickets(loaded: Loaded, graph: Graph) -> Iterator[Finding]:
    """Tickets at the end of a path on which nothing was tried."""
    broken = {name for name in loaded.draft.flows if loaded.faulty(name)}
    for flow, step in sorted(_untried(graph)):
        verb = graph.verb((flow, step))
        if isinstance(verb, Ticket) and verb.what == "create" and not verb.direct and flow not in broken:
            yield Finding(loaded.place(flow, step, "ticket"), "PZ324")


def _untried(graph: Graph) -> set[Node]:
    """Every step that a customer can stand on before anything was tried for them."""
    seen = {node for node in map(graph.first, entries(graph)) if node}
    work = list(seen)
    while work:
        for node in _on(graph, work.pop()):
            if node not in seen:
                seen.add(node)
                work.append(node)
    return seen


def _on(graph: Graph, node: Node) -> Iterator[Node]:
    """Where a step leads without having tried anything."""
    verb = graph.verb(node)
    if _tries(graph, node):
        return
    called = graph.first(verb.flow) if isinstance(verb, Call) else None
    if called:
        yield called
    if called is None or _passes(graph, called):
        yield from (edge.to for edge in graph.edges[node])


def _passes(graph: Graph, first: Node) -> bool:
    """Whether a flow can end with nothing tried."""
    seen, work = {first}, [first]
    while work:
        node = work.pop()
        if _tries(graph, node):
            continue
        if node in graph.ends:
            return True
        for edge in graph.edges[node]:
            if edge.to not in seen:
                seen.add(edge.to)
                work.append(edge.to)
    return False


def _tries(graph: Graph, node: Node) -> bool:
    verb = graph.verb(node)
    return isinstance(verb, Kb | Http | Operator) or (isinstance(verb, Ticket) and verb.what == "find")

"""A rule about questions: one that is put again and again without anybody choosing it or counting."""

from __future__ import annotations

from collections.abc import Iterator

from presszero.check.graph import Edge, Graph
from presszero.check.rounds import circles
from presszero.dialogue.flow import Ask, Call, Kb, Menu, Operator
from presszero.errors import Finding
from presszero.flows.model import Loaded


def unbounded(loaded: Loaded, graph: Graph) -> Iterator[Finding]:
    """Circles that ask, count nothing, and that no choice of the customer leads round."""
    edges = {node: [e.to for e in graph.edges[node] if _driven(graph, e)] for node in graph.edges}
    for circle in circles(edges):
        if not any(isinstance(graph.verb(node), Ask) for node in circle):
            continue  # it asks nothing at all, which is another rule's
        inside = set(circle)
        back = [e for n in circle for e in graph.edges[n] if e.to in inside and _driven(graph, e)]
        worst = max(back, key=lambda e: (_up(loaded, e), loaded.place(*e.source)))
        if loaded.faulty(*worst.source):
            continue
        place = loaded.place(*worst.source, _KEYS.get(worst.exit.name, worst.exit.name))
        yield Finding(place, "PZ322", {"step": worst.to[1]})


_KEYS = {"next": "go", "skip": "go"}


def _driven(graph: Graph, edge: Edge) -> bool:
    """Whether the edge is taken without a choice of the customer, a person or a count."""
    verb = graph.verb(edge.source)
    if edge.counted or edge.exit.name == "give_up" or isinstance(verb, Menu | Operator | Call):
        return False
    return not (isinstance(verb, Kb) and edge.exit.asks)


def _up(loaded: Loaded, edge: Edge) -> int:
    """How far up the file an edge leads: the one that closes a circle leads farthest."""
    return loaded.place(*edge.source).line - loaded.place(*edge.to).line

"""For every step, what is known on each path that leads there: the facts that hold on all of them.

Forward over the whole set until nothing changes; a flow that anything may start begins with no facts.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from presszero.check.graph import Edge, Graph, Node
from presszero.dialogue.flow import Call, Set, ToFlow
from presszero.dialogue.text import Hole, Template

Facts = frozenset[str]
CALL_PERSON = "to_operator"  # the flow of the operator universal: entered from everywhere
ENGINE = frozenset({"customer", "told", "page", "queue", "desk", "channel", "lang", "last_question", "tried"})


def roots(template: Template) -> set[str]:
    """The names a template needs; the engine's own are always there as far as they can be."""
    return {part.path[0] for part in template if isinstance(part, Hole)} - ENGINE


def known(graph: Graph) -> dict[Node, Facts]:
    """The facts at every step that can be reached."""
    found: dict[Node, Facts] = {}
    work: deque[Node] = deque()

    def arrive(node: Node | None, facts: Facts) -> None:
        if node is None:
            return
        before = found.get(node)
        after = facts if before is None else before & facts
        if after != before:
            found[node] = after
            work.append(node)

    for flow in entries(graph):
        arrive(graph.first(flow), frozenset())
    while work:
        node = work.popleft()
        facts = found[node]
        for edge in graph.edges[node]:
            arrive(edge.to, after(graph, edge, facts))
        for called, given in _calls(graph, node, facts):
            arrive(graph.first(called), given)
    return found


def after(graph: Graph, edge: Edge, facts: Facts) -> Facts:
    """The facts past an edge."""
    gives = edge.exit.gives
    verb = graph.verb(edge.source)
    if isinstance(verb, Set):  # a value made of an empty one is empty too
        gives = frozenset(name for name, made in verb.values.items() if not made or roots(made) <= facts)
    return (facts - edge.exit.drops) | gives


def _calls(graph: Graph, node: Node, facts: Facts) -> Iterator[tuple[str, Facts]]:
    verb = graph.verb(node)
    if isinstance(verb, Call):
        given = {name for name, made in verb.given.items() if roots(made) <= facts}
        yield verb.flow, frozenset(given | (facts & {"customer.verified"}))


def entries(graph: Graph) -> Iterator[str]:
    """Flows that begin with nothing known: a customer, the engine, or nobody starts them."""
    common = graph.flows.common
    inner = {e.to[0] for edges in graph.edges.values() for e in edges if e.to[0] != e.source[0]}
    inner |= {v.flow for f in graph.flows.flows.values() for v in f.steps.values() if isinstance(v, Call)}
    outer = {common.home, common.verify, CALL_PERSON}
    if isinstance(common.give_up, ToFlow):
        outer.add(common.give_up.flow)
    for name, flow in graph.flows.flows.items():
        if flow.intents or name in outer or name not in inner:
            yield name

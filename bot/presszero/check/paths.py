"""Rules about steps: missing exits, steps that nothing leads to; and about flows that nothing starts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from presszero.check.graph import Graph, Node
from presszero.check.known import CALL_PERSON
from presszero.dialogue.flow import Ask, Call, Flow, Http, Kb, Menu, Operator, Ticket, ToFlow, Verb, Wait
from presszero.errors import Finding
from presszero.flows.model import Loaded

MOST_OPTIONS = 7


# The key that a finding stands at, its code, and what it is about.
_WRONG: tuple[tuple[str, str, Callable[[Verb], bool]], ...] = (
    ("http", "PZ303", lambda v: isinstance(v, Http) and v.failed is None),
    ("kb", "PZ304", lambda v: isinstance(v, Kb) and v.nothing is None),
    ("operator", "PZ305", lambda v: isinstance(v, Operator) and v.out_of_hours is None),
    ("operator", "PZ306", lambda v: isinstance(v, Operator) and v.nobody is None),
    ("metric", "PZ318", lambda v: isinstance(v, Ask) and v.metric is not None and not v.metric.expires),
    ("wait", "PZ319", lambda v: isinstance(v, Wait) and not v.skip_on),
    ("options", "PZ320", lambda v: isinstance(v, Menu) and len(v.options) > MOST_OPTIONS),
    ("notify", "PZ321", lambda v: isinstance(v, Ticket) and v.what == "create" and not v.notify),
)


def steps(loaded: Loaded, _graph: Graph) -> Iterator[Finding]:
    """Exits that are missing, surveys without an end, pauses that hold people."""
    for flow in loaded.draft.flows.values():
        for verb in flow.steps.values():
            values = {"count": str(len(verb.options))} if isinstance(verb, Menu) else {}
            for key, code, wrong in _WRONG:
                if wrong(verb) and not loaded.faulty(flow.name, verb.id):
                    yield Finding(loaded.place(flow.name, verb.id, key), code, values)


def reached(loaded: Loaded, graph: Graph) -> Iterator[Finding]:
    """Steps that nothing leads to: of each chain of them the head."""
    for flow in loaded.draft.flows.values():
        if flow.name not in loaded.unsure and flow.steps:
            for step in _heads(flow, graph):
                yield Finding(loaded.place(flow.name, step), "PZ301", {"id": step})


def _heads(flow: Flow, graph: Graph) -> Iterator[str]:
    found = _from(flow, graph, flow.first)
    lost = [step for step in flow.steps if step not in found]
    led = {e.to[1] for step in lost for e in graph.edges[flow.name, step] if e.to[0] == flow.name and e.to[1] != step}
    heads = [step for step in lost if step not in led]
    for step in (*heads, *lost):  # an island that leads to itself all round has no head: its first step stands for it
        if step not in found:
            yield step
            found |= _from(flow, graph, step)


def _from(flow: Flow, graph: Graph, first: str) -> set[str]:
    found, work = {first}, [first]
    while work:
        for edge in graph.edges[flow.name, work.pop()]:
            if edge.to[0] == flow.name and edge.to[1] not in found:
                found.add(edge.to[1])
                work.append(edge.to[1])
    return found


def started(loaded: Loaded, graph: Graph) -> Iterator[Finding]:
    """Flows that nothing starts."""
    common = loaded.draft.common
    led = {e.to[0] for edges in graph.edges.values() for e in edges if e.to[0] != e.source[0]}
    led |= {v.flow for f in loaded.draft.flows.values() for v in f.steps.values() if isinstance(v, Call)}
    led |= {common.home, common.verify, CALL_PERSON}
    if isinstance(common.give_up, ToFlow):
        led.add(common.give_up.flow)
    if any(f.severity == "error" for f in loaded.findings):
        return  # what leads there may stand where the fault is
    for name, flow in loaded.draft.flows.items():
        if name not in led and not flow.intents:
            yield Finding(loaded.place(name), "PZ314", {"flow": name})


def tested(loaded: Loaded, covered: Collection[Node]) -> Iterator[Finding]:
    """Steps that no dialogue test has been through."""
    for flow in loaded.draft.flows.values():
        for step in flow.steps:
            if (flow.name, step) not in covered:
                yield Finding(loaded.place(flow.name, step), "PZ327", {"id": step})

"""Rules about what is known: values that may be empty where they are used, personal data on an unverified path."""

from __future__ import annotations

from collections.abc import Iterator

from presszero.check.facts import PROVED
from presszero.check.graph import Edge, Graph, Node
from presszero.check.known import Facts, after, entries, known, roots
from presszero.dialogue.flow import Ask, Http, Kb, Menu, Operator, Say, Ticket, Verb
from presszero.dialogue.text import Text
from presszero.errors import Finding
from presszero.flows.model import Loaded

COMMON = "flows/_common.yaml"
REFUSED, ALLOWED = "PZ315", "PZ316"


def values(loaded: Loaded, graph: Graph) -> Iterator[Finding]:
    """Values that may be empty, and personal calls without a verified customer."""
    facts = known(graph)
    broken = {name for name in loaded.draft.flows if loaded.faulty(name)}
    shared = not any(f.place.file == COMMON and f.severity == "error" for f in loaded.findings)
    for node, here in facts.items():
        verb = graph.verb(node)
        for key, code, needed in _uses(verb):
            for name in sorted(needed - here) if node[0] not in broken else ():
                yield Finding(loaded.place(*node, key), code, _values(graph, facts, node, name))
        if isinstance(verb, Http) and PROVED not in here and shared and node[0] not in loaded.unsure:
            service = loaded.draft.services.get(verb.call)
            if service is not None and service.personal:
                yield Finding(loaded.place(*node, "http"), "PZ308", {"call": verb.call})


def _uses(verb: Verb) -> Iterator[tuple[str, str, set[str]]]:
    """Key, rule, and the names that stand there."""
    match verb:
        case Say():
            yield "say", REFUSED, _names(verb.text)
        case Menu():
            yield "text", REFUSED, _names(verb.text)
            yield "options", REFUSED, _names(*(o.label for o in verb.options))
            yield "options_from", REFUSED, set(verb.options_from[:1])
        case Ask():
            yield "text", REFUSED, _names(verb.text)
            yield "invalid", REFUSED, _names(*verb.invalid)
        case Operator() if verb.text:
            yield "text", REFUSED, _names(verb.text)
        case Kb():
            yield "kb", REFUSED, _names(verb.query)
        case Http():
            yield "with", REFUSED, {n for made in verb.given.values() for n in roots(made)}
        case Ticket():
            yield "number", REFUSED, roots(verb.number)
            yield "fields", ALLOWED, {n for made in verb.fields.values() for n in roots(made)}
        case _:
            return


def _names(*texts: Text) -> set[str]:
    return {name for text in texts for made in text.by.values() for name in roots(made)}


def _values(graph: Graph, facts: dict[Node, Facts], node: Node, name: str) -> dict[str, str]:
    lost = _lost(graph, facts, node, name)
    if lost is None:
        start = node[0]
        return {"name": name, "after_en": f"the start of {start}", "after_ru": f"начала {start}"}
    where = f"{lost.source[1]} ({lost.exit.name})"
    return {"name": name, "after_en": where, "after_ru": where}


def _lost(graph: Graph, facts: dict[Node, Facts], node: Node, name: str) -> Edge | None:
    """An edge on a path to the step at which the name goes missing, though another exit of it gives the name."""
    starts = [n for n in map(graph.first, entries(graph)) if n]
    came: dict[Node, Edge | None] = dict.fromkeys(starts)
    work = list(came)
    while work and node not in came:
        here = work.pop(0)
        for edge in graph.edges[here]:
            if edge.to in came or name in after(graph, edge, facts.get(here, frozenset()) - {name}):
                continue
            came[edge.to] = edge
            work.append(edge.to)
    step: Edge | None = came.get(node)
    while step is not None:
        if any(name in out.gives for out in graph.exits[step.source]):
            return step
        step = came.get(step.source)
    return None

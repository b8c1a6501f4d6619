"""A rule about questions nobody needs: a slot that is asked for, and whose value nothing ever uses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import cast

from presszero.check.graph import Graph
from presszero.dialogue.conditions import All, AnyOf, Compare, Condition, Filled, Is, Not
from presszero.dialogue.flow import Ask, Flow, Menu, Operator, Option, Verb, When
from presszero.dialogue.text import Hole, Text
from presszero.errors import Finding
from presszero.flows.model import Loaded


def slots(loaded: Loaded, graph: Graph) -> Iterator[Finding]:
    """Slots asked for and never used; a survey's answer and a value kept for later are used by being there."""
    if any(f.severity == "error" for f in loaded.findings):
        return  # what uses it may stand where the fault is
    flows = loaded.draft.flows
    used = {name: frozenset(_used(flow)) for name, flow in flows.items()}
    told = {path[1] for names in used.values() for path in names if path[0] in {"told", "customer"} and path[1:]}
    briefs = {n for f in flows.values() for v in f.steps.values() if isinstance(v, Operator) for n in v.brief}
    leads = _leads(graph)
    for name, flow in flows.items():
        here = {path[0] for each in _reached(leads, name) for path in used[each]} | told | briefs
        for verb in flow.steps.values():
            if isinstance(verb, Ask) and not verb.metric and verb.slot not in here:
                slot = flow.slots.get(verb.slot)
                if slot is not None and not slot.remember and slot.type != "file":  # a file stays in the talk
                    yield Finding(loaded.place(name, verb.id, "ask"), "PZ325", {"slot": verb.slot})


def _leads(graph: Graph) -> Mapping[str, set[str]]:
    """Flow → the flows that take its place and see its values."""
    found: dict[str, set[str]] = {name: set() for name in graph.flows.flows}
    for edges in graph.edges.values():
        for edge in edges:
            found[edge.source[0]].add(edge.to[0])
    return found


def _reached(leads: Mapping[str, set[str]], name: str) -> set[str]:
    seen, work = {name}, [name]
    while work:
        for each in leads[work.pop()] - seen:
            seen.add(each)
            work.append(each)
    return seen


def _used(flow: Flow) -> Iterator[tuple[str, ...]]:
    for verb in flow.steps.values():
        for field in verb.__struct_fields__:
            yield from _paths(getattr(verb, field))
        yield from _named(verb)


def _named(verb: Verb) -> Iterator[tuple[str, ...]]:
    """Names that stand elsewhere than in texts."""
    match verb:
        case When():
            for condition, _ in verb.cases:
                yield from _asked(condition)
        case Menu() if verb.options_from:
            yield verb.options_from
        case _:
            return


def _asked(condition: Condition) -> Iterator[tuple[str, ...]]:
    match condition:
        case Is(path) | Filled(path) | Compare(path):
            yield path
        case All(of) | AnyOf(of):
            for each in of:
                yield from _asked(each)
        case Not(of):
            yield from _asked(of)
        case _:
            return


def _paths(value: object) -> Iterator[tuple[str, ...]]:
    """Every hole's name below a value of a step."""
    if isinstance(value, Hole):
        yield value.path
    for each in _inside(value):
        yield from _paths(each)


def _inside(value: object) -> Iterable[object]:
    if isinstance(value, Text):
        return value.by.values()
    if isinstance(value, dict):
        return cast("dict[str, object]", value).values()
    if isinstance(value, tuple):
        return cast("tuple[object, ...]", value)
    return (value.label,) if isinstance(value, Option) else ()

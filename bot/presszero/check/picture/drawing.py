"""A flow as boxes and lines: each step with its text, each exit that leads somewhere, with its words and numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from presszero.check.coverage import written
from presszero.check.graph import exits
from presszero.check.picture.words import TICKETS, exit_word, one, verb_word
from presszero.dialogue.flow import (
    Ask,
    Call,
    End,
    Flow,
    FlowSet,
    Http,
    Kb,
    Menu,
    Operator,
    Say,
    Target,
    Ticket,
    ToFlow,
    ToStep,
    Verb,
    Wait,
)
from presszero.dialogue.tally import Passage
from presszero.dialogue.text import Hole, Text

Kind = Literal["say", "question", "choice", "outside", "person", "flow", "end"]
Numbers = Mapping[tuple[str, str], Passage]


@dataclass(frozen=True, slots=True)
class Box:
    """One step, another flow, or an end. ``id`` is the step; a flow's begins with ``>``, an end is ``.``."""

    id: str
    kind: Kind
    title: str
    word: str = ""
    text: str = ""
    line: int = 0
    passage: Passage | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """A line from a box to a box; ``names`` are the exits that take it, each with its words and how often it was taken."""

    source: str
    target: str
    names: tuple[tuple[str, str, int | None], ...]
    counted: int = 0  # passes, for a jump that may be taken so many times

    @property
    def labels(self) -> tuple[str, ...]:
        """What is written at the line."""
        shown = [f"{word} · {n}" if n and word else word or (str(n) if n else "") for _, word, n in self.names]
        passes = [f"≤ {self.counted}"] if self.counted else []
        return tuple([label for label in shown if label] + passes)


@dataclass(frozen=True, slots=True)
class Drawing:
    """The picture before it has places."""

    flow: str
    title: str
    lang: str
    first: str
    boxes: tuple[Box, ...]
    ways: tuple[Way, ...]


def draw(
    flows: FlowSet, name: str, lang: str, numbers: Numbers | None = None, around: str = "", depth: int = 2
) -> Drawing:
    """A flow, or only what is within ``depth`` exits of a step."""
    flow = flows.flows[name]
    ways = list(_ways(flows, flow, lang, numbers))
    kept = _near(ways, around, depth) if around else None
    ways = [w for w in ways if kept is None or (w.source in kept and w.target in kept)]
    boxes = [_box(flow, verb, lang, numbers) for step, verb in flow.steps.items() if kept is None or step in kept]
    outside = dict.fromkeys(w.target for w in ways if w.target[0] in ">.")
    boxes += [_outside(flows, target, lang) for target in outside]
    return Drawing(name, flow.title.render(lang, {}) or name, lang, flow.first, tuple(boxes), tuple(ways))


def _near(ways: list[Way], around: str, depth: int) -> set[str]:
    found, edge = {around}, {around}
    for _ in range(depth):
        edge = {w.target for w in ways if w.source in edge} | {w.source for w in ways if w.target in edge}
        edge = {e for e in edge if e not in found}
        found |= edge
        edge = {e for e in edge if e[0] not in ">."}
    return found


def _ways(flows: FlowSet, flow: Flow, lang: str, numbers: Numbers | None) -> Iterator[Way]:
    for step, verb in flow.steps.items():
        shown = set(written(flows, verb))
        taken = numbers.get((flow.name, step), Passage()).exits if numbers is not None else None
        by_target: dict[str, list[tuple[str, str, int | None]]] = {}
        passes: dict[str, int] = {}
        for out in exits(flows, verb):
            if shown and out.name not in shown:
                continue
            count = taken.get(out.name, 0) if taken is not None else None
            word = exit_word(verb, out.name, lang)
            for target, most in _targets(step, verb, out.target):
                by_target.setdefault(target, []).append((out.name, word, count))
                passes[target] = max(passes.get(target, 0), most)
        if isinstance(verb, Call) and verb.flow in flows.flows:
            by_target.setdefault(f">{verb.flow}?{step}", []).append(
                ("call", one(("and back", "и обратно"), lang), None)
            )
        for target, names in by_target.items():
            yield Way(step, target, tuple(names), passes.get(target, 0))


def _targets(step: str, verb: Verb, target: Target) -> Iterator[tuple[str, int]]:
    """Where an exit leads: a counted jump leads on when its passes are used up. Ends and flows are drawn at each step."""
    match target:
        case ToStep(to, most, then):
            yield to, most
            if then is not None:
                yield from _targets(step, verb, then)
        case ToFlow(flow):
            yield f">{flow}?{step}", 0
        case End():
            yield f".?{step}", 0


def _outside(flows: FlowSet, target: str, lang: str) -> Box:
    name = target[1:].partition("?")[0]
    if not name:
        return Box(target, "end", one(("end", "конец"), lang))
    flow = flows.flows.get(name)
    return Box(target, "flow", flow.title.render(lang, {}) or name if flow else name, text=name)


def _box(flow: Flow, verb: Verb, lang: str, numbers: Numbers | None) -> Box:
    passage = numbers.get((flow.name, verb.id), Passage()) if numbers is not None else None
    return Box(verb.id, _kind(verb), verb.id, verb_word(verb, lang), _text(verb, lang), verb.line, passage)


def _kind(verb: Verb) -> Kind:
    if isinstance(verb, Menu | Ask):
        return "question"
    if isinstance(verb, Operator | Ticket):
        return "person"
    if isinstance(verb, Http | Kb):
        return "outside"
    return "say" if isinstance(verb, Say) else "choice"


def _text(verb: Verb, lang: str) -> str:
    match verb:
        case Say(text=text) | Menu(text=text) | Ask(text=text):
            return template(text, lang)
        case Kb(query=query):
            return template(query, lang)
        case Http(call=call):
            return call
        case Call(flow=flow):
            return flow
        case Ticket(what=what, category=category):
            return f"{one(TICKETS.get(what, (what, what)), lang)} {category}".strip()
        case Operator(text=text, queue=queue):
            return template(text, lang) if text else queue
        case Wait(seconds=seconds):
            return span(seconds)
        case _:
            return ""


def span(seconds: float) -> str:
    """A time as it is written in files: ``2m``."""
    for unit, size in (("d", 86400), ("h", 3600), ("m", 60)):
        if seconds >= size and seconds % size == 0:
            return f"{seconds / size:g}{unit}"
    return f"{seconds:g}s"


def template(text: Text, lang: str) -> str:
    """A text with its holes as an author wrote them."""
    return "".join(f"${{{'.'.join(part.path)}}}" if isinstance(part, Hole) else part for part in text.template(lang))

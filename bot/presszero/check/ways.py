"""Every way on from a step, for what is known there: the core's behaviour as the proof reads it.

``Spot`` is where a conversation can stand; ``Way`` is one thing that can happen there. It follows conditions over options
and declared results exactly, everything else both ways, and must have every way that the core can take.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, NamedTuple

from presszero.check.graph import Graph, Node
from presszero.check.known import CALL_PERSON
from presszero.check.worlds import GIVEN, MAYBE, OUTER, Known, Values, asked_of, atoms, only, without
from presszero.dialogue.flow import (
    Ask,
    Call,
    End,
    Http,
    Kb,
    Menu,
    Operator,
    Set,
    Target,
    Ticket,
    ToFlow,
    ToStep,
    Verb,
    Wait,
    When,
)
from presszero.dialogue.text import Hole, Template

NOTHING, ANSWER, PERSON = (
    0,
    1,
    2,
)  # what the desk owes: nothing; another try, a person or a ticket; a person or a ticket
MOST_SPOTS = 160  # ways of knowing things at one step; past it the step is looked at with everything unknown
LEAST_SPOTS, ALL_SPOTS = 8, 48_000  # a large desk is looked at less closely


class Spot(NamedTuple):
    """Where a conversation can stand: about to run a step, with what is known, and what the desk owes the customer.

    ``met``: questions answered before, which are put again rather than skipped. ``written``: a ticket stands behind.
    ``inside``: 0 in a flow of its own, else the number of the call it runs in.
    """

    node: Node
    known: frozenset[tuple[tuple[str, ...], Any]] = frozenset()
    met: frozenset[str] = frozenset()
    owed: int = NOTHING
    written: bool = False
    inside: int = 0


class Way(NamedTuple):
    """One thing that can happen: its name, where it leads (a step, ``end``, ``person``, or into a call)."""

    name: str
    to: Spot | Literal["end", "person", "call"]
    owed: int = NOTHING
    written: bool = False
    value: Any = None  # the answer, when the way is an answer
    asks: bool = False  # somebody spoke, or time passed
    counted: bool = False  # only so many times
    task: bool = False  # the customer chose another task, or a person did
    low: bool = False  # looked at after everything else
    seen: tuple[tuple[tuple[str, ...], Any], ...] = ()  # what a condition took for given


class Ways:
    """The ways on from every spot of a set of flows."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.flows = graph.flows
        self.values = Values(graph.flows)
        self._up, self._down = _questions(graph)
        self.matters = _matters(graph, self.values.roots, self._up, self._down)
        self.tickets = _tickets(graph)
        self.names = _names(graph)

    def spot(
        self,
        node: Node,
        known: Known,
        met: Iterable[str] = (),
        owed: int = 0,
        *,
        written: bool = False,
        inside: int = 0,
    ) -> Spot:
        """The spot, with nothing known that does not matter later."""
        matters = self.matters.get(node, frozenset())
        return Spot(node, frozenset(only(known, matters).items()), frozenset(met) & matters, owed, written, inside)

    def questions_before(self, node: Node) -> tuple[Node, ...]:
        """The questions of a step's flow that lead to it: where "back" and corrections may go."""
        return self._up.get(node, ())

    def blurred(self, spot: Spot) -> Spot:
        """The same step with everything unknown: stands for every spot of it."""
        known = frozenset(((name,), MAYBE) for name in self.matters.get(spot.node, frozenset()) - OUTER)
        return spot._replace(known=known, met=frozenset())

    def on(self, spot: Spot) -> Iterator[Way]:  # noqa: C901, PLR0912 - one case a verb
        """What can happen here."""
        verb = self.graph.verb(spot.node)
        at = _At(self, spot, verb)
        match verb:
            case Menu():
                yield from _menu(at, verb)
            case Ask():
                yield from _ask(at, verb)
            case When():
                yield from _when(at, verb)
            case Set():
                yield from _set(at, verb)
            case Call():
                first = self.graph.first(verb.flow)
                if first:
                    yield Way("call", "call")
                # With too many flows under way the core goes past a call.
                yield from at.go("next", verb.next, low=True)
            case Http():
                yield from _http(at, verb)
            case Kb():
                yield from _kb(at, verb)
            case Ticket():
                yield from _ticket(at, verb)
            case Operator():
                yield from _operator(at, verb)
            case Wait():
                yield from at.go("next", verb.next, asks=True)
            case _:
                yield from at.go("next", verb.next)
        if at.waits:
            yield from self._back(spot)

    def called(self, spot: Spot, number: int) -> Spot:
        """Where a call begins."""
        verb = self.graph.verb(spot.node)
        if not isinstance(verb, Call):
            raise TypeError(spot)
        first = self.graph.first(verb.flow)
        given: dict[tuple[str, ...], Any] = {(n,): _made(made, dict(spot.known)) for n, made in verb.given.items()}
        return self.spot(first or spot.node, given, (), spot.owed, written=spot.written, inside=number)

    def returned(self, spot: Spot, owed: int, *, written: bool) -> list[Way]:
        """The ways on when a call has come back."""
        at = _At(self, spot._replace(owed=owed, written=written), self.graph.verb(spot.node))
        return list(at.go("next", at.verb.next))

    def _back(self, spot: Spot) -> Iterator[Way]:
        # "Back" and corrections put an earlier question again; what was filled after it is dropped, results stay.
        for node in self.questions_before(spot.node):
            names = self._down[node]
            known = without(dict(spot.known), names)
            met = spot.met - names
            owed = PERSON if spot.owed == PERSON else NOTHING
            yield Way(
                "back",
                self.spot(node, known, met, owed, written=spot.written, inside=spot.inside),
                asks=True,
                task=True,
                low=True,
            )


class _At:
    """A step with what is known at it, and the ways on from it in the making."""

    def __init__(self, ways: Ways, spot: Spot, verb: Verb) -> None:
        self.ways, self.spot, self.verb = ways, spot, verb
        self.known: Known = dict(spot.known)
        self.waits = isinstance(verb, Menu | Ask | Kb | Http | Wait)

    def go(
        self,
        name: str,
        target: Target | None,
        known: Known | None = None,
        *,
        met: frozenset[str] | None = None,
        owed: int | None = None,
        written: bool | None = None,
        **more: Any,
    ) -> Iterator[Way]:
        """Follows a target; a counted jump leads both ways."""
        spot = self.spot
        known = self.known if known is None else known
        if more.get("asks") or self.waits:
            known = without(known, OUTER)  # while somebody thinks, the outer world may change
        met = spot.met if met is None else met
        owes = spot.owed if owed is None else owed
        wrote = spot.written if written is None else written
        owes = NOTHING if wrote else owes
        match target:
            case ToStep(step, most, then):
                node = (spot.node[0], step)
                if node in self.ways.graph.exits:
                    to = self.ways.spot(node, known, met, owes, written=wrote, inside=spot.inside)
                    yield Way(name, to, owes, wrote, **(more | {"counted": bool(most)}))
                if then is not None:
                    yield from self.go(name, then, known, met=met, owed=owes, written=wrote, **more)
            case ToFlow(flow):
                first = self.ways.graph.first(flow)
                if first is None:
                    yield Way(name, "end", owes, wrote, **more)
                else:
                    to = self.ways.spot(first, known, (), owes, written=wrote, inside=spot.inside)
                    yield Way(name, to, owes, wrote, **(more | {"task": bool(more.get("task")) or name in _CHOSEN}))
            case End() | None:
                yield Way(name, "end", owes, wrote, **more)

    def give_up(self, target: Target | None) -> Iterator[Way]:
        """Not understood again and again: a person at once, or where the author leads."""
        leads = target or self.ways.flows.common.give_up
        if isinstance(leads, ToFlow) and leads.flow == CALL_PERSON:
            yield Way("give_up", "person", asks=True)
        else:
            yield from self.go("give_up", leads, owed=self.fails(), asks=True)

    def fails(self) -> int:
        """What is owed after something failed."""
        return max(ANSWER, self.spot.owed)

    def answers(self) -> int:
        """What is owed after the customer answered: only a person or a ticket that was promised."""
        return PERSON if self.spot.owed == PERSON else NOTHING


def _menu(at: _At, verb: Menu) -> Iterator[Way]:
    name = verb.save
    for option in verb.options:
        known = {**without(at.known, (name,)), (name,): option.value}
        yield from at.go("option", option.go or verb.next, known, owed=at.answers(), asks=True, value=option.value)
    if verb.options_from:
        known = {**without(at.known, (name,)), (name,): GIVEN}
        yield from at.go("option", verb.next, known, owed=at.answers(), asks=True, value="1")
        empty = verb.none_of_these or verb.give_up or at.ways.flows.common.give_up
        yield from at.go("empty", empty, owed=at.fails())
    if verb.none_of_these:
        yield from at.go("none_of_these", verb.none_of_these, owed=at.fails(), asks=True)
    yield from at.give_up(verb.give_up)


def _ask(at: _At, verb: Ask) -> Iterator[Way]:
    name = verb.slot
    again = verb.id in at.spot.met
    value = at.known.get((name,))
    met = at.spot.met | {verb.id}
    if value is not None and not again:
        yield from at.go("known", verb.next, met=met)
        if value != MAYBE:
            at.waits = False
            return
    slot = at.ways.flows.flows[at.spot.node[0]].slots.get(name)
    if value is None and not again and slot and slot.remember:
        yield from at.go("known", verb.next, {**at.known, (name,): GIVEN}, met=met, low=True)
    if verb.metric and not again:
        yield from at.go("known", verb.next, low=True)
    free = {path: v for path, v in at.known.items() if path[0] != name}
    for each in at.ways.values.of((name,)) if (name,) in at.ways.values.tested else (GIVEN,):
        yield from at.go(
            "answer", verb.next, {**free, (name,): each}, met=met, owed=at.answers(), asks=True, value=each
        )
    if verb.optional:
        yield from at.go("skip", verb.next, free, met=met - {verb.id}, owed=at.answers(), asks=True)
    if verb.dont_know:
        yield from at.go("dont_know", verb.dont_know, free, met=met - {verb.id}, owed=at.fails(), asks=True)
    yield from at.give_up(verb.give_up)


_CHOSEN = frozenset({"option", "none_of_these"})  # another flow by the customer's own choice is another task


def _when(at: _At, verb: When) -> Iterator[Way]:
    open_ways: list[Known] = [at.known]
    for number, (condition, target) in enumerate(verb.cases, 1):
        passed: list[Known] = []
        for known in open_ways:
            for held, after in at.ways.values.decide(condition, known):
                if held:
                    news = _news(at.known, after)
                    told = at.spot.written or any(p[0] in at.ways.tickets and v not in {None, MAYBE} for p, v in news)
                    yield from at.go(f"if {number}", target, after, written=told, seen=news)
                else:
                    passed.append(after)
        open_ways = _distinct(passed)
    for known in open_ways:
        yield from at.go("else", verb.otherwise, known, seen=_news(at.known, known))


def _news(before: Known, after: Known) -> tuple[tuple[tuple[str, ...], Any], ...]:
    return tuple((path, value) for path, value in after.items() if path not in before or before[path] != value)


def _distinct(found: list[Known]) -> list[Known]:
    return [dict(items) for items in dict.fromkeys(frozenset(known.items()) for known in found)]


def _set(at: _At, verb: Set) -> Iterator[Way]:
    known = at.known
    for name, made in verb.values.items():
        known = {**without(known, (name,)), (name,): _made(made, known)}
    yield from at.go("next", verb.next, known)


def _made(made: Template, known: Known) -> Any:
    if all(isinstance(part, str) for part in made):
        return "".join(str(part) for part in made)
    first = made[0]
    if len(made) == 1 and isinstance(first, Hole) and not first.forms:
        return known.get(first.path, MAYBE)
    return MAYBE


def _http(at: _At, verb: Http) -> Iterator[Way]:
    known = {**without(at.known, (verb.save,)), (verb.save,): GIVEN} if verb.save else at.known
    yield from at.go("ok", verb.next, known, owed=at.answers())  # another try that worked
    if verb.not_found:
        yield from at.go("not_found", verb.not_found, owed=at.fails())
    yield from at.go("failed", verb.failed or verb.next, owed=at.fails())


def _kb(at: _At, verb: Kb) -> Iterator[Way]:
    yield from at.go("helped", verb.helped, owed=at.answers(), asks=True)
    yield from at.go("not_helped", verb.next, owed=at.fails(), asks=True)
    if verb.several is not None:
        yield from at.go("several", verb.several, owed=at.fails())
    yield from at.go("nothing", verb.nothing or verb.next, owed=at.fails())
    yield from at.give_up(None)


def _ticket(at: _At, verb: Ticket) -> Iterator[Way]:
    name = verb.save or "t"
    known = {**without(at.known, (name,)), (name,): GIVEN}
    yield from at.go("ok", verb.next, known, owed=NOTHING, written=True)
    if verb.what != "create" or verb.not_found:
        yield from at.go("not_found", verb.not_found or verb.next, owed=at.fails())
    if verb.what == "find" or verb.several:
        yield from at.go("several", verb.several or verb.not_found or verb.next, owed=at.fails())


def _operator(at: _At, verb: Operator) -> Iterator[Way]:
    known = {**without(at.known, ("queue",)), ("queue",): GIVEN}
    for name, target in (
        ("out_of_hours", verb.out_of_hours or verb.nobody),
        ("nobody", verb.nobody or verb.out_of_hours),
    ):
        if target is not None:  # where the author leads nowhere the engine writes a ticket
            yield from at.go(name, target, known, owed=PERSON, asks=name == "nobody")
    for name in ("left", "returned"):
        yield from at.go(name, getattr(verb, name), known, owed=NOTHING, asks=True, task=True)
    alone = _At(at.ways, at.spot._replace(inside=0), verb)  # whoever called is forgotten when a person settles it
    yield from alone.go("resolved", verb.resolved, known, owed=NOTHING, asks=True, task=True)


def _names(graph: Graph) -> frozenset[str]:
    """Every name that a step gives a value."""
    found: set[str] = set()
    for flow in graph.flows.flows.values():
        found |= flow.slots.keys()
    for node in graph.exits:
        match graph.verb(node):
            case Menu(save=save) | Http(save=save) | Ask(slot=save):
                found.add(save)
            case Ticket(save=save):
                found.add(save or "t")
            case Set(values=values) | Call(given=values):
                found |= values.keys()
            case _:
                pass
    return frozenset(found)


def _tickets(graph: Graph) -> frozenset[str]:
    """Names that only a ticket gives: where one of them holds something, a ticket stands behind."""
    given: set[str] = set()
    others: set[str] = set()
    for node in graph.exits:
        match graph.verb(node):
            case Ticket(save=save):
                given.add(save or "t")
            case Set(values=values) | Call(given=values):
                others |= values.keys()
            case Menu(save=save) | Http(save=save) | Ask(slot=save):
                others.add(save)
            case _:
                pass
    return frozenset(given - others)


def _matters(
    graph: Graph, tested: frozenset[str], up: Mapping[Node, tuple[Node, ...]], down: Mapping[Node, frozenset[str]]
) -> dict[Node, frozenset[str]]:
    """For each step the names, and the questions, that are still looked at after it; "back" counts as after."""
    found: dict[Node, frozenset[str]] = dict.fromkeys(graph.edges, frozenset())
    above: dict[Node, set[Node]] = {}
    for node, edges in graph.edges.items():
        for to in (*(e.to for e in edges), *up.get(node, ())):
            above.setdefault(to, set()).add(node)
    reads = {node: _reads(graph.verb(node), tested) for node in graph.edges}
    work = dict.fromkeys(reversed(graph.edges))
    while work:
        node, _ = work.popitem()
        here = set(reads[node])
        for edge in graph.edges[node]:
            here |= found[edge.to] - _gives(graph.verb(node), edge.exit.name)
        for question in up.get(node, ()):
            here |= found[question] - down[question]
        if here != found[node]:
            found[node] = frozenset(here)
            work.update(dict.fromkeys(above.get(node, ())))
    return found


def _gives(verb: Verb, exit_name: str) -> frozenset[str]:
    """The names that surely have a new value after an exit."""
    match verb:
        case Set():
            return frozenset(verb.values)
        case Http(save=save) | Ticket(save=save) if exit_name == "next":
            return frozenset({save or "t"}) if isinstance(verb, Ticket) else frozenset({save} if save else ())
        case _:
            return frozenset()


def _reads(verb: Verb, tested: frozenset[str]) -> frozenset[str]:
    match verb:
        case When():
            return frozenset(a for condition, _ in verb.cases for a in _roots(condition))
        case Ask():
            return frozenset({verb.slot, verb.id})
        case Set() | Call():
            made = verb.values if isinstance(verb, Set) else verb.given
            return frozenset(p.path[0] for t in made.values() for p in t if isinstance(p, Hole)) & tested
        case _:
            return frozenset()


def _roots(condition: Any) -> Iterator[str]:
    return (asked_of(atom)[0] for atom in atoms(condition))


def _questions(graph: Graph) -> tuple[dict[Node, tuple[Node, ...]], dict[Node, frozenset[str]]]:
    """For each step the questions of its flow that lead to it; for each question the names filled from it on."""
    up: dict[Node, list[Node]] = {}
    down: dict[Node, frozenset[str]] = {}
    for flow in graph.flows.flows.values():
        for step, verb in flow.steps.items():
            if not isinstance(verb, Menu | Ask):
                continue
            below = _below(graph, (flow.name, step))
            names: set[str] = set()
            for node in (*below, (flow.name, step)):
                up.setdefault(node, []).append((flow.name, step)) if node != (flow.name, step) else None
                asked = graph.verb(node)
                if isinstance(asked, Menu):
                    names.add(asked.save)
                elif isinstance(asked, Ask):
                    names |= {asked.slot, asked.id}
            down[flow.name, step] = frozenset(names)
    return {node: tuple(found) for node, found in up.items()}, down


def _below(graph: Graph, node: Node) -> set[Node]:
    found: set[Node] = set()
    work = [node]
    while work:
        for edge in graph.edges[work.pop()]:
            if edge.to[0] == node[0] and edge.to not in found:
                found.add(edge.to)
                work.append(edge.to)
    return found

"""What the proof knows of values on a path: options and declared results exactly, everything else both ways.

``Known`` maps a dotted name to a value that stands for all values that the conditions of the desk cannot tell apart.
It may forget, and then both ways are followed; it must never know what a conversation could contradict.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from presszero.dialogue.conditions import All, AnyOf, Compare, Condition, Filled, Is, Not, Open, Tag, holds
from presszero.dialogue.flow import Ask, FlowSet, Slot, When

Path = tuple[str, ...]
Known = Mapping[Path, Any]
Atom = Is | Compare | Filled | Open | Tag

GIVEN = "•"  # there is a value; which one is not known
MAYBE = "?"  # perhaps there is a value
NOT_GIVEN = None
OUTER = frozenset({"customer", "told", "page", "tags", "open", "channel", "lang", "last_question", "desk"})
TICKET = frozenset({"number", "title", "state", "category", "due"})  # a ticket always has these
_OTHER = "~"


def atoms(condition: Condition) -> Iterator[Atom]:
    """The single questions of a condition."""
    match condition:
        case All(of) | AnyOf(of):
            for each in of:
                yield from atoms(each)
        case Not(of):
            yield from atoms(of)
        case _:
            yield condition


def asked_of(atom: Atom) -> Path:
    """What an atom is about, as a name."""
    match atom:
        case Open(calendar):
            return ("open", calendar)
        case Tag(tags):
            return ("tags", *tags)
        case _:
            return atom.path


class Values:
    """For every name that a condition of the desk looks at, values that stand for all there can be."""

    def __init__(self, flows: FlowSet) -> None:  # noqa: C901 - one table from one walk
        self._atoms: dict[Path, list[Atom]] = {}
        self._slots: dict[str, list[Slot]] = {}
        self._kinds: dict[Path, set[str]] = {}
        for flow in flows.flows.values():
            for slot in flow.slots.values():
                self._slots.setdefault(slot.name, []).append(slot)
            for verb in flow.steps.values():
                if isinstance(verb, When):
                    for atom in (a for condition, _ in verb.cases for a in atoms(condition)):
                        self._atoms.setdefault(asked_of(atom), []).append(atom)
                elif isinstance(verb, Ask):
                    self._slots.setdefault(verb.slot, [])
                save, call = getattr(verb, "save", ""), getattr(verb, "call", "")
                service = flows.services.get(call) if isinstance(call, str) else None
                if service and save:
                    for name, kind in service.gives.items():
                        self._kinds.setdefault((save, name), set()).add(kind)
        self.tested = frozenset(self._atoms)
        self.roots = frozenset(path[0] for path in self._atoms) - OUTER
        self._found: dict[Path, tuple[Any, ...]] = {}

    def asked(self, path: Path) -> list[Atom]:
        """What the desk asks of a name."""
        return self._atoms.get(path, [])

    def of(self, path: Path) -> tuple[Any, ...]:
        """One value for each way in which the desk's conditions can come out; the likeliest first."""
        if path not in self._found:
            self._found[path] = self._classes(path)
        return self._found[path]

    def _classes(self, path: Path) -> tuple[Any, ...]:
        if path[0] in {"open", "tags"}:
            return (True, False)
        asked = self.asked(path)
        found: dict[tuple[bool, ...], Any] = {}
        for value in self._candidates(path, asked):
            found.setdefault(tuple(true_of(atom, value) for atom in asked), value)
        return tuple(found.values())

    def _candidates(self, path: Path, asked: list[Atom]) -> Iterator[Any]:
        kinds = self._kinds.get(path, set())
        slots = self._slots.get(path[0], []) if len(path) == 1 else []
        yes_no = kinds == {"yes_no"} or path == ("customer", "verified") or _all(slots, "yes_no")
        if yes_no:
            yield from ("yes", "no")
        for atom in asked:
            if isinstance(atom, Is) and not yes_no:
                yield from atom.values
            elif isinstance(atom, Compare):
                yield from (n for d in (0, -1, 1, -0.5, 0.5) if _within(slots, n := _whole(atom.number + d)))
        if yes_no:
            return
        if path == ("lang",):
            return
        numeric = _all(slots, "number") or _all(slots, "rating") or kinds == {"number"}
        yield 1 if numeric else "web" if path == ("channel",) else "open" if path[-1] == "state" else _OTHER
        if not slots and path[-1] not in TICKET and not numeric:
            yield ""  # a text that a service gives may be empty

    def decide(self, condition: Condition, known: Known) -> Iterator[tuple[bool, Known]]:
        """The ways in which a condition can come out, each with what is known then."""
        match condition:
            case All(of):
                yield from self._fold(of, known, until=False)
            case AnyOf(of):
                yield from self._fold(of, known, until=True)
            case Not(of):
                for held, after in self.decide(of, known):
                    yield not held, after
            case _:
                path = asked_of(condition)
                for value, after in self.look(path, known):
                    yield true_of(condition, value), after

    def _fold(self, of: tuple[Condition, ...], known: Known, *, until: bool) -> Iterator[tuple[bool, Known]]:
        if not of:
            yield not until, known
            return
        for held, after in self.decide(of[0], known):
            if held == until:
                yield held, after
            else:
                yield from self._fold(of[1:], after, until=until)

    def look(self, path: Path, known: Known) -> Iterator[tuple[Any, Known]]:
        """The values that a name may have here; a name that is looked at is known from then on."""
        found = known.get(path, _UNSEEN)
        if found not in {_UNSEEN, GIVEN, MAYBE}:
            yield found, known
            return
        root = known.get(path[:1], _UNSEEN)
        if path[0] not in OUTER and root in {_UNSEEN, NOT_GIVEN}:
            yield NOT_GIVEN, known
            return
        if path[0] not in OUTER and len(path) > 1 and root not in {GIVEN, MAYBE}:
            yield NOT_GIVEN, known  # a plain value has no fields
            return
        for value in self.of(path):
            yield value, {**known, path: value}
        absent = path[0] in OUTER - {"open", "tags", "channel", "lang"} or MAYBE in {found, root}
        if absent or (len(path) > 1 and path not in self._kinds and path[-1] not in TICKET):
            yield NOT_GIVEN, {**known, path: NOT_GIVEN}


_UNSEEN = "§"


def without(known: Known, names: Iterable[str]) -> Known:
    """What is left when some names lose their values."""
    gone = frozenset(names)
    return {path: value for path, value in known.items() if path[0] not in gone} if gone else known


def only(known: Known, names: frozenset[str]) -> Known:
    """What is worth knowing: the names that matter later."""
    return {path: value for path, value in known.items() if path[0] in names}


def true_of(atom: Atom, value: Any) -> bool:
    """How an atom comes out for a value."""
    if isinstance(atom, Open | Tag):
        return bool(value)
    nested: Any = value
    for name in reversed(atom.path):
        nested = {name: nested}
    return holds(atom, nested)


def _all(slots: list[Slot], kind: str) -> bool:
    return bool(slots) and all(slot.type == kind for slot in slots)


def _within(slots: list[Slot], number: float) -> bool:
    low = min((s.min if s.min is not None else (1.0 if s.type == "rating" else -1e9) for s in slots), default=-1e9)
    high = max((s.max if s.max is not None else (5.0 if s.type == "rating" else 1e9) for s in slots), default=1e9)
    whole = not slots or not _all(slots, "rating") or float(number).is_integer()
    return low <= number <= high and whole


def _whole(number: float) -> float:
    return int(number) if float(number).is_integer() else number

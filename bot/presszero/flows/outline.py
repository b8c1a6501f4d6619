"""What a flow's file declares, read before any of it is checked: others refer to it whatever else is wrong there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from presszero.dialogue.flow import Service
from presszero.flows.keys import FLOW_KEYS, KEYS, STEP_KEYS
from presszero.flows.names import ANY, TEXT, TICKET, Names, Shape, shape_of
from presszero.source.read import MAX_BYTES
from presszero.source.tree import Node

EMPTY = ""
_MENTION = re.compile(r"\b(?:flow|call): *([a-z][a-z0-9_]*)")


@dataclass(slots=True)
class Outline:
    """The names of one flow: its steps, what it declares, which flows it calls or gives way to."""

    name: str
    broken: bool = False  # the file could not be read: all that is known of its inside is ``mentions``
    mentions: frozenset[str] = frozenset()  # flows that a broken file seems to lead to
    steps: tuple[str, ...] = ()
    slots: tuple[str, ...] = ()
    remembered: tuple[str, ...] = ()
    names: Names = field(default_factory=Names)
    given: dict[str, set[str]] = field(default_factory=dict)  # called flow → names it is called with
    becomes: set[str] = field(default_factory=set)  # flows that may take its place


def broken(name: str, data: bytes) -> Outline:
    """The outline of a file that could not be read."""
    found = _MENTION.findall(data[:MAX_BYTES].decode("utf-8", "replace"))
    return Outline(name, broken=True, mentions=frozenset(found))


def outline(name: str, tree: Node, services: Mapping[str, Service] | None) -> Outline:
    """The outline of a file."""
    found = Outline(name)
    slots = _pairs(tree.get("slots"))
    found.slots = tuple(k.text for k, _ in slots)
    found.remembered = tuple(k.text for k, v in slots if _text(v.get("remember")) == "customer")
    for key, value in slots:
        found.names.add(
            key.text, shape_of((value.text if value.kind == "text" else _text(value.get("type"))) or "text")
        )
    steps = [s for s in _items(tree.get("steps")) if s.kind == "map"]
    slipped = set(tree.keys()).difference(FLOW_KEYS) or any(
        set(s.keys()) - STEP_KEYS or not KEYS.keys() & set(s.keys()) for s in steps
    )
    found.names.unchecked = bool(slipped)  # a mistyped key may have declared a name
    found.steps = tuple(i for s in steps if (i := _text(s.get("id"))))
    for step in steps:
        _declare(found, step, services)
    return found


def join(outlines: Mapping[str, Outline]) -> None:
    """Gives each flow the names that reach it: from callers by ``with``, and from flows whose place it takes."""
    remembered = {
        f"{root}.{slot}": ANY for root in ("customer", "told") for o in outlines.values() for slot in o.remembered
    }
    for each in outlines.values():
        each.names.update(remembered)
        for mentioned in each.mentions & outlines.keys():
            outlines[mentioned].names.unchecked = True  # which values it hands on cannot be known now
        for called, names in each.given.items():
            if called in outlines:
                outlines[called].names.update(dict.fromkeys(names, ANY))
    changed = True
    while changed:
        changed = False
        for each in outlines.values():
            for name in each.becomes & outlines.keys():
                changed |= _hand_on(each.names, outlines[name].names)


def _hand_on(source: Names, target: Names) -> bool:
    before = len(target.shapes), len(target.open), target.unchecked
    for name, shape in source.shapes.items():
        target.shapes.setdefault(name, shape)
    target.open |= source.open
    target.unchecked |= source.unchecked
    return before != (len(target.shapes), len(target.open), target.unchecked)


def _declare(found: Outline, step: Node, services: Mapping[str, Service] | None) -> None:
    saved = _text(step.get("save")).lower()  # a capital letter is a fault of its own, no second one
    if step.get("menu"):
        found.names.add(saved or _text(step.get("menu")).lower(), _menu_shape(step))
    elif step.get("http") and saved:
        service = (services or {}).get(_text(step.get("http")))
        _result(found.names, saved, {n: shape_of(k) for n, k in service.gives.items()} if service else None)
    elif step.get("ticket") and saved:
        _result(found.names, saved, TICKET)
    for key, value in _pairs(step.get("set")):
        found.names.add(key.text, Shape("any") if value.kind == "text" else TEXT)
    called = _text(step.get("call"))
    if called:
        found.given.setdefault(called, set()).update(k.text for k, _ in _pairs(step.get("with")))
    _leads(found, step)


def _result(names: Names, saved: str, gives: Mapping[str, Shape] | None) -> None:
    if gives is None:
        names.open.add(saved)
    else:
        names.update({f"{saved}.{name}": shape for name, shape in gives.items()})


def _menu_shape(step: Node) -> Shape:
    options = _items(step.get("options"))
    values = frozenset(_text(o.get("value")) for o in options if o.kind == "map")
    return Shape("choice", values) if options and not step.get("options_from") else ANY


def _leads(found: Outline, node: Node) -> None:
    """Every ``{flow: name}`` under a step."""
    for key, value in node.pairs:
        if key.text == "flow" and value.kind == "text":
            found.becomes.add(value.text)
        _leads(found, value)
    for item in node.items:
        _leads(found, item)


def _text(node: Node | None) -> str:
    return node.text.strip() if node is not None and node.kind == "text" else EMPTY


def _pairs(node: Node | None) -> tuple[tuple[Node, Node], ...]:
    return node.pairs if node is not None else ()


def _items(node: Node | None) -> tuple[Node, ...]:
    return node.items if node is not None else ()

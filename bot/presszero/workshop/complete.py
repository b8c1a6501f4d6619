"""What can be typed at a cursor: keys from the file's schema, values from it, names from the desk.

It must work on half-typed text: names of the flow at hand are looked for line by line, not parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from presszero import schemas
from presszero.flows.keys import KEYS
from presszero.flows.meaning import MEANING
from presszero.flows.names import BRIEF, ENGINE
from presszero.runtime.editing import Offer
from presszero.source.schema import Schema
from presszero.workshop.cursor import Cursor, cursor

MOST = 200
_STEP = re.compile(r"^\s*-\s*\{?\s*id: *([a-z][a-z0-9_]*)", re.MULTILINE)
_SAVE = re.compile(r"\b(?:save|menu): *([a-z][a-z0-9_]*)")
_SLOTS = re.compile(r"^slots:\n((?:[ #].*\n|\n)*)", re.MULTILINE)
_SLOT = re.compile(r"^ {2}([a-z][a-z0-9_]*):", re.MULTILINE)
_HOLE = re.compile(r"\$\{([\w.]*)$")
_TARGETS = frozenset(
    "go else then step not_found failed helped several nothing out_of_hours left returned resolved dont_know give_up "  # noqa: SIM905
    "none_of_these".split()
)
_FLOWS = {"flow", "call", "home", "verify"}


@dataclass(frozen=True)
class DeskNames:
    """The names of a desk, by what they name."""

    flows: tuple[str, ...] = ()
    queues: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    calendars: tuple[str, ...] = ()
    slas: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    gives: tuple[str, ...] = ()
    intents: tuple[str, ...] = ()
    remembered: tuple[str, ...] = ()
    titles: dict[str, dict[str, str]] = field(default_factory=dict)  # language → flow → its title


def complete(file: str, text: str, line: int, column: int, names: DeskNames, lang: str) -> list[Offer]:
    """What can be typed there, likeliest first."""
    before = text.split("\n")[line - 1][: column - 1] if line <= text.count("\n") + 1 else ""
    if _HOLE.search(before):
        return [Offer(name, apply=f"{name}}}", kind="variable") for name in _values(text, names)][:MOST]
    at = cursor(text, line, column)
    if at.key == "[]" and at.path:
        at = Cursor(at.path[:-1], at.path[-1], at.typed, frozenset())
    name = schemas.schema_of(file)
    if not name:
        return []
    found = list(_named(at, text, names, names.titles.get(lang, {}))) if at.key else []
    found += _values_of(name, at) if at.key else _keys(name, at, lang)
    return found[:MOST]


def _keys(name: str, at: Cursor, lang: str) -> list[Offer]:
    """The keys of the map; of a step with its verb only those of the verb."""
    known = list(dict.fromkeys(key for each in _at(name, at.path) for key in each.get("properties", {})))
    if at.path[-1:] == ("steps",):
        verb = next((v for v in KEYS if v in at.siblings), "")
        known = list(KEYS[verb]) if verb else ["id", *KEYS]
    return [
        Offer(key, MEANING.get(key, ("", ""))[lang == "ru"], f"{key}: ")
        for key in known
        if key not in at.siblings or key == at.typed
    ]


def _values_of(name: str, at: Cursor) -> Iterator[Offer]:
    seen = set[str]()
    for each in _at(name, (*at.path, at.key)):
        for value in (*each.get("enum", ()), *each.get("examples", ())):
            if str(value) not in seen:
                seen.add(str(value))
                yield Offer(str(value), kind="enum")


def _named(at: Cursor, text: str, names: DeskNames, titles: dict[str, str]) -> Iterator[Offer]:
    """The names that the value may be."""
    key, parent = at.key, at.path[-1] if at.path else ""
    if key in _TARGETS or (key == "go" and parent == "nobody"):
        yield from _plain([*_STEP.findall(text), "end"], "function")
        for flow in names.flows:
            yield Offer(f"{{flow: {flow}}}", titles.get(flow, ""), f"{{flow: {flow}}}", "class")
    lists: dict[str, Iterable[str]] = {
        "queue": names.queues,
        "operator": ("here", *names.queues),
        "category": names.categories,
        "open": names.calendars,
        "hours": names.calendars,
        "calendar": names.calendars,
        "sla": names.slas,
        "http": names.services,
        "intents": names.intents,
        "intent": names.intents,
        "ask": _slots(text),
        "filled": (*_slots(text), *_SAVE.findall(text)),
        "brief": (*BRIEF, *_slots(text)),
        "handoff": names.queues,
        "at": ("end",),
    }
    if key in _FLOWS:
        for flow in names.flows:
            yield Offer(flow, titles.get(flow, ""), kind="class")
    yield from _plain(lists.get(key, ()), "constant")


def _plain(labels: Iterable[str], kind: str) -> Iterator[Offer]:
    return (Offer(label, kind=kind) for label in dict.fromkeys(labels))


def _slots(text: str) -> list[str]:
    found = _SLOTS.search(text)
    return _SLOT.findall(found[1]) if found else []


def _values(text: str, names: DeskNames) -> list[str]:
    """What a text may show."""
    own = [*_slots(text), *_SAVE.findall(text)]
    ticket = [f"{save}.{name}" for save in _SAVE.findall(text) for name in ("number", "due", "state_text")]
    return list(dict.fromkeys([*own, *names.remembered, *ticket, *names.gives, *ENGINE]))


# the schema, down a path of keys


@cache
def _schema(name: str) -> Schema:
    return schemas.schema(name)


def _at(name: str, path: tuple[str, ...]) -> list[Schema]:
    root = _schema(name)
    here = list(_spread(root, root))
    for key in path:
        below: list[Any] = []
        for each in here:
            more = each.get("additionalProperties")
            inner = each.get("properties", {}).get(key, more if isinstance(more, dict) else None)
            if inner is not None:
                below += _spread(inner, root)
        here = below
    return here


def _spread(schema: Schema, root: Schema, depth: int = 0) -> Iterator[Schema]:
    """The schemas that a place may have: references followed, alternatives side by side, lists by their items."""
    if depth > 12:
        return
    if "$ref" in schema:
        yield from _spread(root["definitions"][schema["$ref"].rpartition("/")[2]], root, depth + 1)
        return
    yield schema
    for key in ("then", "else", "items"):
        if isinstance(schema.get(key), dict):
            yield from _spread(schema[key], root, depth + 1)
    for key in ("allOf", "anyOf", "oneOf"):
        for each in schema.get(key, ()):
            yield from _spread(each, root, depth + 1)

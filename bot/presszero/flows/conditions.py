"""Conditions as data into the core's Conditions, each name and value checked against what is declared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, get_args

from presszero.dialogue.conditions import All, AnyOf, Compare, Condition, Filled, Is, Not, Open, Tag
from presszero.flows.names import CHANNELS, Shape
from presszero.flows.page import Page
from presszero.source.tree import Node

How = Literal["below", "above", "at_least", "at_most"]
NEVER = AnyOf(())


def condition(page: Page, node: Node) -> Condition:
    """The condition of a map: several keys mean all of them. What cannot be read never holds."""
    if node.kind != "map" or not node.pairs:
        page.fault(node, "PZ227")
        return NEVER
    found = tuple(_one(page, key, value) for key, value in node.pairs)
    return found[0] if len(found) == 1 else All(found)


def _one(page: Page, key: Node, value: Node) -> Condition:
    special = SPECIAL.get(key.text)
    return special(page, value) if special else _value(page, key, value)


def _many(page: Page, node: Node) -> tuple[Condition, ...]:
    if node.kind == "list" and node.items:
        return tuple(condition(page, item) for item in node.items)
    page.fault(node, "PZ183", wanted_en="a list of conditions", wanted_ru="список условий")
    return ()


def _words(page: Page, node: Node) -> tuple[Node, ...]:
    nodes = node.items if node.kind == "list" else (node,)
    if node.kind == "list" and not node.items:
        page.fault(node, "PZ183", wanted_en="at least one value", wanted_ru="хотя бы одно значение")
    return tuple(n for n in nodes if page.word(n))


def _filled(page: Page, node: Node) -> Condition:
    found = tuple(Filled(tuple(_path(page, n).split("."))) for n in _words(page, node))
    return found[0] if len(found) == 1 else All(found)


def _open(page: Page, node: Node) -> Condition:
    found = tuple(Open(page.known(n, "PZ228", page.desk.known.calendars)) for n in _words(page, node))
    return found[0] if len(found) == 1 else AnyOf(found)


def _channel(page: Page, node: Node) -> Condition:
    return _among(page, node, "channel", CHANNELS)


def _lang(page: Page, node: Node) -> Condition:
    return _among(page, node, "lang", page.languages)


def _among(page: Page, node: Node, name: str, words: tuple[str, ...]) -> Condition:
    return Is((name,), tuple(page.known(n, "PZ184", words) for n in _words(page, node)))


SPECIAL: dict[str, Callable[[Page, Node], Condition]] = {
    "all": lambda page, node: All(_many(page, node)),
    "any": lambda page, node: AnyOf(_many(page, node)),
    "not": lambda page, node: Not(condition(page, node)),
    "filled": _filled,
    "open": _open,
    "channel": _channel,
    "lang": _lang,
    "tag": lambda page, node: Tag(tuple(n.text.strip() for n in _words(page, node))),
}


def _path(page: Page, node: Node) -> str:
    name = node.text.strip()
    if page.names.find(name) is None:
        page.unknown(node.place, "PZ224", name, [*page.names.alike(), *SPECIAL])
    return name


def _value(page: Page, key: Node, value: Node) -> Condition:
    name = _path(page, key)
    shape = page.names.find(name) or Shape("any")
    path = tuple(name.split("."))
    if value.kind == "map":
        return _compare(page, value, name, path, shape)
    nodes = _words(page, value)
    for node in nodes:
        if not shape.gives(node.text.strip()):
            page.unknown(node.place, "PZ225", node.text.strip(), shape.values or ())
    return Is(path, tuple(n.text.strip() for n in nodes))


def _compare(page: Page, node: Node, name: str, path: tuple[str, ...], shape: Shape) -> Condition:
    found: list[Condition] = []
    if not node.pairs:
        page.fault(node, "PZ227")
    if not shape.compares:
        page.fault(node, "PZ226", name=name, value="")
    for key, value in node.pairs:
        how = page.known(key, "PZ181", get_args(How))
        try:
            number = float(value.text) if value.kind == "text" else None
        except ValueError:
            number = None
        if number is None:
            page.fault(value, "PZ226", name=name, value=value.text)
        elif how in get_args(How):
            found.append(Compare(path, _HOWS[how], number))
    return found[0] if len(found) == 1 else All(tuple(found))


_HOWS: dict[str, How] = {"below": "below", "above": "above", "at_least": "at_least", "at_most": "at_most"}

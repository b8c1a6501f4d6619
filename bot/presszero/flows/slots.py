"""Slots: what a flow wants to know, of which kind, within which bounds."""

from __future__ import annotations

from typing import cast, get_args

from presszero.dialogue.flow import Slot, SlotType
from presszero.flows.page import Page
from presszero.flows.part import Part
from presszero.source.fields import Fields
from presszero.source.tree import Node

TYPES: tuple[str, ...] = get_args(SlotType)
BOUNDED = frozenset({"text", "digits", "number", "rating", "address"})
MONTH = 30 * 86400.0


def slots(page: Page, node: Node | None) -> dict[str, Slot]:
    """The slots of a flow."""
    if node is None:
        return {}
    if node.kind != "map":
        page.fault(node, "PZ183", wanted_en="names with their types", wanted_ru="имена с типами")
        return {}
    return {name: _slot(page, name, value) for key, value in node.pairs if (name := page.name(key))}


def _slot(page: Page, name: str, node: Node) -> Slot:
    if node.kind == "text":  # ``contract: digits``
        kind = page.known(node, "PZ184", TYPES)
        return Slot(name, cast("SlotType", kind if kind in TYPES else "text"))
    with Part(node, page) as f:
        kind = f.choice("type", TYPES) or "text"
        low, high = (_bound(f, key) for key in ("min", "max"))
        remember = f.choice("remember", ("customer",), "")
        fresh = f.seconds("fresh", MONTH)
        if (low is not None or high is not None) and kind not in BOUNDED:
            page.add(f.at("min" if f.has("min") else "max"), "PZ213", type=kind)
        if low is not None and high is not None and low > high:
            page.add(f.at("min"), "PZ213", type=kind)
    return Slot(name, cast("SlotType", kind), low, high, "customer" if remember else "", fresh)


def _bound(f: Fields, key: str) -> float | None:
    if not f.has(key):
        f.get(key)
        return None
    return f.number(key, 0, -1e12, 1e12)

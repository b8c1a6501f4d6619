"""The steps of a flow, top to bottom: one verb each, falling through to the step below."""

from __future__ import annotations

from collections.abc import Callable

from presszero.dialogue.flow import Call, End, Menu, Operator, Target, ToStep, Verb, When
from presszero.flows import course, speech, world
from presszero.flows.keys import STEP_KEYS
from presszero.flows.page import Page
from presszero.flows.part import Part
from presszero.flows.step import At
from presszero.flows.targets import exit_to
from presszero.source.fields import Fields, meant
from presszero.source.nearest import nearest
from presszero.source.tree import Node

VERBS: dict[str, Callable[[Page, Fields, At], Verb]] = {
    "say": speech.say,
    "menu": speech.menu,
    "ask": speech.ask,
    "set": course.set_,
    "when": course.when,
    "call": course.call,
    "http": world.http,
    "kb": world.kb,
    "ticket": world.ticket,
    "operator": world.operator,
    "wait": course.wait,
}
_BARE = {"tag": course.set_, "go": course.go}  # what may stand without a verb


def steps(page: Page, node: Node | None) -> dict[str, Verb]:
    """The compiled steps in the file's order."""
    if node is None or node.kind != "list" or not node.items:
        if node is not None:
            page.fault(node, "PZ206")
        return {}
    named = [(item, step_id) for item in node.items if (step_id := _id(page, item))]
    found: dict[str, Verb] = {}
    for number, (item, step_id) in enumerate(named):
        below: Target | None = ToStep(named[number + 1][1]) if number + 1 < len(named) else None
        verb = _step(page, item, step_id, below)
        if step_id in found:
            page.fault(item.get("id") or item, "PZ203", id=step_id)
            page.unsure = True
        elif verb is not None:
            found[step_id] = verb
    return found


def _id(page: Page, item: Node) -> str:
    if item.kind != "map":
        page.fault(item, "PZ183", wanted_en="a step: id, a verb", wanted_ru="шаг: id и глагол")
        page.unsure = True
        return ""
    node = item.get("id")
    if node is None:
        page.fault(item, "PZ182", key="id")
        page.unsure = True
        return ""
    return page.name(node, reserved={"end"})


def _step(page: Page, item: Node, step_id: str, below: Target | None) -> Verb | None:
    _places(page, item, step_id)
    found = [k.text for k, _ in item.pairs if k.text in VERBS] or [k for k in ("tag", "go") if item.get(k) is not None]
    if not found or (found[0] in _BARE and _slip(item)):
        _no_verb(page, item)
        return None
    before = len(page.found)
    with Part(item, page) as f:
        f.get("id")
        if len(found) > 1 and found[0] in VERBS:
            page.fault(item.key(found[1]) or item, "PZ202", first=found[0], second=found[1])
            for key, _ in item.pairs:  # the keys of the other verb are no further faults
                f.get(key.text)
        make = VERBS.get(found[0]) or _BARE[found[0]]
        go = exit_to(page, f, "go") if found[0] != "when" else None
        verb = make(page, f, At(step_id, item.place.line, go or below or End(), go))
    if go is None and below is None and not _rests(verb) and len(page.found) == before:
        page.fault(item, "PZ302", id=step_id)
    return verb


def _slip(item: Node) -> bool:
    """Whether a key that nobody knows was meant for a verb."""
    strange = [k.text for k, _ in item.pairs if k.text not in STEP_KEYS]
    return any(nearest(key, STEP_KEYS) in VERBS for key in strange)


def _rests(verb: Verb) -> bool:
    """Whether the last step needs no ``go``: a call or a person is followed by the end, other exits all lead on."""
    match verb:
        case Call() | When() | Operator():
            return True
        case Menu():
            return bool(verb.options) and all(option.go for option in verb.options)
        case _:
            return False


def _no_verb(page: Page, item: Node) -> None:
    page.unsure = True
    others = [k.text for k, _ in item.pairs if k.text != "id"]
    hints = {"hint_en": f"Verbs: {', '.join(VERBS)}.", "hint_ru": f"Глаголы: {', '.join(VERBS)}."}
    for key in others:
        near = meant(key, VERBS)
        if near.get("hint_en", "").startswith("Did"):
            page.fault(item.key(key) or item, "PZ201", **near)
            return
    page.fault(item, "PZ201", **hints)


def _places(page: Page, item: Node, step_id: str) -> None:
    page.places.setdefault((page.flow, step_id), item.place)
    for key, value in item.pairs:
        page.places.setdefault((page.flow, step_id, key.text), value.place)

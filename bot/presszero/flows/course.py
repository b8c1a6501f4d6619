"""The verbs that steer: set, when, call, wait, and ``go`` alone."""

from __future__ import annotations

from presszero.dialogue.conditions import Condition
from presszero.dialogue.flow import Call, End, Set, Target, Wait, When
from presszero.dialogue.text import Template
from presszero.flows.conditions import NEVER, condition
from presszero.flows.keys import STEP_KEYS
from presszero.flows.page import Page
from presszero.flows.part import Part
from presszero.flows.step import At
from presszero.flows.targets import exit_to, target
from presszero.flows.texts import template
from presszero.source.fields import Fields
from presszero.source.tree import Node


def set_(page: Page, f: Fields, at: At) -> Set:
    """``set`` gives values, ``tag`` tags the customer."""
    return Set(at.id, at.line, at.next, values(page, f, "set"), tokens(page, f, "tag"))


def tokens(page: Page, f: Fields, key: str) -> tuple[str, ...]:
    """A list of words, or one word."""
    found = f.get(key)
    if found is None:
        return ()
    return tuple(word for n in (found.items if found.kind == "list" else (found,)) if (word := page.token(n)))


def go(_page: Page, _f: Fields, at: At) -> Set:
    """``go`` alone: a step that only leads on."""
    return Set(at.id, at.line, at.next)


def when(page: Page, f: Fields, at: At) -> When:
    """``when``: the first case that holds, else ``else``."""
    listed = f.get("when")
    cases: tuple[tuple[Condition, Target], ...] = ()
    if listed is not None and listed.kind == "list" and listed.items:
        cases = tuple(_case(page, item) for item in listed.items)
    elif listed is not None:
        page.fault(listed, "PZ183", wanted_en="a list of if and go", wanted_ru="список из if и go")
    otherwise = exit_to(page, f, "else")
    if otherwise is None:
        page.unsure = True
        if not f.slipped("else", STEP_KEYS):
            page.add(f.place, "PZ307")
    return When(at.id, at.line, at.next, cases=cases, otherwise=otherwise or at.next)


def _case(page: Page, node: Node) -> tuple[Condition, Target]:
    with Part(node, page) as f:
        wanted, to = f.get("if", needed=True), f.get("go", needed=True)
        held = condition(page, wanted) if wanted is not None else NEVER
        if to is None:
            page.unsure = True
        return held, target(page, to) if to is not None else End()


def call(page: Page, f: Fields, at: At) -> Call:
    """``call``: another flow, and back."""
    name = f.get("call")
    flow = page.known(name, "PZ209", page.desk.flows) if name is not None else ""
    return Call(at.id, at.line, at.next, flow=flow, given=values(page, f, "with"))


def wait(_page: Page, f: Fields, at: At) -> Wait:
    """``wait``: a pause that survives a restart."""
    seconds = f.seconds("wait")
    skip = f.choice("skip_on", ("any_message",), "")
    return Wait(at.id, at.line, at.next, seconds=seconds, skip_on="any_message" if skip else "")


def values(page: Page, f: Fields, key: str) -> dict[str, Template]:
    """Names with their values."""
    found = f.get(key)
    if found is None:
        return {}
    if found.kind != "map":
        page.fault(found, "PZ183", wanted_en="names with their values", wanted_ru="имена со значениями")
        return {}
    return {name: template(page, value) for k, value in found.pairs if (name := page.name(k))}

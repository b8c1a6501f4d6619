"""Where an exit leads: a step, the end, another flow, or a counted jump."""

from __future__ import annotations

from presszero.dialogue.flow import End, Target, ToFlow, ToStep
from presszero.flows.page import NAME, Page
from presszero.flows.part import Part
from presszero.source.fields import Fields
from presszero.source.nearest import nearest
from presszero.source.tree import Node

MOST_PASSES = 20


def target(page: Page, node: Node, *, steps: bool = True) -> Target:
    """The target; what cannot be read ends the flow and makes its edges unsure. ``steps``: a step may be named."""
    if node.kind == "map" and node.get("flow"):
        return _flow(page, node)
    if node.kind == "map" and node.get("step") and steps:
        return _counted(page, node)
    if node.kind == "text" and node.text.strip() == "end":
        return End()
    if node.kind == "text" and node.text.strip() and steps:
        return _step(page, node)
    page.unsure = True
    page.fault(node, "PZ210")
    return End()


def exit_to(page: Page, f: Fields, key: str) -> Target | None:
    """The target under a key of a step, if the key is there."""
    found = f.get(key)
    return target(page, found) if found is not None else None


def _step(page: Page, node: Node) -> Target:
    name = node.text.strip()
    if name in page.own.steps:
        return ToStep(name)
    page.unsure = True
    if _renamed(page, name):
        return End()
    if name in page.desk.flows:
        page.fault(node, "PZ208", name=name, hint_en=f"Write {{flow: {name}}}.", hint_ru=f"Напишите {{flow: {name}}}.")
    else:
        page.unknown(node.place, "PZ208", name, (*page.own.steps, "end"))
    return End()


def _renamed(page: Page, name: str) -> bool:
    """Whether the step is there under an id that is a fault of its own: one that does not fit, or stands twice."""
    ids = page.own.steps
    if nearest(name, [i for i in ids if not NAME.fullmatch(i)]):
        return True
    return len(set(ids)) < len(ids) and not nearest(name, ids)


def _flow(page: Page, node: Node) -> Target:
    with Part(node, page) as f:
        found = f.get("flow")
    name = page.known(found, "PZ209", page.desk.flows) if found is not None else ""
    if name in page.desk.flows:
        return ToFlow(name)
    page.unsure = True
    return End()


def _counted(page: Page, node: Node) -> Target:
    with Part(node, page) as f:
        step, then = f.get("step"), f.get("then")
        most = int(f.number("max", 0, 1, MOST_PASSES))
        has_max = f.has("max")
    if step is None or not page.word(step):
        return End()
    first = _step(page, step)
    if not isinstance(first, ToStep):
        return End()
    if has_max != (then is not None):
        page.fault(node, "PZ211")
        page.unsure = True
    if then is None or not most:
        return first
    return ToStep(first.step, most, target(page, then))

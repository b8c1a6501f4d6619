"""What a request of a category is asked for: the very questions of the flow that opens such requests in the chat.

One source for the chat and for the form on the portal; it never asks what the flow does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from presszero.dialogue.answers import Taken, read_value
from presszero.dialogue.flow import Ask, Flow, FlowSet, Menu, Slot, Ticket
from presszero.dialogue.parse import Parse
from presszero.dialogue.slots import fits
from presszero.dialogue.text import Hole, Template, Text

_TYPED = {"text", "address"}
_NOT_ASKED = {"file", "location"}


class Field(NamedTuple):
    """A field of a request: ``name`` in the request, its question, and either what it takes or the lines of a choice."""

    name: str
    label: Text
    slot: Slot
    options: tuple[tuple[str, Text], ...] = ()


def fields(flows: FlowSet, category: str) -> Sequence[Field]:
    """The fields of a category, of the flow that asks the most for it."""
    found = (list(_of(flow, step)) for flow, step in _opening(flows, category))
    return max(found, key=len, default=[])


def _opening(flows: FlowSet, category: str) -> Iterator[tuple[Flow, Ticket]]:
    for flow in flows.flows.values():
        for step in flow.steps.values():
            if isinstance(step, Ticket) and step.what == "create" and category and step.category == category:
                yield flow, step


def _of(flow: Flow, ticket: Ticket) -> Iterator[Field]:
    for name, template in ticket.fields.items():
        asked = _slot(template)
        for step in flow.steps.values():
            slot = flow.slots.get(asked, Slot(asked))
            if isinstance(step, Ask) and step.slot == asked and slot.type not in _NOT_ASKED:
                yield Field(name, step.text, slot)
                break
            if isinstance(step, Menu) and step.save == asked and step.options and not step.options_from:
                yield Field(name, step.text, slot, tuple((o.value, o.label) for o in step.options))
                break


def _slot(template: Template) -> str:
    """The slot that a field is made of; "" when it is made of more than one thing."""
    if len(template) == 1 and isinstance(template[0], Hole) and not template[0].forms:
        path = template[0].path
        return path[-1] if len(path) == 1 or path[0] == "told" else ""
    return ""


def reading(field: Field, typed: str, parse: Parse) -> str | None:
    """The value of what was typed into a field, as the chat would have taken it; None when it does not fit."""
    if field.options:
        return typed if any(value == typed for value, _ in field.options) else None
    if field.slot.type in _TYPED:
        return typed if fits(field.slot, typed) else None
    found = read_value(field.slot, typed, parse)
    return str(found.value) if isinstance(found, Taken) and found.value is not None else None

"""Versions that people may still be inside, beside the published ones: their structure is theirs, the words are today's.

A kept step takes the words of the published step of its id and verb, so that a corrected typo reaches everyone at once;
it must never take words that show a value which its own flow does not have.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

import msgspec

from presszero.dialogue.flow import Flow, FlowSet, Http, Menu, Option, Retired, Set, Ticket, Verb
from presszero.dialogue.text import Hole
from presszero.flows.names import RESERVED
from presszero.flows.version import STRUCTURE

Version = tuple[str, str]  # name and version of a flow
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Flow).decode


def packed(flow: Flow) -> bytes:
    """A flow as it is stored."""
    return _encode(flow)


def unpacked(stored: bytes) -> Flow | None:
    """A stored flow; None when another release wrote it and it cannot be read: then its people are moved."""
    try:
        return _decode(stored)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def with_kept(now: FlowSet, kept: Iterable[Flow], retired: Mapping[Version, Retired]) -> FlowSet:
    """The set, with other versions beside it."""
    others: dict[Version, Flow] = {}
    for old in kept:
        heir = now.flows.get(old.name)
        if heir is None or heir.version != old.version:
            others[old.name, old.version] = reworded(old, heir) if heir is not None else old
    return msgspec.structs.replace(now, kept=others, retired=dict(retired))


def reworded(old: Flow, new: Flow) -> Flow:
    """The structure of ``old`` with what is not pinned of ``new``."""
    names = _names(old)
    steps = {name: _step(step, new.steps.get(name), names) for name, step in old.steps.items()}
    return msgspec.structs.replace(
        old, title=new.title, queue=new.queue, intents=new.intents, phrases=new.phrases, listed=new.listed, steps=steps
    )


def _step(old: Verb, new: Verb | None, names: set[str]) -> Verb:
    if new is None or type(new) is not type(old):
        return old
    fresh = {f: getattr(new, f) for f in new.__struct_fields__ if f not in STRUCTURE}
    if isinstance(old, Menu) and isinstance(new, Menu):
        fresh["options"] = _options(old, new)
    if {hole.path[0] for hole in holes(list(fresh.values()))} - names:
        return old
    return msgspec.structs.replace(old, **fresh)


def _options(old: Menu, new: Menu) -> tuple[Option, ...]:
    today = {option.value: option for option in new.options}
    return tuple(
        msgspec.structs.replace(o, label=today[o.value].label, also=today[o.value].also) if o.value in today else o
        for o in old.options
    )


def _names(flow: Flow) -> set[str]:
    """What texts of a flow may show: what it asks, keeps, is given, and what its own texts show already."""
    found = {*RESERVED, *flow.slots, "t", "queue"}
    for step in flow.steps.values():
        found |= {hole.path[0] for hole in holes(step)}
        if isinstance(step, Menu | Http | Ticket):
            found.add(step.save)
        elif isinstance(step, Set):
            found |= step.values.keys()
    return found


def holes(value: Any) -> Iterable[Hole]:
    """Every hole inside a step or a text, however deep."""
    if isinstance(value, Hole):
        yield value
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from holes(getattr(value, name))
    elif isinstance(value, dict):
        for each in cast("dict[str, Any]", value).values():
            yield from holes(each)
    elif isinstance(value, list | tuple):
        for each in cast("list[Any]", value):
            yield from holes(each)

"""The version of a flow: a hash of what people stand on and where it leads. Words are no part of it."""

from __future__ import annotations

import hashlib
from typing import Any, cast

import msgspec

from presszero.dialogue.flow import Option, Slot, Verb

_EXITS = "next none_of_these dont_know cases otherwise not_found failed helped several nothing out_of_hours nobody"
_OWN = "id save options options_from slot optional flow call what seconds skip_on left returned resolved give_up"
STRUCTURE = frozenset(f"{_EXITS} {_OWN}".split())


def version(first: str, slots: dict[str, Slot], steps: dict[str, Verb]) -> str:
    """Sixteen hexadecimal digits."""
    structure = [first, msgspec.to_builtins(slots), [_step(verb) for verb in steps.values()]]
    return hashlib.sha256(msgspec.json.encode(structure, order="sorted")).hexdigest()[:16]


def _step(verb: Verb) -> dict[str, Any]:
    return {name: _value(getattr(verb, name)) for name in verb.__struct_fields__ if name in STRUCTURE} | {
        "verb": type(verb).__name__
    }


def _value(value: Any) -> Any:
    if isinstance(value, Option):
        return [value.value, msgspec.to_builtins(value.go)]
    if isinstance(value, list | tuple):
        return [_value(each) for each in cast("list[Any]", value)]
    return msgspec.to_builtins(value)

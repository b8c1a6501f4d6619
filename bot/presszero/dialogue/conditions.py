"""Conditions as data: what a flow may ask about slots, results, hours, the customer, the channel and the language.

Nothing here can run code, and every condition can be enumerated by the checker.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from presszero.dialogue.text import Values, lookup, show


class Is(msgspec.Struct, frozen=True, tag="is"):
    """The value at ``path`` is one of ``values``; yes/no compare as words."""

    path: tuple[str, ...]
    values: tuple[str, ...]


class Compare(msgspec.Struct, frozen=True, tag="compare"):
    """The number at ``path`` beside ``number``; a value that is no number makes it false."""

    path: tuple[str, ...]
    how: Literal["below", "above", "at_least", "at_most"]
    number: float


class Filled(msgspec.Struct, frozen=True, tag="filled"):
    """There is a value at ``path``."""

    path: tuple[str, ...]


class Open(msgspec.Struct, frozen=True, tag="open"):
    """The calendar is open now."""

    calendar: str


class Tag(msgspec.Struct, frozen=True, tag="tag"):
    """The customer carries one of these tags."""

    tags: tuple[str, ...]


class All(msgspec.Struct, frozen=True, tag="all"):
    """Every one holds."""

    of: tuple[Condition, ...]


class AnyOf(msgspec.Struct, frozen=True, tag="any"):
    """At least one holds."""

    of: tuple[Condition, ...]


class Not(msgspec.Struct, frozen=True, tag="not"):
    """It does not hold."""

    of: Condition


Condition = Is | Compare | Filled | Open | Tag | All | AnyOf | Not


def holds(condition: Condition, values: Values) -> bool:  # noqa: C901 - one case a condition
    """Whether a condition holds.

    ``values`` are the names a flow sees: slots and results, and ``customer``, ``channel``, ``lang``, ``page``,
    ``tags`` (a list), ``open`` (a list of calendars).
    """
    match condition:
        case All(of):
            return all(holds(c, values) for c in of)
        case AnyOf(of):
            return any(holds(c, values) for c in of)
        case Not(of):
            return not holds(of, values)
        case Open(calendar):
            return calendar in values.get("open", ())
        case Tag(tags):
            return any(t in values.get("tags", ()) for t in tags)
        case Filled(path):
            return bool(show(lookup(values, path)))
        case Is(path, wanted):
            return word(lookup(values, path)) in wanted
        case Compare():
            return _compare(condition, lookup(values, condition.path))


def word(value: Any) -> str:
    """A value as conditions compare it: true and false are ``yes`` and ``no``."""
    return ("yes" if value else "no") if isinstance(value, bool) else show(value)


def _compare(condition: Compare, value: Any) -> bool:
    try:
        number = float(value)
    except (TypeError, ValueError):
        return False
    match condition.how:
        case "below":
            return number < condition.number
        case "above":
            return number > condition.number
        case "at_least":
            return number >= condition.number
        case "at_most":
            return number <= condition.number

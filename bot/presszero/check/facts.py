"""What a step may take for known: names that surely hold a value, and that the customer is verified."""

from __future__ import annotations

from presszero.dialogue.conditions import All, AnyOf, Compare, Condition, Filled, Is, Not, Open, Tag

PROVED = "customer.verified"
VERIFIED = frozenset({PROVED})
NONE: frozenset[str] = frozenset()


def filled(name: str) -> frozenset[str]:
    """The fact that a name holds a value; no name, no fact."""
    return frozenset({name}) if name else NONE


def true_facts(condition: Condition) -> frozenset[str]:
    """What is known where a condition holds."""
    match condition:
        case Is(path, values):
            return VERIFIED if path == ("customer", "verified") and values == ("yes",) else filled(path[0])
        case Filled(path) | Compare(path):
            return filled(path[0])
        case All(of):
            return frozenset[str]().union(*map(true_facts, of))
        case AnyOf(of):
            return frozenset.intersection(*map(true_facts, of)) if of else NONE
        case Not(of):
            return false_facts(of)
        case Open() | Tag():
            return NONE


def false_facts(condition: Condition) -> frozenset[str]:
    """What is known where a condition does not hold."""
    match condition:
        case Is(path, values):
            return VERIFIED if path == ("customer", "verified") and values == ("no",) else NONE
        case All(of):
            return frozenset.intersection(*map(false_facts, of)) if of else NONE
        case AnyOf(of):
            return frozenset[str]().union(*map(false_facts, of))
        case Not(of):
            return true_facts(of)
        case _:
            return NONE

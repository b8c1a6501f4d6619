"""Whether a value lies within what a slot takes."""

from __future__ import annotations

from presszero.dialogue.flow import Slot


def fits(slot: Slot, value: str) -> bool:
    """Whether a canonical value lies within the slot's bounds."""
    if slot.type in {"digits", "text", "address"}:
        size = float(len(value))
        low = slot.min if slot.min is not None else 1
        high = slot.max if slot.max is not None else (2000 if slot.type != "digits" else 30)
        return low <= size <= high
    if slot.type in {"number", "rating"}:
        try:
            number = float(value)
        except ValueError:
            return False
        low = slot.min if slot.min is not None else (1 if slot.type == "rating" else float("-inf"))
        high = slot.max if slot.max is not None else (5 if slot.type == "rating" else float("inf"))
        return low <= number <= high
    return bool(value)

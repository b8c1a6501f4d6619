"""What was asked and what came of it: the whole truth about a run, for checks of exactly-once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Call:
    """One call of a bot."""

    number: int
    at: float
    bot: int
    method: str
    params: Mapping[str, Any]
    status: int = 0
    answer: Any = None
    fault: str = ""


@dataclass(frozen=True)
class Effect:
    """One thing that changed what people see."""

    call: int
    at: float
    what: str  # the method
    chat_id: int
    message_id: int
    text: str = ""


@dataclass
class Journal:
    """Calls and effects in their order."""

    calls: list[Call] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)

    def of(self, method: str, status: int | None = None) -> list[Call]:
        """The calls of one method."""
        return [c for c in self.calls if c.method.lower() == method.lower() and status in {None, c.status}]

"""Faults on demand: by method and count, or by seeded chance. What happens to the call is the same every time."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

# slow: answered after a while. flood: 429. error: 5xx, nothing done. drop: the connection dies before anything was done.
# cut: done, the answer breaks off in its middle. lost: done, the connection dies without an answer.
Kind = Literal["slow", "flood", "error", "drop", "cut", "lost"]


@dataclass
class Fault:
    """One fault that waits for its calls. An empty method means any."""

    kind: Kind
    method: str = ""
    times: int = 1
    seconds: float = 0.0  # of slow, or of retry_after
    status: int = 500
    chat_id: int | None = None


class Faults:
    """The faults of one double."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []
        self._chance: dict[Kind, float] = {}
        self._methods: frozenset[str] = frozenset()
        self._random = random.Random(0)

    def add(
        self,
        kind: Kind,
        method: str = "",
        *,
        times: int = 1,
        seconds: float = 0.0,
        status: int = 500,
        chat_id: int | None = None,
    ) -> Fault:
        """The next ``times`` calls of the method meet this."""
        fault = Fault(kind, method.lower(), times, seconds, status, chat_id)
        self._waiting.append(fault)
        return fault

    def chaos(self, seed: int, chance: Mapping[Kind, float], methods: tuple[str, ...] = ()) -> None:
        """From now on every call of these methods (all when none is named) meets a fault with this probability."""
        self._random, self._chance = random.Random(seed), dict(chance)
        self._methods = frozenset(m.lower() for m in methods)

    @property
    def waiting(self) -> int:
        """How many ordered faults have not met their calls yet."""
        return len(self._waiting)

    def clear(self) -> None:
        """No faults any more."""
        self._waiting.clear()
        self._chance = {}

    def take(self, method: str, chat_id: int) -> Fault | None:
        """The fault that this call meets."""
        for fault in self._waiting:
            if fault.method in {"", method} and fault.chat_id in {None, chat_id}:
                fault.times -= 1
                if fault.times <= 0:
                    self._waiting.remove(fault)
                return fault
        if self._methods and method not in self._methods:
            return None
        for kind, chance in self._chance.items():
            if self._random.random() < chance:
                return Fault(kind, method, seconds=1.0 if kind == "flood" else 0.05)
        return None

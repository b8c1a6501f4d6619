"""What the files of `handoff/` say: queues, deadlines, categories, reply templates. Frozen, all resolved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple

from presszero.dialogue.text import Text

Priority = Literal["low", "normal", "high", "urgent"]
PRIORITIES: tuple[Priority, ...] = ("low", "normal", "high", "urgent")


@dataclass(frozen=True, slots=True)
class Queue:
    """A line of customers before one team. ``hours``: a calendar; ``limit``: conversations at once for one operator."""

    name: str
    title: Text
    hours: str
    limit: int = 6
    wait_each: float = 180.0  # seconds a customer is told to wait per place, until it is measured


class Times(NamedTuple):
    """Open seconds until the first answer, and until it is settled."""

    reply: float
    resolve: float


@dataclass(frozen=True, slots=True)
class Sla:
    """A promise: how long it may take in a calendar's open hours; ``by_priority``: a priority's own times."""

    name: str
    title: Text
    calendar: str
    times: Times
    by_priority: Mapping[str, Times] = field(default_factory=dict[str, Times])


@dataclass(frozen=True, slots=True)
class Category:
    """What a ticket is about, and so who answers and when. ``words`` by language: they decide it by themselves."""

    name: str
    title: Text
    queue: str
    sla: str
    priority: Priority = "normal"
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])


@dataclass(frozen=True, slots=True)
class ReplyTemplate:
    """An answer that operators send with two keys; the text stands as it was written, holes too."""

    name: str
    title: Text
    text: Mapping[str, str]  # by language


class Deadlines(NamedTuple):
    """When the first answer and the solution are due, on the wall clock of the promise's calendar."""

    reply: datetime
    resolve: datetime


class Stretch(NamedTuple):
    """A line of a deadline's explanation: from, to, and whether this time counted."""

    start: datetime
    end: datetime
    counted: bool

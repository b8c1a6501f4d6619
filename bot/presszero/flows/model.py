"""What loading a desk's flows takes and gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from presszero.dialogue.flow import FlowSet, Service
from presszero.errors import Finding, Place

Where = tuple[str, ...]  # (flow,), (flow, step), (flow, step, key), (flow, step, "options", value)


@dataclass(frozen=True, slots=True)
class Known:
    """The names that other parts of the desk declare; None = not known here, so not checked."""

    queues: frozenset[str] | None = None
    categories: frozenset[str] | None = None
    calendars: frozenset[str] | None = None
    services: Mapping[str, Service] | None = None  # ``billing.line`` → what it takes and gives
    intents: frozenset[str] | None = None  # intents that ``nlu/`` has phrases for
    channels: frozenset[str] | None = None  # channels that are on; rules for voice apply when it is among them
    languages: tuple[str, ...] | None = None  # of config.yaml
    today: date | None = None  # for what should have been looked at by now


@dataclass(frozen=True, slots=True)
class FlowPhrase:
    """A phrase under ``starts_on``: it trains ``intent``."""

    intent: str
    lang: str
    text: str
    place: Place
    flow: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of loading: ``flows`` only when nothing is wrong (warnings apart).

    ``draft`` holds what could be compiled in any case, so that the rules of logic look at a broken set too; the steps
    of a flow in ``unsure`` may lack edges.
    """

    flows: FlowSet | None
    findings: tuple[Finding, ...]
    draft: FlowSet
    places: Mapping[Where, Place] = field(default_factory=dict[Where, Place])
    phrases: tuple[FlowPhrase, ...] = ()
    unsure: frozenset[str] = frozenset()
    voice: bool = False  # the desk is answered by phone too

    def faulty(self, *where: str) -> bool:
        """Whether a flow, or one step of it, has an error of form: what follows from that is no fault of its own."""
        place = self.place(*where)
        if len(where) == 1:
            return any(file == place.file for file, _ in self._errors)
        below = (p.line for w, p in self.places.items() if len(w) == 2 and w[0] == where[0] and p.line > place.line)
        last = min(below, default=1 << 30)
        return any(file == place.file and place.line <= line < last for file, line in self._errors)

    @property
    def _errors(self) -> set[tuple[str, int]]:
        return {(f.place.file, f.place.line) for f in self.findings if f.severity == "error"}

    def place(self, *where: str) -> Place:
        """The narrowest known place: of a key, else its step, else its flow."""
        for size in range(len(where), 0, -1):
            found = self.places.get(where[:size])
            if found is not None:
                return found
        return Place("flows/_common.yaml")

"""What a typed text means: mended text, language, intent with a confidence to act on, values; and a ticket's category.

It reports, the core decides. Everything here is synchronous and takes well under a millisecond; nothing typed raises.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from presszero.dialogue.parse import Guess, Parse, Value
from presszero.lang.detect import detect
from presszero.lang.politeness import bare
from presszero.lang.repair import Repaired, Repairer
from presszero.lang.words import words
from presszero.nlu.near import Near
from presszero.nlu.priority import Priority, priority
from presszero.nlu.values import find_values

if TYPE_CHECKING:  # numpy is loaded with the first model, not with this module
    from presszero.nlu.encoder import Budgeted
    from presszero.nlu.model import Model, Opinion

LIMIT = 2000  # characters that are looked at
HEAD = 1000  # characters that a model looks at: who has not said it by then will not be understood by a model
SHORT, OFTEN = 60, 2048  # characters of a text that is remembered, and how many are
MARGIN = 0.05  # how far the best intent must lead to be followed
_LITTLE = 3  # words between polite ones that may be politeness of their own
_NOTHING: Mapping[str, int] = MappingProxyType({})


class _Look(NamedTuple):
    repaired: Repaired
    lang: str | None
    known: int
    repairs: tuple[tuple[str, str], ...]
    opinion: Opinion | None


class Understanding:
    """The understanding of one desk; made whole and never changed, so that a new one can take its place at once."""

    def __init__(
        self,
        known: Mapping[str, int],
        intents: Model | None,
        categories: Model | None,
        encoder: Budgeted | None = None,
    ) -> None:
        self._known, self._intents, self._categories, self._encoder = known, intents, categories, encoder
        self._repairer = Repairer(known)
        self._near = Near(known)
        # "Да", «привет», a menu's word: a desk hears the same short texts all day.
        self._seen = lru_cache(maxsize=OFTEN)(self._look)

    @classmethod
    def empty(cls) -> Understanding:
        """Of a desk without phrases: still values, language and repair."""
        return cls(_NOTHING, None, None)

    def banded(self, act: float | None, offer: float | None) -> Understanding:
        """The same with a desk's own thresholds; None keeps the model's."""
        model = self._intents
        if model is None or (act is None and offer is None):
            return self
        changed = replace(model, act=model.act if act is None else act, offer=model.offer if offer is None else offer)
        return Understanding(self._known, changed, self._categories, self._encoder)

    @property
    def intents(self) -> tuple[str, ...]:
        """The intents that can be recognised."""
        return self._intents.classes if self._intents else ()

    @property
    def waits(self) -> bool:
        """Whether a parse may wait for an encoder: then it has no place on an event loop."""
        return self._encoder is not None

    @property
    def offer_from(self) -> float:
        """The confidence below which a text is not understood; 0 without a model."""
        return self._intents.offer if self._intents else 0.0

    def parse(self, text: str, lang: str, at: datetime) -> Parse:
        """What a text says; ``lang`` is the conversation's language, ``at`` the moment in the customer's time zone."""
        text = text[:LIMIT]
        seen = self._seen(text) if len(text) <= SHORT else self._look(text)
        repaired, detected, known, repairs, opinion = seen
        values = _values(repaired, detected or lang, at)
        if self._intents is None or opinion is None:
            return Parse(repaired.text, detected, known, values=values, repairs=repairs)
        band = _band(self._intents, opinion)
        return Parse(
            text=repaired.text,
            lang=detected,
            known=known,
            intent=opinion.ranking[0][0] if band != "none" else None,
            confidence=opinion.confidence,
            band=band,
            ranking=tuple(Guess(*guess) for guess in opinion.ranking),
            values=values,
            repairs=repairs,
        )

    def _look(self, text: str) -> _Look:
        """All that does not depend on the moment or the conversation."""
        repaired = self._repairer.repair(text)
        detected, known = detect(repaired.text, self._repairer.vocabulary)
        repairs = tuple((change.typed, change.read) for change in repaired.changes)
        opinion = (
            self._opinion(self._intents, repaired.text[:HEAD]) if self._intents and repaired.text.strip() else None
        )
        return _Look(repaired, detected, known, repairs, opinion)

    def _opinion(self, model: Model, text: str) -> Opinion:
        """What a model makes of a text: of what stands between the polite words, unless too little does («доброго человека»)."""
        core = bare(text)
        size = core.count(" ") + 1
        if size == 1 or size == len(words(text)):
            return self._judged(model, text)
        found = self._judged(model, core)
        if size > _LITTLE or found.confidence >= model.offer:
            return found
        return self._judged(model, text)

    def _judged(self, model: Model, text: str) -> Opinion:
        read = self._near.read(text)
        vector = self._encoder.vector(read) if self._encoder and model.head else None
        return model.opinion(read, text, vector)

    def classify(self, text: str, lang: str) -> tuple[Guess, ...]:
        """The likeliest ticket categories of a text; one model serves every language."""
        del lang
        repaired = self._repairer.repair(text[:LIMIT])
        if self._categories is None or not repaired.text.strip():
            return ()
        return tuple(Guess(*guess) for guess in self._opinion(self._categories, repaired.text[:HEAD]).ranking)

    def why(self, text: str, name: str, *, category: bool = False) -> tuple[str, ...]:
        """The words that decided for an intent, or for a category; slow beside a parse, so asked by people only."""
        from presszero.nlu.model import deciding

        model = self._categories if category else self._intents
        return deciding(model, bare(self._repairer.repair(text[:LIMIT]).text), name) if model else ()

    def priority(self, text: str) -> Priority:
        """How urgent the words of a text are."""
        return priority(self._repairer.repair(text[:LIMIT]).text)


def _band(model: Model, opinion: Opinion) -> Literal["act", "offer", "none"]:
    if opinion.confidence >= model.act and opinion.margin >= MARGIN:
        return "act"
    return "offer" if opinion.confidence >= model.offer else "none"


def _values(repaired: Repaired, lang: str, at: datetime) -> tuple[Value, ...]:
    found = find_values(repaired.text, lang, at)
    if not repaired.changes:
        return found
    return tuple(Value(v.kind, v.value, *repaired.typed_place(v.start, v.end)) for v in found)

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
from presszero.nlu.mood import mood
from presszero.nlu.near import Near
from presszero.nlu.priority import Urgency, priority
from presszero.nlu.values import find_values
from presszero.nlu.why import Reason, deciding

if TYPE_CHECKING:  # numpy is loaded with the first model, not with this module
    from presszero.nlu.encoder import Budgeted
    from presszero.nlu.model import Model, Opinion

LIMIT = 2000  # characters that are looked at
HEAD = 1000  # characters that a model looks at: who has not said it by then will not be understood by a model
SHORT, OFTEN = 60, 2048  # characters of a text that is remembered, and how many are
LATELY = 128  # texts whose reading by the nearest words is remembered
MARGIN = 0.05  # how far the best intent must lead to be followed
_LETTERS_TELL, _NEVER_SURER = 0.7, 0.99  # what the letters of an unknown word say of its language
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
        self._near = lru_cache(maxsize=LATELY)(Near(known).read)  # why follows soon after what
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
        read = self._near(text)
        vector = self._encoder.vector(read) if self._encoder and model.head else None
        return model.opinion(read, text, vector)

    def classify(self, text: str, lang: str) -> tuple[Guess, ...]:
        """The likeliest ticket categories of a text; one model serves every language."""
        del lang
        repaired = self._repairer.repair(text[:LIMIT])
        if self._categories is None or not repaired.text.strip():
            return ()
        return tuple(Guess(*guess) for guess in self._opinion(self._categories, repaired.text[:HEAD]).ranking)

    def why(self, text: str, name: str, *, category: bool = False, as_read: bool = False) -> tuple[str, ...]:
        """The words that decided for an intent, or for a category, as they were typed, or read; asked by people only."""
        model = self._categories if category else self._intents
        if model is None:
            return ()
        repaired = self._repairer.repair(text[:LIMIT])
        core = bare(repaired.text[:HEAD])
        read = self._near(core)
        if as_read:
            return deciding(model, read, name)
        typed = {to: of for of, to in zip(words(core), words(read), strict=False)}
        typed |= {to: change.typed for change in repaired.changes for to in words(change.read)}
        return tuple(dict.fromkeys(typed.get(word, word) for word in deciding(model, read, name)))

    def language(self, text: str, lang: str) -> Reason:
        """The language of a text, and the share of its words that are known in it; ``lang`` when it does not tell."""
        repaired = self._repairer.repair(text[:LIMIT])
        found, known = detect(repaired.text, self._repairer.vocabulary)
        spoken = [word for word in words(repaired.text) if word.isalpha()]
        if found is None or not spoken:
            return Reason(lang, "conversation")
        own = sum(word.isascii() == (found == "en") for word in spoken)
        return Reason(found, "text", min(_NEVER_SURER, (known + _LETTERS_TELL * (own - known)) / len(spoken)))

    def mood(self, text: str) -> Reason:
        """How the writer feels: by the words as they were meant, and the capitals and signs as they were typed."""
        felt = mood(text[:LIMIT], self._repairer.repair(text[:LIMIT]).text)
        return Reason(felt.mood, "words" if felt.words else "default", felt.sure, felt.words)

    def priority(self, text: str) -> Urgency:
        """How urgent the words of a text are, and which of them say so."""
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

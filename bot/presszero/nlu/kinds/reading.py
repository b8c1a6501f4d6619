"""A text prepared for finding values: as typed, and letter for letter in lower case with numbers in words as digits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from presszero.dialogue.parse import Kind, Value
from presszero.lang.repair import Repaired
from presszero.nlu.kinds.numerals import in_digits

_SAME = {
    "ё": "е",
    "\u00a0": " ",
    "\u202f": " ",
    "\u2009": " ",
    "\t": " ",
    "–": "-",
    "—": "-",
    "−": "-",
    "‑": "-",
    "’": "'",
}
_TABLE = str.maketrans(_SAME | {chr(0xFF10 + digit): str(digit) for digit in range(10)})


@dataclass(frozen=True, slots=True)
class Reading:
    """``typed`` and ``flat`` have the same places; ``digits`` is flat with numbers in words as digits."""

    typed: str
    flat: str
    said: Repaired
    lang: str
    at: datetime

    @property
    def digits(self) -> str:
        """The text that patterns with numbers look at."""
        return self.said.text

    def value(self, kind: Kind, value: str, start: int, end: int) -> Value:
        """A value found between two places of ``digits``."""
        return Value(kind, value, *self.said.typed_place(start, end))

    def outside(self, taken: Iterable[tuple[int, int]]) -> Reading:
        """The same with the stretches between places of ``typed`` blanked, so that nothing else is read from them."""
        taken = tuple(taken)
        if not taken:
            return self
        flat = self.flat
        for start, end in taken:
            flat = flat[:start] + "\n" * (end - start) + flat[end:]
        return Reading(self.typed, flat, in_digits(flat), self.lang, self.at)


def prepare(text: str, lang: str, at: datetime) -> Reading:
    """A text as the finders want it."""
    flat = (
        "".join(low if len(low := char.lower()) == 1 else char for char in text) if not text.isascii() else text.lower()
    )
    flat = flat.translate(_TABLE)
    return Reading(text, flat, in_digits(flat), lang, at)

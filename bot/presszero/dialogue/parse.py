"""What understanding found in a text, as the core receives it inside an event.

The core decides; a Parse only reports. It is stored with the conversation, so a replay never asks the model again.
"""

from __future__ import annotations

from typing import Literal

import msgspec

Kind = Literal["digits", "number", "phone", "email", "date", "time", "address", "yes_no", "rating"]


class Guess(msgspec.Struct, frozen=True):
    """An intent and its calibrated probability, 0…1."""

    intent: str
    confidence: float


class Value(msgspec.Struct, frozen=True):
    """A value read from the text.

    ``value`` is canonical text: digits ``555666``; number ``12.5``; phone E.164 ``+79001234567``; email lower-cased domain;
    date ``2026-11-23``; time ``18:00``; yes_no ``yes``/``no``; rating ``4``; address the line as typed. ``start``/``end`` are
    offsets into the text as typed.
    """

    kind: Kind
    value: str
    start: int
    end: int


class Parse(msgspec.Struct, frozen=True):
    """The understanding of one text.

    ``text`` is the text after repair (layout, transliteration, spelling), ``repairs`` pairs of (typed, read as).
    ``band``: ``act`` = ``intent`` may be followed; ``offer`` = show the likeliest of ``ranking`` as buttons; ``none`` = not understood.
    ``known`` counts words of ``lang`` that the desk's vocabulary or the language's common words know.
    """

    text: str = ""
    lang: str | None = None
    known: int = 0
    intent: str | None = None
    confidence: float = 0.0
    band: Literal["act", "offer", "none"] = "none"
    ranking: tuple[Guess, ...] = ()
    values: tuple[Value, ...] = ()
    repairs: tuple[tuple[str, str], ...] = ()


NOT_UNDERSTOOD = Parse()

"""What a Rasa server made of a text, taken for an intent of this desk, or not: it may name what we do not have, or nonsense.

Ours stays whenever the answer cannot be used; the repaired text, the language and the values are always ours.
"""

from __future__ import annotations

import math
from typing import Literal

import msgspec

from presszero.dialogue.parse import Guess, Parse

ACT, OFFER = 0.7, 0.3  # of Rasa's confidence, where the desk says nothing else
_MOST = 5


class _Intent(msgspec.Struct, frozen=True):
    name: str | None = None
    confidence: float = 0.0


class _Answer(msgspec.Struct, frozen=True):
    """The part of ``POST /model/parse`` that is read."""

    intent: _Intent = _Intent()
    intent_ranking: list[_Intent] = []


def taken(own: Parse, answer: bytes, intents: frozenset[str], act: float = ACT, offer: float = OFFER) -> Parse | None:
    """Our parse with the neighbour's intent; None when its answer is no answer or names only what no flow knows."""
    try:
        read = msgspec.json.decode(answer, type=_Answer)
    except msgspec.MsgspecError:
        return None
    named = [one for one in (read.intent, *read.intent_ranking) if one.name in intents and _is_share(one.confidence)]
    best = {one.name: one.confidence for one in reversed(named) if one.name}
    ranking = sorted(best.items(), key=lambda one: -one[1])[:_MOST]
    if not ranking or not _is_share(read.intent.confidence):
        return None
    name, sure = ranking[0]
    if read.intent.name != name:
        sure = min(sure, math.nextafter(act, 0.0))  # its first choice was another: what follows is only offered
    band: Literal["act", "offer", "none"] = "act" if sure >= act else "offer" if sure >= offer else "none"
    return msgspec.structs.replace(
        own,
        intent=None if band == "none" else name,
        confidence=sure,
        band=band,
        ranking=tuple(Guess(intent, min(one, sure)) for intent, one in ranking),
    )


def _is_share(number: float) -> bool:
    return math.isfinite(number) and 0.0 <= number <= 1.0

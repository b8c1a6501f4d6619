"""The words that decided: what each word of a text brought to a class of a linear model, and where a rule's words stand.

Asked when a request is made or a person wants to know, never on the way of every message. It explains; it must never
decide anything itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import msgspec

from presszero.lang.words import stem, words

if TYPE_CHECKING:
    from presszero.nlu.model import Model, Part

MOST = 3  # words that are named
_LOOKED_AT = 300  # characters whose words are weighed
_LITTLE, _SHARE = 0.02, 0.25  # what a word must bring to be named: at all, and of what the weightiest one brought


Certainty = Literal["sure", "likely", "unsure", "guess"]
_SURE, _LIKELY, _UNSURE = 0.85, 0.6, 0.35  # confidence is calibrated: a `likely` is right six times in ten at least


def certainty(sure: float) -> Certainty:
    """A confidence in a word."""
    return "sure" if sure >= _SURE else "likely" if sure >= _LIKELY else "unsure" if sure >= _UNSURE else "guess"


class Reason(msgspec.Struct, frozen=True):
    """What was decided and why. ``by``: who decided (`flow`, `words`, `model`, …); ``words``: of the text, as typed.

    ``other``: what else it could have been, and how likely that was; empty where there was no choice.
    """

    value: str
    by: str
    sure: float = 1.0
    words: tuple[str, ...] = ()
    other: str = ""
    other_sure: float = 0.0


def deciding(model: Model, text: str, name: str, most: int = MOST) -> tuple[str, ...]:
    """The words that brought most to a class, the weightiest first: each feature's value times its weight."""
    from presszero.nlu.features import pieces

    found = words(text[:_LOOKED_AT])
    if name not in model.classes or not found:
        return ()
    at, stems = model.classes.index(name), [stem(word) for word in found]
    pairs = [f"{first} {second}" for first, second in pairwise(stems)]
    from_words = _gains(model.words, stems + pairs, at)
    letters = [pieces(word) for word in found]
    from_letters = _gains(model.letters, [piece for some in letters for piece in some], at)
    total: dict[str, float] = {}
    for n, word in enumerate(found):
        if not word.isdigit():  # a number is only "a number" to a model
            beside = pairs[max(0, n - 1) : n + 1]  # a pair is half of each
            gain = from_words.get(stems[n], 0.0) + sum(from_words.get(pair, 0.0) for pair in beside) / 2
            total[word] = total.get(word, 0.0) + gain + sum(from_letters.get(piece, 0.0) for piece in letters[n])
    order = sorted(total, key=lambda word: -total[word])[:most]
    least = max(_LITTLE, _SHARE * total[order[0]]) if order else 0.0
    return tuple(word for word in order if total[word] >= least)


def _gains(part: Part, features: Sequence[str], at: int) -> dict[str, float]:
    """What each time that a feature occurs in a text brought to a class; features that are not known brought nothing."""
    import numpy as np

    known = {name: times for name, times in Counter(features).items() if name in part.index}
    if not known:
        return {}
    places = [part.index[name] for name in known]
    times = np.fromiter(known.values(), np.float32, len(known))
    values = (np.log(times) + 1.0) * part.idf[places]
    gains = values / np.sqrt(values @ values) * part.weights[places, at] / times
    return dict(zip(known, gains.tolist(), strict=True))


def standing(text: str, phrase: str) -> str:
    """The words of a text where the words of a phrase stand together, in whatever form; the phrase itself if nowhere."""
    found, wanted = words(text[:500]), [stem(word) for word in words(phrase)]
    stems = [stem(word) for word in found]
    for at in range(len(stems) - len(wanted) + 1):
        if wanted and stems[at : at + len(wanted)] == wanted:
            return " ".join(found[at : at + len(wanted)])
    return phrase

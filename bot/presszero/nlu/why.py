"""The words that decided: what each word of a text brought to a class of a linear model, and where a rule's words stand.

Asked when a request is made or a person wants to know, never on the way of every message. It explains; it must never
decide anything itself.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import repeat
from typing import TYPE_CHECKING, Literal

import msgspec

from presszero.lang.words import stem, words

if TYPE_CHECKING:
    from presszero.nlu.model import Model, Part

MOST = 3  # words that are named
_LOOKED_AT = 300  # characters whose words are weighed
_ZEROS = repeat(0.0)
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
    from presszero.nlu import features

    text = text[:_LOOKED_AT]
    found = words(text)
    if name not in model.classes or not found:
        return ()
    at, seen = model.classes.index(name), features.of(text, ordered=model.ordered)
    brought: defaultdict[str, float] = defaultdict(float)
    for part, names, apart in ((model.words, seen.words, " "), (model.pairs, seen.pairs, "&")):
        for feature, gain in _gains(part, names, at).items():
            one, _, other = feature.partition(apart)
            if other:  # a pair is half of each
                brought[one] += gain / 2
                brought[other] += gain / 2
            else:
                brought[one] += gain
    by_letters = _gains(model.letters, seen.letters, at, each=True)
    first: dict[str, str] = {}
    for word in found:
        if not word.isdigit():  # a number is only "a number" to a model
            root = stem(word)
            first.setdefault(root, word)
            brought[root] += sum(map(by_letters.get, features.pieces(word), _ZEROS))
    order = sorted(first, key=lambda root: -brought[root])[:most]
    least = max(_LITTLE, _SHARE * brought[order[0]]) if order else 0.0
    return tuple(first[root] for root in order if brought[root] >= least)


def _gains(part: Part, names: Sequence[str], at: int, *, each: bool = False) -> dict[str, float]:
    """What the features of a text brought to a class, or what each did each time; those not known brought nothing."""
    import numpy as np

    known = {name: times for name, times in Counter(names).items() if name in part.index}
    if not known:
        return {}
    places = np.array([part.index[name] for name in known])
    times = np.fromiter(known.values(), np.float32, len(known))
    values = (np.log(times) + 1.0) * part.idf[places]
    gains = values / np.sqrt(values @ values) * part.weights[places, at]
    if each:
        gains /= times
    return dict(zip(known, gains.tolist(), strict=True))


def standing(text: str, phrase: str) -> str:
    """The words of a text where the words of a phrase stand together, in whatever form; the phrase itself if nowhere."""
    found, wanted = words(text[:500]), [stem(word) for word in words(phrase)]
    stems = [stem(word) for word in found]
    for at in range(len(stems) - len(wanted) + 1):
        if wanted and stems[at : at + len(wanted)] == wanted:
            return " ".join(found[at : at + len(wanted)])
    return phrase

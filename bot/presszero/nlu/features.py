"""What a model sees of a text: stems, pairs of stems that stand near each other, and pieces of two to four letters.

The trainer and the server both call this and nothing else, so that they always see the same.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from presszero.lang.words import stem, words

SIZES = (2, 3, 4)
NEAR = 5  # how many words after a word are near it
_LONG_NUMBER = 4  # digits from which a number is only "a number"


class Features(NamedTuple):
    """The features of a text, of three kinds, as often as they occur."""

    words: list[str]
    pairs: list[str]
    letters: list[str]


def of(text: str, *, ordered: bool) -> Features:
    """The features of a text; ``ordered``: words that follow each other are also one, in their order."""
    found = ["#" if word.isdigit() and len(word) >= _LONG_NUMBER else word for word in words(text)]
    stemmed = [stem(word) for word in found]
    followed = [f"{first} {second}" for first, second in pairwise(stemmed)] if ordered else []
    pairs = [
        f"{first}&{second}" if first < second else f"{second}&{first}"
        for at, first in enumerate(stemmed)
        for second in stemmed[at + 1 : at + 1 + NEAR]
    ]
    return Features(stemmed + followed, pairs, [piece for word in found for piece in pieces(word)])


@lru_cache(maxsize=1 << 13)
def pieces(word: str) -> tuple[str, ...]:
    """The letter features of one word, its ends marked by a space."""
    padded = f" {word[:40]} "
    made: list[str] = []
    for size in SIZES:
        if size >= len(padded):
            made.append(padded)
            break
        made.extend(padded[at : at + size] for at in range(len(padded) - size + 1))
    return tuple(made)

"""What a model sees of a text: stems and pairs of stems, and pieces of two to five letters of every word.

The trainer and the server both call this and nothing else, so that they always see the same.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from presszero.lang.words import stem, words

SIZES = (2, 3, 4, 5)
_LONG_NUMBER = 4  # digits from which a number is only "a number"


def of(text: str) -> tuple[list[str], list[str]]:
    """The word features and the letter features of a text."""
    found = ["#" if word.isdigit() and len(word) >= _LONG_NUMBER else word for word in words(text)]
    stemmed = [stem(word) for word in found]
    pairs = [f"{first} {second}" for first, second in pairwise(stemmed)]
    return stemmed + pairs, [piece for word in found for piece in pieces(word)]


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

"""How much a word looks like a word of a language: a character trigram model made from a word list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from math import log

_ALPHABET = 34  # letters and the end of a word
_SMALL = 0.1


class Letters:
    """Mean log-probability of a letter given the two before it."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        three: defaultdict[str, float] = defaultdict(float)
        two: defaultdict[str, float] = defaultdict(float)
        for word, weight in weights.items():
            padded = f"^^{word}$"
            for at in range(len(padded) - 2):
                three[padded[at : at + 3]] += weight
                two[padded[at : at + 2]] += weight
        self._three = {key: log((n + _SMALL) / (two[key[:2]] + _SMALL * _ALPHABET)) for key, n in three.items()}
        self._two = {key: log(_SMALL / (n + _SMALL * _ALPHABET)) for key, n in two.items()}
        self._worst = log(1 / _ALPHABET) - 3.0
        self.score = lru_cache(maxsize=8192)(self._score)

    def _score(self, word: str) -> float:
        padded = f"^^{word[:40]}$"
        total = 0.0
        for at in range(len(padded) - 2):
            key = padded[at : at + 3]
            found = self._three.get(key)
            total += self._two.get(key[:2], self._worst) if found is None else found
        return total / (len(padded) - 2)

    def strange(self, word: str) -> int:
        """How many letter triples of a word no known word has."""
        padded = f"^^{word}$"
        return sum(padded[at : at + 3] not in self._three for at in range(len(padded) - 2))

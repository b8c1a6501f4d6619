"""The words of one language's articles: numbers for them and for their stems, and the grams of each word.

It only grows; articles that go leave their words behind, which no row then holds.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from presszero.kb.columns import Ints, spread
from presszero.kb.grams import grams
from presszero.lang.words import stem


class Lexicon:
    """Grows while articles are analysed; a search only looks up."""

    def __init__(self) -> None:
        self.words: dict[str, int] = {}
        self.stems: dict[str, int] = {}
        self.stem_of: Ints = np.zeros(0, np.int64)  # by word
        self._fresh: list[str] = []
        self._grams: NDArray[np.int32] = np.zeros(0, np.int32)
        self._first: Ints = np.zeros(1, np.int64)  # of each word's grams, and the end

    def numbers(self, words: Iterable[str]) -> list[int]:
        """The numbers of words, new ones for new words; `learn` must follow before their stems and grams are asked."""
        made = []
        for word in words:
            number = self.words.get(word)
            if number is None:
                number = self.words[word] = len(self.words)
                self._fresh.append(word)
            made.append(number)
        return made

    def learn(self) -> None:
        """Stems and grams of the words that came since, all at once."""
        if not self._fresh:
            return
        stems = [self.stems.setdefault(stem(word), len(self.stems)) for word in self._fresh]
        self.stem_of = np.concatenate((self.stem_of, np.array(stems, np.int64)))
        flat, first = grams(self._fresh)
        self._grams = np.concatenate((self._grams, flat.astype(np.int32)))
        self._first = np.concatenate((self._first, self._first[-1] + first[1:]))
        self._fresh = []

    @property
    def every_gram(self) -> tuple[NDArray[np.int32], Ints]:
        """The grams of all words in their order, and how many each has."""
        return self._grams, np.diff(self._first)

    def grams_of(self, numbers: Ints) -> tuple[NDArray[np.int32], Ints]:
        """The grams of words one after another, and how many each has."""
        first = self._first[numbers]
        sizes = self._first[numbers + 1] - first
        return self._grams[spread(first, sizes)], sizes

"""The words of one language's articles: numbers for their stems and for the character 3-5-grams they are made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from presszero.kb.columns import Counts, Floats, Ints
from presszero.lang.words import stem, words

SHORTEST, LONGEST = 3, 5


def grams(word: str) -> list[str]:
    """The character n-grams of a word with its edges marked by spaces."""
    marked = f" {word} "
    if len(marked) <= SHORTEST:
        return [marked]
    return [
        marked[at : at + size]
        for size in range(SHORTEST, min(LONGEST, len(marked)) + 1)
        for at in range(len(marked) - size + 1)
    ]


class Lexicon:
    """Grows while the index is built; a search only looks up."""

    def __init__(self) -> None:
        self.words: dict[str, int] = {}
        self.stems: dict[str, int] = {}
        self.grams: dict[str, int] = {}
        self.seen: Counter[str] = Counter()  # how often each word stands in the articles
        self._stem_of: list[int] = []
        self._grams_of: list[list[int]] = []
        self._grams_of_stem: list[list[int]] = []

    def word(self, word: str) -> int:
        """The number of a word, a new one when it is new."""
        number = self.words.get(word)
        if number is None:
            number = self.words[word] = len(self.words)
            self._stem_of.append(self._stem(stem(word)))
            self._grams_of.append(self._spell(word))
        return number

    def count(self, texts: Sequence[str]) -> Counts:
        """The words of texts, a row for each text."""
        found: list[tuple[int, int, int]] = []
        for row, text in enumerate(texts):
            times = Counter(words(text))
            self.seen.update(times)
            found += [(row, self.word(word), n) for word, n in times.items()]
        table = np.array(found, dtype=np.int64).reshape(-1, 3)
        return Counts(table[:, 0], table[:, 1], table[:, 2].astype(float), max(len(texts), 1), len(self.words))

    def by_stem(self, counts: Counts) -> Counts:
        """The same rows counted by stem."""
        stem_of = np.array(self._stem_of, dtype=np.int64)
        return Counts.of(counts.row, stem_of[counts.term], counts.times, counts.rows, len(self.stems))

    def by_gram(self, counts: Counts) -> Counts:
        """The same rows counted by n-gram."""
        return _spell(counts, self._grams_of, len(self.grams))

    def stem_grams(self) -> Counts:
        """A row for each stem: the n-grams it is made of."""
        numbers = np.arange(len(self.stems), dtype=np.int64)
        counts = Counts(numbers, numbers, np.ones(len(numbers)), max(len(numbers), 1), len(numbers))
        return _spell(counts, self._grams_of_stem, len(self.grams))

    def look_up(self, parts: Iterable[str]) -> tuple[Ints, Floats, int]:
        """Known n-grams with how often they stand in the parts, and how many are unknown."""
        times = Counter(parts)
        known = {self.grams[gram]: n for gram, n in times.items() if gram in self.grams}
        numbers = np.fromiter(known.keys(), np.int64, len(known))
        return numbers, np.fromiter(known.values(), np.float64, len(known)), len(times) - len(known)

    def _stem(self, made: str) -> int:
        number = self.stems.setdefault(made, len(self.stems))
        if number == len(self._grams_of_stem):
            self._grams_of_stem.append(self._spell(made))
        return number

    def _spell(self, word: str) -> list[int]:
        return [self.grams.setdefault(gram, len(self.grams)) for gram in grams(word)]


def _spell(counts: Counts, spelling: Sequence[Sequence[int]], grams_in_all: int) -> Counts:
    sizes = np.array([len(each) for each in spelling], dtype=np.int64)
    flat = np.array([gram for each in spelling for gram in each], dtype=np.int64)
    first = np.cumsum(sizes) - sizes
    many = sizes[counts.term]
    before = np.cumsum(many) - many
    at = np.repeat(first[counts.term] - before, many) + np.arange(int(many.sum()))
    row, times = np.repeat(counts.row, many), np.repeat(counts.times, many)
    return Counts.of(row, flat[at], times, counts.rows, grams_in_all)

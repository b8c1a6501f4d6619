"""The desk's own word nearest to one that no phrase has, for the models alone.

What a model does not know tells it nothing, so a guess costs little here, and every slip that is guessed right is a text
understood. The text that people see, and that values are found in, is mended by `lang.repair`, which must be surer.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from presszero.lang.fold import fold
from presszero.lang.words import stem

SHORTEST, LONGEST, TWO_SLIPS_FROM = 4, 30, 7
MOST = 6  # words of a text that are looked for: each look passes through the desk's words of its length
FEW = 2  # words that may all be unknown and are still guessed at
_WORD = re.compile(r"[^\W\d_]+")


class Near:
    """Reads a text with the words of the phrases: folded words and how often they occur."""

    def __init__(self, known: Mapping[str, int]) -> None:
        self._known = known
        self._stems = frozenset(map(stem, known))
        self._by_ends: defaultdict[tuple[int, str, str], list[str]] = defaultdict(list)
        for word in known:
            if SHORTEST - 1 <= len(word) <= LONGEST and word.isalpha():
                self._by_ends[len(word), word[0], ""].append(word)
                self._by_ends[len(word), "", word[-1]].append(word)
        self.word = lru_cache(maxsize=8192)(self._word)

    def read(self, text: str) -> str:
        """The text with its unknown words read as the nearest known ones."""
        tries = MOST
        strange = [not self._knows(found[0]) for found in _WORD.finditer(text)]
        if len(strange) > FEW and all(strange):
            return text  # another language, or none: guesses would make up a sense

        def read(found: re.Match[str]) -> str:
            nonlocal tries
            word = fold(found[0])
            if not tries or not SHORTEST <= len(word) <= LONGEST or self._knows(word):
                return found[0]
            tries -= 1
            return self.word(word)

        return _WORD.sub(read, text)

    def _knows(self, word: str) -> bool:
        return stem(fold(word)) in self._stems

    def _around(self, word: str, slips: int) -> list[str]:
        """The words of its length, more or less, that begin or end with its letter: one slip spares the one or the other."""
        sizes = range(len(word) - slips, len(word) + slips + 1)
        begin = [each for size in sizes for each in self._by_ends.get((size, word[0], ""), ())]
        return begin + [
            each for size in sizes for each in self._by_ends.get((size, "", word[-1]), ()) if each[0] != word[0]
        ]

    def _word(self, word: str) -> str:
        """The nearest known word, or the word itself; with the same first letter rather, and the commoner one."""
        slips = 2 if len(word) >= TWO_SLIPS_FROM else 1
        near = self._around(word, slips)
        found = process.extract(word, near, scorer=OSA.distance, score_cutoff=slips, limit=8)
        if not found:
            return word
        return min(found, key=lambda one: (one[1], one[0][0] != word[0], -self._known[one[0]], one[0]))[0]

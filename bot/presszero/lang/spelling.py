"""The nearest known word for a misspelt one. It must leave ordinary words alone, also those it has never seen.

One slip in words of 4 to 7 letters, two from 8. Swapped and doubled letters are believed at once; any other slip only
when it left letters side by side that no known word has. Words that differ in their ending are forms of one word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from copy import copy
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA, Levenshtein

from presszero.lang.letters import Letters

SHORTEST = 4
_TWO_SLIPS_FROM = 8
_STRANGE = 2  # letter triples no known word has: a slip inside a word makes two or three


class Speller:
    """Corrects words of one script."""

    def __init__(self, known: Mapping[str, float], letters: Letters) -> None:
        self._known, self._letters = known, letters
        self._by_size: defaultdict[tuple[str, int], list[str]] = defaultdict(list)  # and by the first letter
        self._add(known)

    def _add(self, words: Iterable[str]) -> None:
        for word in words:
            if len(word) >= SHORTEST - 1 and word.isalpha():
                self._by_size[word[0], len(word)].append(word)
        self.correct = lru_cache(maxsize=8192)(self._correct)

    def more(self, known: Mapping[str, float], new: Iterable[str]) -> Speller:
        """The same with some words more; ``known`` holds these too."""
        made = copy(self)
        made._known = known  # noqa: SLF001 - of its own kind
        made._by_size = defaultdict(list, {size: list(words) for size, words in self._by_size.items()})  # noqa: SLF001 - of its own kind
        made._add(word for word in new if word in known)  # noqa: SLF001 - of its own kind
        return made

    def _correct(self, word: str) -> str | None:
        """The known word meant by an unknown one, or None."""
        if not SHORTEST <= len(word) <= 30:
            return None
        slips = 2 if len(word) >= _TWO_SLIPS_FROM else 1
        sizes = range(len(word) - slips, len(word) + slips + 1)
        # another first letter is only ever believed when the first two were swapped
        near = [w for first in {word[0], word[1]} for size in sizes for w in self._by_size.get((first, size), ())]
        found = process.extract(word, near, scorer=OSA.distance, score_cutoff=slips, limit=8)
        strange = self._letters.strange(word)
        meant = [(n, -self._known[w], w) for w, n, _ in found if self._believed(word, w, int(n), strange)]
        return min(meant)[2] if meant else None

    def _believed(self, word: str, known: str, slips: int, strange: int) -> bool:
        if _swapped(word, known):
            return True
        if _other_form(word, known):
            return False
        if _doubled(word, known):
            return True
        if word[0] != known[0]:
            return False
        needed = _STRANGE + slips - 1 - (len(word) > _TWO_SLIPS_FROM)
        if len(word) <= SHORTEST + 1 and len(word) == len(known):
            needed += 1
        return strange >= needed


def _other_form(word: str, known: str) -> bool:
    """Whether two words differ in their last two letters only."""
    same = max(len(word), len(known)) - 2
    return word[:same] == known[:same]


def _swapped(word: str, known: str) -> bool:
    """Whether the slip is two neighbours swapped."""
    return len(word) == len(known) and OSA.distance(word, known) == 1 and Levenshtein.distance(word, known) == 2


def _doubled(word: str, known: str) -> bool:
    """Whether the slip is a letter typed twice, or once too few."""
    return abs(len(word) - len(known)) == 1 and _single(word) == _single(known)


def _single(word: str) -> str:
    return "".join(char for at, char in enumerate(word) if not at or char != word[at - 1])

"""The known word meant by a misspelt one. It must leave ordinary words alone, also those it has never seen.

How likely each near word is (commoner words, likelier slips) is weighed against how much the typed letters look like a
word themselves. The weights were fitted to slips in, and to unknown clean words of, public texts in both languages.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from copy import copy
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from presszero.lang.layout import NEIGHBOURS
from presszero.lang.letters import Letters
from presszero.lang.words import stem

SHORTEST, LONGEST = 3, 30
_TWO_SLIPS_FROM = 8
_NEEDED = 6.0  # what a correction is worth at least
_COMMON, _LOOKS, _TYPED_LOOKS = 0.54, 0.1, 0.27  # how much the weight of a word and the likeness of both to words say
_SWAPPED, _LOST, _NEAR, _ADDED, _FAR, _TWO = 0.8, 0.4, -0.1, -1.2, -2.9, -1.7
_FIRST, _FORMED = -3.0, -1.5  # another first letter, a form never seen
_SHORT = {3: -2.0, 4: -1.0}  # the fewer letters there are, the likelier is a word nobody knows
_SOUND_ALIKE = "оа еи ея иы эе бп вф гк дт жш зс щш ьъ ae ei ou iy sz ck ao eo ai"
_ALIKE = NEIGHBOURS.union(_SOUND_ALIKE.split(), _SOUND_ALIKE[::-1].split())  # letters that are taken for each other


class _Shelf:
    """Words by their first letter and size."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_size: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
        self._add(words)

    def _add(self, words: Iterable[str]) -> None:
        for word in words:
            if len(word) >= SHORTEST and word.isalpha():
                self._by_size[word[0], len(word)].append(word)

    def more(self, words: Iterable[str]) -> _Shelf:
        made = _Shelf(())
        made._by_size.update({size: list(own) for size, own in self._by_size.items()})
        made._add(words)
        return made

    def near(self, word: str, slips: int) -> list[str]:
        """The nearest words; another first letter is only looked for when the first two may be swapped."""
        sizes = range(len(word) - slips, len(word) + slips + 1)
        some = [w for first in {word[0], word[1]} for size in sizes for w in self._by_size.get((first, size), ())]
        return [w for w, _, _ in process.extract(word, some, scorer=OSA.distance, score_cutoff=slips, limit=8)]


class Speller:
    """Corrects words of one script."""

    def __init__(self, known: Mapping[str, float], letters: Letters) -> None:
        self._known, self._letters = known, letters
        self._stems = _stems(known)
        self._words, self._roots = _Shelf(known), _Shelf(self._stems)
        self.correct = lru_cache(maxsize=8192)(self._correct)

    def more(self, known: Mapping[str, float], new: Iterable[str]) -> Speller:
        """The same with some words more; ``known`` holds these too."""
        made = copy(self)
        own = {word: known[word] for word in new if word in known}
        roots = _stems(own)
        made._known, made._stems = known, self._stems | roots  # noqa: SLF001 - of its own kind
        made._words = self._words.more(own)  # noqa: SLF001 - of its own kind
        made._roots = self._roots.more(root for root in roots if root not in self._stems)  # noqa: SLF001 - of its own kind
        made.correct = lru_cache(maxsize=8192)(made._correct)  # noqa: SLF001 - of its own kind
        return made

    def _correct(self, word: str) -> str | None:
        """The known word, or the form of one, meant by an unknown word; or None."""
        if not SHORTEST <= len(word) <= LONGEST:
            return None
        near = self._words.near(word, 2 if len(word) >= _TWO_SLIPS_FROM else 1)
        found = [(self._worth(word, other, self._known[other]), other) for other in near]
        found += [(self._worth(word, other, weight) + _FORMED, other) for other, weight in self._forms(word)]
        worth, meant = max(found, default=(0.0, ""))
        return meant if worth >= _NEEDED else None

    def _forms(self, word: str) -> Iterable[tuple[str, float]]:
        """Forms of known words that nobody has written yet, with the word's own ending, one slip away."""
        root = stem(word)
        if len(root) <= SHORTEST or not word.startswith(root):
            return
        for near in self._roots.near(root, 1):
            form = near + word[len(root) :]
            if form not in self._known and stem(form) == near:
                yield form, self._stems[near]

    def _worth(self, word: str, other: str, weight: float) -> float:
        looks = _LOOKS * self._likeness(other) - _TYPED_LOOKS * self._likeness(word)
        place = (_FIRST if word[0] != other[0] else 0.0) + _SHORT.get(len(word), 0.0)
        return _COMMON * weight + looks + _slip(word, other) + place

    def _likeness(self, word: str) -> float:
        return self._letters.score(word) * (len(word) + 1)


def _stems(words: Mapping[str, float]) -> dict[str, float]:
    """The stems of words with the weight of the commonest word each."""
    made: dict[str, float] = {}
    for word, weight in words.items():
        root = stem(word)
        made[root] = max(weight, made.get(root, 0.0))
    return made


def _slip(typed: str, meant: str) -> float:
    """What the kind of slip between two words says: that it is a common one, or a strange one."""
    first = 0
    while first < min(len(typed), len(meant)) and typed[first] == meant[first]:
        first += 1
    last = 0
    while last < min(len(typed), len(meant)) - first and typed[-1 - last] == meant[-1 - last]:
        last += 1
    was, should = typed[first : len(typed) - last], meant[first : len(meant) - last]
    beside = typed[first - 1 : first] + typed[len(typed) - last : len(typed) - last + 1]
    match len(was), len(should):
        case 2, 2 if was == should[::-1]:
            return _SWAPPED
        case 0, 1:
            return _LOST
        case 1, 0:
            return _LOST if was in beside else _ADDED if any(was + key in NEIGHBOURS for key in beside) else _FAR
        case 1, 1:
            return _NEAR if was + should in _ALIKE and len(typed) > SHORTEST else _FAR
        case _:
            return _TWO

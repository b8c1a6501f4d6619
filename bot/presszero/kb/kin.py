"""Relatives of a stem: stems that begin alike and share most of their grams («подключ», «подключен»).

A stem that no article has may also be a slip that was not believed to be one: then stems spelt nearly so stand in for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import numpy as np

from presszero.kb.columns import Ints, spread
from presszero.kb.grams import grams

MOST, LIKE, WEIGHT, SHORTEST = 4, 0.45, 0.5, 4
SLIP = (0.8, 0.6)  # the share of the weight after one slip, after two
_TWO_SLIPS_FROM = 7  # letters of a stem
_ALIKE = 2  # letters at the beginning


class Kin:
    """Grows with the stems of a lexicon."""

    def __init__(self) -> None:
        self._known = 0
        self._by_beginning: defaultdict[str, list[int]] = defaultdict(list)
        self._by_first: defaultdict[str, dict[int, str]] = defaultdict(dict)
        self._flat: Ints = np.zeros(0, np.int64)
        self._first: Ints = np.zeros(1, np.int64)

    def learn(self, stems: Mapping[str, int]) -> None:
        """Takes the stems that came since; ``stems`` is in order of their numbers."""
        fresh = list(stems)[self._known :]
        for number, each in enumerate(fresh, start=self._known):
            if len(each) >= SHORTEST:
                self._by_beginning[each[:_ALIKE]].append(number)
                self._by_first[each[0]][number] = each
        flat, first = grams(fresh)
        self._flat = np.concatenate((self._flat, flat))
        self._first = np.concatenate((self._first, self._first[-1] + first[1:]))
        self._known += len(fresh)

    def of(self, word_stem: str, count: Ints) -> list[tuple[int, float]]:
        """The nearest stems and their share of the stem's weight; only those that some article has by ``count``."""
        if len(word_stem) < SHORTEST:
            return []
        near = np.array(self._by_beginning.get(word_stem[:_ALIKE], ()), np.int64)
        near = near[near < len(count)]
        near = near[count[near] > 0]
        if not near.size:
            return []
        own = np.array(sorted(set(grams([word_stem])[0].tolist())), np.int64)
        sizes = self._first[near + 1] - self._first[near]
        theirs = self._flat[spread(self._first[near], sizes)]
        shared = own[np.minimum(np.searchsorted(own, theirs), len(own) - 1)] == theirs
        ends = np.cumsum(sizes)
        count = np.concatenate(([0], np.cumsum(shared)))
        like = (count[ends] - count[ends - sizes]) / np.sqrt(sizes * float(len(own)))
        found = [
            (int(near[at]), WEIGHT * float(like[at]))
            for at in np.argsort(-like, kind="stable")[: MOST + 1]
            if LIKE <= like[at] < 1.0
        ]
        return found[:MOST]

    def slipped(self, word_stem: str, count: Ints) -> list[tuple[int, float]]:
        """Stems a slip or two away, that some article has by ``count``."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        if len(word_stem) < SHORTEST:
            return []
        most = 2 if len(word_stem) >= _TWO_SLIPS_FROM else 1
        found: list[tuple[int, float]] = []
        for first in dict.fromkeys(word_stem[:2]):
            near = process.extract(word_stem, self._by_first.get(first, {}), scorer=OSA.distance, score_cutoff=most)
            found += [(n, SLIP[int(d) - 1]) for _, d, n in near if d and n < len(count) and count[n] > 0]
        return sorted(found, key=lambda one: -one[1])[:MOST]

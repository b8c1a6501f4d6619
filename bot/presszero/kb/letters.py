"""How alike texts look by their letters: the cosine of their words' character 3-5-grams, each weighing by its rarity.

A row is the sum of its different words; what words share by chance is not looked for. So nothing is kept of a row but
its words, and a slip, an ending or a compound still finds its like.
"""

from __future__ import annotations

from collections.abc import Sequence
from threading import local

import numpy as np
from numpy.typing import NDArray

from presszero.kb.columns import Ints, Rows, Small, spread, sums
from presszero.kb.grams import BITS, grams
from presszero.kb.lexicon import Lexicon

Spelt = tuple[Ints, Ints]  # the different grams of some words, and how often each occurs
_thread = local()


def spelt(typed: Sequence[str]) -> Spelt:
    """The grams of words: made once for all fields."""
    found, times = np.unique(grams(typed)[0], return_counts=True)
    return found, times


class Letters:
    """The grams of one field."""

    def __init__(self, rows: Rows, counted: NDArray[np.bool_], lexicon: Lexicon) -> None:
        """``counted``: the rows that say how rare a gram is."""
        self._rows, self._lexicon = rows, lexicon
        self._known = known = len(lexicon.words)
        stands = np.bincount(rows.term[np.repeat(counted, rows.sizes)], minlength=known)
        many = int(counted.sum())
        here = np.bincount(rows.term, minlength=known) > 0  # titles and questions hold few of all the words
        own, sizes = lexicon.every_gram
        own, sizes = own[np.repeat(here, sizes)], np.where(here, sizes, 0)
        times = np.bincount(own, np.repeat(stands, sizes), minlength=1 << BITS).astype(np.int32)
        idf = np.log((1 + many) / np.arange(1, many + 2)) + 1
        idf[0] = 0.0  # of those that stand nowhere
        self._idf = idf.astype(np.float32)[np.minimum(times, many)]
        self._unseen = float(np.log(1 + many) + 1)
        power = sums(self._idf[own] ** 2, sizes)
        self._length = np.sqrt(np.maximum(sums(_damped(rows.times) ** 2 * power[rows.term], rows.sizes), 1e-9))

    def like(self, chosen: Ints, typed: Spelt) -> Small:
        """The cosine of rows with words."""
        found, times = typed
        idf = np.where(self._idf[found] > 0, self._idf[found], self._unseen)
        value = (1 + np.log(times)) * idf
        weights = _scratch()
        weights[found] = value * idf / (float(np.sqrt((value**2).sum())) or 1.0)
        try:
            return self._score(chosen, weights)
        finally:
            weights[found] = 0.0

    def _score(self, chosen: Ints, weights: Small) -> Small:
        first = self._rows.start[chosen]
        sizes = self._rows.start[chosen + 1] - first
        at = spread(first, sizes)
        term = self._rows.term[at]
        stands = np.zeros(self._known, np.bool_)
        stands[term] = True
        words = np.flatnonzero(stands)
        own, many = self._lexicon.grams_of(words)
        each = np.empty(self._known)
        each[words] = sums(weights[own], many)
        total = sums(_damped(self._rows.times[at]) * each[term], sizes) / self._length[chosen]
        return np.minimum(total, 1.0).astype(np.float32)


def _damped(times: NDArray[np.uint16]) -> Small:
    return 1 + np.log(times.astype(np.float32))


def _scratch() -> Small:
    """A weight for every gram, all zero: each thread has one, as a new one for each text would cost more than the search."""
    found: Small | None = getattr(_thread, "weights", None)
    if found is None:
        found = _thread.weights = np.zeros(1 << BITS, np.float32)
    return found

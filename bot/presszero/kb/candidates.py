"""Which articles are worth scoring. Stores may bring candidates in their own way; the order is the scorer's alone.

A database that searches by itself joins here: it must bring any article that shares a stem, likeliest first.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from presszero.kb.columns import Floats, Ints, Postings


class Candidates(Protocol):
    """Finds articles that share stems with a query."""

    def articles(self, stems: Ints, weights: Floats, limit: int, allowed: NDArray[np.bool_]) -> Ints:
        """Numbers of at most ``limit`` of the allowed articles."""
        ...


class InMemory:
    """Candidates from the index's own table."""

    def __init__(self, table: Postings) -> None:
        self._table = table

    def articles(self, stems: Ints, weights: Floats, limit: int, allowed: NDArray[np.bool_]) -> Ints:
        """The articles with the heaviest share of the query."""
        share = self._table.total(stems, weights)
        found = np.flatnonzero((share > 0) & allowed)
        if len(found) > limit:
            found = found[np.argpartition(-share[found], limit - 1)[:limit]]
        return np.sort(found)

"""A sparse table kept by column: for each term, the rows it stands in and its weight there.

Rows are question variants or chunks, terms are stems or character n-grams. Only numbers live here; what they mean is
``index``'s business.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Counts:
    """How often terms stand in rows; each (row, term) once, sorted by term."""

    row: Ints
    term: Ints
    times: Floats
    rows: int
    terms: int

    @classmethod
    def of(cls, row: Ints, term: Ints, times: Floats, rows: int, terms: int) -> Counts:
        """Counts from pairs that may repeat."""
        pairs, place = np.unique(term * rows + row, return_inverse=True)
        summed = np.bincount(place.ravel(), times, minlength=len(pairs)).astype(np.float64)
        return cls(pairs % rows, pairs // rows, summed, rows, terms)

    def spread(self) -> Ints:
        """In how many rows each term stands."""
        return np.bincount(self.term, minlength=self.terms)


@dataclass(frozen=True, slots=True)
class Columns:
    """The table: column ``t`` is ``row[start[t]:start[t + 1]]`` with its ``value``s."""

    start: Ints
    row: Ints
    value: Floats
    rows: int

    @classmethod
    def of(cls, counts: Counts, value: Floats) -> Columns:
        """The table of ``counts`` with the given weights."""
        start = np.concatenate(([0], np.cumsum(counts.spread())))
        return cls(start, counts.row, value, counts.rows)

    def total(self, terms: Ints, weights: Floats) -> Floats:
        """For each row the weighted sum over the terms."""
        first = self.start[terms]
        sizes = self.start[terms + 1] - first
        before = np.cumsum(sizes) - sizes
        at = np.repeat(first - before, sizes) + np.arange(int(sizes.sum()))
        parts = self.value[at] * np.repeat(weights, sizes)
        return np.bincount(self.row[at], parts, minlength=self.rows).astype(np.float64, copy=False)


def bm25(counts: Counts, k1: float, b: float) -> Columns:
    """Term frequency damped by the row's length, without idf: that is one for all fields."""
    length = np.bincount(counts.row, counts.times, minlength=counts.rows)
    norm = k1 * (1 - b + b * length / max(float(length.mean()), 1e-9))
    return Columns.of(counts, counts.times * (k1 + 1) / (counts.times + norm[counts.row]))


@dataclass(frozen=True, slots=True)
class Cosine:
    """Cosine of rows with a query under sublinear tf-idf."""

    columns: Columns
    idf: Floats
    unseen: float

    @classmethod
    def of(cls, counts: Counts) -> Cosine:
        """The table of rows scaled to length 1."""
        idf = np.log((1 + counts.rows) / (1 + counts.spread())) + 1
        value = (1 + np.log(counts.times)) * idf[counts.term]
        length = np.sqrt(np.bincount(counts.row, value**2, minlength=counts.rows))
        return cls(Columns.of(counts, value / length[counts.row]), idf, float(np.log(1 + counts.rows) + 1))

    def score(self, terms: Ints, times: Floats, unknown: int) -> Floats:
        """The cosine of each row; ``unknown`` is the number of the query's terms that stand nowhere."""
        value = (1 + np.log(times)) * self.idf[terms]
        length = float(np.sqrt((value**2).sum() + unknown * self.unseen**2))
        return self.columns.total(terms, value / (length or 1.0))

"""Sparse tables, kept by row (what stands in a text) or by column (where a term stands). Only numbers live here."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Small = NDArray[np.float32]
MOST_TIMES = 65_535


def spread(first: Ints, sizes: Ints) -> Ints:
    """The places ``first[i] … first[i] + sizes[i] - 1``, for every i, one after another."""
    before = np.cumsum(sizes) - sizes
    made = np.repeat(first - before, sizes)
    made += np.arange(len(made))
    return made


def sums(values: Small | Floats, sizes: Ints) -> Floats:
    """The sums of so many values each, one after another."""
    made = np.zeros(len(sizes))
    some = np.flatnonzero(sizes)
    if some.size:
        made[some] = np.add.reduceat(values, (np.cumsum(sizes) - sizes)[some], dtype=np.float64)
    return made


@dataclass(frozen=True, slots=True)
class Rows:
    """How often terms stand in rows: row ``r`` is ``term[start[r]:start[r + 1]]``, each term once."""

    start: Ints
    term: NDArray[np.int32]
    times: NDArray[np.uint16]

    @classmethod
    def of(cls, row: Ints, term: Ints, rows: int) -> Rows:
        """Rows from pairs that repeat."""
        most = int(term.max(initial=0)) + 1
        pairs, times = np.unique(row * most + term, return_counts=True)
        found = np.bincount(pairs // most, minlength=rows)
        start = np.concatenate(([0], np.cumsum(found)))
        return cls(start, (pairs % most).astype(np.int32), np.minimum(times, MOST_TIMES).astype(np.uint16))

    @classmethod
    def joined(cls, *parts: Rows) -> Rows:
        """Rows of all parts, in order."""
        sizes = np.concatenate([np.diff(part.start) for part in parts])
        start = np.concatenate(([0], np.cumsum(sizes)))
        return cls(start, np.concatenate([p.term for p in parts]), np.concatenate([p.times for p in parts]))

    def taken(self, rows: Ints) -> Rows:
        """Some of the rows, in another order."""
        sizes = np.diff(self.start)[rows]
        at = spread(self.start[rows], sizes)
        return Rows(np.concatenate(([0], np.cumsum(sizes))), self.term[at], self.times[at])

    @property
    def rows(self) -> int:
        """How many there are."""
        return len(self.start) - 1

    @property
    def sizes(self) -> Ints:
        """How many terms stand in each."""
        return np.diff(self.start)

    def of_row(self) -> Ints:
        """For each term the row it stands in."""
        return np.repeat(np.arange(self.rows), self.sizes)


@dataclass(frozen=True, slots=True)
class Postings:
    """Where each term stands: term ``t`` in ``row[start[t]:start[t + 1]]``."""

    start: Ints
    row: NDArray[np.int32]
    rows: int

    @classmethod
    def of(cls, row: Ints, term: Ints, rows: int, terms: int) -> Postings:
        """From pairs that repeat."""
        pairs = np.sort(term * rows + row)
        pairs = pairs[np.concatenate((pairs[:1] >= 0, pairs[1:] != pairs[:-1]))]
        start = np.concatenate(([0], np.cumsum(np.bincount(pairs // max(rows, 1), minlength=terms))))
        return cls(start, (pairs % max(rows, 1)).astype(np.int32), rows)

    def count(self, counted: NDArray[np.bool_]) -> Ints:
        """In how many of the counted rows each term stands."""
        running = np.concatenate(([0], np.cumsum(counted[self.row])))
        return np.asarray(running[self.start[1:]] - running[self.start[:-1]])

    def total(self, terms: Ints, weights: Floats) -> Floats:
        """For each row the sum of the weights of those terms that stand in it."""
        first = self.start[terms]
        sizes = self.start[terms + 1] - first
        found = np.bincount(self.row[spread(first, sizes)], np.repeat(weights, sizes), minlength=self.rows)
        return found.astype(np.float64, copy=False)

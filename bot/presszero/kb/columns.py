"""Sparse tables, kept by row (what stands in a text) or by column (where a term stands). Only numbers live here."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Small = NDArray[np.float32]


def spread(first: Ints, sizes: Ints) -> Ints:
    """The places ``first[i] … first[i] + sizes[i] - 1``, for every i, one after another."""
    before = np.cumsum(sizes) - sizes
    return np.repeat(first - before, sizes) + np.arange(int(sizes.sum()))


@dataclass(frozen=True, slots=True)
class Rows:
    """How often terms stand in rows: row ``r`` is ``term[start[r]:start[r + 1]]``, each term once."""

    start: Ints
    term: NDArray[np.int32]
    times: Small

    @classmethod
    def of(cls, row: Ints, term: Ints, rows: int, most: int) -> Rows:
        """Rows from pairs that repeat; ``most`` is above every term."""
        pairs, times = np.unique(row * most + term, return_counts=True)
        found = np.bincount(pairs // most, minlength=rows)
        start = np.concatenate(([0], np.cumsum(found)))
        return cls(start, (pairs % most).astype(np.int32), times.astype(np.float32))

    @classmethod
    def joined(cls, parts: list[Rows]) -> Rows:
        """Rows of all parts, in order."""
        sizes = np.array([part.start[-1] for part in parts], np.int64)
        offsets = np.cumsum(sizes) - sizes
        start = np.concatenate(
            [part.start[:-1] + at for part, at in zip(parts, offsets, strict=True)] + [[sizes.sum()]]
        )
        return cls(start, np.concatenate([p.term for p in parts]), np.concatenate([p.times for p in parts]))

    @property
    def rows(self) -> int:
        """How many there are."""
        return len(self.start) - 1

    def total(self, values: Small) -> Floats:
        """The sum of a value over each row's terms."""
        running = np.concatenate(([0.0], np.cumsum(values, dtype=np.float64)))
        return np.asarray(running[self.start[1:]] - running[self.start[:-1]])

    def of_row(self) -> Ints:
        """For each value the row it stands in."""
        return np.repeat(np.arange(self.rows), np.diff(self.start))


@dataclass(frozen=True, slots=True)
class Table:
    """Rows with a weight for each term, asked for few rows at a time."""

    rows: Rows
    value: Small

    def score(self, chosen: Ints, weights: Small) -> Floats:
        """For each chosen row the sum of its values, weighted by term."""
        first = self.rows.start[chosen]
        sizes = self.rows.start[chosen + 1] - first
        at = spread(first, sizes)
        parts = self.value[at] * weights[self.rows.term[at]]
        ends = np.cumsum(sizes)
        running = np.concatenate(([0.0], np.cumsum(parts, dtype=np.float64)))
        return np.asarray(running[ends] - running[ends - sizes])


@dataclass(frozen=True, slots=True)
class Postings:
    """Where each term stands: term ``t`` in ``row[start[t]:start[t + 1]]``."""

    start: Ints
    row: NDArray[np.int32]
    rows: int

    @classmethod
    def of(cls, rows: Rows, terms: int) -> Postings:
        """The same table the other way round."""
        order = np.argsort(rows.term, kind="stable")
        start = np.concatenate(([0], np.cumsum(np.bincount(rows.term, minlength=terms))))
        return cls(start, rows.of_row()[order].astype(np.int32), rows.rows)

    def total(self, terms: Ints, weights: Floats) -> Floats:
        """For each row the sum of the weights of those terms that stand in it."""
        first = self.start[terms]
        sizes = self.start[terms + 1] - first
        found = np.bincount(self.row[spread(first, sizes)], np.repeat(weights, sizes), minlength=self.rows)
        return found.astype(np.float64, copy=False)

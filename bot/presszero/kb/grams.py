"""Words as the numbers of their character 3-5-grams, by hashing: no table to keep, nothing to number anew when words come.

A million numbers for some ten thousand grams: two that fall together are rare, and only cost a little likeness.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from presszero.kb.columns import Ints

SHORTEST, LONGEST = 3, 5
BITS = 18
_STEP = np.uint64(0x9E3779B97F4A7C15)


def grams(words: Sequence[str]) -> tuple[Ints, Ints]:
    """The grams of each word with its edges marked by spaces, one after another; and where each word's begin, with the end."""
    if not words:
        return np.zeros(0, np.int64), np.zeros(1, np.int64)
    text = " " + "  ".join(words) + " "
    letters = np.frombuffer(text.encode("utf-32-le"), np.uint32).astype(np.uint64)
    sizes = np.fromiter(map(len, words), np.int64, len(words)) + 2
    starts = np.cumsum(sizes) - sizes
    many = [np.maximum(sizes - size + 1, 0) for size in range(SHORTEST, LONGEST + 1)]
    first = np.concatenate(([0], np.cumsum(sum(many))))
    made = np.zeros(int(first[-1]), np.int64)
    done = first[:-1].copy()
    for size, count in zip(range(SHORTEST, LONGEST + 1), many, strict=True):
        before = np.cumsum(count) - count
        within = np.arange(int(count.sum())) - np.repeat(before, count)
        at = np.repeat(starts, count) + within
        code = np.full(len(at), np.uint64(size))
        for step in range(size):
            code = (code ^ letters[at + step]) * _STEP
            code ^= code >> np.uint64(29)
        made[np.repeat(done, count) + within] = (code >> np.uint64(64 - BITS)).astype(np.int64)
        done += count
    return made, first

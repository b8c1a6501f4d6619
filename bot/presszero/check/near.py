"""Phrases that one slip of the finger turns into each other, found without comparing every two of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import TypeVar

from presszero.lang.fold import fold

Thing = TypeVar("Thing")
SHORTEST = 6  # letters of a phrase: shorter ones are too often like each other


def near(phrases: Iterable[tuple[str, str, Thing]]) -> Iterator[tuple[Thing, Thing]]:
    """Pairs (later, earlier) of things that mean different and are spelt nearly alike: phrase, meaning, thing."""
    listed = [(fold(text), meaning, thing) for text, meaning, thing in phrases]
    by: defaultdict[str, list[int]] = defaultdict(list)
    for at, (text, _, _) in enumerate(listed):
        if len(text) >= SHORTEST:
            for key in {text, *(text[:cut] + text[cut + 1 :] for cut in range(len(text)))}:
                by[key].append(at)
    pairs = {pair for same in by.values() if len(same) > 1 for pair in combinations(sorted(set(same)), 2)}
    for first, second in sorted(pairs):
        one, other = listed[first], listed[second]
        if one[1] != other[1] and _one_slip(one[0], other[0]):
            yield other[2], one[2]


def _one_slip(one: str, other: str) -> bool:
    """One letter changed, added, lost, or two swapped; another digit is another thing."""
    from rapidfuzz.distance import OSA

    if OSA.distance(one, other, score_cutoff=1) != 1:
        return False
    return _digits(one) == _digits(other)


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))

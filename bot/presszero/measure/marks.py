"""The figures that an evaluation prints, from what was expected and what was found. Plain arithmetic, no arrays needed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple


class Score(NamedTuple):
    """How well one intent is recognised."""

    intent: str
    precision: float
    recall: float
    f1: float
    number: int


class Bin(NamedTuple):
    """The texts whose confidence lies in one tenth: how sure the model was, and how often it was right."""

    least: float
    number: int
    sure: float
    right: float


def scores(expected: Sequence[str], found: Sequence[str]) -> list[Score]:
    """Precision, recall and F1 of every expected intent."""
    right = Counter(one for one, other in zip(expected, found, strict=True) if one == other)
    wanted, given = Counter(expected), Counter(found)
    made = []
    for intent in sorted(wanted):
        precision = right[intent] / given[intent] if given[intent] else 0.0
        recall = right[intent] / wanted[intent]
        f1 = 2 * precision * recall / (precision + recall) if right[intent] else 0.0
        made.append(Score(intent, precision, recall, f1, wanted[intent]))
    return made


def auroc(inside: Sequence[float], outside: Sequence[float]) -> float:
    """How often what is in scope has the greater confidence than what is not; ties count half."""
    order = sorted([(value, True) for value in inside] + [(value, False) for value in outside])
    total, at = 0.0, 0
    while at < len(order):
        last = at
        while last < len(order) and order[last][0] == order[at][0]:
            last += 1
        rank = (at + last + 1) / 2  # the mean rank of the ties, from 1
        total += rank * sum(own for _, own in order[at:last])
        at = last
    count = len(inside)
    return (total - count * (count + 1) / 2) / (count * len(outside))


def bins(confidence: Sequence[float], right: Sequence[bool], tenths: int = 10) -> list[Bin]:
    """The reliability diagram: empty tenths are left out."""
    found: list[list[tuple[float, bool]]] = [[] for _ in range(tenths)]
    for sure, was in zip(confidence, right, strict=True):
        found[min(int(sure * tenths), tenths - 1)].append((sure, was))
    return [
        Bin(at / tenths, len(rows), sum(sure for sure, _ in rows) / len(rows), sum(was for _, was in rows) / len(rows))
        for at, rows in enumerate(found)
        if rows
    ]


def ece(rows: Sequence[Bin]) -> float:
    """The expected calibration error: how far confidence is from the share that is right, over all texts."""
    total = sum(one.number for one in rows)
    return sum(one.number * abs(one.sure - one.right) for one in rows) / total if total else 0.0


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share of them lies."""
    order = sorted(values)
    return order[min(len(order) - 1, int(share * len(order)))] if order else 0.0


def best_threshold(inside: Sequence[tuple[float, bool]], outside: Sequence[float]) -> float:
    """The confidence below which to reject, by the most right decisions: an intent that is right, or a stranger refused.

    ``inside``: confidence and whether the intent was right. One pass over the sorted values, ties together.
    """
    order = sorted([(sure, 1 if right else 0) for sure, right in inside] + [(sure, -1) for sure in outside])
    score = best = sum(right for _, right in inside)
    threshold, at = 0.0, 0
    while at < len(order):
        last = at
        while last < len(order) and order[last][0] == order[at][0]:
            score -= order[last][1]
            last += 1
        if score > best:
            best = score
            threshold = (order[at][0] + order[last][0]) / 2 if last < len(order) else order[at][0] + 1e-9
        at = last
    return threshold

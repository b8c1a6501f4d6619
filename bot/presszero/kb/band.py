"""Whether an article answers: a small logistic over the signs, and the two limits that make three bands."""

from __future__ import annotations

from collections.abc import Mapping
from math import exp
from types import MappingProxyType
from typing import Literal

from presszero.kb.score import Signs

WEIGHTS: Mapping[str, float] = MappingProxyType({"covered": 4.0, "question": 2.0, "lead": 2.0, "known": 1.0})
BIAS = -4.0
ANSWER, SUGGEST = 0.8, 0.2


def chance(signs: Signs) -> float:
    """How likely the article answers the query, 0…1."""
    total = BIAS + sum(weight * float(getattr(signs, name)) for name, weight in WEIGHTS.items())
    return 1 / (1 + exp(-total))


def band(found: float) -> Literal["answer", "suggest", "none"]:
    """The band of a chance."""
    return "answer" if found >= ANSWER else "suggest" if found >= SUGGEST else "none"

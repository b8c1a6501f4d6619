"""Whether an article answers: a small logistic over the signs, and the two limits that make three bands.

The weights are a logistic regression on "the first article is right", fitted to the development halves of eight public
question sets in Russian and English with four kinds of questions that have no answer (another domain, small talk, real
ones out of scope, own ones whose article was taken out), each set weighing the same; rounded to one digit. Of what
reaches ``ANSWER`` nine in ten are right; of what stays below ``SUGGEST`` fewer than one in ten.
"""

from __future__ import annotations

from math import exp
from typing import Literal

from presszero.kb.score import Signs

BODY, LIKE, LEAD, KNOWN, MASS = 1.8, 4.3, 2.3, 1.5, 4.1
BIAS = -6.7
ANSWER, SUGGEST = 0.75, 0.1


def chance(signs: Signs) -> float:
    """How likely the article answers the query, 0…1."""
    said = BODY * signs.body + LIKE * signs.like + MASS * signs.mass
    return 1 / (1 + exp(-(BIAS + said + LEAD * signs.lead + KNOWN * signs.known)))


def band(found: float, bands: tuple[float, float] = (ANSWER, SUGGEST)) -> Literal["answer", "suggest", "none"]:
    """The band of a chance; a desk may set its own."""
    return "answer" if found >= bands[0] else "suggest" if found >= bands[1] else "none"

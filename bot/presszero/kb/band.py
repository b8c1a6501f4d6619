"""Whether an article answers: a small logistic over the signs, and the two limits that make three bands.

The weights are a logistic regression on "the first article is right", fitted to the development halves of eight public
question sets in Russian and English (with an encoder: e5) with four kinds of questions that have no answer
(another domain, small talk, real ones out of scope, own ones whose article was taken out), each set weighing the same;
rounded to one digit. Of what reaches ``ANSWER`` nine in ten are right; of what stays below ``SUGGEST`` fewer than one.
"""

from __future__ import annotations

from math import exp
from typing import Literal, NamedTuple

from presszero.kb.score import Signs

ANSWER, SUGGEST = 0.75, 0.1


class _Weights(NamedTuple):
    body: float
    like: float
    lead: float
    known: float
    mass: float
    meaning: float
    bias: float


BY_WORDS = _Weights(body=1.2, like=5.2, lead=2.4, known=1.7, mass=4.1, meaning=0.0, bias=-6.8)
BY_MEANING = _Weights(body=0.3, like=4.1, lead=3.5, known=1.5, mass=2.3, meaning=5.9, bias=-7.0)


def chance(signs: Signs) -> float:
    """How likely the article answers the query, 0…1."""
    own = BY_WORDS if signs.meaning is None else BY_MEANING
    said = own.body * signs.body + own.like * signs.like + own.mass * signs.mass
    meant = own.lead * signs.lead + own.known * signs.known + own.meaning * (signs.meaning or 0.0)
    return 1 / (1 + exp(-(own.bias + said + meant)))


def band(found: float, bands: tuple[float, float] = (ANSWER, SUGGEST)) -> Literal["answer", "suggest", "none"]:
    """The band of a chance; a desk may set its own."""
    return "answer" if found >= bands[0] else "suggest" if found >= bands[1] else "none"

"""The one scorer: how well each article fits a query, and the signs from which ``band`` judges whether it answers it.

BM25 of the best question row and of the best chunk, as shares of the query's idf mass, and the n-gram cosines of both.
Weights were set on the development halves of public question sets (see ``bench/kb.py``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from presszero.kb.candidates import Candidates
from presszero.kb.columns import Floats, Ints
from presszero.kb.index import Index
from presszero.kb.lexicon import grams
from presszero.lang.words import stem, words

QUESTION, LIKE_QUESTION, LIKE_BODY = 2.5, 1.0, 1.0
CANDIDATES = 200


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for an article, each about 0…1."""

    body: float  # BM25 of the best chunk
    like: float  # n-gram cosine of the best question row or the best chunk
    lead: float  # distance to the next article, negative when another is better
    known: float  # share of the query's words that stand in any article
    mass: float  # how much was said at all: idf mass covered, in words of the rarest kind, up to 3


@dataclass(frozen=True, slots=True)
class Scored:
    """An article's number in the index, its score, its signs."""

    number: int
    score: float
    signs: Signs


def rank(index: Index, candidates: Candidates, text: str, limit: int) -> list[Scored]:
    """The best articles for a text, best first."""
    query = _Query(index, text)
    if not query.terms.size:
        return []
    numbers = candidates.articles(query.terms, query.weights, CANDIDATES)
    if not numbers.size:
        return []
    parts = query.parts()
    score = parts.blend[numbers]
    order = np.argsort(-score, kind="stable")[: limit + 1]
    best = numbers[order]
    return [
        Scored(int(number), float(parts.blend[number]), query.signs(parts, int(number), best))
        for number in best[:limit]
    ]


def query_weights(index: Index, text: str) -> Mapping[str, float]:
    """The stems of a text with their idf."""
    return {each: index.weight(each) for each in dict.fromkeys(map(stem, words(text)))}


@dataclass(frozen=True, slots=True)
class _Parts:
    body: Floats
    like_question: Floats
    like_body: Floats
    covered: Floats
    blend: Floats


class _Query:
    """A text in the numbers of an index."""

    def __init__(self, index: Index, text: str) -> None:
        self.index = index
        typed = words(text)
        mass = query_weights(index, text)
        self.mass = sum(mass.values()) or 1.0
        self.own = {index.lexicon.stems[each]: weight for each, weight in mass.items() if each in index.lexicon.stems}
        self.known = len(self.own) / max(len(mass), 1)
        weights = dict(self.own)
        for each in mass:
            for number, weight in index.kin(each):
                if number not in self.own:
                    weights[number] = max(weights.get(number, 0.0), weight)
        self.terms, self.weights = _arrays(weights)
        self.grams = index.lexicon.look_up(gram for word in typed for gram in grams(word))

    def parts(self) -> _Parts:
        """The parts of the score for every article."""
        index = self.index
        question = index.questions.best(index.questions.stems.total(self.terms, self.weights)) / self.mass
        body = index.bodies.best(index.bodies.stems.total(self.terms, self.weights)) / self.mass
        like_question = index.questions.best(index.questions.grams.score(*self.grams))
        like_body = index.bodies.best(index.bodies.grams.score(*self.grams))
        covered = index.stems.total(*_arrays(self.own))
        blend = QUESTION * question + body + LIKE_QUESTION * like_question + LIKE_BODY * like_body
        return _Parts(body, like_question, like_body, covered, blend)

    def signs(self, parts: _Parts, number: int, best: Sequence[int] | Ints) -> Signs:
        """The signs of one article; ``best`` are the best ones in order."""
        own = float(parts.blend[number])
        rivals = [float(parts.blend[other]) for other in best if other != number]
        covered = float(parts.covered[number])
        return Signs(
            body=float(parts.body[number]),
            like=float(max(parts.like_question[number], parts.like_body[number])),
            lead=(own - max(rivals, default=0.0)) / (own or 1.0),
            known=self.known,
            mass=min(covered / self.index.unseen, 3.0) / 3.0,
        )


def _arrays(weights: Mapping[int, float]) -> tuple[Ints, Floats]:
    size = len(weights)
    return np.fromiter(weights.keys(), np.int64, size), np.fromiter(weights.values(), np.float64, size)

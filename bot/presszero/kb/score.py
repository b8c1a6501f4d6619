"""The one scorer: how well each article fits a query, and the signs from which ``band`` judges whether it answers it.

BM25 of the best question row and of the best chunk, as shares of the query's idf mass, the n-gram cosines of both, and
what the best sentence says. How much a question row counts beside a body is the same for every desk.
Weights were set on the development halves of public question sets (see ``bench/kb.py``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from presszero.kb.article import ANYBODY, Reader
from presszero.kb.candidates import Candidates
from presszero.kb.columns import Floats, Ints, Small
from presszero.kb.index import Fields, Index, arrays
from presszero.kb.letters import spelt
from presszero.lang.words import stem, words

QUESTION, LIKE_QUESTION, LIKE_BODY, SENTENCE = 4.5, 1.0, 1.0, 1.0
CANDIDATES = 200
MEANING, DEPTH = 0.7, 10  # how much either cosine adds beside words (1.0), and how many articles it brings
FAR_BEHIND = -3.0  # the least lead
NEAR = 40  # of them are compared letter by letter: ten times as much work, and it only orders what is near anyway

_NONE: Ints = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for an article, each about 0…1."""

    body: float  # BM25 of the best chunk
    like: float  # n-gram cosine of the best question row or the best chunk
    lead: float  # distance to the next article, negative when another is better
    known: float  # share of the query's words that stand in any article
    mass: float  # how much was said at all: idf mass covered, in words of the rarest kind, up to 3
    meaning: float | None = None  # the better cosine by an encoder (0: as any two texts), when there is one


@dataclass(frozen=True, slots=True)
class Scored:
    """An article's number in the index, its score, its signs."""

    number: int
    score: float
    signs: Signs


def rank(
    index: Index,
    candidates: Candidates,
    text: str,
    limit: int,
    reader: Reader = ANYBODY,
    cosines: Sequence[Floats] = (),
) -> list[Scored]:
    """The best of the articles that a reader may see, best first.

    ``cosines``: how near each comes by its meaning, one for the title and questions, one for the body (see ``meaning``).
    """
    query = _Query(index, text)
    allowed = index.shown_to(reader)
    numbers = candidates.articles(query.terms, query.weights, CANDIDATES, allowed) if query.terms.size else _NONE
    nearest = [_nearest(np.where(allowed, each, -1.0)) for each in cosines]
    meant = np.unique(np.concatenate((_NONE, *nearest)))
    if not numbers.size and not meant.size:
        return []
    parts = query.parts(numbers, meant, reader)
    if meant.size:
        parts = _blended(parts, cosines, nearest)
    order = np.argsort(-parts.blend, kind="stable")[: limit + 1]
    return [
        Scored(int(parts.numbers[at]), float(parts.blend[at]), query.signs(parts, int(at), order))
        for at in order[:limit]
    ]


def _nearest(cosines: Floats) -> Ints:
    order = np.argsort(-cosines, kind="stable")[:DEPTH]
    return order[cosines[order] > 0]


def _blended(parts: _Parts, cosines: Sequence[Floats], nearest: Sequence[Ints]) -> _Parts:
    """Words as a share of the best there is; each cosine by where it stands among the nearest, as cosines lie close."""
    blend = parts.blend / (parts.blend.max() or 1.0)
    for each, near in zip(cosines, nearest, strict=True):
        if near.size:
            low, high = each[near[-1]], each[near[0]]
            blend += MEANING * np.clip((each[parts.numbers] - low) / max(high - low, 1e-9), 0.0, 1.0)
    return replace(parts, blend=blend, cosine=np.maximum.reduce(cosines)[parts.numbers])


def query_weights(index: Index, text: str) -> Mapping[str, float]:
    """The stems of a text with their idf."""
    return {each: index.weight(each) for each in dict.fromkeys(map(stem, words(text)))}


@dataclass(frozen=True, slots=True)
class _Parts:
    """The parts of the score, for the candidates in their order."""

    numbers: Ints
    body: Floats
    like_question: Small
    like_body: Small
    covered: Floats
    blend: Floats
    cosine: Floats | None = None


class _Query:
    """A text in the numbers of an index."""

    def __init__(self, index: Index, text: str) -> None:
        self.index = index
        mass = query_weights(index, text)
        self.mass = sum(mass.values()) or 1.0
        numbers = {each: number for each in mass if (number := index.stem_number(each)) is not None}
        self.own = {number: mass[each] for each, number in numbers.items()}
        self.known = sum(bool(index.count[number]) for number in self.own) / max(len(mass), 1)
        weights = dict(self.own)
        for each in mass:
            for number, weight in index.kin(each):
                if number not in self.own:
                    weights[number] = max(weights.get(number, 0.0), weight)
        self.terms, self.weights = arrays(weights)
        self.letters = spelt(words(text))

    def parts(self, numbers: Ints, nearest: Ints, reader: Reader) -> _Parts:
        """The parts of the score for some articles: by their words, and for the best of these by their letters too."""
        numbers = np.union1d(numbers, nearest)
        index = self.index
        weights = np.zeros(len(index.idf), np.float32)
        weights[self.terms] = self.weights
        said = [self._said(field, numbers, weights) for field in (index.questions, index.bodies)]
        near = np.argsort(-(QUESTION * said[0][0] + said[1][0]), kind="stable")[:NEAR]
        near = np.union1d(near, np.searchsorted(numbers, nearest))
        numbers, question, body = numbers[near], said[0][0][near], said[1][0][near]
        rows, begin = index.questions.field.rows(numbers)
        like_question = np.maximum.reduceat(index.questions.letters.like(rows, self.letters), begin)
        like_body = index.bodies.letters.like(said[1][1][near], self.letters)
        told = index.lines.told(numbers, weights) / self.mass
        covered = index.stems.total(*arrays(self.own))[numbers]
        blend = QUESTION * question + body + SENTENCE * told + LIKE_QUESTION * like_question + LIKE_BODY * like_body
        blend *= index.boosts(numbers, reader)
        return _Parts(numbers, body, like_question, like_body, covered, blend)

    def _said(self, fields: Fields, numbers: Ints, weights: Small) -> tuple[Floats, Ints]:
        """BM25 of the best row of each article, as a share of the query's mass, and that row."""
        rows, begin = fields.field.rows(numbers)
        score = fields.bm25(rows, weights)
        best = np.maximum.reduceat(score, begin)
        sizes = np.diff(np.append(begin, len(rows)))
        is_best = np.flatnonzero(score == np.repeat(best, sizes))
        _, first = np.unique(np.repeat(np.arange(len(numbers)), sizes)[is_best], return_index=True)
        return best / self.mass, rows[is_best[first]]

    def signs(self, parts: _Parts, at: int, best: Ints) -> Signs:
        """The signs of one article; ``best`` are the best ones in order."""
        own = float(parts.blend[at])
        rivals = [float(parts.blend[other]) for other in best if other != at]
        return Signs(
            body=float(parts.body[at]),
            like=float(max(parts.like_question[at], parts.like_body[at])),
            lead=max((own - max(rivals, default=0.0)) / (own or 1.0), FAR_BEHIND),
            known=self.known,
            mass=min(float(parts.covered[at]) / self.index.unseen, 3.0) / 3.0,
            meaning=None if parts.cosine is None else float(parts.cosine[at]),
        )

"""Everything the scorer needs to know about the articles of one language; never changes after it is built.

An article is as good as its best row. The idf is the article's, always positive, the same for both fields; the commonest
words of a language count half, because in a small library chance decides how rare they look. What an article's rows hold
is kept from index to index, so that a change costs one article's analysis and some arithmetic over all. How rare things
are is counted on the articles anybody may read: the others change nothing in what a stranger finds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from presszero.kb.analysis import Field, analyse
from presszero.kb.article import Article, Reader, fits
from presszero.kb.columns import Floats, Ints, Postings, Small, spread, sums
from presszero.kb.kin import Kin
from presszero.kb.letters import Letters
from presszero.kb.lexicon import Lexicon
from presszero.lang import common_en, common_ru
from presszero.lang.words import stem

K1, B = 0.9, 0.5
SENTENCE = 32  # words at which a sentence counts half
COMMON = frozenset(map(stem, (*common_en.WORDS[:250], *common_ru.WORDS[:250])))
COMMON_WEIGHT = 0.5
BOOST = 1.25  # what an article is worth more to readers it is meant for


class Fields:
    """One field of all articles: BM25 over stems and likeness by letters, the best row of each article."""

    def __init__(self, field: Field, counted: NDArray[np.bool_], lexicon: Lexicon) -> None:
        self.field = field
        of_row = counted[field.of_row()]
        self.letters = Letters(field.words, of_row, lexicon)
        stems = field.stems
        length = sums(stems.times.astype(np.float32), stems.sizes)
        mean = float(length[of_row].mean()) if of_row.any() else 1.0
        self._norm: Small = (K1 * (1 - B + B * length / max(mean, 1e-9))).astype(np.float32)

    def bm25(self, rows: Ints, weights: Small) -> Floats:
        """For each row the weight of its stems, by their times and the row's length."""
        stems = self.field.stems
        first = stems.start[rows]
        sizes = stems.start[rows + 1] - first
        at = spread(first, sizes)
        weight = weights[stems.term[at]]
        said = np.flatnonzero(weight)
        times = stems.times[at[said]].astype(np.float32)
        row = np.repeat(np.arange(len(rows)), sizes)[said]
        value = weight[said] * times * (K1 + 1) / (times + self._norm[rows[row]])
        return np.bincount(row, value, minlength=len(rows)).astype(np.float64, copy=False)


class Lines:
    """The sentences of all articles: how much of a query is said at one place."""

    def __init__(self, field: Field) -> None:
        self.field = field
        self._length: Small = sums(field.stems.times.astype(np.float32), field.stems.sizes).astype(np.float32)

    def told(self, articles: Ints, weights: Small) -> Floats:
        """For each article the weight of the stems in one sentence, or in two that follow each other; less in long ones."""
        rows, begin = self.field.rows(articles)
        stems = self.field.stems
        first = stems.start[rows]
        sizes = stems.start[rows + 1] - first
        term = stems.term[spread(first, sizes)]
        said = np.flatnonzero(weights[term])
        asked = np.flatnonzero(weights)
        there = np.zeros((len(rows), len(asked)), np.float32)
        there[np.repeat(np.arange(len(rows)), sizes)[said], np.searchsorted(asked, term[said])] = 1.0
        length = self._length[rows]
        value = weights[asked]
        best = (there @ value) / (1 + length / SENTENCE)
        two = (np.maximum(there[:-1], there[1:]) @ value) / (1 + (length[:-1] + length[1:]) / SENTENCE)
        two[begin[1:] - 1] = 0.0  # the last of an article and the first of the next
        best[:-1] = np.maximum(best[:-1], two)
        return np.maximum.reduceat(best, begin).astype(np.float64)


class Index:
    """The articles of one language, at least one, ready to be searched."""

    def __init__(self, articles: Sequence[Article], before: Index | None = None) -> None:
        self.lexicon: Lexicon = before.lexicon if before else Lexicon()
        self.articles = tuple(articles)
        self.number = {article.slug: at for at, article in enumerate(self.articles)}
        self.open: NDArray[np.bool_] = np.array([not article.audience for article in self.articles])
        self._closed = np.flatnonzero(~self.open).tolist()
        self._boosted = frozenset(at for at, article in enumerate(self.articles) if article.boost)
        old = {article: at for at, article in enumerate(before.articles)} if before else {}
        places = np.array([old.get(article, -1) for article in self.articles])
        fresh = [article for article, at in zip(self.articles, places.tolist(), strict=True) if at < 0]
        self.fresh = len(fresh)  # how many articles were analysed for this index
        places[places < 0] = (len(before.articles) if before else 0) + np.arange(len(fresh))
        parts = list(analyse(fresh, self.lexicon))
        if before:
            parts.insert(0, (before.questions.field, before.bodies.field, before.lines.field))
        asked, said, told = (Field.joined(*field) for field in zip(*parts, strict=True))
        if before:
            asked, said, told = asked.taken(places), said.taken(places), told.taken(places)
        self.questions: Fields = Fields(asked, self.open, self.lexicon)
        self.bodies: Fields = Fields(said, self.open, self.lexicon)
        self.lines: Lines = Lines(told)
        row = np.concatenate([field.of_row()[field.stems.of_row()] for field in (asked, said)])
        term = np.concatenate([field.stems.term for field in (asked, said)]).astype(np.int64)
        self.stems = Postings.of(row, term, len(self.articles), len(self.lexicon.stems))
        self.count: Ints = self.stems.count(self.open)  # in how many articles that anybody may read each stem stands
        self.times: Floats = self._word_times()
        self.idf = self._rarity(self.count)
        self._kin = before.kin_of if before else Kin()
        self._kin.learn(self.lexicon.stems)
        self.kin = lru_cache(maxsize=4096)(self._find_kin)

    @property
    def kin_of(self) -> Kin:
        """The relatives of stems, which only grow."""
        return self._kin

    @property
    def unseen(self) -> float:
        """The idf of a rare stem that stands in no article: the largest there is."""
        return float(np.log(2 * int(self.open.sum()) + 2))

    def shown_to(self, reader: Reader) -> NDArray[np.bool_]:
        """Which articles a reader may see."""
        if not reader or not self._closed:
            return self.open
        allowed = self.open.copy()
        for at in self._closed:
            allowed[at] = self.articles[at].shown_to(reader)
        return allowed

    def boosts(self, numbers: Ints, reader: Reader) -> Floats:
        """By how much articles count more for a reader."""
        made = np.ones(len(numbers))
        if reader and self._boosted:
            for at, number in enumerate(numbers.tolist()):
                if number in self._boosted and fits(self.articles[number].boost, reader):
                    made[at] = BOOST
        return made

    def stem_number(self, word_stem: str) -> int | None:
        """The number of a stem that stands in an article, or stood in one."""
        number = self.lexicon.stems.get(word_stem)
        return number if number is not None and number < len(self.idf) else None

    def weight(self, word_stem: str) -> float:
        """The idf of a stem."""
        number = self.stem_number(word_stem)
        if number is None:
            return self.unseen * (COMMON_WEIGHT if word_stem in COMMON else 1.0)
        return float(self.idf[number])

    def seen(self, before: Index | None = None) -> Counter[str]:
        """How often each word stands in the articles that anybody may read; only those that stood in none ``before``."""
        count = self.times.copy()
        if before:
            count[: len(before.times)][before.times > 0] = 0
        every = list(self.lexicon.words)
        return Counter({every[number]: int(count[number]) for number in np.flatnonzero(count).tolist()})

    def _word_times(self) -> Floats:
        total = np.zeros(len(self.lexicon.words))
        for fields in (self.questions, self.bodies):
            rows = fields.field.words
            counted = np.repeat(self.open[fields.field.of_row()], rows.sizes)
            total += np.bincount(rows.term[counted], rows.times[counted], minlength=len(total))
        return total

    def _rarity(self, count: Ints) -> Floats:
        many = int(self.open.sum())
        idf = np.log(1 + (many - count + 0.5) / (count + 0.5))
        common = [number for each in COMMON if (number := self.lexicon.stems.get(each, -1)) >= 0]
        idf[common] *= COMMON_WEIGHT
        return np.asarray(idf)

    def _find_kin(self, word_stem: str) -> tuple[tuple[int, float], ...]:
        """Stems written much like this one, with the weight they have in its place: the word's relatives, mostly."""
        weight = self.weight(word_stem)
        found = dict(self._kin.of(word_stem, self.count))
        number = self.stem_number(word_stem)
        if number is None or not self.count[number]:
            for near, share in self._kin.slipped(word_stem, self.count):
                found[near] = max(share, found.get(near, 0.0))
        return tuple((number, share * min(weight, float(self.idf[number]))) for number, share in found.items())


def arrays(weights: Mapping[int, float]) -> tuple[Ints, Floats]:
    """A mapping of numbers as two arrays."""
    size = len(weights)
    return np.fromiter(weights.keys(), np.int64, size), np.fromiter(weights.values(), np.float64, size)

"""Everything the scorer needs to know about the articles of one language; never changes after it is built.

An article is as good as its best row. The idf is the article's, always positive, the same for both fields; the commonest
words of a language count half, because in a small library chance decides how rare they look. What an article's rows hold
is kept from index to index, so that a change costs one article's analysis and some arithmetic over all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import islice
from threading import local

import numpy as np

from presszero.kb.analysis import Analysis, Field, analyse
from presszero.kb.article import Article
from presszero.kb.columns import Floats, Ints, Postings, Rows, Small, Table
from presszero.kb.grams import BITS, grams
from presszero.kb.kin import Kin
from presszero.kb.lexicon import Lexicon
from presszero.lang import common_en, common_ru
from presszero.lang.words import stem

K1, B = 0.9, 0.5
COMMON = frozenset(map(stem, (*common_en.WORDS[:250], *common_ru.WORDS[:250])))
COMMON_WEIGHT = 0.5
FEW = 0.02  # the share of changed articles up to which how rare grams are is not counted anew
_thread = local()


class Fields:
    """One field of all articles: BM25 over stems and cosine over grams, the best row of each article."""

    def __init__(self, parts: Sequence[Field], before: Fields | None = None, kept: Sequence[int] = ()) -> None:
        """``kept``: where each part stood in the field before, or -1; how rare grams are is then taken from there."""
        sizes = np.array([part.rows for part in parts], np.int64)
        self.first: Ints = np.concatenate(([0], np.cumsum(sizes)))
        by_stem, by_gram = Rows.joined([part.stems for part in parts]), Rows.joined([part.grams for part in parts])
        self.stems = Table(by_stem, _bm25(by_stem))
        self.of_grams: Small = before.of_grams if before else _rarity(by_gram)
        self.unseen: float = before.unseen if before else float(np.log(1 + by_gram.rows) + 1)
        value = _scaled(by_gram, self.of_grams) if before is None else self._mostly(before, parts, kept)
        self.grams = Table(by_gram, value)

    def _mostly(self, before: Fields, parts: Sequence[Field], kept: Sequence[int]) -> Small:
        """The values of grams, those of articles that stayed as they were."""
        start, first, old = before.grams.rows.start, before.first, before.grams.value
        return np.concatenate(
            [
                old[start[first[at]] : start[first[at + 1]]] if at >= 0 else _scaled(part.grams, self.of_grams)
                for at, part in zip(kept, parts, strict=True)
            ]
        )

    def rows(self, articles: Ints) -> tuple[Ints, Ints]:
        """The rows of articles, and where each article's begin among them."""
        sizes = self.first[articles + 1] - self.first[articles]
        begin = np.cumsum(sizes) - sizes
        return np.repeat(self.first[articles] - begin, sizes) + np.arange(int(sizes.sum())), begin

    def like(self, rows: Ints, found: Ints, times: Floats) -> Floats:
        """The cosine of rows with the grams of a text."""
        idf = np.where(self.of_grams[found] > 0, self.of_grams[found], self.unseen)
        value = (1 + np.log(times)) * idf
        length = float(np.sqrt((value**2).sum())) or 1.0
        weights = _scratch()
        weights[found] = value / length
        try:
            return self.grams.score(rows, weights)
        finally:
            weights[found] = 0.0


def _scratch() -> Small:
    """A weight for every gram, all zero: each thread has one, as a new one for each text would cost more than the search."""
    found: Small | None = getattr(_thread, "weights", None)
    if found is None:
        found = _thread.weights = np.zeros(1 << BITS, np.float32)
    return found


def _bm25(rows: Rows) -> Small:
    """Term frequency damped by the row's length, without idf: that is one for all fields."""
    length = rows.total(rows.times)
    norm = K1 * (1 - B + B * length / max(float(length.mean()), 1e-9))
    return (rows.times * (K1 + 1) / (rows.times + np.repeat(norm, np.diff(rows.start)))).astype(np.float32)


def _rarity(rows: Rows) -> Small:
    """The idf of grams, 0 for those that stand nowhere."""
    spread = np.bincount(rows.term, minlength=1 << BITS)
    return np.where(spread, np.log((1 + rows.rows) / (1 + spread)) + 1, 0.0).astype(np.float32)


def _scaled(rows: Rows, idf: Small) -> Small:
    """The sublinear tf-idf of grams in rows scaled to length 1."""
    value = rows.times * idf[rows.term]
    length = np.sqrt(rows.total(value * value))
    value *= np.repeat((1 / np.maximum(length, 1e-9)).astype(np.float32), np.diff(rows.start))
    return value


class Index:
    """The articles of one language, at least one, ready to be searched."""

    def __init__(self, articles: Sequence[Article], before: Index | None = None) -> None:
        self.lexicon: Lexicon = before.lexicon if before else Lexicon()
        self.known_before = len(self.lexicon.words)
        old = {each.article: at for at, each in enumerate(before.analyses)} if before else {}
        places = [old.get(article, -1) for article in articles]
        fresh = iter(analyse([a for a, at in zip(articles, places, strict=True) if at < 0], self.lexicon))
        earlier = before.analyses if before else ()
        self.analyses: tuple[Analysis, ...] = tuple(earlier[at] if at >= 0 else next(fresh) for at in places)
        self.fresh = places.count(-1)  # how many articles were analysed for this index
        self.articles = tuple(articles)
        self.number = {article.slug: at for at, article in enumerate(self.articles)}
        self.chunks = [each.chunks for each in self.analyses]
        small = before if before and self.fresh <= max(1, FEW * len(self.articles)) else None
        self.questions: Fields = Fields(
            [a.questions for a in self.analyses], small.questions if small else None, places
        )
        self.bodies: Fields = Fields([a.bodies for a in self.analyses], small.bodies if small else None, places)
        self.stems, self.idf = self._by_article(len(self.lexicon.stems))
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
        return float(np.log(2 * len(self.articles) + 2))

    def weight(self, word_stem: str) -> float:
        """The idf of a stem."""
        number = self.lexicon.stems.get(word_stem)
        if number is None or number >= len(self.idf):
            return self.unseen * (COMMON_WEIGHT if word_stem in COMMON else 1.0)
        return float(self.idf[number])

    def new_words(self) -> list[str]:
        """The words that came with this index."""
        return list(islice(self.lexicon.words, self.known_before, None))

    def seen(self) -> Counter[str]:
        """How often each word stands in the articles."""
        flat = np.concatenate([each.words for each in self.analyses])
        times = np.bincount(flat, minlength=len(self.lexicon.words))
        return Counter({word: count for word, count in zip(self.lexicon.words, times.tolist(), strict=True) if count})

    def look_up(self, typed: Sequence[str]) -> tuple[Ints, Floats]:
        """The grams of words with how often they stand in them."""
        found, times = np.unique(grams(typed)[0], return_counts=True)
        return found, times.astype(np.float64)

    def _by_article(self, terms: int) -> tuple[Postings, Floats]:
        """In which articles each stem stands, and its idf."""
        fields = (self.questions, self.bodies)
        row = np.concatenate(
            [np.repeat(np.arange(len(self.articles)), np.diff(f.stems.rows.start[f.first])) for f in fields]
        )
        term = np.concatenate([field.stems.rows.term for field in fields]).astype(np.int64)
        once = Rows.of(row, term, len(self.articles), max(terms, 1))
        count = np.bincount(once.term, minlength=terms)
        idf = np.log(1 + (len(self.articles) - count + 0.5) / (count + 0.5))
        common = [number for each in COMMON if (number := self.lexicon.stems.get(each, -1)) >= 0]
        idf[common] *= COMMON_WEIGHT
        return Postings.of(once, terms), idf

    def _find_kin(self, word_stem: str) -> tuple[tuple[int, float], ...]:
        """Stems written much like this one, with the weight they have in its place: the word's relatives, mostly."""
        weight = self.weight(word_stem)
        return tuple(
            (number, share * min(weight, float(self.idf[number])))
            for number, share in self._kin.of(word_stem)
            if number < len(self.idf)
        )


def arrays(weights: Mapping[int, float]) -> tuple[Ints, Floats]:
    """A mapping of numbers as two arrays."""
    size = len(weights)
    return np.fromiter(weights.keys(), np.int64, size), np.fromiter(weights.values(), np.float64, size)

"""Everything the scorer needs to know about the articles of one language, computed once when they are loaded.

Title and question variants are equal rows of one field, chunks are the rows of the other; an article is as good as its
best row. The idf is the article's, always positive, the same for both fields; the commonest words of a language count
half, because in a small library chance decides how rare they look.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from presszero.kb.article import Article
from presszero.kb.chunks import chunks
from presszero.kb.columns import Columns, Cosine, Counts, Floats, Ints, bm25
from presszero.kb.lexicon import Lexicon, grams
from presszero.lang import common_en, common_ru
from presszero.lang.words import stem

K1, B = 0.9, 0.5
KIN, KIN_LIKE, KIN_WEIGHT, KIN_SHORTEST = 4, 0.4, 0.5, 4
COMMON = frozenset(map(stem, (*common_en.WORDS[:250], *common_ru.WORDS[:250])))
COMMON_WEIGHT = 0.5


class Field:
    """Rows of text that belong to articles: BM25 over stems and cosine over n-grams, the best row of each article."""

    def __init__(self, texts: Sequence[Sequence[str]], lexicon: Lexicon) -> None:
        sizes = [len(rows) for rows in texts]
        self.first: Ints = np.cumsum([0, *sizes[:-1]])
        self.article: Ints = np.repeat(np.arange(len(texts)), sizes)
        self.counts = lexicon.count([text for rows in texts for text in rows])

    def freeze(self, lexicon: Lexicon) -> Counts:
        """Builds the tables once all fields are counted; gives the counts by stem."""
        by_stem = lexicon.by_stem(self.counts)
        self.stems = bm25(by_stem, K1, B)
        self.grams = Cosine.of(lexicon.by_gram(self.counts))
        del self.counts
        return by_stem

    def best(self, rows: Floats) -> Floats:
        """The best row of each article."""
        return np.asarray(np.maximum.reduceat(rows, self.first))


class Index:
    """The articles of one language, at least one, ready to be searched; never changes after it is built."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self.articles = tuple(articles)
        self.number = {article.slug: at for at, article in enumerate(self.articles)}
        self.chunks = [chunks(article) for article in self.articles]
        self.lexicon = Lexicon()
        self.questions = Field([(each.title, *each.questions) for each in self.articles], self.lexicon)
        self.bodies = Field([[chunk.text for chunk in each] for each in self.chunks], self.lexicon)
        self.stems, self.idf = self._by_article()
        self._kin = Cosine.of(self.lexicon.stem_grams())
        self.kin = lru_cache(maxsize=4096)(self._find_kin)

    @property
    def unseen(self) -> float:
        """The idf of a rare stem that stands in no article: the largest there is."""
        return float(np.log(2 * len(self.articles) + 2))

    def weight(self, word_stem: str) -> float:
        """The idf of a stem."""
        number = self.lexicon.stems.get(word_stem)
        if number is None:
            return self.unseen * (COMMON_WEIGHT if word_stem in COMMON else 1.0)
        return float(self.idf[number])

    def _by_article(self) -> tuple[Columns, Floats]:
        """In which articles each stem stands, and its idf."""
        fields = [(field, field.freeze(self.lexicon)) for field in (self.questions, self.bodies)]
        row = np.concatenate([field.article[counts.row] for field, counts in fields])
        term = np.concatenate([counts.term for _, counts in fields])
        total = len(self.articles)
        counts = Counts.of(row, term, np.ones(len(row)), total, len(self.lexicon.stems))
        spread = counts.spread()
        idf = np.log(1 + (total - spread + 0.5) / (spread + 0.5))
        idf[[number for each, number in self.lexicon.stems.items() if each in COMMON]] *= COMMON_WEIGHT
        return Columns.of(counts, np.ones(len(counts.row))), idf

    def _find_kin(self, word_stem: str) -> tuple[tuple[int, float], ...]:
        """Stems written much like this one, with the weight they have in its place: the word's relatives, mostly."""
        if len(word_stem) < KIN_SHORTEST:
            return ()
        like = self._kin.score(*self.lexicon.look_up(grams(word_stem)))
        own = self.lexicon.stems.get(word_stem)
        if own is not None:
            like[own] = 0.0
        count = min(KIN, len(like))
        nearest = np.argpartition(-like, count - 1)[:count]
        weight = self.weight(word_stem)
        return tuple(
            (int(at), KIN_WEIGHT * float(like[at]) * min(weight, float(self.idf[at])))
            for at in nearest
            if like[at] >= KIN_LIKE
        )

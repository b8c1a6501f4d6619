"""Articles in numbers: what stands in each of their rows. Made once for an article and kept until it changes.

Title and question variants are equal rows of one field, chunks are the rows of another, sentences of the third.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from presszero.kb.article import Article
from presszero.kb.chunks import chunks
from presszero.kb.columns import Ints, Rows, spread
from presszero.kb.lexicon import Lexicon
from presszero.lang.words import words

_Lines = Sequence[Sequence[int]]  # the words of each line
BATCH = 1000  # articles analysed at once: enough for the arithmetic, little memory


@dataclass(frozen=True, slots=True)
class Field:
    """One field of articles: article ``a`` has the rows ``first[a]`` to ``first[a + 1]``, at least one."""

    first: Ints
    stems: Rows
    words: Rows

    @classmethod
    def joined(cls, *parts: Field) -> Field:
        """The articles of all parts."""
        first = np.concatenate(([0], np.cumsum(np.concatenate([np.diff(part.first) for part in parts]))))
        return cls(first, Rows.joined(*(p.stems for p in parts)), Rows.joined(*(p.words for p in parts)))

    def taken(self, articles: Ints) -> Field:
        """Some of the articles, in another order."""
        sizes = np.diff(self.first)[articles]
        rows = spread(self.first[articles], sizes)
        return Field(np.concatenate(([0], np.cumsum(sizes))), self.stems.taken(rows), self.words.taken(rows))

    def rows(self, articles: Ints) -> tuple[Ints, Ints]:
        """The rows of articles, and where each article's begin among them."""
        sizes = self.first[articles + 1] - self.first[articles]
        return spread(self.first[articles], sizes), np.cumsum(sizes) - sizes

    def of_row(self) -> Ints:
        """For each row its article."""
        return np.repeat(np.arange(len(self.first) - 1), np.diff(self.first))


def analyse(articles: Sequence[Article], lexicon: Lexicon) -> Iterator[tuple[Field, Field, Field]]:
    """The questions, the bodies and the sentences of articles, some articles at a time; of sentences only the stems."""
    for at in range(0, len(articles), BATCH):
        some = articles[at : at + BATCH]
        asked = [[lexicon.numbers(words(line)) for line in (one.title, *one.questions)] for one in some]
        said, told = zip(*(_read(one, lexicon) for one in some), strict=True)
        lexicon.learn()
        yield _field(asked, lexicon), _field(said, lexicon), _field(told, lexicon, with_words=False)


def _read(article: Article, lexicon: Lexicon) -> tuple[_Lines, _Lines]:
    """The words of an article's chunks, and of its sentences."""
    said: list[list[int]] = []
    told: list[list[int]] = []
    for chunk in chunks(article):
        own = [lexicon.numbers(words(piece.text)) for piece in chunk.pieces]
        said.append([*lexicon.numbers(words(" ".join(chunk.headings))), *chain.from_iterable(own)])
        told += filter(None, own)
    return said, told or [[]]


def _field(articles: Sequence[_Lines], lexicon: Lexicon, *, with_words: bool = True) -> Field:
    rows = [row for article in articles for row in article]
    first = np.concatenate(([0], np.cumsum([len(article) for article in articles]))).astype(np.int64)
    row = np.repeat(np.arange(len(rows)), [len(found) for found in rows])
    number = np.fromiter(chain.from_iterable(rows), np.int64, len(row))
    stems = Rows.of(row, lexicon.stem_of[number], len(rows))
    return Field(first, stems, Rows.of(row, number, len(rows)) if with_words else Rows.of(row[:0], row[:0], len(rows)))

"""One article in numbers: what stands in each of its rows. Made once for an article and kept until it changes.

Title and question variants are equal rows of one field, chunks are the rows of the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from presszero.kb.article import Article
from presszero.kb.chunks import Chunk, chunks
from presszero.kb.columns import Ints, Rows
from presszero.kb.grams import BITS
from presszero.kb.lexicon import Lexicon
from presszero.lang.words import words

_MOST_STEMS = 1 << 32  # above every stem's number


@dataclass(frozen=True, slots=True)
class Field:
    """The rows of one field, by stem and by gram; grams count by the logarithm of their times, plus one."""

    stems: Rows
    grams: Rows

    @property
    def rows(self) -> int:
        """How many there are."""
        return self.stems.rows


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the index needs of an article."""

    article: Article
    chunks: tuple[Chunk, ...]
    questions: Field
    bodies: Field
    words: Ints  # the numbers of its words, each as often as it stands there


def analyse(articles: Sequence[Article], lexicon: Lexicon) -> list[Analysis]:
    """Analyses articles; new words are learnt all at once."""
    texts = []
    for article in articles:
        parts = tuple(chunks(article))
        asked = [lexicon.numbers(words(line)) for line in (article.title, *article.questions)]
        said = [lexicon.numbers(words(chunk.text)) for chunk in parts]
        texts.append((article, parts, asked, said))
    lexicon.learn()
    return [
        Analysis(article, parts, _field(asked, lexicon), _field(said, lexicon), _flat([*asked, *said]))
        for article, parts, asked, said in texts
    ]


def _field(rows: Sequence[Sequence[int]], lexicon: Lexicon) -> Field:
    row = np.repeat(np.arange(len(rows)), [len(found) for found in rows])
    number = _flat(rows)
    found, sizes = lexicon.grams_of(number)
    grams = Rows.of(np.repeat(row, sizes), found, len(rows), 1 << BITS)
    damped = Rows(grams.start, grams.term, 1 + np.log(grams.times))
    return Field(Rows.of(row, lexicon.stem_of[number], len(rows), _MOST_STEMS), damped)


def _flat(rows: Sequence[Sequence[int]]) -> Ints:
    return np.array([number for found in rows for number in found], np.int64)

"""What a support lead should know of articles beside their faults: what repeats, cannot be quoted, is hard to find or to read.

Everything here is advice: an article with such findings is served.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from presszero.errors import Finding, Place
from presszero.kb.article import Article
from presszero.kb.chunks import PASSAGE, chunks
from presszero.kb.index import Index
from presszero.lang.words import stems, words

ALIKE = 0.7  # the share of stems two articles have in common from which one of them is too much
FEWEST = 12  # stems: shorter articles are alike by chance
LONG = 25  # words of a mean sentence
_SENTENCES = 3  # from so many on a mean says something


def review(articles: Sequence[Article]) -> list[Finding]:
    """The findings of articles in all languages."""
    found: list[Finding] = []
    for lang in dict.fromkeys(article.lang for article in articles):
        own = [article for article in articles if article.lang == lang]
        found += _repeated(own)
        found += _asked_twice(own)
    for article in articles:
        found += _alone(article)
    return sorted(found)


def _repeated(articles: Sequence[Article]) -> Iterator[Finding]:
    """Articles that share most of what they say; the later one is named."""
    index = Index(articles)
    held: list[set[int]] = [set() for _ in articles]
    for number, (first, last) in enumerate(zip(index.stems.start[:-1], index.stems.start[1:], strict=True)):
        for article in index.stems.row[first:last].tolist():
            held[article].add(number)
    for at, own in enumerate(held):
        if len(own) < FEWEST:
            continue
        # of alike articles at least one of the rarest few stems is shared: only those are compared
        rare = sorted(own, key=lambda number: -index.idf[number])[: len(own) // 3 + 1]
        shares = index.stems.total(np.array(rare), np.ones(len(rare)))[:at]
        for other in np.flatnonzero(shares).tolist():
            alike = len(own & held[other]) / len(own | held[other])
            if alike >= ALIKE:
                values = {"other": articles[other].file, "share": f"{alike:.0%}"}
                yield Finding(Place(articles[at].file, 1, 1), "PZ531", values)


def _asked_twice(articles: Sequence[Article]) -> Iterator[Finding]:
    """Questions that lead to two articles: neither can be the answer."""
    asked: defaultdict[frozenset[str], dict[str, str]] = defaultdict(dict)
    for article in articles:
        for line in (article.title, *article.questions):
            asked[frozenset(stems(line))].setdefault(article.file, line)
    for said, files in asked.items():
        first, *others = files
        for other in others if said else ():
            yield Finding(Place(other, 1, 1), "PZ532", {"question": files[other], "other": first})


def _alone(article: Article) -> Iterator[Finding]:
    place = Place(article.file, 1, 1)
    pieces = [piece.text for chunk in chunks(article) for piece in chunk.pieces]
    longest = max(map(len, pieces), default=0)
    if longest > PASSAGE:
        yield Finding(place, "PZ533", {"size": str(longest), "limit": str(PASSAGE)})
    if not article.questions:
        yield Finding(place, "PZ534")
    if article.review_by is None:
        yield Finding(place, "PZ536")
    mean = sum(len(words(piece)) for piece in pieces) / max(1, len(pieces))
    if len(pieces) >= _SENTENCES and mean > LONG:
        yield Finding(place, "PZ535", {"words": str(round(mean)), "most": str(LONG)})

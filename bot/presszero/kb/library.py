"""The door of the knowledge base: articles in all languages, search for the bot and for the portal.

A Library never changes; edited articles make a new one. Who reads must be said: a reader that is not told is anybody, and
sees what anybody may see.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from presszero.dialogue.knowledge import Answer, Passage
from presszero.errors import Finding
from presszero.kb import load
from presszero.kb.article import ANYBODY, Article, Reader
from presszero.kb.band import ANSWER, SUGGEST, band, chance
from presszero.kb.candidates import InMemory
from presszero.kb.chunks import chunks, passage
from presszero.kb.index import Index
from presszero.kb.meaning import Meaning, Places
from presszero.kb.score import Scored, query_weights, rank
from presszero.lang import common_en, common_ru
from presszero.lang.politeness import bare
from presszero.lang.repair import Repairer
from presszero.lang.words import stem, words

LONGEST_QUERY = 1000  # characters
SNIPPET = 200
_NEW = 0.02  # the share of new words up to which a change is small
_NEAR = 0.5  # a further suggestion or hit has at least this share of the best one's score
WORTH = 0.03  # and a further suggestion at least this chance
_SILENT = frozenset((*common_en.WORDS[:160], *common_ru.WORDS[:160]))  # words that ask for nothing by themselves
_EXACT = 0.8  # unless an article is called so: its likeness then
_TELLING = 0.4  # stems below this share of the largest idf do not choose the passage


@dataclass(frozen=True, slots=True)
class Hit:
    """An article on the portal's page of search results; ``matched`` are the words to mark."""

    slug: str
    lang: str
    title: str
    snippet: str
    anchor: str
    matched: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Ranked:
    """An article, the chance that it answers, and why."""

    slug: str
    chance: float
    scored: Scored


class Library:
    """The articles of a desk."""

    def __init__(
        self,
        articles: Iterable[Article],
        languages: Sequence[str],
        today: date,
        bands: tuple[float | None, float | None] = (None, None),
        before: Library | None = None,
        meaning: Meaning | None = None,
    ) -> None:
        answer, suggest = bands
        self._bands = (ANSWER if answer is None else answer, SUGGEST if suggest is None else suggest)
        self._articles: dict[str, dict[str, Article]] = {lang: {} for lang in languages}
        for article in articles:
            if article.in_effect(today):
                self._articles[article.lang][article.slug] = article
        known = before._indexes if before else {}  # noqa: SLF001 - of its own kind
        self._indexes: dict[str, Index] = {
            lang: Index(list(own.values()), known.get(lang)) for lang, own in self._articles.items() if own
        }
        self._candidates = {lang: InMemory(index.stems) for lang, index in self._indexes.items()}
        self._meaning = meaning
        self._places = {lang: Places(index.articles, meaning) for lang, index in self._indexes.items() if meaning}
        self._repairer = self._mending(before)

    def _mending(self, before: Library | None) -> Repairer:
        """What mends queries, with the words anybody may read; after a small change the one from before, and the new words.

        Words that were edited out stay known to it; those of an article that is no more, or no longer for all, do not.
        """
        old = before._indexes if before and before._public <= self._public else {}  # noqa: SLF001 - of its own kind
        if before and set(old) == set(self._indexes):
            known = before._repairer.vocabulary  # noqa: SLF001
            came = (index.seen(old[lang]) for lang, index in self._indexes.items())
            new = Counter({word: count for words in came for word, count in words.items() if not known.has(word)})
            if len(new) <= _NEW * sum(int((index.times > 0).sum()) for index in old.values()):
                return before._repairer.more(new) if new else before._repairer  # noqa: SLF001
        return Repairer(sum((index.seen() for index in self._indexes.values()), Counter[str]()))

    @property
    def _public(self) -> frozenset[tuple[str, str]]:
        return frozenset((lang, a.slug) for lang, own in self._articles.items() for a in own.values() if not a.audience)

    def learn(self) -> int:
        """Makes the vectors that the encoder has not made yet; how many. Slow: search goes by words alone meanwhile."""
        every = [text for places in self._places.values() for text in places.texts]
        return self._meaning.learn(every) if self._meaning else 0

    @property
    def bands(self) -> tuple[float, float]:
        """The chances from which an article is an answer, and from which a suggestion."""
        return self._bands

    @property
    def analysed(self) -> int:
        """How many articles were analysed for this library; the others were kept from the one before."""
        return sum(index.fresh for index in self._indexes.values())

    @classmethod
    def load(cls, root: Path, languages: Sequence[str], today: date) -> tuple[Library, list[Finding]]:
        """The library of the desk at ``root``, and what is wrong with its articles."""
        articles, findings = load.load(root, languages, today)
        return cls(articles, languages, today), findings

    def articles(self, lang: str, reader: Reader = ANYBODY) -> tuple[Article, ...]:
        """The articles of a language by title."""
        own = (article for article in self._articles.get(lang, {}).values() if article.shown_to(reader))
        return tuple(sorted(own, key=lambda article: article.title.casefold()))

    def every(self) -> tuple[Article, ...]:
        """All that hold today in all languages, whoever may read them: for those who look after them."""
        return tuple(article for own in self._articles.values() for article in own.values())

    def article(self, slug: str, lang: str, reader: Reader = ANYBODY) -> Article | None:
        """An article in this language, or None."""
        found = self._articles.get(lang, {}).get(slug)
        return found if found and found.shown_to(reader) else None

    def shown(self, slug: str, lang: str, reader: Reader = ANYBODY) -> Article | None:
        """An article in this language, else in any other."""
        every = (self.article(slug, each, reader) for each in self._order(lang))
        return next((article for article in every if article), None)

    def related(self, slug: str, lang: str, reader: Reader = ANYBODY) -> tuple[Article, ...]:
        """The articles that an article names as related."""
        article = self.shown(slug, lang, reader)
        every = (self.shown(other, lang, reader) for other in (article.related if article else ()))
        return tuple(other for other in every if other)

    def search(self, text: str, lang: str, limit: int = 3, reader: Reader = ANYBODY) -> Answer:
        """What the articles say to a text, in ``lang`` first."""
        text, searched = self._repaired(text)
        best = Answer("none", (), searched)
        for own in self._order(lang):
            found = self._rank(text, own, limit, reader)
            told = found and (found[0].signs.like >= _EXACT or not _SILENT.issuperset(words(text)))
            kind = band(chance(found[0].signs), self._bands) if told else "none"
            if kind == "answer" or (kind == "suggest" and best.kind == "none"):
                shown = [found[0], *(each for each in _near(found)[1:] if chance(each.signs) >= WORTH)]
                shown[1:] = sorted(shown[1:], key=lambda each: -chance(each.signs))
                best = Answer(kind, tuple(self._passage(each, own, lang, text, reader) for each in shown), searched)
            if kind == "answer":
                break
        return best

    def find(self, text: str, lang: str, limit: int = 10, reader: Reader = ANYBODY) -> list[Hit]:
        """Articles for the search page, best first, in ``lang`` unless only another has any."""
        text, _ = self._repaired(text)
        for own in self._order(lang):
            found = self._rank(text, own, limit, reader)
            if found:
                return [self._hit(each, own, text) for each in _near(found)]
        return []

    def ranked(self, text: str, lang: str, limit: int = 10, reader: Reader = ANYBODY) -> list[Ranked]:
        """How the scorer sees the articles of one language, for ``/why`` and measurements: nothing is held back."""
        found = self._rank(self._repaired(text)[0], lang, limit, reader)
        articles = self._indexes[lang].articles if found else ()
        return [Ranked(articles[each.number].slug, chance(each.signs), each) for each in found]

    def _order(self, lang: str) -> list[str]:
        return sorted(self._articles, key=lambda other: other != lang)

    def _repaired(self, text: str) -> tuple[str, str]:
        """The text to search for, and again when it is not what was typed."""
        typed = text[:LONGEST_QUERY]
        repaired = self._repairer.repair(typed)
        return repaired.text, repaired.text if repaired.changes else ""

    def _rank(self, text: str, lang: str, limit: int, reader: Reader) -> list[Scored]:
        index = self._indexes.get(lang)
        if index is None or not text.strip():
            return []
        text = _plain(text)
        places = self._places.get(lang)
        return rank(index, self._candidates[lang], text, limit, reader, places.cosines(text) if places else ())

    def _passage(self, found: Scored, lang: str, own: str, text: str, reader: Reader) -> Passage:
        index = self._indexes[lang]
        article = index.articles[found.number]
        quote, anchor = passage(chunks(article), _asked(index, article, text))
        twin = self.article(article.slug, own, reader)
        if twin and twin is not article:  # found by another language's words, read in one's own
            article = twin
            quote, anchor = passage(chunks(twin), {})
        return Passage(article.slug, article.title, quote, article.lang, round(chance(found.signs), 3), anchor)

    def _hit(self, found: Scored, lang: str, text: str) -> Hit:
        index = self._indexes[lang]
        article = index.articles[found.number]
        snippet, anchor = passage(chunks(article), _asked(index, article, text), SNIPPET)
        asked = query_weights(index, text)
        matched = dict.fromkeys(word for word in words(f"{article.title} {snippet}") if stem(word) in asked)
        return Hit(article.slug, lang, article.title, snippet, anchor, tuple(matched), round(chance(found.signs), 3))


def _plain(text: str) -> str:
    """A question without the greeting and the thanks around it: no article is about them, and their words look like others."""
    said = bare(text)
    return text if len(said.split()) == len(words(text)) else said


def _near(found: Sequence[Scored]) -> list[Scored]:
    return [each for each in found if each.score >= _NEAR * found[0].score]


def _asked(index: Index, article: Article, text: str) -> Mapping[str, float]:
    """The telling stems of a query that the title and questions do not say already: they choose the passage."""
    said = {stem(word) for line in (article.title, *article.questions) for word in words(line)}
    least = _TELLING * index.unseen
    return {each: weight for each, weight in query_weights(index, text).items() if weight >= least and each not in said}

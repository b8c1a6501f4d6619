"""What the articles do not answer: questions that found nothing, did not help, or went to a person, put together by their words.

It reads questions that are masked already and proposes; it must never change an article.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from math import sqrt

from presszero.kb.library import Library
from presszero.lang import common_en, common_ru
from presszero.lang.words import stem, stems

DAY = 86400.0
WEEK = 7 * DAY
ALIKE = 0.5  # the cosine from which two questions ask the same
_COMMON = 150  # so many of the commonest words of a language say little
_LITTLE = 0.25
EXAMPLES = 6
MOST_A_DAY = 10  # different questions of one person that make gaps; more is a person who plays


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and what came of it. ``handed``: a person was asked for within three days."""

    id: int
    at: float
    text: str
    lang: str
    band: str
    searched: str = ""
    shown: tuple[str, ...] = ()
    feedback: str = ""
    handed: bool = False
    place: str = "chat"
    who: str = ""  # one person's questions have it in common; "" stands for somebody else each time

    @property
    def asker(self) -> tuple[str, int]:
        """A person on a day: whoever asks again the same day has asked once."""
        return self.who or f"#{self.id}", int(self.at // DAY)

    @property
    def failed(self) -> bool:
        """Whether articles were shown and did not do: the customer said so, or a person was asked for."""
        return bool(self.shown) and (self.feedback == "no" or (self.handed and self.feedback != "yes"))

    @property
    def missed(self) -> bool:
        """Whether this question is a gap."""
        return self.feedback != "yes" and (self.band == "none" or self.feedback == "no" or self.handed)


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions that ask the same and were not answered well; ``key`` names it as long as its first phrasing stays first.

    All counts are of people, each once a day, so that nobody makes a gap large alone.
    """

    key: str
    lang: str
    examples: tuple[str, ...]  # phrasings, the commonest first
    ids: tuple[int, ...]
    count: int
    unanswered: int  # nothing was found
    not_helped: int  # something was shown; the customer said no, or asked for a person
    handed: int  # a person was asked for afterwards
    this_week: int
    last_week: int


@dataclass(frozen=True, slots=True)
class Nearest:
    """The article that comes nearest to a gap now; ``answered``: by now it is an answer."""

    slug: str
    lang: str
    title: str
    chance: float
    answered: bool


def gaps(asked: Iterable[Asked], now: float) -> list[Gap]:
    """The gaps, those of the most people first."""
    missed = _few(each for each in asked if each.missed)
    together: dict[tuple[str, tuple[str, ...]], list[Asked]] = defaultdict(list)
    for each in missed:
        said = tuple(sorted(_weights(each.searched or each.text)))
        if any(s not in _common() for s in said):
            together[each.lang, said].append(each)
    order = sorted(together.items(), key=lambda item: (-_people(item[1]), item[0]))
    clusters = _Clusters()
    for (lang, _), some in order:
        clusters.take(lang, some)
    found = [(_gap(lang, some, now), len({each.asker[0] for each in some})) for lang, some in clusters.all()]
    found.sort(key=lambda one: (-one[1], -one[0].count, -one[0].this_week, one[0].examples))
    return [gap for gap, _ in found]


def _few(missed: Iterable[Asked]) -> list[Asked]:
    """What one person asked on a day, as far as it is a few different questions."""
    different: dict[tuple[str, int], set[str]] = defaultdict(set)
    found: list[Asked] = []
    for each in missed:
        texts = different[each.asker]
        if each.text in texts or len(texts) < MOST_A_DAY:
            texts.add(each.text)
            found.append(each)
    return found


class _Clusters:
    """Each cluster is known by its first phrasing; what comes later joins the likest one, so that nothing drifts."""

    def __init__(self) -> None:
        self._first: list[tuple[str, dict[str, float], list[Asked]]] = []
        self._by_stem: dict[tuple[str, str], list[int]] = defaultdict(list)

    def take(self, lang: str, some: list[Asked]) -> None:
        own = _weights(some[0].searched or some[0].text)
        near = {n for each in own if each not in _common() for n in self._by_stem[lang, each]}
        best = max(near, key=lambda n: (_like(own, self._first[n][1]), -n), default=None)
        if best is not None and _like(own, self._first[best][1]) >= ALIKE:
            self._first[best][2].extend(some)
            return
        for each in own:
            self._by_stem[lang, each].append(len(self._first))
        self._first.append((lang, own, list(some)))

    def all(self) -> list[tuple[str, list[Asked]]]:
        return [(lang, some) for lang, _, some in self._first]


def _gap(lang: str, some: Sequence[Asked], now: float) -> Gap:
    texts = Counter(text for text, _ in {(each.text, each.asker) for each in some})
    first = min(some, key=lambda each: (-texts[each.text], each.text))
    examples = tuple(text for text, _ in sorted(texts.items(), key=lambda item: (-item[1], item[0])))
    return Gap(
        key=hashlib.sha256(f"{lang} {' '.join(sorted(_weights(first.searched or first.text)))}".encode()).hexdigest()[
            :10
        ],
        lang=lang,
        examples=examples[:EXAMPLES],
        ids=tuple(each.id for each in some),
        count=_people(some),
        unanswered=_people(each for each in some if each.band == "none"),
        not_helped=_people(each for each in some if each.failed),
        handed=_people(each for each in some if each.handed),
        this_week=_people(each for each in some if each.at > now - WEEK),
        last_week=_people(each for each in some if now - 2 * WEEK < each.at <= now - WEEK),
    )


def _people(some: Iterable[Asked]) -> int:
    return len({each.asker for each in some})


def nearest(gap: Gap, library: Library) -> Nearest | None:
    """The article that would be shown for a gap, or comes nearest; None when no article shares a word with it."""
    answer = library.search(gap.examples[0], gap.lang)
    if answer.passages:
        first = answer.passages[0]
        return Nearest(first.article, first.lang, first.title, first.score, answer.kind == "answer")
    ranked = library.ranked(gap.examples[0], gap.lang, 1)
    article = library.shown(ranked[0].slug, gap.lang) if ranked else None
    if article is None:
        return None
    return Nearest(article.slug, article.lang, article.title, round(ranked[0].chance, 3), answered=False)


def alike(one: str, other: str) -> bool:
    """Whether two texts ask the same: exactly, or in nearly the same words."""
    first, second = _weights(one), _weights(other)
    return one == other or bool(first and second and _like(first, second) >= ALIKE)


def _weights(text: str) -> dict[str, float]:
    return {each: _LITTLE if each in _common() else 1.0 for each in stems(text)}


def _like(a: dict[str, float], b: dict[str, float]) -> float:
    shared = sum(weight * b[each] for each, weight in a.items() if each in b)
    return shared / sqrt(sum(w * w for w in a.values()) * sum(w * w for w in b.values()))


@cache
def _common() -> frozenset[str]:
    return frozenset(stem(word) for words in (common_ru.WORDS, common_en.WORDS) for word in tuple(words)[:_COMMON])

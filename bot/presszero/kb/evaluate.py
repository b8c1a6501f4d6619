"""Measures the knowledge base on articles and questions from files: what is found, what is answered, at what cost.

Every question goes the whole way a customer's does, once, one by one. Questions are never looked at before.
"""

from __future__ import annotations

import random
import resource
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple, TypeVar

import msgspec

from presszero.errors import ConfigError, ContentError, Finding
from presszero.kb.article import Article, Section
from presszero.kb.library import Library
from presszero.kb.meaning import Meaning
from presszero.lang.encoder import Encoder
from presszero.measure import marks
from presszero.measure.noise import spoiled
from presszero.source.jsonl import fault

T = TypeVar("T")
SEED = 7
DEEP = 10  # how far down the list a right article counts for the mean reciprocal rank
PRECISE = 0.9
PATIENT = 5.0  # seconds: a busy machine must not turn an encoder off while it is measured
_TODAY = date(2026, 1, 12)
_PHRASINGS, _PHRASING = 4, 80  # lines of a text, and their length, from which and to which they are phrasings


class Document(msgspec.Struct):
    """A line of the corpus; ``questions``: phrasings, if the corpus has them apart."""

    id: str
    title: str = ""
    text: str = ""
    questions: list[str] = []
    lang: str = ""


class Query(msgspec.Struct):
    """A line of the questions; negatives need no gold."""

    text: str
    qid: str = ""
    gold: list[str] = []


class Seen(NamedTuple):
    """What was found for one question."""

    query: Query
    slugs: tuple[str, ...]
    chance: float  # of the first, as bands see it
    cpu_ms: float


@dataclass(frozen=True)
class Report:
    """The figures; `as_data` names them."""

    seen: Sequence[Seen]
    negatives: Sequence[Seen]
    articles: int
    index_s: float
    peak_rss_mb: float

    def recall(self, most: int) -> float:
        """The share of questions with a right article among the first ones."""
        right = [bool(set(one.query.gold).intersection(one.slugs[:most])) for one in self.seen]
        return round(sum(right) / max(1, len(right)), 4)

    def as_data(self) -> dict[str, Any]:
        """All figures by name."""
        cpu = [one.cpu_ms for one in (*self.seen, *self.negatives)]
        ranks = [
            next((1 / at for at, slug in enumerate(one.slugs[:DEEP], start=1) if slug in one.query.gold), 0.0)
            for one in self.seen
        ]
        made: dict[str, Any] = {
            "articles": self.articles,
            "questions": len(self.seen),
            "r1": self.recall(1),
            "r3": self.recall(3),
            "r5": self.recall(5),
            "mrr10": round(sum(ranks) / max(1, len(ranks)), 4),
            "auroc": None,
            "answered_p90_1": self.answered(1),
            "answered_p90_3": self.answered(3),
            "index_s": round(self.index_s, 3),
            "query_p50_ms": round(marks.percentile(cpu, 0.5), 3),
            "query_p99_ms": round(marks.percentile(cpu, 0.99), 3),
            "peak_rss_mb": round(self.peak_rss_mb, 1),
        }
        if self.negatives:
            made["negatives"] = len(self.negatives)
            made["auroc"] = round(marks.auroc([s.chance for s in self.seen], [s.chance for s in self.negatives]), 4)
        return made

    def answered(self, shown: int) -> float:
        """The greatest share of all questions, negatives among them, that can be answered with 90 % of the answers right.

        Right: a right article among the first ``shown``. The limit is the best there is in these very questions, so it
        says how well the chance sorts them, not where a desk's limit is.
        """
        order = sorted(
            [(one.chance, bool(set(one.query.gold).intersection(one.slugs[:shown]))) for one in self.seen if one.slugs]
            + [(one.chance, False) for one in self.negatives if one.slugs],
            reverse=True,
        )
        right = best = 0
        for number, (chance, was) in enumerate(order, start=1):
            right += was
            tied = number < len(order) and order[number][0] == chance
            if not tied and right >= PRECISE * number:
                best = number
        return round(best / max(1, len(self.seen) + len(self.negatives)), 4)


def evaluate(
    corpus: Path, queries: Path, *, negatives: Path | None, lang: str, noise: str, encoder: Encoder | None = None
) -> Report:
    """Builds the library and asks it. Raises ContentError or ConfigError for files that cannot be used."""
    articles, asked = read(corpus, queries, lang)
    strange = _rows(negatives, Query) if negatives else []
    started = time.process_time()
    meaning = Meaning(encoder, budget=PATIENT) if encoder else None
    library = Library(articles, [articles[0].lang], _TODAY, meaning=meaning)
    library.learn()
    index_s = time.process_time() - started
    chance = random.Random(SEED)  # noqa: S311 - the same noise each time
    seen = [_ask(library, one, articles[0].lang, noise, chance) for one in asked]
    unknown = [_ask(library, one, articles[0].lang, noise, chance) for one in strange]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Report(seen, unknown, len(articles), index_s, peak)


def read(corpus: Path, queries: Path, lang: str = "") -> tuple[list[Article], list[Query]]:
    """The articles and questions of files. Raises ContentError or ConfigError for files that cannot be used."""
    articles = _articles(_rows(corpus, Document), lang)
    asked = [one for one in _rows(queries, Query) if one.gold]
    if not articles or not asked:
        raise ConfigError(f"{corpus} must have articles, and {queries} questions with gold.")
    return articles, asked


def _ask(library: Library, query: Query, lang: str, noise: str, chance: random.Random) -> Seen:
    text = spoiled(query.text, noise, chance) if noise else query.text
    start = time.process_time()  # of all threads: an encoder has its own
    found = library.ranked(text, lang, DEEP)
    spent = (time.process_time() - start) * 1e3
    return Seen(query, tuple(each.slug for each in found), found[0].chance if found else 0.0, spent)


def _articles(documents: Sequence[Document], lang: str) -> list[Article]:
    """Articles as a desk has them. A corpus whose texts are lists of short phrasings, one a line, is one of variants."""
    texts = [one.text for one in documents]
    language = lang or _language(texts)
    variants = _are_phrasings(texts)
    made: dict[str, Article] = {}
    for one in documents:
        body = "" if variants else one.text
        questions = tuple(filter(None, one.text.split("\n"))) if variants else ()
        made[one.id] = Article(
            one.id, language, one.id, one.title, body, (Section("", "", body),), (*questions, *one.questions)
        )
    return list(made.values())


def _are_phrasings(texts: Sequence[str]) -> bool:
    counts = [text.count("\n") + 1 for text in texts]
    lines = [len(line) for text in texts for line in text.split("\n")]
    return bool(lines) and median(counts) >= _PHRASINGS and median(lines) <= _PHRASING


def _language(texts: Sequence[str]) -> str:
    letters = "".join(texts[:200]).lower()
    return "ru" if 3 * sum("а" <= char <= "я" for char in letters) > sum(char.isalpha() for char in letters) else "en"


def _rows(path: Path, kind: type[T]) -> list[T]:
    if not path.is_file():
        raise ConfigError(f"{path} is not a file.")
    made: list[T] = []
    faults: list[Finding] = []
    decoder = msgspec.json.Decoder(kind)
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        for number, line in enumerate(file, start=1):
            if not line.strip():
                continue
            try:
                made.append(decoder.decode(line))
            except msgspec.MsgspecError as error:
                faults.append(fault(path.name, number, line, error, "PZ521"))
    if faults:
        raise ContentError(faults)
    return made

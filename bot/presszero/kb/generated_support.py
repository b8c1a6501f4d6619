"""Whether one or two sentences of the cited passages say what a piece of an answer says.

A number must stand there with what it counts and beside the words around it, and a denial must stand where theirs does.
Words are compared, not meanings. Pure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise
from typing import Literal

from presszero.dialogue.knowledge import Passage
from presszero.kb.generated_facts import Facts, facts_of, names

LEAST = 0.6  # the share of a piece's content words that stands in one or two sentences, or in the title
Wrong = Literal["number", "link", "name", "words", "opposite"]
_SENTENCE = re.compile(r"(?<=[.!?…])\s+")  # a line without a full stop goes on: lists are one sentence
_PART = re.compile(r"(?<=[.!?…;])\s+|\n")
_CLAUSE = re.compile(r"[,;:—–](?=\s)|\s(?:and|but|or|и|а|но|или)\s", re.IGNORECASE)
_OF_TITLE = 0.1  # what a word of the title weighs: it says what a passage is about, not which of its sentences


@dataclass(frozen=True, slots=True)
class _Window:
    """One sentence or two."""

    figures: frozenset[str]
    countable: frozenset[tuple[str, str]]
    rows: frozenset[str]
    content: frozenset[str]
    stems: frozenset[str]
    denies: bool

    @classmethod
    def of(cls, *facts: Facts) -> _Window:
        return cls(
            frozenset().union(*(f.figures for f in facts)),
            frozenset().union(*(f.countable for f in facts)),
            frozenset().union(*(f.rows for f in facts)),
            frozenset().union(*(f.content for f in facts)),
            frozenset().union(*(f.stems for f in facts)),
            any(f.denies for f in facts),
        )

    @property
    def items(self) -> frozenset[str]:
        """What tells it from others."""
        return self.content | self.figures | self.rows


@dataclass(frozen=True, slots=True)
class _Source:
    """All that a citation names."""

    links: frozenset[str]
    stems: frozenset[str]
    title: _Window
    clauses: tuple[_Window, ...]
    sentences: tuple[_Window, ...]
    windows: tuple[_Window, ...]
    parts: tuple[_Window, ...]  # the windows, and what is smaller than a sentence
    weights: dict[str, float]


def foreign(piece: str, passages: Sequence[Passage], *, first: bool) -> Wrong | None:
    """What a piece says that the passages do not; ``first``: it begins a sentence, so its first word is no name."""
    said, source = facts_of(piece), _source(tuple((p.title, p.text) for p in passages))
    if not said.links <= source.links:
        return "link"
    title = source.title
    near = [w for w in source.windows if said.figures <= w.figures | title.figures and said.rows <= w.rows | title.rows]
    if not near:
        return "number"
    if not names(piece, first=first) <= source.stems:
        return "name"
    if not said.content or not any(_says(window, said, title) for window in near):
        return "words"
    for clause in map(facts_of, _CLAUSE.split(piece)):
        if (clause.figures or clause.rows) and not _counted(clause, source):
            return "number"  # it stands there about something else
    return None if said.denies in _nearest(said.content | said.figures | said.rows, source) else "opposite"


def _counted(clause: Facts, source: _Source) -> bool:
    """Whether one sentence says this, and its numbers stand where its words stand rather than in another clause."""
    if not any(_says(one, clause, source.title) for one in source.sentences):
        return False
    near = [(_weight(clause.content & one.content, source), one) for one in source.clauses]
    best = max((weight for weight, _ in near), default=0.0)
    return not best or any(
        clause.figures <= one.figures | source.title.figures for weight, one in near if weight == best
    )


def _says(window: _Window, said: Facts, title: _Window) -> bool:
    """Whether a window, read under its title, has the numbers, what they count, and enough of the words."""
    return (
        said.figures <= window.figures | title.figures
        and said.rows <= window.rows | title.rows
        and said.counts <= window.countable | title.countable
        and len(said.content & (window.stems | title.stems)) >= LEAST * len(said.content)
    )


def _nearest(said: frozenset[str], source: _Source) -> set[bool]:
    """Whether what is nearest to these words and numbers denies; of two as near, the shorter."""
    near = [(_weight(said & part.items, source), -len(part.items), part.denies) for part in source.parts]
    best = max(each[:2] for each in near)
    return {denies for weight, size, denies in near if (weight, size) == best}


def _weight(shared: frozenset[str], source: _Source) -> float:
    return round(sum(source.weights[item] for item in shared), 6)


@lru_cache(maxsize=64)
def _source(passages: tuple[tuple[str, str], ...]) -> _Source:
    titles = [facts_of(title) for title, _ in passages]
    title = _Window.of(*titles)
    each = [[facts_of(one) for one in _SENTENCE.split(text.strip())] for _, text in passages]
    windows = [*_windows(each), *map(_Window.of, titles)]
    parts = [_Window.of(facts_of(one)) for _, text in passages for one in _PART.split(text) if one.strip()]
    seen = Counter(item for part in (*parts, *map(_Window.of, titles)) for item in part.items)
    return _Source(
        frozenset().union(*(facts_of(part).links for passage in passages for part in passage)),
        frozenset().union(*(w.stems for w in windows)),
        title,
        tuple(
            _Window.of(facts_of(one))
            for _, text in passages
            for part in _PART.split(text)
            for one in _CLAUSE.split(part)
        ),
        (title, *(_Window.of(one) for sentences in each for one in sentences)),
        tuple(windows),
        tuple(dict.fromkeys((*windows, *parts))),
        {item: (_OF_TITLE if item in title.items else 1.0) / n for item, n in seen.items()},
    )


def _windows(passages: list[list[Facts]]) -> Iterator[_Window]:
    """Every sentence, every two that follow each other, and two of different passages that are cited together."""
    for sentences in passages:
        yield from map(_Window.of, sentences)
        yield from (_Window.of(*two) for two in pairwise(sentences))
    for one, other in combinations(passages, 2):
        yield from (_Window.of(a, b) for a in one for b in other)

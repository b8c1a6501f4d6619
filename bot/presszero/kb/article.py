"""An article as the desk wrote it: front matter, Markdown body, and the sections its headings make.

Frozen data; reading it is ``load``'s work, showing it is ``page``'s, finding it is ``library``'s.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from presszero.lang.fold import fold

if TYPE_CHECKING:
    from presszero.kb.pictures import Picture

Reader = Mapping[str, frozenset[str]]  # what is known for sure of who reads, folded: {"segment": {"business"}}
ANYBODY: Reader = MappingProxyType({})
Group = tuple[tuple[str, frozenset[str]], ...]  # who is meant: each name must have one of its values
TRAITS = ("segment", "region", "product", "channel")


@dataclass(frozen=True, slots=True)
class Section:
    """The plain text under one heading; ``anchor`` is the heading's id on the page, "" before the first heading."""

    anchor: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """One article in one language; twins in other languages share its ``slug``."""

    slug: str
    lang: str
    file: str
    title: str
    body: str
    sections: tuple[Section, ...] = ()
    questions: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    audience: Group = ()
    boost: Group = ()
    owner: str = ""
    review_by: date | None = None
    effective_from: date | None = None
    effective_to: date | None = None
    pictures: tuple[Picture, ...] = ()

    def in_effect(self, today: date) -> bool:
        """Whether it holds today."""
        started = self.effective_from is None or self.effective_from <= today
        return started and not (self.effective_to is not None and self.effective_to < today)

    def shown_to(self, reader: Reader) -> bool:
        """Whether a reader may see it: it is for everybody, or for such readers."""
        return fits(self.audience, reader)


def fits(group: Group, reader: Reader) -> bool:
    """Whether a reader belongs to a group; everybody belongs to an empty one."""
    return all(not values.isdisjoint(reader.get(name, ())) for name, values in group)


def reader_of(facts: Mapping[str, object], channel: str = "") -> Reader:
    """The reader that facts describe; a fact may be a text, a number or a list of these. A channel is no fact."""
    known = {**{name: facts.get(name) for name in TRAITS}, "channel": channel}
    return {name: found for name, value in known.items() if (found := _values(value))}


def _values(value: object) -> frozenset[str]:
    every = value if isinstance(value, list | tuple | set | frozenset) else (value,)
    return frozenset(fold(str(each)) for each in every if isinstance(each, str | int) and str(each))

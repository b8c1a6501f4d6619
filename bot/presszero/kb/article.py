"""An article as the desk wrote it: front matter, Markdown body, and the sections its headings make.

Frozen data; reading it is ``load``'s work, showing it is ``page``'s, finding it is ``library``'s.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


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
    audience: tuple[str, ...] = ()
    owner: str = ""
    review_by: date | None = None
    effective_from: date | None = None
    effective_to: date | None = None

    def public(self, today: date) -> bool:
        """Whether anybody may read it today: in effect, and not kept for an audience."""
        started = self.effective_from is None or self.effective_from <= today
        ended = self.effective_to is not None and self.effective_to < today
        return started and not ended and not self.audience

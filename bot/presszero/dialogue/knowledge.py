"""What the knowledge base answered, as the core receives it inside an event."""

from __future__ import annotations

from typing import Literal

import msgspec


class Passage(msgspec.Struct, frozen=True):
    """A verbatim passage (at most 400 characters, plain text) of an article, and where the whole stands."""

    article: str  # the article's slug, the same in every language
    title: str
    text: str
    lang: str
    score: float = 0.0
    anchor: str = ""  # the heading's anchor inside the article page, without ``#``


class Answer(msgspec.Struct, frozen=True):
    """``answer``: the first passage fits; ``suggest``: up to three may fit; ``none``: nothing does."""

    kind: Literal["answer", "suggest", "none"]
    passages: tuple[Passage, ...] = ()
    searched: str = ""  # the query after repair, when it differs from what was typed
    asked: str = ""  # the question without personal data, where a language model may be asked to answer it


NOTHING_FOUND = Answer("none")
PATIENCE = 72 * 3600.0  # who asks a person within this time was not helped by what they had read

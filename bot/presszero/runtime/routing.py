"""What a request is about, how urgent it is and whose it is: the desk's words decide first, then the model, then the default."""

from __future__ import annotations

import logging

import msgspec

from presszero.lang.match import contains
from presszero.runtime.content import Content

log = logging.getLogger(__name__)
SURE = 0.5  # a category below this is only kept as a guess for people to confirm
RANK = ("low", "normal", "high", "urgent")


class Kind(msgspec.Struct, frozen=True):
    """A category, and what the model thought: (category, probability), likeliest first."""

    category: str
    ranking: tuple[tuple[str, float], ...] = ()
    by: str = "default"  # flow, words, model, default


def kind(content: Content, text: str, lang: str, named: str = "") -> Kind:
    """The category of a request; ``named`` is the flow's own."""
    ranking = _ranking(content, text, lang)
    if named:
        return Kind(named, ranking, "flow")
    for category in content.handoff.categories.values():
        if any(contains(text, phrase) for phrases in category.words.values() for phrase in phrases):
            return Kind(category.name, ranking, "words")
    if ranking and ranking[0][1] >= SURE and ranking[0][0] in content.handoff.categories:
        return Kind(ranking[0][0], ranking, "model")
    return Kind(content.handoff.default_category, ranking)


def _ranking(content: Content, text: str, lang: str) -> tuple[tuple[str, float], ...]:
    if not text:
        return ()
    try:
        return tuple((g.intent, g.confidence) for g in content.understanding.classify(text, lang))[:3]
    except Exception:
        # A model that fails must not stand between a customer and a person.
        log.exception("PZ-NLU a request could not be classified")
        return ()


def priority(content: Content, text: str, category: str, named: str = "") -> str:
    """The flow's own priority, or the highest of the category's and the words'."""
    if named in RANK:
        return named
    known = content.handoff.categories.get(category)
    found: list[str] = [known.priority if known else "normal"]
    try:
        found.append(content.understanding.priority(text))
    except Exception:
        log.exception("PZ-NLU how urgent a request is could not be told")
    if any(contains(text, phrase) for phrases in content.handoff.urgent.values() for phrase in phrases):
        found.append("urgent")
    return max(found, key=RANK.index)

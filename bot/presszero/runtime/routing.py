"""What a request is about, how urgent it is and whose it is: the desk's words decide first, then the model, then the default.

Each of them can tell why, for whoever looks at the request. A model that fails must not stand between a customer and a
person: it is logged, and the default serves.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from presszero.lang.match import contains
from presszero.nlu.why import Reason, standing
from presszero.runtime.content import Content

log = logging.getLogger(__name__)
SURE = 0.5  # a category below this is only kept as a guess for people to confirm
RANK = ("low", "normal", "high", "urgent")
LOOKED_AT = 1000  # characters that reasons are looked for in
KEPT = 3  # guesses that a request keeps
Asked = Literal["category", "priority", "queue", "language", "mood"]


class Kind(msgspec.Struct, frozen=True):
    """A category, and what the model thought: (category, probability), likeliest first."""

    category: str
    ranking: tuple[tuple[str, float], ...] = ()
    by: str = "default"  # flow, words, model, default
    said: str = ""  # the phrase of the desk that decided


def kind(content: Content, text: str, lang: str, named: str = "") -> Kind:
    """The category of a request; ``named`` is the flow's own."""
    ranking = _ranking(content, text, lang)
    if named:
        return Kind(named, ranking, "flow")
    for category in content.handoff.categories.values():
        for phrases in category.words.values():
            if said := next((phrase for phrase in phrases if contains(text, phrase)), ""):
                return Kind(category.name, ranking, "words", said)
    if ranking and ranking[0][1] >= SURE and ranking[0][0] in content.handoff.categories:
        return Kind(ranking[0][0], ranking, "model")
    return Kind(content.handoff.default_category, ranking)


def _ranking(content: Content, text: str, lang: str) -> tuple[tuple[str, float], ...]:
    if not text:
        return ()
    try:
        return tuple((g.intent, g.confidence) for g in content.understanding.classify(text, lang))
    except Exception:
        log.exception("PZ-NLU a request could not be classified")
        return ()


def queue(content: Content, about: Kind, named: str = "") -> Reason:
    """Whose it is: the flow's own, the category's, or the one that takes most of what it may be about; else the default."""
    handoff = content.handoff
    if named:
        return Reason(named, "flow")
    if about.by != "default":
        sure = about.ranking[0][1] if about.by == "model" else 1.0
        return Reason(handoff.queue_for(about.category), "category", sure)
    shares = _by_queue(content, about.ranking).most_common(2)
    if shares and shares[0][1] >= SURE:
        other, less = shares[1] if len(shares) > 1 else ("", 0.0)
        return Reason(shares[0][0], "model", shares[0][1], (), other, less)
    return Reason(handoff.queue_for(about.category), "default", shares[0][1] if shares else 0.0)


def _by_queue(content: Content, ranking: tuple[tuple[str, float], ...]) -> Counter[str]:
    """How likely each queue is: of the categories behind the first no more than the first leaves over."""
    rest = sum(sure for _, sure in ranking[1:])
    left = min(1.0, (1.0 - ranking[0][1]) / rest) if rest else 1.0
    found: Counter[str] = Counter()
    for at, (name, sure) in enumerate(ranking):
        if name in content.handoff.categories:
            found[content.handoff.queue_for(name)] += sure * (left if at else 1.0)  # type: ignore[assignment]
    return found


def priority(content: Content, text: str, category: str, named: str = "") -> Reason:
    """The flow's own priority, or the highest of the category's and the words'."""
    if named in RANK:
        return Reason(named, "flow")
    known = content.handoff.categories.get(category)
    found = [Reason(known.priority, "category") if known else Reason("normal", "default")]
    try:
        asked = content.understanding.priority(text)
        if asked.words:
            found.append(Reason(asked.value, "words", words=(asked.words,)))
    except Exception:
        log.exception("PZ-NLU how urgent a request is could not be told")
    urgent = (phrase for phrases in content.handoff.urgent.values() for phrase in phrases)
    if said := next((phrase for phrase in urgent if contains(text, phrase)), ""):
        found.append(Reason("urgent", "words", words=(standing(text, said),)))
    return max(found, key=lambda one: (RANK.index(one.value), one.by == "words"))


def reasons(
    content: Content, text: str, lang: str, about: Kind, urgency: Reason, whose: Reason
) -> Mapping[Asked, Reason]:
    """Why a request is what it is. Slower than deciding it: for a request that is made, and for who asks."""
    text = text[:LOOKED_AT]
    try:
        seen = content.understanding
        return {
            "category": _category(content, text, about),
            "priority": urgency,
            "queue": whose,
            "language": seen.language(text, lang),
            "mood": seen.mood(text),
        }
    except Exception:
        log.exception("PZ-NLU why a request is what it is could not be told")
        return {}


def _category(content: Content, text: str, about: Kind) -> Reason:
    """By the phrase of the desk; by the model, also where it was not sure enough to be followed."""
    guesses = about.ranking
    if about.by == "words":
        other = next((one for one in guesses if one[0] != about.category), ("", 0.0))
        return Reason(about.category, "words", 1.0, (standing(text, about.said),), *other)
    sure = next((sure for name, sure in guesses if name == about.category), 0.0)
    other = next((one for one in guesses if one[0] != about.category), ("", 0.0))
    told = about.category if about.by == "model" else other[0]
    words = content.understanding.why(text, told, category=True) if told and about.by != "flow" else ()
    return Reason(about.category, about.by, 1.0 if about.by == "flow" else sure, words, *other)


def kept(about: Kind, told: Mapping[Asked, Reason], text: str) -> dict[str, Any]:
    """What a request keeps of it: what the model thought, and why; ``text`` as it may be kept."""
    ranking = [list(guess) for guess in about.ranking[:KEPT]]
    return {"by": about.by, "ranking": ranking, "text": text[:500], "why": msgspec.to_builtins(told)}

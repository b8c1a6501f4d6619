"""How a customer feels, by their words: angry, worried, pleased or neither, with the words that told it.

Rules written by hand, with capitals, punctuation and denials; no statistics. It is a hint for whoever answers: it must
never decide who is answered, or when.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate
from math import exp
from typing import Literal, NamedTuple

from presszero.lang.words import words
from presszero.nlu.mood_words import ANGRY, PLEASED, WORRIED

Mood = Literal["angry", "worried", "pleased", "neutral"]
_HEAD = 1000  # characters that are looked at
_CALM = 1.0  # what the three others have to outweigh
_SHARP = 2.2
_LOUD_WORD, _LOUD_LEAST = 3, 3  # letters of a word in capitals, and so many words of them
_THANKS = 0.9  # the least weight of a word that thanks
_MOST = 3  # words that count, and are told
_FEW = 3  # words of a message that thanks and does nothing else
_REACH = 2  # words between a denial and what it denies
_DENYING = """
не ни без нет никаких никакой нисколько вовсе not no never nothing without don't dont doesn't isn't aren't wasn't can't
cannot won't didn't hardly
"""
_DENIALS = frozenset(_DENYING.split())

_IN_ADVANCE = re.compile(
    r"(?:заранее (?:вам )?|нет |no |no no )(?:спасибо|благодар\w+|thanks|thank you)|(?:thanks|thank you) in advance"
)
_BREAK = re.compile(r"[,.!?;:()\n—–]+")
_GLAD, _SAD = re.compile(r"[👍👏❤😊😀😃😄🥰😍🙂🎉♥🙏]|[:;]-?\)+|\)\)+"), re.compile(r"[😡🤬😠👎🤮💩🖕]")
_WORRYING = re.compile(r"[😱😰😨😟😢😭🆘]")
_FACES: tuple[tuple[Mood, re.Pattern[str], float], ...] = (
    ("angry", _SAD, 1.2),
    ("worried", _WORRYING, 1.2),
    ("pleased", _GLAD, 0.7),
)
_SHOUTED = re.compile(r"!{2,}|\?{2,}|\?!|!\?")
_CAPITALS = re.compile(rf"\b[A-ZА-ЯЁ]{{{_LOUD_WORD},}}\b")
_SMALL = re.compile(r"[a-zа-яё]")


class Felt(NamedTuple):
    """A mood, how sure of it, and the words that told it as they were read."""

    mood: Mood
    sure: float
    words: tuple[str, ...] = ()


def _table(text: str) -> re.Pattern[str]:
    """One pattern of a table; the group that matched tells the weight: `w17` is 1.7."""
    lines = [line.split(" ", 1) for line in text.strip().split("\n")]
    groups: dict[str, list[str]] = {}
    for weight, pattern in lines:
        groups.setdefault(weight, []).append(pattern)
    heavy_first = sorted(groups.items(), key=lambda item: -float(item[0]))
    named = (f"(?P<w{weight.replace('.', '')}>{'|'.join(patterns)})" for weight, patterns in heavy_first)
    return re.compile(rf"(?<![\w'])(?:{'|'.join(named)})(?![\w'])")


_TABLES: tuple[tuple[Mood, re.Pattern[str]], ...] = (
    ("angry", _table(ANGRY)),
    ("worried", _table(WORRIED)),
    ("pleased", _table(PLEASED)),
)


def mood(text: str, meant: str = "") -> Felt:
    """How the writer of a text feels; ``meant``: the text after its repair, whose words are read instead."""
    text = text[:_HEAD]
    clauses = [found for part in _BREAK.split((meant or text)[:_HEAD]) if (found := words(part))]
    said = " ".join(word for clause in clauses for word in clause)
    begins = frozenset(accumulate(map(len, clauses), initial=0))
    polite = [m.span() for m in _IN_ADVANCE.finditer(said)]
    scores: dict[Mood, float] = {"neutral": _CALM}
    told: dict[Mood, list[str]] = {}
    for name, table in _TABLES:
        weights = _found(table, said, begins, polite)
        told[name] = sorted(weights, key=weights.__getitem__, reverse=True)
        scores[name] = sum(weights[one] for one in told[name][:_MOST])
    _add_signs(text, scores, told, said.count(" ") + 1)
    best = max(scores, key=lambda name: scores[name])
    total = sum(exp(_SHARP * (score - scores[best])) for score in scores.values())
    return Felt(best, 1.0 / total, tuple(dict.fromkeys(told.get(best, ())))[:_MOST])


def _found(
    table: re.Pattern[str], said: str, begins: frozenset[int], polite: Sequence[tuple[int, int]]
) -> dict[str, float]:
    """The words of a table that stand in a text and are meant, with their weights."""
    return {
        found[0]: float(found.lastgroup[1:]) / 10
        for found in table.finditer(said)
        if found.lastgroup
        and not _denied(said, found, begins)
        and not any(start <= found.start() < end for start, end in polite)
    }


def _add_signs(text: str, scores: dict[Mood, float], told: dict[Mood, list[str]], size: int) -> None:
    """What stands beside the words: capitals, punctuation, faces."""
    loud = _CAPITALS.findall(text)
    shouts = len(loud) >= _LOUD_LEAST and not _SMALL.search(text)
    shouted = _SHOUTED.search(text)
    scores["angry"] += 0.6 * bool(shouts) + (0.8 if shouted else 0.0)
    if shouted:
        told["angry"].append(shouted[0])
    for name, sign, weight in _FACES:
        if face := sign.search(text):
            scores[name] += weight
            told[name].append(face[0])
    if "?" not in text and scores["pleased"] >= _THANKS:
        scores["pleased"] += 0.4 * (size <= _FEW) + 0.2 * ("!" in text)
    if scores["angry"] >= _CALM and "спасибо" not in told["angry"]:
        scores["pleased"] *= 0.6  # thanks beside anger are politeness, or worse


def _denied(said: str, found: re.Match[str], begins: frozenset[int]) -> bool:
    """Whether words before a match, in its own clause, deny it; a pattern that begins with a denial means it."""
    if found[0].split(" ", 1)[0] in _DENIALS:
        return False
    before = said[: found.start()].split()
    for back in range(1, _REACH + 1):
        if len(before) - back + 1 in begins or back > len(before):
            return False
        if before[-back] in _DENIALS:
            return True
    return False

"""Which option a typed answer names: as it stands, by word forms, then by near spelling; unique or none.

An option is never taken from inside its denial: «не работает» does not name «работает».
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from presszero.lang.fold import fold
from presszero.lang.politeness import bare
from presszero.lang.words import stem, words

_NEAR = 82.0  # similarity of stems, of 100
_SHORTEST_NEAR = 4  # letters of an answer that may be misspelt
_DENIALS = """
не ни нет без никак not no never none neither nor without dont don't doesn't doesnt isn't isnt aren't can't cant won't didn't didnt
wasn't couldn't cannot hasn't
"""
_DENIED = frozenset(stem(word) for word in _DENIALS.split())
_ANSWERED = re.compile(r"\b(нет|no)\s*[,.!;:-]")
_LEAD = 4.0  # by how much the nearest must lead
_TELLING = 3  # letters of a stem that tells something
_REACH = 2  # words between a denial and what it denies
_Stems = tuple[str, ...]


def same(text: str, phrase: str) -> bool:
    """Whether two texts have the same words."""
    return words(text) == words(phrase)


def same_forms(text: str, phrase: str) -> bool:
    """Whether two texts have the same words in whatever form."""
    return _prepared(text).stems == _prepared(phrase).stems


def whole(text: str, phrases: Iterable[str]) -> bool:
    """Whether a message, less politeness, is one of the phrases in whatever form of the words."""
    core = bare(text)
    return any(same_forms(core, phrase) or same_forms(text, phrase) for phrase in phrases)


def contains(text: str, phrase: str) -> bool:
    """Whether the words of a phrase stand together in a text, in whatever form, and are not denied there."""
    return _place(_prepared(text), _prepared(phrase).stems) >= 0


def match_option(text: str, options: Sequence[Sequence[str]]) -> int | None:
    """The option that a typed answer names; each option is its label and its other words."""
    answer = _prepared(text)
    if not answer.words:
        return None
    prepared = [[_prepared(phrase) for phrase in option] for option in options]
    for fits in (_exactly, _in_forms):
        found = [at for at, phrases in enumerate(prepared) if any(fits(answer, phrase) for phrase in phrases)]
        if len(found) == 1:
            return found[0]
    inside = _named_inside(answer, prepared)
    if inside:
        return inside[0] if len(inside) == 1 else None
    core = _prepared(bare(text))
    part = [at for at, phrases in enumerate(prepared) if phrases and _is_part(core, phrases[0])]
    return part[0] if len(part) == 1 else _nearest(core, prepared)


class _Said(NamedTuple):
    words: _Stems
    stems: _Stems
    denials: frozenset[int]  # the places of words that deny what follows


_Options = list[list[_Said]]


@lru_cache(maxsize=4096)
def _prepared(text: str) -> _Said:
    folded = fold(text[:500])
    found = tuple(words(folded))
    stems = tuple(map(stem, found))
    ended = {match[1] for match in _ANSWERED.finditer(folded)}  # «нет, красный»: the «нет» is over
    denials = (at for at, one in enumerate(stems) if one in _DENIED and found[at] not in ended)
    return _Said(found, stems, frozenset(denials))


def _exactly(answer: _Said, phrase: _Said) -> bool:
    return answer.words == phrase.words


def _in_forms(answer: _Said, phrase: _Said) -> bool:
    return answer.stems == phrase.stems


def _named_inside(answer: _Said, options: _Options) -> list[int]:
    """The options with a phrase inside the answer; a phrase inside a longer one that was found does not count."""
    found: dict[int, set[tuple[int, int]]] = {}
    for at, phrases in enumerate(options):
        for phrase in phrases:
            if phrase.stems and (place := _place(answer, phrase.stems)) >= 0:
                found.setdefault(at, set()).add((place, place + len(phrase.stems)))
    return [at for at, spans in found.items() if not all(_within_other(span, at, found) for span in spans)]


def _within_other(span: tuple[int, int], at: int, found: dict[int, set[tuple[int, int]]]) -> bool:
    others = (other for index, spans in found.items() if index != at for other in spans)
    return any(start <= span[0] and span[1] <= end and (start, end) != span for start, end in others)


def _place(answer: _Said, phrase: _Stems) -> int:
    """Where the stems of a phrase stand together in an answer and are not denied, or -1."""
    size = len(phrase)
    for at in range(len(answer.stems) - size + 1):
        if answer.stems[at : at + size] == phrase:
            denied = not answer.denials.isdisjoint(range(at - _REACH, at))
            if not denied or _DENIED.intersection(phrase):
                return at
    return -1


def _is_part(answer_said: _Said, label: _Said) -> bool:
    """Whether the answer is a telling part of a label: «картой» of «оплатить картой», never «работает» of its denial."""
    answer, phrase = answer_said.stems, label.stems
    if not phrase or max(map(len, answer), default=0) < _TELLING or _denied(answer) != _denied(phrase):
        return False
    return any(phrase[at : at + len(answer)] == answer for at in range(len(phrase) - len(answer) + 1))


def _denied(stems: _Stems) -> bool:
    return bool(_DENIED.intersection(stems)) or stems[0].startswith(("не", "un"))


def _nearest(answer: _Said, options: _Options) -> int | None:
    """The only option spelt nearly like the answer."""
    if sum(map(len, answer.words)) < _SHORTEST_NEAR:
        return None
    scored = sorted(
        ((max((_likeness(answer, p) for p in phrases), default=0.0), at) for at, phrases in enumerate(options)),
        reverse=True,
    )
    if not scored or scored[0][0] < _NEAR:
        return None
    return None if len(scored) > 1 and scored[1][0] >= scored[0][0] - _LEAD else scored[0][1]


def _likeness(answer: _Said, phrase: _Said) -> float:
    if sum(map(len, phrase.words)) < _SHORTEST_NEAR or _denied(phrase.stems) != _denied(answer.stems):
        return 0.0
    by_words = fuzz.ratio(" ".join(answer.words), " ".join(phrase.words), score_cutoff=_NEAR)
    return max(by_words, fuzz.ratio(" ".join(answer.stems), " ".join(phrase.stems), score_cutoff=_NEAR))

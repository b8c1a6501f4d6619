"""Chooses how a run of words was meant: as typed, in the other keyboard layout, or transliterated.

Two letter models, Russian and English, decide over the whole run; a run whose words are mostly known is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from presszero.lang.fold import fold
from presszero.lang.layout import to_english, to_russian
from presszero.lang.letters import Letters
from presszero.lang.translit import Transliterator
from presszero.lang.vocabulary import BORROWED, Vocabulary

_MARGIN, _SHORT, _SHORT_MARGIN = 0.3, 6, 0.8  # how much better another reading must be, a short run more so
_KNOWN_BONUS = 1.0
_UNKNOWN_MARGIN = 1.6  # when the other reading has no known word, or the words around are in the other script
_LETTER_RATHER = 1.0  # a full stop in the wrong layout is on another key: a dot there is the letter ю
_PLAUSIBLE = -3.2  # a reading with a mean below it is no words either
_CHUNK = re.compile(r"\S+")
WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_HANDS_OFF = re.compile(r"@|://|www\.|[a-z]\.(?:ru|com|net|org|su|info|io|by|kz)\b|_|\\|[\d#№]", re.IGNORECASE)
_LETTERS_AS_DIGITS = re.compile(r"[a-z]+[46][a-z46]*[^\w]*", re.IGNORECASE)
_LATIN, _CYRILLIC = re.compile("[a-z]", re.IGNORECASE), re.compile("[а-яё]", re.IGNORECASE)
_CORE = re.compile(r"[^\W_](?:.*[^\W_])?", re.DOTALL)
_LEADING_KEYS, _ENDING_KEYS = frozenset(",.;[]'<>:\"{}"), re.compile(r"[\[\];',.<>:\"{}]*")
_LATIN_WORD = re.compile("[a-z46']+")


@dataclass(frozen=True, slots=True)
class Read:
    """A stretch of the typed text and what it is read as."""

    start: int
    end: int
    word: str


class Reader:
    """Reads runs of one script with the words of a vocabulary."""

    def __init__(self, vocabulary: Vocabulary, ru: Letters, en: Letters, translit: Transliterator) -> None:
        self._known = vocabulary.known
        self._russian_words = vocabulary.ru
        self._ru, self._en = ru, en
        self._translit = translit
        self._layout_word = lru_cache(maxsize=4096)(self._by_layout)
        self._translit_word = lru_cache(maxsize=4096)(self._by_sound)

    def read(self, text: str) -> Iterator[Read]:
        """The stretches that were not meant as typed."""
        chunks = [(found, script) for found in _CHUNK.finditer(text) if (script := _script(found[0]))]
        for script, group in groupby(chunks, key=lambda chunk: chunk[1]):
            run = [found for found, _ in group]
            yield from self._run(run, latin=script == "latin", alone=2 * len(run) > len(chunks))

    def _run(self, run: list[re.Match[str]], *, latin: bool, alone: bool) -> Iterable[Read]:
        typed = [_core(chunk) for chunk in run]
        own = [read.word for read in typed if read.word not in BORROWED]
        size = sum(map(len, own))
        if 2 * sum(map(len, filter(self._all_known, own))) >= size:
            return ()
        if latin:
            others = [(self._each(run, self._layout_word), self._ru), (self._each(run, self._translit_word), self._ru)]
        else:
            others = [(self._each(run, _english_keys), self._en)]
        needed = self._score(typed, self._en if latin else self._ru)
        needed = max(needed + (_MARGIN if size > _SHORT else _SHORT_MARGIN), _PLAUSIBLE)
        best: list[Read] = []
        for reads, letters in others:
            sure = alone and any(self._all_known(read.word) for read in reads)
            found = self._score(reads, letters) - (0.0 if sure else _UNKNOWN_MARGIN)
            if found > needed:
                needed, best = found, reads
        return best

    def _each(self, run: list[re.Match[str]], read: Callable[[str], tuple[int, int, str]]) -> list[Read]:
        made = ((chunk.start(), read(chunk[0])) for chunk in run)
        return [Read(at + start, at + end, word) for at, (start, end, word) in made]

    def _score(self, reads: list[Read], letters: Letters) -> float:
        total = weight = 0.0
        for read in reads:
            for word in WORD.findall(read.word) or [read.word]:
                bonus = _KNOWN_BONUS if self._known(word) else 0.0
                total += (len(word) + 1) * min(letters.score(word) + bonus, 0.0)
                weight += len(word) + 1
        return total / (weight or 1.0)

    def _all_known(self, core: str) -> bool:
        return all(map(self._known, WORD.findall(core)))

    def _by_layout(self, chunk: str) -> tuple[int, int, str]:
        """By the keys of the Russian layout; a sign after the word is a letter only when that makes a known word."""
        core = _CORE.search(chunk)
        if core is None:
            return 0, len(chunk), chunk
        start, end = core.span()
        while start and chunk[start - 1] in _LEADING_KEYS:
            start -= 1
        word = fold(to_russian(chunk[start:end]))
        signs = _ENDING_KEYS.match(chunk, end)
        for longer in range(end + 1, (signs.end() if signs else end) + 1):
            other = fold(to_russian(chunk[start:longer]))
            if other in self._russian_words or (
                word not in self._russian_words and self._ru.score(other) > self._ru.score(word) - _LETTER_RATHER
            ):
                return start, longer, other
        return start, end, word

    def _by_sound(self, chunk: str) -> tuple[int, int, str]:
        core = _CORE.search(chunk)
        if core is None:
            return 0, len(chunk), chunk
        typed = fold(core[0])
        word = _LATIN_WORD.sub(lambda found: self._translit.read(found[0]), typed)
        return *core.span(), typed if typed in BORROWED and not self._all_known(word) else word


def _script(chunk: str) -> str:
    """``latin`` or ``cyrillic`` for a chunk of words in one script, else nothing."""
    if _HANDS_OFF.search(chunk):
        return "latin" if _LETTERS_AS_DIGITS.fullmatch(chunk) else ""
    latin, cyrillic = _LATIN.search(chunk), _CYRILLIC.search(chunk)
    if latin and cyrillic:
        return ""
    return "latin" if latin else "cyrillic" if cyrillic else ""


def _core(chunk: re.Match[str]) -> Read:
    core = _CORE.search(chunk[0])
    if core is None:
        return Read(chunk.start(), chunk.end(), chunk[0])
    return Read(chunk.start() + core.start(), chunk.start() + core.end(), fold(core[0]))


@lru_cache(maxsize=4096)
def _english_keys(chunk: str) -> tuple[int, int, str]:
    core = _CORE.search(chunk)
    if core is None:
        return 0, len(chunk), chunk
    return *core.span(), fold(to_english(core[0]))

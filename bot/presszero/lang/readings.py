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
_TOLD = 4  # a reading is believed when it has one letter of known words for so many others
_LETTERS = 2  # single letters are names of things («r n b»)
_TOLD_MARGIN = 0.8  # when it has fewer
_LETTER_RATHER = 1.0  # a full stop in the wrong layout is on another key: a dot there is the letter ю
_PLAUSIBLE = -3.2  # a reading with a mean below it is no words either
_CHUNK = re.compile(r"\S+")
WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_HANDS_OFF = re.compile(r"@|://|www\.|[a-z]\.(?:ru|com|net|org|su|info|io|by|kz)\b|_|\\|[\d#№]", re.IGNORECASE)
_LETTERS_AS_DIGITS = re.compile(r"(?:[a-z]+[46]|[46][a-z]{2})[a-z46]*[^\w]*", re.IGNORECASE)
_LATIN, _CYRILLIC = re.compile("[a-z]", re.IGNORECASE), re.compile("[а-яё]", re.IGNORECASE)
_CORE = re.compile(r"[^\W_](?:.*[^\W_])?", re.DOTALL)
_LEADING_KEYS, _ENDING_KEYS = frozenset(",.;[]'<>:\"{}"), re.compile(r"[\[\];',.<>:\"{}]*")
_NO_ENGLISH = re.compile(r"[\[\];]")
_DRAWN = re.compile(r"(.)\1\1")  # a letter held down
_LATIN_WORD = re.compile("[a-z46']+")


@dataclass(frozen=True, slots=True)
class Read:
    """A stretch of the typed text and what it is read as."""

    start: int
    end: int
    word: str


_NONE: tuple[float, list[Read]] = (-100.0, [])


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
        if all(map(self._all_known, own)) or max(map(len, own)) < _LETTERS:
            return ()
        by_keys = self._each(run, self._layout_word if latin else _english_keys)
        found = [self._reading(typed, by_keys, own, latin=latin, alone=alone, sounds=False)]
        if latin:
            by_sound = self._each(run, self._translit_word)
            found.append(self._reading(typed, by_sound, own, latin=latin, alone=alone, sounds=True))
        return max(found, key=lambda one: one[0])[1]

    def _reading(
        self, typed: list[Read], reads: list[Read], own: list[str], *, latin: bool, alone: bool, sounds: bool
    ) -> tuple[float, list[Read]]:
        """How good another reading is and what it changes; nothing when the typed words are as good."""
        changed = [(was, read) for was, read in zip(typed, reads, strict=True) if not self._stays(was, read)]
        size, known = sum(map(len, own)), self._known_size(typed)
        told = self._known_size(read for was, read in changed if not self._all_known(was.word))
        stays = known - self._known_size(was for was, _ in changed)
        # Words of any language sound like something in Russian, but only Russian looks so by its keys.
        mostly = known + 1 if 2 * known >= size else 1
        enough = max(mostly, 2 * stays, size / _TOLD) if sounds else max(1, stays / _TOLD)
        sure = alone and told >= enough
        if not changed or (not sure and (2 * known >= size or stays)):
            return _NONE
        was = self._score((was for was, _ in changed), self._en if latin else self._ru)
        made = [read for _, read in changed]
        score = self._score(made, self._ru if latin else self._en) - (
            0.0 if sure else _TOLD_MARGIN if alone and told else _UNKNOWN_MARGIN
        )
        better = score > max(was + (_MARGIN if size > _SHORT else _SHORT_MARGIN), _PLAUSIBLE)
        return (score, made) if better else _NONE

    def _each(self, run: list[re.Match[str]], read: Callable[[str], tuple[int, int, str]]) -> list[Read]:
        made = ((chunk.start(), read(chunk[0])) for chunk in run)
        return [Read(at + start, at + end, word) for at, (start, end, word) in made]

    def _stays(self, typed: Read, read: Read) -> bool:
        """Whether a word is known as typed and its other reading is no word: a name from the other language."""
        return (typed.word in BORROWED or self._all_known(typed.word)) and not self._all_known(read.word)

    def _known_size(self, reads: Iterable[Read]) -> int:
        return sum(len(read.word) for read in reads if read.word not in BORROWED and self._all_known(read.word))

    def _score(self, reads: Iterable[Read], letters: Letters) -> float:
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
        if _DRAWN.search(chunk):
            return start, end, fold(core[0])
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
        if _DRAWN.search(typed):
            return *core.span(), typed
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
    word = to_english(core[0])
    return *core.span(), fold(core[0] if _NO_ENGLISH.search(word) else word)

"""Mends what was typed: the wrong keyboard layout, transliteration, then spelling. Clean sentences stay as they are.

Numbers, e-mails, links and identifiers are never touched. What was changed is told, with its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass

from presszero.lang.fold import fold
from presszero.lang.letters import Letters
from presszero.lang.readings import WORD, Read, Reader
from presszero.lang.spelling import Speller
from presszero.lang.translit import Transliterator
from presszero.lang.vocabulary import Vocabulary

LIMIT = 1000  # characters that are mended; what follows in a longer text stays as typed
_LOOKED_UP = 12  # unknown words of one text: each look passes through many known ones
_TOKEN = re.compile(r"\S+")
_HANDS_OFF = re.compile(r"[@\d_\\#№]|://|www\.|[a-z]\.[a-z]{2,}", re.IGNORECASE)
_CYRILLIC = re.compile("[а-я]")


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of the typed text, ``start`` to ``end``, and what it was read as."""

    start: int
    end: int
    typed: str
    read: str


@dataclass(frozen=True, slots=True)
class Repaired:
    """The mended text and its changes in order."""

    text: str
    changes: tuple[Change, ...] = ()

    def typed_place(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the typed text that a stretch of the mended one came from; a change counts whole."""
        shift = 0
        first, last = start, end
        for change in self.changes:
            left = change.start + shift
            right = left + len(change.read)
            if left < end:
                grown = len(change.typed) - len(change.read)
                first = first + grown if right <= start else min(first, change.start) if left <= start else first
                last = last + grown if right <= end else change.end
            shift += len(change.read) - len(change.typed)
        return first, last


class Repairer:
    """Mends texts with the words of a desk: folded words and how often they occur."""

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self.vocabulary = Vocabulary(vocabulary)
        self._letters = Letters(self.vocabulary.ru), Letters(self.vocabulary.en)
        ru, en = self._letters
        self._translit = Transliterator(self.vocabulary.ru)
        self._reader = Reader(self.vocabulary, ru, en, self._translit)
        self._ru, self._en = Speller(self.vocabulary.ru, ru), Speller(self.vocabulary.en, en)

    def more(self, words: Mapping[str, int]) -> Repairer:
        """The same with some more known words: how letters follow each other is not learnt anew for a few."""
        made = copy(self)
        made.vocabulary = self.vocabulary.more(words)
        made._reader = Reader(made.vocabulary, *self._letters, self._translit)  # noqa: SLF001 - of its own kind
        made._ru, made._en = self._ru.more(made.vocabulary.ru, words), self._en.more(made.vocabulary.en, words)  # noqa: SLF001 - of its own kind
        return made

    def repair(self, text: str) -> Repaired:
        """The text as it was meant."""
        head = text[:LIMIT]
        if all(map(self.vocabulary.known, WORD.findall(fold(head)))):
            return Repaired(text)
        reads = list(self._reader.read(head))
        return rewrite(text, _changes(head, self._spelt(head, reads)))

    def _spelt(self, text: str, reads: list[Read]) -> Iterator[Read]:
        """The reads with their words spelt, and the misspelt words between them."""
        correct = self._correcting()
        last = 0
        for read in (*reads, Read(len(text), len(text), "")):
            for found in _TOKEN.finditer(text, last, read.start):
                if not _HANDS_OFF.search(found[0]):
                    for word in WORD.finditer(text, *found.span()):
                        meant = None if _is_name(text, word) else correct(word[0])
                        if meant:
                            yield Read(*word.span(), meant)
            if read.word:
                yield Read(read.start, read.end, WORD.sub(lambda word: correct(word[0]) or word[0], read.word))
            last = read.end

    def _correcting(self) -> Callable[[str], str | None]:
        """What corrects the words of one text, so many of them at most."""
        tries = _LOOKED_UP

        def correct(word: str) -> str | None:
            nonlocal tries
            folded = fold(word)
            if not tries or self.vocabulary.known(folded):
                return None
            tries -= 1
            return (self._ru if _CYRILLIC.search(folded) else self._en).correct(folded)

        return correct


def _is_name(text: str, word: re.Match[str]) -> bool:
    """Whether a capital letter inside a sentence says that a word is a name."""
    if not word[0][0].isupper() or word[0].isupper():
        return False
    before = text[: word.start()].rstrip()
    return bool(before) and before[-1] not in ".!?…"


def _changes(text: str, reads: Iterable[Read]) -> list[Change]:
    typed = ((read, text[read.start : read.end]) for read in reads)
    return [Change(read.start, read.end, was, read.word) for read, was in typed if fold(was) != read.word]


def rewrite(text: str, changes: Iterable[Change]) -> Repaired:
    """The text with changes, which stand in order, made in it."""
    made: list[str] = []
    last = 0
    for change in (kept := tuple(changes)):
        made += text[last : change.start], change.read
        last = change.end
    return Repaired("".join((*made, text[last:])), kept)

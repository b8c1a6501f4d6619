"""Words and stems of a text: Snowball, Russian for Cyrillic words and English for the others."""

from __future__ import annotations

import re
from functools import lru_cache

import Stemmer

from presszero.lang.fold import fold

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_CYRILLIC = re.compile("[а-яё]")
_RUSSIAN, _ENGLISH = Stemmer.Stemmer("russian"), Stemmer.Stemmer("english")


def words(text: str) -> list[str]:
    """The folded words of a text, without punctuation; an English contraction is one word."""
    return _WORD.findall(fold(text))


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """The stem of a folded word."""
    made: str = (_RUSSIAN if _CYRILLIC.search(word) else _ENGLISH).stemWord(word[:64])
    return made


@lru_cache(maxsize=8192)
def stems(text: str) -> tuple[str, ...]:
    """The stems of a text's words, in order."""
    return tuple(stem(word) for word in words(text))

"""Words and stems of a text: Snowball, Russian for Cyrillic words and English for the others."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Protocol

import Stemmer

from presszero.lang.fold import fold


class _Stems(Protocol):
    """What PyStemmer gives, which has no types of its own."""

    def stemWord(self, word: str, /) -> str: ...  # noqa: N802


_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_CYRILLIC = re.compile("[а-яё]")
_RUSSIAN: _Stems = Stemmer.Stemmer("russian")  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
_ENGLISH: _Stems = Stemmer.Stemmer("english")  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]


def words(text: str) -> list[str]:
    """The folded words of a text, without punctuation; an English contraction is one word."""
    return _WORD.findall(fold(text))


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """The stem of a folded word."""
    return (_RUSSIAN if _CYRILLIC.search(word) else _ENGLISH).stemWord(word[:64])


@lru_cache(maxsize=8192)
def stems(text: str) -> tuple[str, ...]:
    """The stems of a text's words, in order."""
    return tuple(stem(word) for word in words(text))

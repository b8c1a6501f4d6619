"""The words somebody is expected to type: the common ones of both languages and those of the desk."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import copy
from functools import cache
from math import log
from types import MappingProxyType

from presszero.lang import common_en, common_ru
from presszero.lang.words import stem

_NO_WORDS: Mapping[str, int] = MappingProxyType({})
_CYRILLIC = re.compile("[а-я]")
_RARE = 0.5  # the weight of a word of the language that a desk has not: less than one that it has
# Latin words at home in a Russian sentence say nothing about its language.
_BORROWED = """
wi fi wifi ok okay sms vpn tv iptv ip dns mac router online offline login email mail usb lan wan pon gpon led
los dsl adsl www http https com ru smart android ios iphone apple windows chat id pin code mb mbit gb gbit
internet telegram whatsapp vk
"""
BORROWED = frozenset(_BORROWED.split())


class Vocabulary:
    """Known words with a weight (the logarithm of how often), apart by script, and the stems of all of them."""

    def __init__(self, desk: Mapping[str, int] = _NO_WORDS) -> None:
        self.ru: dict[str, float] = {}
        self.en: dict[str, float] = {}
        for table, common in ((self.ru, common_ru.WORDS), (self.en, common_en.WORDS)):
            for rank, word in enumerate(common):
                table.setdefault(word, 3.0 - 2.0 * rank / len(common))
        for table, rare in ((self.ru, common_ru.MORE), (self.en, common_en.MORE)):
            for word in rare:
                table.setdefault(word, _RARE)
        self._add(desk)
        self._stems = frozenset(stem(word) for table in (self.ru, self.en) for word in table)

    def _add(self, desk: Mapping[str, int]) -> None:
        for word, count in desk.items():
            table = self.ru if _CYRILLIC.search(word) else self.en
            if word.isalpha() or "'" in word:
                table[word] = table.get(word, 0.0) + 1.0 + log(max(count, 1))

    def more(self, words: Mapping[str, int]) -> Vocabulary:
        """The same with more words of the desk."""
        made = copy(self)
        made.ru, made.en = dict(self.ru), dict(self.en)
        made._add(words)  # noqa: SLF001 - of its own kind
        made._stems = self._stems.union(map(stem, words))  # noqa: SLF001 - of its own kind
        return made

    def has(self, word: str) -> bool:
        """Whether a folded word itself is known, or is no word but a number."""
        return word in self.ru or word in self.en or not (word.isalpha() or "'" in word)

    def known(self, word: str) -> bool:
        """Whether a folded word, or another form of it, is known."""
        return word in self.ru or word in self.en or stem(word) in self._stems


@cache
def common() -> Vocabulary:
    """The vocabulary without a desk."""
    return Vocabulary()

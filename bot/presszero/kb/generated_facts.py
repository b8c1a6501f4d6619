"""What a piece of text claims that can be compared cheaply: numbers, links, names, content words, denials.

Numbers in words count as numbers. Pure; the one question it answers is what a piece says that its source does not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from presszero.lang import common_en, common_ru
from presszero.lang.fold import fold
from presszero.lang.words import stem, words

LEAST = 0.6  # the share of a piece's content words that its source must hold
_PHONE = 7  # figures from which a row of them is compared as one
_SILENT = frozenset((*common_en.WORDS[:160], *common_ru.WORDS[:160]))
_LINK = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|[a-z][a-z0-9+.-]*://\S+|(?:javascript|data|mailto|tel|tg):\S+"
    r"|(?<![\w@])@\w{3,}|(?<![\w.-])(?:[\w-]+\.)+(?:[a-z]{2,}|рф)(?![\w-])(?:/\S*)?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_THOUSANDS = re.compile(r"(?<=\d)[ ,\u00a0\u202f](?=\d{3}(?!\d))")
_ROW = re.compile(r"\+?\d(?:[\s()\-–\u00a0]*\d)+")
_TOKEN = re.compile(r"[^\W\d_][\w'’-]*")
_UNITS = frozenset("%₽$€£°№")
_NO = frozenset(  # what turns a sentence into its opposite
    words(
        "не нет ни нельзя невозможно никогда без not no never cannot can't cant don't dont doesn't doesnt didn't isn't "
        "isnt aren't won't wont wasn't weren't couldn't shouldn't wouldn't haven't hasn't without unable impossible"
    )
)
_COUNTED = {
    n: said.split()
    for n, said in {
        "0": "ноль нуль zero", "1": "один одна одно одного одной одну one", "2": "два две двух двумя оба обе two twice both",
        "3": "три трех тремя трое three", "4": "четыре четырех four", "5": "пять пяти five", "6": "шесть шести six",
        "7": "семь семи seven", "8": "восемь восьми eight", "9": "девять девяти nine", "10": "десять десяти ten",
        "11": "одиннадцать одиннадцати eleven", "12": "двенадцать двенадцати twelve", "14": "четырнадцать fourteen",
        "15": "пятнадцать пятнадцати fifteen", "20": "двадцать двадцати twenty", "24": "двадцатичетырех",
        "30": "тридцать тридцати thirty", "40": "сорок сорока forty", "50": "пятьдесят пятидесяти fifty",
        "60": "шестьдесят шестидесяти sixty", "90": "девяносто ninety", "100": "сто ста hundred",
        "1000": "тысяча тысячи тысяч thousand", "1000000": "миллион миллиона million", "0.5": "половина половину half",
    }.items()
}  # fmt: skip
_WORTH = {word: n for n, said in _COUNTED.items() for word in said}


@dataclass(frozen=True, slots=True)
class Facts:
    """What a text says."""

    links: frozenset[str]
    numbers: frozenset[str]
    rows: str  # every row of figures, parted by spaces
    units: frozenset[str]
    stems: frozenset[str]
    sentences: tuple[tuple[frozenset[str], bool], ...]  # content stems of each, and whether it denies


Wrong = Literal["number", "link", "name", "words", "opposite"]


@lru_cache(maxsize=256)
def facts_of(text: str) -> Facts:
    """What a source says."""
    parts = [part for part in re.split(r"(?<=[.!?…;])\s+|\n", text) if part.strip()]
    return Facts(
        _links(text),
        _numbers(text),
        " ".join(_rows(text)),
        _UNITS.intersection(text),
        frozenset(stem(w) for w in words(text)),
        tuple((frozenset(_content(part)), _denies(part)) for part in parts),
    )


def foreign(piece: str, source: Facts, *, first: bool) -> Wrong | None:
    """What a piece says that its source does not; ``first``: it begins a sentence, so its first word is no name."""
    if not _links(piece) <= source.links:
        return "link"
    bare = _LINK.sub(" ", piece)
    rows = all(f" {row} " in f" {source.rows} " for row in _rows(bare))
    if not (_numbers(bare) <= source.numbers and rows and _UNITS.intersection(bare) <= source.units):
        return "number"
    if not _names(bare, first=first) <= source.stems:
        return "name"
    content = _content(bare)
    held = [each for each in content if each in source.stems]
    if not content or len(held) < LEAST * len(content) or not _counted(bare) <= source.stems:
        return "words"
    nearest = max(source.sentences, key=lambda said: len(said[0].intersection(held)), default=None)
    if nearest is None:
        return "words"
    best = len(nearest[0].intersection(held))
    same = {denies for said, denies in source.sentences if len(said.intersection(held)) == best}
    return None if _denies(bare) in same else "opposite"


def _links(text: str) -> frozenset[str]:
    found = (one.casefold().rstrip(".,;:!?)»\"'") for one in _LINK.findall(text))
    return frozenset(re.sub(r"^(?:https?://)?(?:www\.)?", "", one).rstrip("/") for one in found)


def _numbers(text: str) -> frozenset[str]:
    apart = _ROW.sub(lambda row: row[0] if len(re.sub(r"\D", "", row[0])) < _PHONE else " ", text)
    figures = (re.sub("[,:]", ".", n) for n in _NUMBER.findall(_THOUSANDS.sub("", apart)))
    told = (_WORTH[w] for w in words(text) if w in _WORTH)
    return frozenset((*figures, *told))


def _rows(text: str) -> list[str]:
    """Phone numbers and the like: their figures alone."""
    figures = (re.sub(r"\D", "", row) for row in _ROW.findall(text))
    return [row for row in figures if len(row) >= _PHONE]


def _names(text: str, *, first: bool) -> set[str]:
    """Stems of words with a capital letter that no sentence begins with, and of Latin words in a Russian text."""
    tokens = list(_TOKEN.finditer(text))
    russian = any("а" <= c <= "я" for c in text.lower())
    found: set[str] = set()
    for n, token in enumerate(tokens):
        named = token[0][0].isupper() and not (first and n == 0)
        borrowed = russian and token[0].isascii() and len(token[0]) > 1
        if named or borrowed:
            found.update(stem(w) for w in words(token[0]) if w not in _SILENT)
    return found


def _counted(text: str) -> set[str]:
    """The stem of the word after each number: what is counted must be named by the source too."""
    after = re.findall(r"\d[ \u00a0]+([^\W\d_]{3,})", text)
    return {stem(fold(word)) for word in after if fold(word) not in _SILENT}


def _content(text: str) -> list[str]:
    return [stem(w) for w in words(text) if len(w) > 2 and not w.isdigit() and w not in _SILENT and w not in _WORTH]


def _denies(text: str) -> bool:
    return not _NO.isdisjoint(words(text))

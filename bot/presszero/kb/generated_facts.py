"""What a piece of text claims that can be compared cheaply: numbers with what they count, links, names, words, denials.

Numbers in words count as numbers. Pure, and every pattern is linear: what a stranger's machine wrote goes through here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from presszero.lang import common_en, common_ru
from presszero.lang.fold import fold
from presszero.lang.words import stem, words

_PHONE = 7  # figures from which a row of them is compared as one
_SILENT = frozenset((*common_en.WORDS[:160], *common_ru.WORDS[:160]))
_LINK = re.compile(
    r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![a-z0-9+.-])[a-z0-9][a-z0-9+.-]*://\S+|(?:javascript|data|mailto|tel|tg):\S+"
    r"|(?<![\w@])@\w{3,}|(?<![\w.-])(?:[\w-]+\.)+(?:[a-z]{2,}|рф)(?![\w-])(?:/\S*)?",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(r"(?<=\d)[ ,\u00a0\u202f](?=\d{3}(?!\d))")
_ROW = re.compile(r"\+?\d(?:[\s()\-–\u00a0]*\d)+")
_TOKEN = re.compile(r"[^\W\d_][\w'’-]*")
_SIGNS = frozenset("%₽$€£°№")
_COUNT = re.compile(rf"\d+(?:[.,:]\d+)*|[^\W\d_]+|[{''.join(_SIGNS)}]")
_REACH = 3  # words after a number in a source that it may count: "3 full working days"
_ALIKE = {"руб": "₽", "рубл": "₽", "дня": "день", "дне": "день", "ден": "день", "днем": "день", "лет": "год"}
_NO = frozenset(  # what turns a sentence into its opposite
    words(
        "не нет ни нельзя невозможно никогда без not no never cannot can't cant don't dont doesn't doesnt didn't isn't "
        "isnt aren't won't wont wasn't weren't couldn't shouldn't wouldn't haven't hasn't without unable impossible "
        "nobody nothing neither nor forbidden prohibited refused unavailable запрещено запрещен запрещена запрещены "
        "недоступно недоступен недоступна недоступны"
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
    """What a text says; of a source it is what a piece may say."""

    links: frozenset[str]
    figures: frozenset[str]  # numbers, and numbers with their sign: 3, 3%
    counts: frozenset[tuple[str, str]]  # each number with the word that follows it
    countable: frozenset[tuple[str, str]]  # the same, with the next few words
    rows: frozenset[str]  # phone numbers and the like: their figures alone
    stems: frozenset[str]
    content: frozenset[str]  # the stems that carry what is said
    denies: bool


@lru_cache(maxsize=1024)
def facts_of(text: str) -> Facts:
    """What a text says."""
    bare = _LINK.sub(" ", text)
    rows = frozenset(row for row in (_bare(found) for found in _ROW.findall(bare)) if len(row) >= _PHONE)
    figures, counts, countable = _figures(bare)
    said = words(bare)
    return Facts(
        _links(text),
        figures,
        counts,
        countable,
        rows,
        frozenset(map(stem, words(text))),
        frozenset(stem(w) for w in said if len(w) > 2 and not w.isdigit() and w not in _SILENT and w not in _WORTH),
        not _NO.isdisjoint(said),
    )


def names(text: str, *, first: bool) -> set[str]:
    """Stems of words with a capital letter that no sentence begins with, and of Latin words in a Russian text."""
    bare = _LINK.sub(" ", text)
    russian = any("а" <= c <= "я" for c in bare.lower())
    found: set[str] = set()
    for n, token in enumerate(_TOKEN.finditer(bare)):
        named = token[0][0].isupper() and not (first and n == 0)
        borrowed = russian and token[0].isascii() and len(token[0]) > 1
        if named or borrowed:
            found.update(stem(w) for w in words(token[0]) if w not in _SILENT)
    return found


def _links(text: str) -> frozenset[str]:
    found = (one.casefold().rstrip(".,;:!?)»\"'") for one in _LINK.findall(text))
    return frozenset(re.sub(r"^(?:https?://)?(?:www\.)?", "", one).rstrip("/") for one in found)


def _bare(row: str) -> str:
    return re.sub(r"\D", "", row)


Pairs = frozenset[tuple[str, str]]


def _figures(text: str) -> tuple[frozenset[str], Pairs, Pairs]:
    """Numbers with their signs; each with the next word; each with the next few."""
    apart = _THOUSANDS.sub("", _ROW.sub(lambda row: row[0] if len(_bare(row[0])) < _PHONE else " ", text))
    tokens = [_token(found) for found in _COUNT.findall(fold(apart))]
    figures: set[str] = set()
    counts: set[tuple[str, str]] = set()
    countable: set[tuple[str, str]] = set()
    for at, (number, _) in enumerate(tokens):
        if number:
            figures.add(number)
            before = tokens[at - 1][1] if at else ""
            if before in _SIGNS:
                figures.add(number + before)
            for n, (other, word) in enumerate(tokens[at + 1 : at + 1 + _REACH]):
                if other:
                    break
                countable.add((number, word))
                if word in _SIGNS and n == 0:
                    figures.add(number + word)
                elif n == 0 and len(word) > 2 and word not in _SILENT:
                    counts.add((number, word))
    return frozenset(figures), frozenset(counts), frozenset(countable)


def _token(text: str) -> tuple[str, str]:
    """A number, or what is none: its stem."""
    if text[0].isdigit():
        return re.sub("[,:]", ".", text), ""
    if text in _WORTH:
        return _WORTH[text], ""
    found = text if text in _SILENT else stem(text)
    return "", _ALIKE.get(found, found)

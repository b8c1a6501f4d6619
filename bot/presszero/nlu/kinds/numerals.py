"""Numbers said in words, as digits: «двадцать один» is 21, "five five five" is 5 5 5, «полтора» is 1.5.

Ordinals become digits only beside a month («двадцать пятого ноября»); elsewhere "second" stays a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from presszero.lang.repair import Change, Repaired, rewrite

_RU = """
0 ноль нуль ноля нуля нолю
1 один одна одно одного одну одной одному одним
2 два две двух двум двумя
3 три трех трем тремя
4 четыре четырех четырем четырьмя
5 пять пяти пятью
6 шесть шести шестью
7 семь семи семью
8 восемь восьми восемью
9 девять девяти девятью
10 десять десяти десятью
11 одиннадцать одиннадцати
12 двенадцать двенадцати дюжина дюжину
13 тринадцать тринадцати
14 четырнадцать четырнадцати
15 пятнадцать пятнадцати
16 шестнадцать шестнадцати
17 семнадцать семнадцати
18 восемнадцать восемнадцати
19 девятнадцать девятнадцати
20 двадцать двадцати
30 тридцать тридцати
40 сорок сорока
50 пятьдесят пятидесяти
60 шестьдесят шестидесяти
70 семьдесят семидесяти
80 восемьдесят восьмидесяти
90 девяносто девяноста
100 сто ста
200 двести двухсот
300 триста трехсот
400 четыреста четырехсот
500 пятьсот пятисот
600 шестьсот шестисот
700 семьсот семисот
800 восемьсот восьмисот
900 девятьсот девятисот
1000 тысяча тысячу тысячи тысяч
1000000 миллион миллиона миллионов
"""
_EN = """
0 zero oh nought
1 one
2 two
3 three
4 four
5 five
6 six
7 seven
8 eight
9 nine
10 ten
11 eleven
12 twelve dozen
13 thirteen
14 fourteen
15 fifteen
16 sixteen
17 seventeen
18 eighteen
19 nineteen
20 twenty
30 thirty
40 forty fourty
50 fifty
60 sixty
70 seventy
80 eighty
90 ninety
100 hundred
1000 thousand
1000000 million
"""
_ORDINALS = """
перв:1 втор:2 трет:3 четверт:4 пят:5 шест:6 седьм:7 восьм:8 девят:9 десят:10 одиннадцат:11 двенадцат:12 тринадцат:13
четырнадцат:14 пятнадцат:15 шестнадцат:16 семнадцат:17 восемнадцат:18 девятнадцат:19 двадцат:20 тридцат:30 first:1
second:2 third:3 fourth:4 fifth:5 sixth:6 seventh:7 eighth:8 ninth:9 tenth:10 eleventh:11 twelfth:12 thirteenth:13
fourteenth:14 fifteenth:15 sixteenth:16 seventeenth:17 eighteenth:18 nineteenth:19 twentieth:20 thirtieth:30
"""


def _table(text: str) -> dict[str, int]:
    rows = (line.split() for line in text.split("\n") if line)
    return {word: int(number) for number, *words in rows for word in words}


_NUMBER = {**_table(_RU), **_table(_EN)}
_ORDINAL = {stem: int(number) for stem, number in (entry.split(":") for entry in _ORDINALS.split())}
_ORDINAL_WORD = re.compile(
    rf"({'|'.join(sorted(_ORDINAL, key=len, reverse=True))})(?:ого|его|ьего|ое|ье|ый|ий|ой|ому|ым)?"
)
_MONTH = re.compile(
    "(?:январ|феврал|март|апрел|ма[йяе]$|июн|июл|август|сентябр|октябр|ноябр|декабр|числ"
    "|of$|january|february|march|april|may$|june|july|august|september|october|november|december)"
)
_WORD = re.compile("[a-zа-я]+")
# "no one", "which one", «ни один»: words that look like numbers and are not.
_NOT_BEFORE_ONE = "no which this that the any each every another an new old some not only ни не этот тот"
_PRONOUN_BEFORE = frozenset(_NOT_BEFORE_ONE.split(" "))
_ONE = ("one", "один", "одно", "одна", "одну", "одного")
_HALVES = {"полтора": "1.5", "полторы": "1.5", "полутора": "1.5"}
_TIMES = {"double": 2, "triple": 3}  # "double five" is 55


class Said(NamedTuple):
    """A number in words: where it stands and its digits."""

    start: int
    end: int
    digits: str


def said(text: str) -> Iterator[Said]:
    """The numbers in words of a lower-case text, in order."""
    words = list(_WORD.finditer(text))
    at = 0
    while at < len(words):
        size, digits = _number(text, words, at)
        if size:
            yield Said(words[at].start(), words[at + size - 1].end(), digits)
        at += max(size, 1)


def in_digits(text: str) -> Repaired:
    """A lower-case text with its numbers in words as digits, and where each stood."""
    changes = [Change(one.start, one.end, text[one.start : one.end], one.digits) for one in said(text)]
    return rewrite(text, changes)


def _number(text: str, words: list[re.Match[str]], at: int) -> tuple[int, str]:
    """How many words a number that begins here has, and its digits."""
    if half := _HALVES.get(words[at][0]):
        return 1, half
    if times := _repeated(text, words, at):
        return 2, times
    if _is_none(text, words, at):
        return 0, ""
    sum_ = _Sum()
    size = 0
    for place in range(at, len(words)):
        if size and text[words[place - 1].end() : words[place].start()].strip(" -"):
            break
        if not sum_.add(words[place][0]) and not _and_between(words, place, size):
            break
        size += 1
    day = _ordinal(words, at, size)
    if day and day <= sum_.room and not sum_.total:
        return size + 1, str(sum_.group + day)
    return size, str(sum_.total + sum_.group) if size else ""


def _repeated(text: str, words: list[re.Match[str]], at: int) -> str:
    """The digits of "double five" and "triple seven", or nothing."""
    times, after = _TIMES.get(words[at][0], 0), at + 1
    if not times or after >= len(words) or text[words[at].end() : words[after].start()].strip(" -"):
        return ""
    digit = _NUMBER.get(words[after][0], 10)
    return str(digit) * times if digit < 10 else ""


def _is_none(text: str, words: list[re.Match[str]], at: int) -> bool:
    """Whether a word is that of "no one", or the thousand of «2 тысячи»: the digits before it are multiplied where quantities are read."""
    if words[at][0] in _ONE:
        return at > 0 and words[at - 1][0] in _PRONOUN_BEFORE
    return _NUMBER.get(words[at][0], 0) >= 1000 and _after_amount(text, words, at)


def _after_amount(text: str, words: list[re.Match[str]], at: int) -> bool:
    """Whether an amount stands before a thousand: in digits, «полторы», or "half a"."""
    before = text[: words[at].start()].rstrip()
    return before[-1:].isdigit() or before.endswith("half a") or (at > 0 and words[at - 1][0] in _HALVES)


class _Sum:
    """Adds the words of one number: «сто» + «двадцать» + «один», and no more than fits."""

    def __init__(self) -> None:
        self.total, self.group, self.room, self._scale = 0, 0, 999, 10**9

    def add(self, word: str) -> bool:
        """Takes the word in, or says that it begins another number."""
        number = _NUMBER.get(word)
        if number is None or (number == 0 and self.room < 999):
            return False
        if number >= 1000:
            if number >= self._scale:
                return False
            self.total += max(self.group, 1) * number
            self.group, self.room, self._scale = 0, 999, number
        elif word == "hundred" and 0 < self.group < 10:
            self.group, self.room = self.group * 100, 99
        elif number > self.room:
            return False
        else:
            self.group += number
            self.room = 99 if number >= 100 else 9 if number >= 20 else 0
        return True


def _and_between(words: list[re.Match[str]], at: int, size: int) -> bool:
    """Whether a word is the "and" of "one hundred and five"."""
    if not size or words[at][0] != "and" or words[at - 1][0] not in ("hundred", "thousand"):
        return False
    return at + 1 < len(words) and words[at + 1][0] in _NUMBER


def _ordinal(words: list[re.Match[str]], at: int, size: int) -> int:
    """The day that an ordinal beside a month names, or 0."""
    place = at + size
    if place >= len(words) or not (found := _ORDINAL_WORD.fullmatch(words[place][0])):
        return 0
    around = [words[near][0] for near in (at - 1, place + 1) if 0 <= near < len(words)]
    return _ORDINAL[found[1]] if any(_MONTH.match(word) for word in around) else 0

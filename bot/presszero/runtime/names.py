"""Names of people in a text about whom nothing is known: first names, patronymics, surnames, initials, introductions, signatures.

It goes by tables, endings, capitals and neighbours, and rather takes out too much. An unusual surname that stands alone is not seen.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from presszero.lang import common_en, common_ru
from presszero.lang.words import stem
from presszero.runtime.firstnames import strong, weak

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_FATHER = re.compile(
    r"\w{2,}(?:ович|евич|ьич|кич|мич)(?:а|у|ем|е)?|\w{3,}(?:овн|евн)(?:а|ы|е|у)|\w+(?:иничн|кичн|мичн)(?:а|ы|е|у)"
)
_FATHER_BY = re.compile(r"\w{3,}(?:овн|евн|ичн)(?:ой|ою)")  # adjectives end so too: beside a first name only
_SURNAME = re.compile(
    r"\w{2,}(?:(?:ов|ев|ёв|ин|ын)(?:а|у|ым|ом|е|ой|ы|ых)?|(?:ск|цк)(?:ий|ая|ой|ую|ого|ому|им|ом)"
    r"|енко|дзе|швили|ян(?:а|у)?|(?:юк|чук|ук)(?:а|у|ом)?|[еи]й|ко|их|ых)"
)
_LIKELY = re.compile(
    r"\w{2,}(?:(?:ов|ев|ёв|ин|ын)(?:а|у|ой|ым)?|(?:ск|цк)(?:ий|ая|ой|ого|ому)|енко|чук|юк|дзе|швили|ян)"
)
_SURE = re.compile(r"\w{2,}(?:[оеё]в(?:а|у|ым|е|ой)?|енко)")  # of a surname, rarely of anything else
_CITIES = re.compile(
    r"ростов|сарат|тамбов|псков|азов|львов|киров|чехов|иваново$|кемеров|корол|могил|серпухов|саров|ковров|днепров|приморск"
)
_INTRODUCED = re.compile(
    r"(?:меня\s+зовут|мо[её]\s+имя|зовите\s+меня|ф\.?\s?и\.?\s?о\.?|(?:фамилия|имя)(?=\s*:)|my\s+(?:full\s+)?name(?:\s+is|['’]s|(?=\s*:))"
    r"|i\s+am\s+called|call\s+me|name(?=\s*:))\s*[-—–:]?\s*$",
    re.IGNORECASE,
)
_TITLED = re.compile(
    r"(?:на\s+имя|гражданин(?:ка)?|гр\.|господин|госпожа|г-н|г-жа|абонент\w{0,2}|собственник|владелец"
    r"|с\s+уважением|заранее\s+спасибо|оформлен\w*\s+на|(?-i:\b(?:Mr|Mrs|Ms|Dr|Miss)\b\.?)"
    r"|on\s+behalf\s+of|regards|sincerely|\byours,|cheers|it['’]s|this\s+is|i\s+am|i['’]m)[,:]?\s+$",
    re.IGNORECASE,
)
_LOOSE = re.compile(r"(?:it['’]s|this\s+is|i\s+am|i['’]m)[,:]?\s+$", re.IGNORECASE)  # a capital alone proves nothing
_DASHES = ("—", "–", "-")
_LAST = re.compile(r"(?:[—–-]|спасибо[,.!]|thanks[,.!]|thank\s+you[,.!]|best[,.!])\s*$", re.IGNORECASE)
_BEFORE = """
зовут имя меня о фио фамилия name is name's called me гражданин гражданка гр господин госпожа г-н г-жа абонент собственник
владелец уважением спасибо на mr mrs ms dr miss of regards sincerely yours cheers it's am i'm thanks you best
"""
_LEADING = frozenset(_BEFORE.split())  # the last words of the three above; asked first, because it costs little
_BETWEEN = (".", ". ", ".\u00a0", ".\n")  # initials
_BESIDE = """
и у я не но а в на с к мне меня мой моя хочу нет из по от это вы мы договор абонент живу пишу звоню номер проблема роутер
интернет and i from the my is it im have has cant can not with at in on of to a an but account calling writing please here
you your we this that
"""
_ASIDE = frozenset(_BESIDE.split())  # no names, though they stand beside one
_VERB = re.compile(r"\w+(?:ed|ing|ly)")  # an English word that is no surname
_NEAR = 40  # characters before a word that an introduction has
_INITIALS = 3  # of one person


class Word(NamedTuple):
    """A word of the text and where it stands."""

    text: str
    low: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[0].isupper()

    @property
    def first(self) -> bool:
        """Whether it is a first name and nothing else."""
        return self.low in strong()

    @property
    def initial(self) -> bool:
        """Whether it is one capital letter."""
        return len(self.text) == 1 and self.capital

    @property
    def surname(self) -> bool:
        """Whether it may be a surname beside a first name."""
        cyrillic = "а" <= self.low[0] <= "я"
        return len(self.text) > 2 and bool(_SURNAME.fullmatch(self.low)) if cyrillic else self.capital


def masked(text: str, hidden: str) -> str:
    """The text with names replaced."""
    words = [Word(m[0], m[0].lower().replace("’", "'"), m.start(), m.end()) for m in _WORD.finditer(text)]
    loud = text.upper() == text
    named: set[int] = set()
    for at, word in enumerate(words):
        named |= _told(text, words, at) if _led(text, words, at) else set()
        named |= _initials(text, words, at)
        if _FATHER.fullmatch(word.low):
            named |= {at, *_around(text, words, at, 2)}
        elif word.first or (word.low in weak() and word.capital and not loud):
            near = _around(text, words, at, 1)
            named |= {at, *near} if word.first or near else set()
        elif word.low in weak():
            near = {n for n in _around(text, words, at, 1) if _rare(words[n]) and _SURE.fullmatch(words[n].low)}
            named |= {at, *near} if near else set()
        elif (
            word.capital
            and not loud
            and _SURE.fullmatch(word.low)
            and (_inside(text, word) or word.low.endswith("енко"))
        ):
            named |= set() if _CITIES.match(word.low) else {at}
    return _replaced(text, [word for at, word in enumerate(words) if at in named], hidden)


def _told(text: str, words: list[Word], at: int) -> set[int]:
    """Words that are introduced, titled, or stand at the end as people sign."""
    before = text[max(0, words[at].start - _NEAR) : words[at].start]
    found = set[int]()
    if _INTRODUCED.search(before):
        for n in range(at, min(at + 3, len(words))):
            beside = n == at or _close(text, words[n - 1], words[n])
            if words[n].low in _ASIDE or not beside or (n > at and not (words[n].capital or _named(words[n]))):
                break
            found.add(n)
    elif words[at].capital and _TITLED.search(before):
        found = _capitals(text, words, at)
        plain = len(found) < 2 or any(words[n].low in _ASIDE for n in found)
        if _LOOSE.search(before) and plain and not _named(words[at]):
            found = set()
    elif words[at].capital and _LAST.search(before):
        found = _capitals(text, words, at)
        if text[words[max(found)].end :].strip(" .!\n)") or len(found) > 2:
            found = set()
    return found


def _led(text: str, words: list[Word], at: int) -> bool:
    """Whether anything can stand before this word that introduces it."""
    lead, start = words[at - 1].low if at else "", words[at].start
    dash = text[max(0, start - _NEAR) : start].rstrip().endswith(_DASHES)
    return dash or lead in _LEADING or lead.startswith("абонент")


def _named(word: Word) -> bool:
    return (
        word.first or word.low in weak() or bool(_FATHER.fullmatch(word.low)) or (word.low[0] >= "а" and word.surname)
    )


def _capitals(text: str, words: list[Word], at: int) -> set[int]:
    found = {at}
    while at + 1 < len(words) and len(found) < 3 and words[at + 1].capital and _close(text, words[at], words[at + 1]):
        at += 1
        found.add(at)
    return found


def _initials(text: str, words: list[Word], at: int) -> set[int]:
    """A surname beside initials: Иванов И. И., И. Иванов, J. Smith."""
    word = words[at]
    if not _dotted(text, word) or text[max(0, word.start - 1) : word.start].isdigit():
        return set()
    found = {at}
    for step in (-1, 1):
        n = at + step
        while 0 <= n < len(words) and abs(n - at) < _INITIALS and _dotted(text, words[n]):
            if (
                text[min(words[n].end, words[n - step].end) : max(words[n].start, words[n - step].start)]
                not in _BETWEEN
            ):
                break
            found.add(n)
            n += step
        if 0 <= n < len(words) and _surname_by(text, words, n, n - step, step):
            found.add(n)
    return found if len(found) > 1 and any(not words[n].initial for n in found) else set()


def _dotted(text: str, word: Word) -> bool:
    return word.initial and text[word.end : word.end + 1] == "."


def _surname_by(text: str, words: list[Word], at: int, initial: int, step: int) -> bool:
    between = text[min(words[at].end, words[initial].end) : max(words[at].start, words[initial].start)]
    latin = words[at].low[0] < "а"
    tight = between in {" ", "\u00a0"} if step < 0 else between in {".", ". ", ".\u00a0"}
    fits = words[at].capital and len(words[at].text) > 2 and tight
    return fits and not (latin and step < 0) and (latin or step > 0 or not words[at].low.endswith(("ый", "ая")))


def _around(text: str, words: list[Word], at: int, most: int) -> set[int]:
    """Neighbours that belong to the name: other names, surnames by their ending, in capitals where the name is."""
    found = set[int]()
    for step in (-1, 1):
        n = at + step
        while (
            0 <= n < len(words)
            and abs(n - at) <= most
            and _close(text, words[min(n, n - step)], words[max(n, n - step)])
        ):
            word = words[n]
            same = word.capital or not words[at].capital
            father = bool(_FATHER.fullmatch(word.low) or _FATHER_BY.fullmatch(word.low))
            after = step > 0 and _unheard(words[at], word)
            known = word.first or father or ((word.surname or after) and word.low not in _ASIDE)
            if not same or not known or (step < 0 and word.capital and word.low[0] < "а" and not word.first):
                break
            if not word.capital and not (word.first or father or after or _SURE.fullmatch(word.low)):
                break
            found.add(n)
            n += step
    return found


def _unheard(first: Word, word: Word) -> bool:
    """Whether a word after a first name is likely its surname, though it has no capital."""
    if word.capital or not first.first or not _rare(word):
        return False
    return bool(_LIKELY.fullmatch(word.low)) if word.low[0] >= "а" else not _VERB.fullmatch(word.low)


def _rare(word: Word) -> bool:
    return len(word.low) > 3 and stem(word.low.replace("ё", "е")) not in _common()


@cache
def _common() -> frozenset[str]:
    return frozenset(stem(word) for word in (*common_ru.WORDS, *common_en.WORDS, *_BESIDE.split()))


def _close(text: str, one: Word, other: Word) -> bool:
    between = text[one.end : other.start]
    return between.strip(" \t\u00a0") in ({"", "."} if one.initial else {""}) and len(between) < 4


def _inside(text: str, word: Word) -> bool:
    """Whether the word does not begin a sentence, where every word has a capital."""
    at = word.start - 1
    while at >= 0 and text[at] in ' \t«"(':
        at -= 1
    return at >= 0 and text[at] not in ".!?\n…"


def _replaced(text: str, found: list[Word], hidden: str) -> str:
    out, last = list[str](), 0
    for word in found:
        between = text[last : word.start]
        if not (out and not between.strip(" .\u00a0\t")):
            out += [between, hidden]
        last = word.end + (1 if word.initial and text[word.end : word.end + 1] == "." else 0)
    return "".join(out) + text[last:]

"""Russian typed in Latin letters, by any of the schemes people mix.

A word the vocabulary knows is found by its sound code, in which all schemes and the missing soft sign fall together;
any other word is spelt letter by letter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_MANY = """
iyu ию iya ия iye ие shch щ sch щ shh щ tch ч sh ш ch ч zh ж kh х ts ц tz ц yu ю ju ю iu ю ya я ja я ia я
yo е jo е ye е je е ck к iy ий yy ый ij ий yj ый ee ее oo у
"""
_PARTS = _MANY.split()
_PAIRS = dict(zip(_PARTS[::2], _PARTS[1::2], strict=True))
_LETTER = dict(zip("abvgdezijklmnoprstufhcyxwq'46", "абвгдезийклмнопрстуфхцыхвяьчш", strict=True))
_TOKEN = re.compile("|".join(_PAIRS) + "|.")
_SOUNDS = str.maketrans("абвгдежзийклмнопрстуфхцчшщыэюя", "abvgdeJziiklmnoprstufhcCSSieua", "ъь")
_DIGRAPHS = re.compile("shch|sch|shh|tch|sh|ch|zh|kh|ts|tz|ck|[wxqy46]")
_DIGRAPH = {
    "shch": "S", "sch": "S", "shh": "S", "tch": "C", "sh": "S", "ch": "C", "zh": "J", "kh": "h", "ts": "c", "tz": "c",
    "ck": "k", "w": "v", "x": "h", "q": "a", "y": "i", "4": "C", "6": "S",
}  # fmt: skip
_BEFORE_VOWEL = re.compile("[ij]+(?=[aeou])")
_VOWELS = frozenset("аеиоуыэюя")


def letters(word: str) -> str:
    """A lower-case Latin word letter by letter in Russian."""
    made = ""
    for part in _TOKEN.findall(word):
        after_vowel = not made or made[-1] in _VOWELS
        if part == "y" and made and after_vowel:
            made += "й"
        elif part == "ye" and not after_vowel:
            made += "ые"
        else:
            made += _PAIRS.get(part) or _LETTER.get(part, part)
    return made


def sounds_of_latin(word: str) -> tuple[str, ...]:
    """The sound codes a lower-case Latin word may stand for, the likeliest first."""
    plain = _DIGRAPHS.sub(lambda part: _DIGRAPH[part[0]], word.replace("'", ""))
    readings = [plain, plain.replace("io", "e").replace("jo", "e"), plain.replace("j", "J")]
    if "w" in word:
        readings.append(plain.replace("v", "S"))
    return tuple(dict.fromkeys(_squeeze(reading) for reading in readings))


def _squeeze(code: str) -> str:
    code = _BEFORE_VOWEL.sub("", code).replace("j", "i").replace("ts", "c")
    return re.sub(r"(.)\1+", r"\1", code)


class Transliterator:
    """Reads Latin words as Russian ones with the help of known words."""

    def __init__(self, known: Mapping[str, float]) -> None:
        words = sorted(known, key=lambda word: known[word])
        sounds = (
            _squeeze("\n".join(words).translate(_SOUNDS)).split("\n") if words else []
        )  # all at once: 10 times faster
        self._by_sound = dict(zip(sounds, words, strict=True))

    def read(self, word: str) -> str:
        """The Russian word a lower-case Latin one stands for."""
        for code in sounds_of_latin(word):
            if found := self._by_sound.get(code):
                return found
        return letters(word)

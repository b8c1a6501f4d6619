"""One spelling for one text: the form in which texts are compared, never the form in which they are shown.

NFKC, invisible and combining characters out, lower case, ё as е, a Latin "o" inside a Russian word as the Russian one,
white space squeezed. Folding a folded text changes nothing.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_MARKS = re.compile("[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")
_PLAIN = re.compile(r"[\t\n -~А-яЁё«»–—]*")  # most texts: nothing in them but case, ё and spaces to fold
_SAME = (("ё", "е"), ("’", "'"), ("‘", "'"), ("ʼ", "'"), ("`", "'"), ("´", "'"))
_LATIN, _CYRILLIC = "abcehkmoptxy", "авсенкмортху"
_TO_CYRILLIC, _TO_LATIN = str.maketrans(_LATIN, _CYRILLIC), str.maketrans(_CYRILLIC, _LATIN)
_MIXED = re.compile("(?=[a-z]*[а-я])(?=[а-я]*[a-z])[a-zа-я]+")
_MIXES = re.compile("[a-z][а-я]|[а-я][a-z]")
_HAS_LATIN, _HAS_CYRILLIC = re.compile("[a-z]"), re.compile("[а-я]")


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """The comparable form of a text."""
    if text.isascii():
        return _joined(_UNSEEN.sub("", text).lower())
    if _PLAIN.fullmatch(text):
        return _joined(text.lower())
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return _joined(_MARKS.sub("", _UNSEEN.sub("", text)))


def _joined(text: str) -> str:
    for char, same in _SAME:
        text = text.replace(char, same)
    if _MIXES.search(text):
        text = _MIXED.sub(_one_script, text)
    return " ".join(text.split())


def _one_script(word: re.Match[str]) -> str:
    """A word of both scripts in the script it has more letters of, when all the others only look like theirs."""
    text = word[0]
    latin, cyrillic = len(_HAS_LATIN.findall(text)), len(_HAS_CYRILLIC.findall(text))
    first, second = (_TO_CYRILLIC, _HAS_LATIN), (_TO_LATIN, _HAS_CYRILLIC)
    for table, other in (first, second) if cyrillic >= latin else (second, first):
        changed = text.translate(table)
        if not other.search(changed):
            return changed
    return text

"""Which of the desk's languages a text is in, and how many of its words are known in that language.

The caller decides what the count is worth: one borrowed word ("router", "ok") must never switch the language.
"""

from __future__ import annotations

import re

from presszero.lang.vocabulary import BORROWED, Vocabulary, common
from presszero.lang.words import words

_RUSSIAN, _LATIN = re.compile("[а-я]+"), re.compile("[a-z]+(?:'[a-z]+)?")
_OTHER_CYRILLIC = re.compile("[іїєґўјљњћђџқғүұһәө]")


def detect(text: str, vocabulary: Vocabulary | None = None) -> tuple[str | None, int]:
    """The language (``ru``, ``en`` or None when the text does not tell) and the number of known words of it."""
    vocabulary = vocabulary or common()
    found = words(text)
    russian = [word for word in found if _RUSSIAN.fullmatch(word)]
    latin = [word for word in found if _LATIN.fullmatch(word) and word not in BORROWED]
    ru = sum(map(vocabulary.known, russian))
    en = sum(map(vocabulary.known, latin))
    if en > ru or (en == ru and en and len(latin) > len(russian)):
        return "en", en
    if ru or (russian and not _OTHER_CYRILLIC.search(text)):
        return "ru", ru
    return None, 0

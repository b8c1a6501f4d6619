"""Whether a text is in the language it stands under, by its letters alone: a text left untranslated is seen at once."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LINK = re.compile(r"\S+(?:://|@|\.[a-z]{2})\S*")
_CYRILLIC = re.compile("[а-яё]+", re.IGNORECASE)
_LATIN = re.compile("[a-z]{2,}", re.IGNORECASE)
_OWN_NAMES = frozenset({"русский", "по-русски", "на русском"})  # a language is called by its own name
_MIXED = re.compile(r"(?=[a-z]*[а-яё])(?=[а-яё]*[a-z])[a-zа-яё]+", re.IGNORECASE)
_ENDING = re.compile("[a-z]{2,}[а-яё]+", re.IGNORECASE)  # SMSка: a foreign word with a Russian ending
_LATIN_TWINS = set("aceopxykmtbhABCEHKMOPTXY")
_CYRILLIC_TWINS = set("асеорхукмтвнАВСЕНКМОРТХУ")
_ENOUGH = 4  # Latin words: names of things are shorter


def other_tongue(text: str, lang: str) -> bool:
    """Whether Russian stands under ``en``, or English under ``ru``."""
    said = _LINK.sub(" ", text)
    russian, english = _CYRILLIC.findall(said), _LATIN.findall(said)
    if lang == "ru":
        return not russian and len(english) >= _ENOUGH
    if lang == "en":
        return len(russian) > len(english) and said.strip(" .!?").lower() not in _OWN_NAMES
    return False


def mixed(text: str) -> Iterator[tuple[int, str, str]]:
    """Words with letters of two alphabets: where, the word, its Latin letters. A foreign word may have a Russian ending."""
    if text.isascii():
        return
    for word in _MIXED.finditer(text):
        latin = {c for c in word[0] if c.isascii()}
        if not _ENDING.fullmatch(word[0]) or latin <= _LATIN_TWINS or set(word[0]) - latin <= _CYRILLIC_TWINS:
            yield word.start(), word[0], ", ".join(sorted(latin))

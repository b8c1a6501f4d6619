"""Whether a text is in the language it stands under, by its letters alone: a text left untranslated is seen at once."""

from __future__ import annotations

import re

_LINK = re.compile(r"\S+(?:://|@|\.[a-z]{2})\S*")
_CYRILLIC = re.compile("[а-яё]+", re.IGNORECASE)
_LATIN = re.compile("[a-z]{2,}", re.IGNORECASE)
_OWN_NAMES = frozenset({"русский", "по-русски", "на русском"})  # a language is called by its own name
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

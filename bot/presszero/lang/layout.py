"""Keys pressed with the other keyboard layout on: ``ghbdtn`` is привет, ``руддщ`` is hello."""

from __future__ import annotations

_KEYS = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./~QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>?"
_RUSSIAN = "ёйцукенгшщзхъфывапролджэячсмитьбю.ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,"
_TO_RUSSIAN = str.maketrans(_KEYS, _RUSSIAN)
_TO_ENGLISH = str.maketrans(_RUSSIAN, _KEYS)


def to_russian(text: str) -> str:
    """What the same keys give in the Russian layout."""
    return text.translate(_TO_RUSSIAN)


def to_english(text: str) -> str:
    """What the same keys give in the English layout."""
    return text.translate(_TO_ENGLISH)

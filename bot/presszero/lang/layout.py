"""Keys pressed with the other keyboard layout on: ``ghbdtn`` is привет, ``руддщ`` is hello; and which keys are neighbours."""

from __future__ import annotations

from itertools import pairwise

_KEYS = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./~QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>?"
_RUSSIAN = "ёйцукенгшщзхъфывапролджэячсмитьбю.ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,"
_TO_RUSSIAN = str.maketrans(_KEYS, _RUSSIAN)
_TO_ENGLISH = str.maketrans(_RUSSIAN, _KEYS)
_ROWS = ("qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,.")


def to_russian(text: str) -> str:
    """What the same keys give in the Russian layout."""
    return text.translate(_TO_RUSSIAN)


def to_english(text: str) -> str:
    """What the same keys give in the English layout."""
    return text.translate(_TO_ENGLISH)


def _neighbours() -> frozenset[str]:
    beside = [pair for row in _ROWS for pair in pairwise(row)]
    for upper, lower in pairwise(_ROWS):  # each row stands half a key to the right of the one above
        beside += [*zip(upper, lower, strict=False), *zip(upper[1:], lower, strict=False)]
    latin = {f"{one}{other}" for pair in beside for one, other in (pair, pair[::-1])}
    return frozenset(latin | set(map(to_russian, latin)))


NEIGHBOURS = _neighbours()  # pairs of letters on neighbouring keys, both ways round, in both layouts

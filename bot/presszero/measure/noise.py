"""Spoils texts as people spoil them: slips of the finger, the wrong layout, Latin letters for Russian, capitals.

For measurements only. Its tables and spellings are its own: what mends texts (`lang`) must never read them.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

KINDS = ("typo", "typo1", "typo2", "layout", "translit", "caps")
# The rows of the two keyboards, key under key, as they are printed on the caps.
_ROWS = (("qwertyuiop[]", "йцукенгшщзхъ"), ("asdfghjkl;'", "фывапролджэ"), ("zxcvbnm,.", "ячсмитьбю"), ("`", "ё"))
_TO_CYRILLIC: dict[str, str] = {}
_TO_LATIN: dict[str, str] = {}
for _latin, _cyrillic in _ROWS:
    for _one, _other in zip(_latin, _cyrillic, strict=True):
        _TO_CYRILLIC |= {_one: _other, _one.upper(): _other.upper()}
        _TO_LATIN |= {_other: _one, _other.upper(): _one.upper()}
_TO_CYRILLIC |= {"{": "Х", "}": "Ъ", ":": "Ж", '"': "Э", "<": "Б", ">": "Ю", "?": ",", "/": ".", "&": "?"}
_TO_LATIN |= {"Х": "{", "Ъ": "}", "Ж": ":", "Э": '"', "Б": "<", "Ю": ">", ",": "?", ".": "/", "?": "&"}
# Three ways people write Russian in Latin letters: by the passport, by ear, and as in old chats.
_PASSPORT = (
    "а a б b в v г g д d е e ё e ж zh з z и i й i к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh щ shch "
    "ъ ie ы y ь _ э e ю iu я ia"
)
_BY_EAR = (
    "а a б b в v г g д d е e ё yo ж zh з z и i й y к k л l м m н n о o п p р r с s т t у u ф f х h ц c ч ch ш sh щ sch "
    "ъ _ ы y ь _ э e ю yu я ya"
)
_CHAT = (
    "а a б b в v г g д d е e ё jo ж zh з z и i й j к k л l м m н n о o п p р r с s т t у u ф f х h ц ts ч ch ш sh щ shh "
    "ъ ' ы y ь ' э e ю ju я ja"
)


def _scheme(table: str) -> dict[str, str]:
    parts = table.split()
    return {letter: "" if latin == "_" else latin for letter, latin in zip(parts[::2], parts[1::2], strict=True)}


_SCHEMES = tuple(_scheme(table) for table in (_PASSPORT, _BY_EAR, _CHAT))
_NEIGHBOURS: dict[str, str] = {}
for _pair in _ROWS[:3]:
    for _row in _pair:
        for _at, _key in enumerate(_row):
            _near = _row[max(0, _at - 1) : _at] + _row[_at + 1 : _at + 2]
            _NEIGHBOURS[_key] = "".join(char for char in _near if char.isalpha())


def spoiled(text: str, kind: str, chance: random.Random) -> str:
    """The text with one kind of noise. Raises KeyError for a kind there is none of."""
    return _MADE[kind](text, chance)


def _typo(text: str, chance: random.Random) -> str:
    """One slip, two in a text over 20 characters."""
    return _slips(text, 2 if len(text) > 20 else 1, chance)


def _slips(text: str, count: int, chance: random.Random) -> str:
    """A letter swapped with the next, lost, doubled, or its neighbour on the keyboard, so many times."""
    for _ in range(count):
        # First letters are seldom mistyped, and a slip in a word of three letters leaves no word.
        places = [at for at in range(1, len(text) - 1) if text[at - 1 : at + 2].isalpha() and _long_word(text, at)]
        if not places:
            return text
        at = chance.choice(places)
        match chance.choice(["swap", "lose", "double", "near"]):
            case "swap":
                text = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
            case "lose":
                text = text[:at] + text[at + 1 :]
            case "double":
                text = text[:at] + text[at] + text[at:]
            case _:
                near = _NEIGHBOURS.get(text[at].lower()) or text[at]
                text = text[:at] + chance.choice(near) + text[at + 1 :]
    return text


def _long_word(text: str, at: int) -> bool:
    first = at
    while first and text[first - 1].isalpha():
        first -= 1
    last = at
    while last < len(text) and text[last].isalpha():
        last += 1
    return last - first > 3


def _layout(text: str, _chance: random.Random) -> str:
    """All keys pressed in the other layout."""
    cyrillic = sum("а" <= char <= "я" or char == "ё" for char in text.lower())
    table: Mapping[str, str] = _TO_LATIN if 2 * cyrillic >= sum(char.isalpha() for char in text) else _TO_CYRILLIC
    return "".join(table.get(char, char) for char in text)


def _translit(text: str, chance: random.Random) -> str:
    """Russian in Latin letters, one of three ways for a text; English stays."""
    scheme = chance.choice(_SCHEMES)
    made = []
    for char in text:
        latin = scheme.get(char.lower(), char)
        made.append(latin.capitalize() if char.isupper() else latin)
    return "".join(made)


def _caps(text: str, _chance: random.Random) -> str:
    return text.upper()


_MADE: Mapping[str, Callable[[str, random.Random], str]] = {
    "typo": _typo,
    "typo1": lambda text, chance: _slips(text, 1, chance),
    "typo2": lambda text, chance: _slips(text, 2, chance),
    "layout": _layout,
    "translit": _translit,
    "caps": _caps,
}

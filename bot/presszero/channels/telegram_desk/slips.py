"""Notes for colleagues that were nearly written as ones: another slash, a blank nobody sees before it, a line further down. Pure.

What looks like a command of ours must never go to a customer: it is taken as one, or nothing is sent.
"""

from __future__ import annotations

import re
import unicodedata

_SLASHES = frozenset("/\\／＼⁄∕⧸⧵╱﹨")
_NO_BLANK = "\u115f\u1160\u2800\u3164\uffa0"
_LIKE = str.maketrans("оетОЕТ", "oetOET")  # Cyrillic letters that look Latin
_NOTE = re.compile(r"/\s*(?:/|not[ea]s?\b)", re.IGNORECASE)


def plainly(text: str) -> str:
    """The text as a command is read: a slash of any kind at its beginning, after whatever nobody sees, is a slash."""
    rest = _seen(text)
    if rest[:1] not in _SLASHES:
        return text
    after = rest[1:].lstrip()
    return f"//{after[1:]}" if after[:1] in _SLASHES else f"/{after}"


def hides_note(text: str) -> bool:
    """Whether a line looks like the beginning of a note."""
    return any(_NOTE.match(plainly(line).translate(_LIKE)) for line in text.splitlines())


def _seen(text: str) -> str:
    for at, c in enumerate(text):
        if not (c.isspace() or c in _NO_BLANK or unicodedata.category(c) in {"Cc", "Cf", "Mn"}):
            return text[at:]
    return ""

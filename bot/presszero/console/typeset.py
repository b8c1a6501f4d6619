"""Russian typesetting of our own words and of articles' titles: spaces that do not break, a range that stays together.

It must never be used on what a customer wrote: that is shown as it came.
"""

from __future__ import annotations

import re

NBSP = "\u00a0"
_JOINER = "\u2060"
_SHORT = re.compile(r"(?<![\w-])([A-Za-zА-Яа-яЁё]{1,2}|для|без|при|под|над|или|№) (?=\S)")
_DASH = re.compile(r" (?=[—–] )")
_UNIT = re.compile(r"(?<=\d) (?=(?:мин|ч|с|МБ|КБ|ГБ|ГГц|руб|₽|%|знак|дн|минут|час|дней|дня|день)\w*)")
_RANGE = re.compile(r"(?<=\d)([–-])(?=\d)")


def typeset(text: str, lang: str) -> str:
    """The text as it is set in a language."""
    if lang != "ru":
        return text
    text = _SHORT.sub(rf"\1{NBSP}", text)
    text = _UNIT.sub(NBSP, _DASH.sub(NBSP, text))
    return _RANGE.sub(rf"{_JOINER}\1{_JOINER}", text)

"""The text of a file from elsewhere, in whatever encoding: what other programs save is often not UTF-8.

It guesses, so the desk's own files are never read by it.
"""

from __future__ import annotations

import re

_OLD = {"cp1251": "Windows-1251", "koi8-r": "KOI8-R", "cp866": "CP866"}
_BOMS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def decoded(data: bytes) -> tuple[str | None, str]:
    """The text and "": UTF-8, else UTF-16; or the text and the name of what old programs write in Russia. None: no text."""
    for encoding in (_BOMS.get(data[:2], "utf-8"), *_wide(data)):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text and (encoding == "utf-8" or re.search(r"[ \n]", text)):
            return text, ""
    old = max(_OLD, key=lambda each: _letters(data[: 1 << 16].decode(each, "replace")))
    text = data.decode(old, "replace")
    if b"\x00" in data or text.count("\ufffd") > len(text) // 100:
        return None, ""
    return text, _OLD[old]


def _wide(data: bytes) -> tuple[str, ...]:
    """UTF-16 without its mark: every other byte of Latin text is zero, of Russian text four."""
    if len(data) < 4 or len(data) % 2:
        return ()
    for half, name in ((data[1::2], "utf-16-le"), (data[::2], "utf-16-be")):
        if (half.count(0) + half.count(4)) > 0.9 * len(half):
            return (name,)
    return ()


def _letters(text: str) -> float:
    """How much like Russian a text is: small letters, the common ones most; nobody writes capitals inside words."""
    small = sum("а" <= c <= "я" for c in text) + sum(text.count(c) for c in "оеаинт")
    return small - 2 * len(re.findall("[а-я][А-Я]", text)) - 3 * len(re.findall("[╀-▟■]", text))

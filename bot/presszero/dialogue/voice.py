"""A message as a telephone reads it aloud: its words without links and signs, then its keys in order.

It renders only what a message holds; what a key does is decided where it is heard.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

_LINK = re.compile(r"\(?\b(?:https?://|www\.)\S+?\)?(?=[.,;:!?]*(?:\s|$))", re.IGNORECASE)
_SPACES = re.compile(r"[ \t]{2,}")
_BEFORE_SIGN = re.compile(r"\s+([.,;:!?])")
_LEFT_OVER = re.compile(r":([.,;!?])")
Key = tuple[str, str]  # label, digit
Words = Callable[[str, dict[str, str]], str]


def speakable(text: str) -> str:
    """The words of a text that can be said aloud: no links, no emoji."""
    said = _LINK.sub("", text)
    said = "".join(c for c in said if not _sign(c))
    return _LEFT_OVER.sub(r"\1", _BEFORE_SIGN.sub(r"\1", _SPACES.sub(" ", said))).strip()


def _sign(char: str) -> bool:
    return (unicodedata.category(char) in {"So", "Cs", "Co"} and char not in "№°©®™") or char in "\ufe0f\u200d\u20e3"


def spoken(text: str, keys: Sequence[Key], words: Words) -> str:
    """What is read aloud: the text, then each key that a telephone has, the operator's last."""
    said = [speakable(text)] if text else []
    pressable = [k for k in keys if len(k[1]) == 1]
    for label, digit in sorted(pressable, key=lambda k: k[1] == "0"):
        key = "voice_hash" if digit == "#" else "voice_key"
        said.append(words(key, {"label": speakable(label), "digit": digit}))
    return " ".join(part for part in said if part)

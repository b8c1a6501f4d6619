"""Marks inside a phrase: Rasa's ``[text]{entity}`` and ``[text](entity)``, hassil's ``[optional]`` and ``(one|other)``.

A phrase is expanded into the plain sentences it stands for, at most MOST. Round brackets without ``|`` are text.
"""

from __future__ import annotations

import re
from itertools import islice

MOST = 64
_ENTITY = re.compile(r"\[([^\[\]]*)\](?:\{[^{}]*\}|\([^()|]*\))")
_INNERMOST = re.compile(r"\[([^\[\]()]*)\]|\(([^\[\]()]*\|[^\[\]()]*)\)")
_PLAIN = re.compile(r"\(([^\[\]()|]*)\)")
_OPEN, _CLOSED = "\ue000", "\ue001"  # stand for brackets that are text


class NotClosedError(ValueError):
    """A bracket of a phrase is not closed."""


def expand(phrase: str) -> tuple[list[str], bool]:
    """The sentences of a phrase, and whether there were more of them than are given."""
    text = _ENTITY.sub(r"\1", phrase)
    if "[" not in text and "|" not in text:
        if "]" in text:
            raise NotClosedError(phrase)
        return [text], False
    while _PLAIN.search(text):
        text = _PLAIN.sub(_OPEN + r"\1" + _CLOSED, text)
    pending, made = [text], dict[str, None]()
    while pending and len(made) <= MOST:
        first = pending.pop(0)
        found = _INNERMOST.search(first)
        if found is None:
            made[_tidy(first, phrase)] = None
            continue
        ways = ["", *found[1].split("|")] if found[1] is not None else found[2].split("|")
        pending[:0] = [first[: found.start()] + way + first[found.end() :] for way in ways]
    return list(islice(made, MOST)), bool(pending) or len(made) > MOST


def _tidy(text: str, phrase: str) -> str:
    if "[" in text or "]" in text or "|" in text:
        raise NotClosedError(phrase)
    return " ".join(text.replace(_OPEN, "(").replace(_CLOSED, ")").split())

"""Text with a few marks, cut to Telegram's limits and written as its HTML. Pure.

The limits count UTF-16 units of the text as it is read. A cut falls between paragraphs, then lines, sentences, words;
never inside a mark or a character unless nothing else fits, and then the mark goes on in the next part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

MOST_TEXT = 4096
MOST_CAPTION = 1024
# Best first: where the words after the match begin a new part.
_CUTS = (re.compile(r"\n\s*\n"), re.compile(r"\n"), re.compile(r"(?<=[.!?…])[»”\")]*\s+"), re.compile(r"\s+"))
_LEAST = 3  # a part is at least a third full, else the next kind of cut is tried


class Mark(NamedTuple):
    """What is special about a stretch of the text."""

    start: int
    end: int
    kind: Literal["b", "i", "a"]
    url: str = ""


class Rich(NamedTuple):
    """A text with its marks, which never overlap."""

    text: str
    marks: tuple[Mark, ...] = ()

    def __add__(self, other: object) -> Rich:  # two texts make one text
        if not isinstance(other, Rich):
            return NotImplemented
        size = len(self.text)
        return Rich(
            self.text + other.text,
            (*self.marks, *(m._replace(start=m.start + size, end=m.end + size) for m in other.marks)),
        )

    def html(self) -> str:
        """The text as Telegram's HTML."""
        return "".join(self._pieces())

    def _pieces(self) -> Iterator[str]:
        at = 0
        for mark in self.marks:
            yield _escaped(self.text[at : mark.start])
            inner = _escaped(self.text[mark.start : mark.end])
            opening = f'a href="{_escaped(mark.url)}"' if mark.kind == "a" else mark.kind
            yield f"<{opening}>{inner}</{mark.kind}>"
            at = mark.end
        yield _escaped(self.text[at:])

    def piece(self, start: int, end: int) -> Rich:
        """A stretch of it without the white space around."""
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return Rich(
            self.text[start:end],
            tuple(
                m._replace(start=max(m.start, start) - start, end=min(m.end, end) - start)
                for m in self.marks
                if m.start < end and m.end > start
            ),
        )


def plain(text: str) -> Rich:
    """A text without marks."""
    return Rich(text)


def marked(text: str, kind: Literal["b", "i"]) -> Rich:
    """A text that is all bold or slanted."""
    return Rich(text, (Mark(0, len(text), kind),) if text else ())


def link(title: str, url: str) -> Rich:
    """A title that leads somewhere; an address Telegram would refuse stays a text."""
    if not re.match(r"https?://\S+$", url):
        return plain(title if url == title else f"{title}: {url}")
    return Rich(title, (Mark(0, len(title), "a", url),))


def units(text: str) -> int:
    """How long Telegram finds a text."""
    return len(text) + sum(c > "\uffff" for c in text)


def split(rich: Rich, most: int = MOST_TEXT) -> list[Rich]:
    """The text in parts that fit; none is empty."""
    parts: list[Rich] = []
    rest = rich.piece(0, len(rich.text))
    while units(rest.text) > most:
        fits = _fitting(rest.text, most)
        cut = _cut(rest, fits)
        parts.append(rest.piece(0, cut))
        rest = rest.piece(cut, len(rest.text))
    return [p for p in (*parts, rest) if p.text]


def _fitting(text: str, most: int) -> int:
    """How many characters of the text fit."""
    size = 0
    for at, c in enumerate(text):
        size += 2 if c > "\uffff" else 1
        if size > most:
            return at
    return len(text)


def _cut(rich: Rich, fits: int) -> int:
    for pattern in _CUTS:
        found = [m.end() for m in pattern.finditer(rich.text, 0, fits) if fits // _LEAST <= m.end() <= fits]
        whole = [at for at in found if not any(m.start < at < m.end for m in rich.marks)]
        if whole:
            return whole[-1]
    around = next((m.start for m in rich.marks if m.start < fits < m.end and m.start), 0)
    return around or fits


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")

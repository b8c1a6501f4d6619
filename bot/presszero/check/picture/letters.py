"""How wide a text is, without a font: widths of DejaVu Sans, the widest of the usual ones, so that nothing runs out of its box."""

from __future__ import annotations

from collections.abc import Iterator

_NARROW = frozenset("iljI.,:;'|!()[]{}ftr·- ")
_WIDE = frozenset("mwMWжшщюыЖШЩЮЫфФмМДЦ@%—…№")
SIZE = 13.0


def width(text: str, size: float = SIZE) -> float:
    """Of one line."""
    return sum(_em(c) for c in text) * size


def _em(letter: str) -> float:
    if letter in _NARROW:
        return 0.42
    if letter in _WIDE or ord(letter) > 0x2E80:
        return 1.0
    return 0.78 if letter.isupper() else 0.65


def wrap(text: str, most: float, lines: int, size: float = SIZE) -> list[str]:
    """A text in at most so many lines; what does not fit ends with an ellipsis."""
    found: list[str] = []
    for word in _words(text, most, size):
        if found and width(f"{found[-1]} {word}", size) <= most:
            found[-1] += f" {word}"
        else:
            found.append(word)
    if len(found) <= lines:
        return found
    last = found[lines - 1]
    while last and width(last + "…", size) > most:
        last = last[:-1]
    return [*found[: lines - 1], last.rstrip(" ,.:;") + "…"]


def _words(text: str, most: float, size: float) -> Iterator[str]:
    """The words; one that is wider than a line is cut."""
    for word in text.split():
        rest = word
        while width(rest, size) > most:
            cut = len(rest)
            while cut > 1 and width(rest[:cut], size) > most:
                cut -= 1
            yield rest[:cut]
            rest = rest[cut:]
        if rest:
            yield rest

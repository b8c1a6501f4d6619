"""CSV read cell by cell with its places: a quote that is never closed spoils its own row, not the rest of the table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

SEPARATORS = (";", ",", "\t", "|")


class Cell(NamedTuple):
    """A cell and where it begins. ``broken``: the code of what is wrong with it."""

    text: str
    line: int
    column: int
    broken: str = ""


def rows(text: str, separator: str) -> Iterator[list[Cell]]:
    """The rows that are not empty."""
    at, line, start = 0, 1, 0  # ``start``: where the line begins
    row: list[Cell] = []
    while at < len(text):
        cell, end = _cell(text, at, separator)
        row.append(Cell(cell[0], line, at - start + 1, "PZ550" if cell[1] else ""))
        breaks = text.count("\n", at, end)
        if breaks:
            line, start = line + breaks, text.rindex("\n", at, end) + 1
        last = end >= len(text) or text[end] == "\n"
        at = end + 1
        if last:
            if any(each.text.strip() for each in row):
                yield row
            row, line, start = [], line + 1, at
    if any(each.text.strip() for each in row):  # the text ended with a separator
        yield row


def separator(text: str, known: frozenset[str]) -> str:
    """What parts the cells: whatever gives the first row most known names of columns, then most cells."""

    def worth(each: str) -> tuple[int, int]:
        first = next(rows(text, each), [])
        return sum(cell.text.strip().lower() in known for cell in first), len(first)

    return max(SEPARATORS, key=worth)


def _cell(text: str, at: int, separator: str) -> tuple[tuple[str, bool], int]:
    """The cell that begins here (its text, whether it is broken) and where it ends."""
    begin = at
    while begin < len(text) and text[begin] == " ":
        begin += 1
    end = _end(text, at, separator)
    if text[begin : begin + 1] != '"':
        return (text[at:end], False), end
    close = begin + 1
    while True:
        close = text.find('"', close)
        if close < 0 or text[close + 1 : close + 2] != '"':
            break
        close += 2
    after = _end(text, close + 1, separator) if close >= 0 else 0
    if close < 0 or text[close + 1 : after].strip(" "):
        return (text[at:end], True), end
    return (text[begin + 1 : close].replace('""', '"'), False), after


def _end(text: str, at: int, separator: str) -> int:
    ends = [found for found in (text.find(separator, at), text.find("\n", at)) if found >= 0]
    return min(ends, default=len(text))

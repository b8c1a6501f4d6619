"""Where a cursor stands in a YAML text, however broken the text is: the keys above it, those beside it, what was typed.

By indents and brackets alone: half-typed text parses nowhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_KEY = re.compile(r"""^(\s*(?:- +)*)(?:"([^"]*)"|'([^']*)'|([^\s:#"'{}\[\],][^:#{}\[\],]*?)) *:(?= |$)""")
_LEAD = re.compile(r"\s*(?:-(?: +|$))*")
_PAIR = re.compile(r"""^\s*("[^"]*"|'[^']*'|[^:,{}\[\]]+?)\s*:(?: |$)(.*)$""", re.DOTALL)


@dataclass(frozen=True)
class Cursor:
    """``path``: keys from the top; ``key``: of the value being typed, empty while a key is; ``siblings``: keys beside."""

    path: tuple[str, ...]
    key: str
    typed: str
    siblings: frozenset[str]


def cursor(text: str, line: int, column: int) -> Cursor:
    """The cursor at a line and column, both from 1."""
    lines = text.split("\n")
    number = min(max(line, 1), len(lines)) - 1
    before = lines[number][: max(column - 1, 0)]
    lead = _lead(before)
    inside = before[len(lead) :]
    first = _PAIR.match(inside) if not inside.lstrip().startswith(("{", "[")) else None
    own: tuple[str, ...] = (_bare(first[1]),) if first else ()
    rest = first[2] if first else inside
    keys, beside, typed = _brackets(rest)
    above = _above(lines, number, len(lead))
    if keys is not None:  # within {…} or […]
        *outer, last = (*own, *keys)
        return Cursor((*above, *outer), last, typed, frozenset(beside))
    if first:
        return Cursor(above, own[0], rest.strip(), frozenset())
    return Cursor(above, "", inside.strip(), _beside(lines, number, len(lead)))


def _lead(line: str) -> str:
    found = _LEAD.match(line)
    return found[0] if found else ""


def _bare(key: str) -> str:
    return key.strip().strip("\"'")


def _above(lines: list[str], number: int, indent: int) -> tuple[str, ...]:
    """The keys that the line stands under."""
    path: list[str] = []
    lead = _lead(lines[number])
    if "-" in lead:
        indent = lead.index("-") + 1  # a key at the list's own column is what the list stands under
    for line in reversed(lines[:number]):
        if indent <= 0:
            break
        found = _KEY.match(line)
        if not line.strip() or found is None:
            continue
        column = len(found[1])
        if column >= indent:
            continue
        path.insert(0, next(part for part in found.groups()[1:] if part is not None))
        dash = found[1].find("-")
        indent = dash + 1 if dash >= 0 else column
    return tuple(path)


def _beside(lines: list[str], number: int, indent: int) -> frozenset[str]:
    """The keys of the map that the line is part of."""
    found: set[str] = set()
    for step in (-1, 1):
        at = number + step if step > 0 or "-" not in _lead(lines[number]) else -1
        while 0 <= at < len(lines):
            line = lines[at]
            lead = _lead(line)
            if line.strip() and not line.lstrip().startswith("#"):
                if len(lead) < indent or (step > 0 and len(lead) == indent and "-" in lead):
                    break
                key = _KEY.match(line)
                if len(lead) == indent and key:
                    found.add(next(part for part in key.groups()[1:] if part is not None))
                if step < 0 and len(lead) == indent and "-" in lead:
                    break
            at += step
    return frozenset(found)


def _brackets(text: str) -> tuple[tuple[str, ...] | None, set[str], str]:
    """Within brackets: the keys down to the value or key being typed ("" for a key), the keys beside, what was typed."""
    stack, part = _opened(text)
    if not stack:
        return None, set(), text.strip()
    path: list[str] = []
    for at, (_, parts) in enumerate(stack):
        if at and (pair := _PAIR.match(parts[0] + " ")):
            path.append(_bare(pair[1]))
    kind, parts = stack[-1]
    pair = _PAIR.match(part)
    if kind == "{" and pair:
        return (*path, _bare(pair[1])), set(), pair[2].strip()
    if kind == "{":
        beside = {_bare(found[1]) for each in parts[1:] if (found := _PAIR.match(each + " "))}
        return (*path, ""), beside, part.strip()
    return (*path, "[]"), set(), part.strip()


def _opened(text: str) -> tuple[list[tuple[str, list[str]]], str]:
    """The brackets that are still open, each with the parts before the last comma in it, and what stands after that."""
    stack: list[tuple[str, list[str]]] = []
    part, quote = "", ""
    for char in text:
        if quote:
            quote = "" if char == quote else quote
            part += char
        elif char in "\"'" and not part.strip().rpartition(":")[2].strip():
            quote = char
            part += char
        elif char in "{[":
            stack.append((char, [part]))
            part = ""
        elif char in "}]" and stack:
            part = stack.pop()[1][0] + "…"
        elif char == "," and stack:
            stack[-1][1].append(part)
            part = ""
        else:
            part += char
    return stack, part

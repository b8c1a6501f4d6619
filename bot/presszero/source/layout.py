"""One layout for the YAML files of a desk: two spaces a level, one space after a sign, steps apart by a line.

Comments, quotes, order and line breaks stay as their author put them. It must never change what a file means: whoever
writes the result compares the trees (`same`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

from presszero.source.build import LOADER
from presszero.source.tree import Node

STEP = 2
APART = "steps"  # the list at the top of a file whose items stand apart
_OPEN = (yaml.FlowMappingStartToken, yaml.FlowSequenceStartToken)
_CLOSE = (yaml.FlowMappingEndToken, yaml.FlowSequenceEndToken)
_ENDS = (*_CLOSE, yaml.FlowEntryToken, yaml.ValueToken)
_SIGNS = (yaml.BlockEntryToken, yaml.ValueToken, yaml.FlowEntryToken)
_LISTS = {yaml.BlockMappingStartToken: "map", yaml.BlockSequenceStartToken: "list"}


def laid_out(text: str) -> str:
    """The text in the layout; raises yaml.YAMLError for what is not YAML."""
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return _Page(_spaced(text)).laid_out()


def same(one: Node, other: Node) -> bool:
    """Whether two trees mean the same, wherever things stand."""
    pairs = [(one, other)]
    while pairs:
        a, b = pairs.pop()
        if (a.kind, a.text, a.empty, len(a.items), len(a.pairs)) != (
            b.kind,
            b.text,
            b.empty,
            len(b.items),
            len(b.pairs),
        ):
            return False
        pairs += zip(a.items, b.items, strict=True)
        pairs += [(x, y) for p, q in zip(a.pairs, b.pairs, strict=True) for x, y in zip(p, q, strict=True)]
    return True


def _spaced(text: str) -> str:
    """Spaces between the signs of one line."""
    made: list[str] = []
    done = 0
    before: Any = None
    for token in yaml.scan(text, LOADER):
        if token.start_mark.index == token.end_mark.index:
            continue  # a sign of YAML's own that nobody wrote
        if before is not None and before.end_mark.line == token.start_mark.line:
            start, end = before.end_mark.index, token.start_mark.index
            if start < end and not text[start:end].strip(" \t\n"):
                made += [text[done:start], _between(before, token, text[start:end])]
                done = end
        before = token
    return "".join(made) + text[done:]


def _between(before: Any, token: Any, old: str) -> str:
    if isinstance(before, _OPEN) or (isinstance(token, _ENDS) and not isinstance(before, yaml.ValueToken)):
        return ""  # a key without a value keeps its space: `{a: }`, as `a:}` would be a word
    return " " if isinstance(before, _SIGNS) else old


@dataclass(slots=True)
class _Block:
    """A list or map being written in lines: where it stood, where it will."""

    kind: str
    old: int
    new: int
    bare: bool = False  # a list at the column of its key, which YAML has no sign for
    apart: bool = False


@dataclass
class _Page:
    """One text, token by token, then line by line."""

    text: str
    lines: list[str] = field(init=False)
    made: dict[int, str] = field(default_factory=dict)  # lines of tokens as they will be
    apart: set[int] = field(default_factory=set)
    _stack: list[_Block] = field(default_factory=list)
    _brackets: list[int] = field(default_factory=list)  # new indents of the lines where they opened
    _key: str = ""

    def __post_init__(self) -> None:
        self.lines = self.text.split("\n")

    def laid_out(self) -> str:
        """The text, each line where it belongs."""
        for token in yaml.scan(self.text, LOADER):
            self._structure(token)
            if token.start_mark.index != token.end_mark.index:
                self._stand(token)
        made = "\n".join(_single(self._written())).strip("\n") + "\n"
        return (
            f"\n{made}" if made.startswith("\ufeff") else made
        )  # in the first line it would be the file's mark, no sign

    @property
    def _top(self) -> _Block:
        return self._stack[-1] if self._stack else _Block("map", 0, -STEP)

    def _structure(self, token: Any) -> None:
        kind, column = type(token), token.start_mark.column
        if kind in _LISTS:
            self._push(_LISTS[kind], column)
        elif kind is yaml.BlockEndToken:
            if self._top.bare:
                self._stack.pop()
            self._stack.pop()
        elif self._brackets:
            return
        elif kind is yaml.BlockEntryToken and self._top.kind == "map":
            self._push("list", column, bare=True)
        elif kind is yaml.KeyToken and self._top.bare:
            self._stack.pop()
        elif kind is yaml.ScalarToken and len(self._stack) == 1 and column == self._top.old:
            self._key = token.value

    def _push(self, kind: str, column: int, *, bare: bool = False) -> None:
        apart = kind == "list" and len(self._stack) == 1 and self._key == APART
        self._stack.append(_Block(kind, column, self._top.new + STEP, bare, apart))

    def _stand(self, token: Any) -> None:
        """Where the token's lines stand."""
        number, column = token.start_mark.line, token.start_mark.column
        first = number not in self.made
        if isinstance(token, _CLOSE):
            indent = self._brackets.pop()
        elif self._brackets:
            indent = self._brackets[-1] + STEP
        else:
            own = isinstance(token, yaml.BlockEntryToken) or column == self._top.old
            indent = max(self._top.new + (0 if own else STEP), 0)
        if first:
            self.made[number] = " " * indent + self.lines[number].strip(" \t\n")
            if isinstance(token, yaml.BlockEntryToken) and self._top.apart:
                self.apart.add(number)
        if isinstance(token, _OPEN):
            line = self.made[number]
            self._brackets.append(
                len(line) - len(line.lstrip(" \t")) if first or not self._brackets else self._brackets[-1]
            )
        if isinstance(token, yaml.ScalarToken) and token.end_mark.line > number:
            self._several(token, (self._brackets[-1] if self._brackets else self._top.new) + STEP)

    def _several(self, token: Any, indent: int) -> None:
        """The further lines of a text; only in a block do its own spaces mean anything."""
        block = token.style in {"|", ">"}
        end = token.end_mark.line - (block and token.end_mark.column == 0)
        numbers = range(token.start_mark.line + 1, min(end, len(self.lines) - 1) + 1)
        if not block:
            self.made |= {n: " " * indent + t if (t := self.lines[n].strip(" \t\n")) else "" for n in numbers}
            return
        base = min((_indent(self.lines[n]) for n in numbers if self.lines[n].strip(" \t\n")), default=0)
        for n in numbers:
            rest = self.lines[n][base:]
            self.made[n] = " " * max(indent, STEP) + rest if rest else ""

    def _written(self) -> list[str | None]:
        """Every line: those of tokens as they were made, comments beside what they are about, None for an empty one."""
        found: list[str | None] = []
        shifts: dict[int, int] = {}  # old indent → the new one, of the lines above
        for number, line in enumerate(self.lines):
            if number in self.made:
                made = self.made[number]
                shifts[_indent(line)] = _indent(made)
                if number in self.apart:
                    _part(found)
                found.append(made)
            elif line.strip(" \t\n"):
                found.append(" " * self._comment(number, shifts) + line.strip(" \t\n"))
            else:
                found.append(None)
        return found

    def _comment(self, number: int, shifts: dict[int, int]) -> int:
        old = _indent(self.lines[number])
        below = next((n for n in range(number + 1, len(self.lines)) if n in self.made), None)
        if below is not None and _indent(self.lines[below]) == old:
            return _indent(self.made[below])
        return shifts.get(old, old)


def _part(found: list[str | None]) -> None:
    """An empty line above an item and the comments right above it, unless it is the first one."""
    at = len(found)
    while at and (above := found[at - 1]) is not None and above.lstrip(" \t").startswith("#"):
        at -= 1
    above = found[at - 1] if at else None
    if above is not None and not above.rstrip(" \t\n").endswith(f"{APART}:") and at:
        found.insert(at, None)


def _single(lines: list[str | None]) -> list[str]:
    """At most one empty line at a time; those inside a text are not empty lines but its own."""
    found: list[str] = []
    empty = False
    for line in lines:
        if line is None and empty:
            continue
        empty = line is None
        found.append(line or "")
    return found


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))

"""YAML's events into a tree of Nodes, without recursion or aliases: the tree is as deep and large as the file.

It reports what YAML allows and a lead never means. It must never decide what a key means.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from presszero.errors import Finding, Place
from presszero.source.tree import Node

MAX_DEPTH = 32
MOST_FAULTS = 200  # of one file: nobody reads more
LOADER: Any = getattr(
    yaml, "CSafeLoader", yaml.SafeLoader
)  # the C parser is ten times as fast; both give the same events
_NO_COLON = re.compile(r"\s*[,}]")
_GLUED = re.compile(r" *([a-z_]+):([^\s/][^ ]*)")  # never an address
_SMART = re.compile(
    r"[\u201c\u201d\u201e\u201f]([^\u201c-\u201f]*)[\u201c\u201d\u201f]"
)  # a word processor's straight quotes
_COMMENT = re.compile(r"( +)#(.?)")


class Stop(Exception):
    """There is no use in reading on."""


@dataclass(slots=True)
class _Open:
    """A list or a map whose end has not come yet."""

    place: Place
    kind: str
    flow: bool
    items: list[Node] = field(default_factory=list)
    pairs: list[tuple[Node, Node]] = field(default_factory=list)
    key: Node | None = None
    seen: set[str] = field(default_factory=set)


class Builder:
    """Builds the tree of one text; ``quoted`` is where the last quoted text began and on which line it ended."""

    def __init__(self, text: str, file: str, faults: list[Finding]) -> None:
        self.text, self.file, self.faults = text, file, faults
        self.lines = text.split("\n")
        self.quoted: tuple[Place, int] | None = None
        self.root: Node | None = None
        self._stack: list[_Open] = []
        self._documents = 0

    def build(self) -> Node:
        """The tree; raises yaml.YAMLError on broken YAML, and Stop when a fault leaves nothing to build on."""
        for event in yaml.parse(self.text, LOADER):
            self._event(event)
            if len(self.faults) > MOST_FAULTS:
                raise Stop
        return self.root or Node(Place(self.file, 1, 1), "text", empty=True)

    def _event(self, event: Any) -> None:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self._scalar(event)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            self._start(event, "map" if kind is yaml.MappingStartEvent else "list")
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self._end()
        elif kind is yaml.AliasEvent:
            self._fault(event, "PZ103", mark=f"*{event.anchor}")
            self._put(Node(self._place(event), "text"))
        elif kind is yaml.DocumentStartEvent:
            self._documents += 1
            if self._documents > 1:
                self._fault(event, "PZ106")
                raise Stop

    def _place(self, event: Any) -> Place:
        return Place(self.file, event.start_mark.line + 1, event.start_mark.column + 1)

    def _fault(self, event: Any, code: str, **values: str) -> None:
        self.faults.append(Finding(self._place(event), code, values))

    def _marks(self, event: Any) -> None:
        if event.anchor is not None:
            self._fault(event, "PZ103", mark=f"&{event.anchor}")
        if event.tag is not None:
            self._fault(event, "PZ104", tag=str(event.tag))

    def _start(self, event: Any, kind: str) -> None:
        self._marks(event)
        place = self._place(event)
        if len(self._stack) >= MAX_DEPTH:
            self._fault(event, "PZ108", limit=str(MAX_DEPTH))
            raise Stop
        self._stack.append(_Open(place, kind, bool(event.flow_style)))

    def _end(self) -> None:
        done = self._stack.pop()
        if done.kind == "map":
            self._put(Node(done.place, "map", pairs=tuple(done.pairs)))
        else:
            self._put(Node(done.place, "list", items=tuple(done.items)))

    def _scalar(self, event: Any) -> None:
        self._marks(event)
        place = self._place(event)
        quoted = bool(event.style)
        if quoted:
            self.quoted = (place, event.end_mark.line + 1)
        elif event.value:
            self._cut(event)
            self._run_on(event)
            if event.value[0] in "\u201c\u201d\u201e\u201f" and (smart := _SMART.fullmatch(event.value)):
                self._fault(event, "PZ132", text=event.value, bare=smart[1])
            if event.value.endswith('"') and event.value.count('"') % 2:
                self._fault(event, "PZ131", text=event.value)
        node = Node(place, "text", text=event.value, quoted=quoted, empty=not event.value and not quoted)
        self._put(node, event)

    def _put(self, node: Node, event: Any = None) -> None:
        if not self._stack:
            self.root = node
            return
        top = self._stack[-1]
        if top.kind == "list":
            top.items.append(node)
        elif top.key is None:
            self._key(top, node, event)
        else:
            top.pairs.append((top.key, node))
            top.key = None

    def _key(self, top: _Open, node: Node, event: Any) -> None:
        top.key = node
        line = self.lines[node.place.line - 1]
        before = line[: node.place.column - 1].rstrip()
        if before.endswith("?") or (node.empty and line[node.place.column - 1 : node.place.column] == "?"):
            self.faults.append(Finding(node.place, "PZ116"))
        elif node.kind != "text" or node.empty:
            self.faults.append(Finding(node.place, "PZ124"))
        elif top.flow and event is not None and _NO_COLON.match(self.text, event.end_mark.index):
            self._comma(top, node)
        elif node.text in top.seen:
            self.faults.append(Finding(node.place, "PZ102", {"key": node.text}))
        elif not node.quoted and (glued := _GLUED.match(node.text)):
            self.faults.append(Finding(node.place, "PZ121", {"key": glued[1], "value": glued[2]}))
        top.seen.add(node.text)

    def _comma(self, top: _Open, node: Node) -> None:
        """A part of a map without a colon: a text that its own comma split, or a colon without its space."""
        key, _, tail = node.text.partition(":")
        if tail and key.isidentifier():
            self.faults.append(Finding(node.place, "PZ121", {"key": key, "value": tail}))
            return
        if not top.pairs:  # ``{name}``: a hole without quotes
            self.faults.append(Finding(top.place, "PZ113", {"hole": f"{{{node.text}}}"}))
            return
        before, value = top.pairs[-1]
        values = {"text": node.text, "key": before.text, "whole": f"{value.text}, {node.text}"}
        self.faults.append(Finding(node.place, "PZ115", values))

    def _run_on(self, event: Any) -> None:
        """A line such as ``go:end`` below a value: without its space it is the value's next words."""
        for number in range(event.start_mark.line + 1, event.end_mark.line + 1):
            glued = _GLUED.match(self.lines[number]) if number < len(self.lines) else None
            if glued and glued.end() and (number < event.end_mark.line or event.end_mark.column >= glued.end()):
                place = Place(self.file, number + 1, glued.start(1) + 1)
                self.faults.append(Finding(place, "PZ121", {"key": glued[1], "value": glued[2]}))

    def _cut(self, event: Any) -> None:
        """A `` #`` right after a text began a comment, so that the customer would see half a sentence."""
        line = self.lines[event.end_mark.line]
        if "#" not in line:
            return
        comment = _COMMENT.match(line, event.end_mark.column)
        if comment is None:
            return
        glued = comment[2] not in {"", " ", "#", "!"}
        sentence = len(comment[1]) == 1 and (" " in event.value or not event.value.isascii())
        if glued or sentence:
            place = Place(self.file, event.end_mark.line + 1, event.end_mark.column + len(comment[1]) + 1)
            self.faults.append(Finding(place, "PZ114", {"text": event.value}))

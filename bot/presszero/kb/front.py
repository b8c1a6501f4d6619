"""An article's front matter: the file split in two, and the keys read with their places.

Lines and columns of findings are those of the whole file.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from presszero.errors import Finding, Place
from presszero.kb.article import TRAITS, Group
from presszero.lang.fold import fold
from presszero.source.read import read
from presszero.source.tree import Node

TEXTS = ("title", "owner")
LISTS = ("questions", "tags", "related")
GROUPS = ("audience", "boost")
DATES = ("review_by", "effective_from", "effective_to")
KEYS = (*TEXTS, *LISTS, *GROUPS, *DATES)


@dataclass(frozen=True, slots=True)
class Split:
    """The front matter's YAML (padded so that its lines count from the file's first) and the body after it."""

    head: str
    body: str
    body_line: int  # the line of the file on which the body begins


def split(text: str) -> Split | None:
    """The two parts of an article, or None when it does not begin with a front matter."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return None
    for at, line in enumerate(lines[1:], start=1):
        if line.rstrip() == "---":
            return Split("\n".join(["", *lines[1:at]]), "\n".join(lines[at + 1 :]), at + 2)
    return None


class Front:
    """The read front matter; what is wrong in it is added to ``findings``."""

    def __init__(self, head: str, file: str, findings: list[Finding]) -> None:
        self._findings = findings
        self.node = self._tree(head, file)
        self.place = Place(file, 1, 1)
        for key, _ in self.node.pairs:
            if key.text not in KEYS:
                findings.append(Finding(key.place, "PZ505", {"key": key.text, "known": ", ".join(KEYS)}))

    def text(self, key: str) -> str:
        """One line of text, "" when it is not given."""
        node = self.node.get(key)
        if node is None:
            return ""
        if node.kind != "text":
            self._findings.append(Finding(node.place, "PZ504", {"key": key, "what": "text", "what_ru": "строка"}))
            return ""
        return " ".join(node.text.split())

    def list(self, key: str) -> tuple[Node, ...]:
        """The texts of a list; one text stands for a list of one."""
        node = self.node.get(key)
        if node is None or node.empty:
            return ()
        items = node.items if node.kind == "list" else (node,)
        wrong = [item for item in items if item.kind != "text" or not item.text.strip()]
        for item in wrong:
            values = {"key": key, "what": "a list of texts", "what_ru": "список строк"}
            self._findings.append(Finding(item.place, "PZ504", values))
        return tuple(item for item in items if item not in wrong)

    def group(self, key: str) -> Group:
        """Readers, by what is known of them; texts alone name segments. What is wrong fits nobody: nothing slips out."""
        node = self.node.get(key)
        if node is None or node.empty:
            return ()
        if node.kind != "map":
            return (("segment", self._values(key, node)),)
        for name, _ in node.pairs:
            if name.text not in TRAITS:
                values = {"key": key, "name": name.text, "known": ", ".join(TRAITS)}
                self._findings.append(Finding(name.place, "PZ520", values))
        return tuple((name.text, self._values(key, value)) for name, value in node.pairs)

    def _values(self, key: str, node: Node) -> frozenset[str]:
        items = node.items if node.kind == "list" else (node,)
        right = [item for item in items if item.kind == "text" and item.text.strip()]
        for item in items:
            if item not in right:
                values = {"key": key, "what": "a list of texts", "what_ru": "список строк"}
                self._findings.append(Finding(item.place, "PZ504", values))
        return frozenset(fold(item.text) for item in right)

    def date(self, key: str) -> date | None:
        """A day, None when it is not given."""
        node = self.node.get(key)
        if node is None or node.empty:
            return None
        found = _try(date.fromisoformat, node.text) if node.kind == "text" and len(node.text) == 10 else None
        if found is None:
            self._findings.append(Finding(node.place, "PZ506", {"key": key, "value": node.text}))
        return found

    def where(self, key: str) -> Place:
        """The place of a key's value, of the file's first line when it is not there."""
        node = self.node.get(key)
        return node.place if node else self.place

    def _tree(self, head: str, file: str) -> Node:
        empty = Node(Place(file, 1, 1), "map")
        reading = read(head.encode(), file)
        self._findings.extend(reading.findings)
        node = reading.tree or empty
        if node.kind == "map":
            return node
        if not node.empty:
            self._findings.append(Finding(node.place, "PZ502"))
        return empty


def _try(read: Callable[[str], date], text: str) -> date | None:
    try:
        return read(text)
    except ValueError:
        return None

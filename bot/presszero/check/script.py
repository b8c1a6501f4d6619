"""Dialogue tests as a lead writes them: `tests/dialogues/*.yaml` read with places, a table of variants played row by row.

It reads and says what is wrong with the files; it must never play anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from presszero.check.given import ARTICLES
from presszero.check.lines import LINES, data, fault
from presszero.check.rows import filled, rows
from presszero.errors import ContentError, Finding, Place
from presszero.source.fields import meant
from presszero.source.nearest import nearest
from presszero.source.read import read_file
from presszero.source.tree import Node

FOLDER = Path("tests") / "dialogues"
KEYS = ("name", "lang", "languages", "clock", "channel", "services", "articles", "people", "customer", "table", "talk")
__all__ = ["FOLDER", "LINES", "Line", "Script", "data", "load"]


@dataclass(frozen=True)
class Line:
    """One line of a talk: what is done or expected, and its value as text, list or map."""

    place: Place
    kind: str
    value: Any


@dataclass(frozen=True)
class Script:
    """One test."""

    place: Place
    name: str
    talk: tuple[Line, ...]
    lang: str = ""
    clock: datetime | None = None
    channel: str = "web"
    services: dict[str, Any] = field(default_factory=dict)
    customer: dict[str, Any] = field(default_factory=dict)
    articles: tuple[str, ...] = ()  # what the articles answer, one after another, in place of the desk's own
    people: str = ""  # ``none``: nobody is there to take a conversation


def load(root: Path) -> tuple[list[Script], list[Finding]]:
    """Every test of a desk, and what is wrong with the files."""
    scripts: list[Script] = []
    findings: list[Finding] = []
    reader = _Reader(findings)
    for path in sorted((root / FOLDER).glob("**/*.yaml")):
        try:
            tree = read_file(path, root)
        except ContentError as error:
            findings += error.findings
            continue
        scripts += reader.file(tree)
    return scripts, findings


def load_file(path: Path) -> tuple[list[Script], list[Finding]]:
    """The tests of one file, wherever it stands."""
    findings: list[Finding] = []
    try:
        return _Reader(findings).file(read_file(path, path.parent)), findings
    except ContentError as error:
        return [], list(error.findings)


class _Reader:
    """Reads files and gathers what is wrong with them."""

    def __init__(self, findings: list[Finding]) -> None:
        self._findings = findings

    def file(self, tree: Node) -> list[Script]:
        tests = tree.get("tests")
        if tests is None or tests.kind != "list":
            self._say(tree, "PZ805")
            return []
        return [script for node in tests.items for script in self._test(node)]

    def _say(self, node: Node, code: str, **values: str) -> None:
        self._findings.append(Finding(node.place, code, values))

    def _test(self, node: Node) -> Iterator[Script]:
        name, talk = node.get("name"), node.get("talk")
        strange = [key for key, _ in node.pairs if key.text not in KEYS]
        for key in strange:
            self._say(key, "PZ801", key=key.text, known=", ".join(KEYS), **meant(key.text, KEYS))
        if name is None or talk is None or talk.kind != "list" or not name.text:
            if not {nearest(key.text, KEYS) for key in strange} & {"name", "talk"}:
                self._say(node, "PZ802")
            return
        table = node.get("table")
        if table is None:
            yield from self.script(node, "")
            return
        for number, row in enumerate(rows(table, self._findings), 1):
            # Faults of the talk are the same in every row: said once.
            findings = self._findings if number == 1 else []
            one = filled(node, row, findings)
            reader = self if number == 1 else _Reader([])
            shown = one.get("name")
            yield from reader.script(one, "" if shown and shown.text != name.text else f" [{number}]")

    def script(self, node: Node, mark: str) -> Iterator[Script]:
        """A test without a table, or one row of it; ``mark`` tells rows of one name apart."""
        """A test without a table, or one row of it; ``mark`` tells rows of one name apart."""
        name, talk = node.get("name"), node.get("talk")
        if name is None or talk is None:
            return
        clock = node.get("clock")
        moment = None
        if clock is not None:
            try:
                moment = datetime.fromisoformat(clock.text).replace(tzinfo=None)
            except ValueError:
                self._say(clock, "PZ804", text=clock.text)
                return
        channel = _text(node, "channel") or "web"
        lines = [line for item in talk.items if (line := self._line(item, channel))]
        yield Script(
            name.place,
            name.text + mark,
            tuple(lines),
            _text(node, "lang"),
            moment,
            channel,
            self._map(node, "services"),
            self._map(node, "customer"),
            self._articles(node),
            _text(node, "people"),
        )

    def _map(self, node: Node, key: str) -> dict[str, Any]:
        found = node.get(key)
        if found is None or found.empty:
            return {}
        if found.kind != "map":
            self._say(found, "PZ807", key=key, en="a map", ru="набор «имя: значение»")
            return {}
        return {k.text: data(v) for k, v in found.pairs}

    def _articles(self, node: Node) -> tuple[str, ...]:
        found = node.get("articles")
        given = () if found is None else found.items if found.kind == "list" else (found,)
        for each in given:
            if each.text not in ARTICLES:
                self._say(each, "PZ801", key=each.text, known=", ".join(ARTICLES))
        return tuple(each.text for each in given if each.text in ARTICLES)

    def _line(self, node: Node, channel: str) -> Line | None:
        if node.kind != "map" or not node.pairs:
            self._say(node, "PZ801", key=node.text, known=", ".join(LINES), **meant(node.text, LINES))
            return None
        key, value = node.pairs[0]
        if key.text not in LINES:
            self._say(key, "PZ801", key=key.text, known=", ".join(LINES), **meant(key.text, LINES))
            return None
        wrong = fault(node, channel)
        if wrong:
            self._findings.append(wrong)
            return None
        return Line(key.place, key.text, data(value))


def _text(node: Node, key: str) -> str:
    found = node.get(key)
    return found.text if found else ""

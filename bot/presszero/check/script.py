"""Dialogue tests as a lead writes them: `tests/dialogues/*.yaml` read with places."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from presszero.check.given import ARTICLES
from presszero.errors import ContentError, Finding, Place
from presszero.source.fields import seconds
from presszero.source.read import read_file
from presszero.source.tree import Node

FOLDER = Path("tests") / "dialogues"
LINES = (
    "user", "press", "digits", "file", "bot", "not_bot", "buttons", "at", "slot", "ticket",
    "handoff", "operator", "returned", "resolved", "after", "ended", "holder", "start", "reached",
)  # fmt: skip

KEYS = ("name", "lang", "languages", "clock", "channel", "services", "articles", "people", "customer", "talk")


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
    for path in sorted((root / FOLDER).glob("**/*.yaml")):
        try:
            tree = read_file(path, root)
        except ContentError as error:
            findings += error.findings
            continue
        tests = tree.get("tests")
        if tests is None or tests.kind != "list":
            findings.append(Finding(tree.place, "PZ805"))
            continue
        scripts += [s for node in tests.items if (s := _script(node, findings))]
    return scripts, findings


def _script(node: Node, findings: list[Finding]) -> Script | None:
    name, talk = node.get("name"), node.get("talk")
    if name is None or talk is None or talk.kind != "list":
        findings.append(Finding(node.place, "PZ802"))
        return None
    for key, _ in node.pairs:
        if key.text not in KEYS:
            findings.append(Finding(key.place, "PZ801", {"key": key.text, "known": ", ".join(KEYS)}))
    lines = [line for item in talk.items if (line := _line(item, findings))]
    clock = node.get("clock")
    moment = None
    if clock is not None:
        try:
            moment = datetime.fromisoformat(clock.text)
        except ValueError:
            findings.append(Finding(clock.place, "PZ804", {"text": clock.text}))
            return None
    return Script(
        name.place,
        name.text,
        tuple(lines),
        _text(node, "lang"),
        moment,
        _text(node, "channel") or "web",
        _data(node, "services"),
        _data(node, "customer"),
        _articles(node, findings),
        _text(node, "people"),
    )


def _line(node: Node, findings: list[Finding]) -> Line | None:
    if node.kind != "map" or not node.pairs:
        findings.append(Finding(node.place, "PZ801", {"key": node.text, "known": ", ".join(LINES)}))
        return None
    key, value = node.pairs[0]
    if key.text not in LINES:
        findings.append(Finding(key.place, "PZ801", {"key": key.text, "known": ", ".join(LINES)}))
        return None
    if key.text == "after" and seconds(value.text) is None:
        findings.append(Finding(value.place, "PZ804", {"text": value.text}))
        return None
    return Line(key.place, key.text, data(value))


def _articles(node: Node, findings: list[Finding]) -> tuple[str, ...]:
    found = node.get("articles")
    given = () if found is None else found.items if found.kind == "list" else (found,)
    known = {"known": ", ".join(ARTICLES)}
    findings += [Finding(n.place, "PZ801", {"key": n.text, **known}) for n in given if n.text not in ARTICLES]
    return tuple(each.text for each in given if each.text in ARTICLES)


def _text(node: Node, key: str) -> str:
    found = node.get(key)
    return found.text if found else ""


def _data(node: Node, key: str) -> dict[str, Any]:
    found = node.get(key)
    return {k.text: data(v) for k, v in found.pairs} if found and found.kind == "map" else {}


def data(node: Node) -> Any:
    """A node as plain data; every scalar is text."""
    if node.kind == "map":
        return {k.text: data(v) for k, v in node.pairs}
    if node.kind == "list":
        return [data(n) for n in node.items]
    return node.text

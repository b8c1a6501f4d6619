"""The lines that a talk of a dialogue test may have, and what each of them takes."""

from __future__ import annotations

from typing import Any

from presszero.errors import Finding
from presszero.source.fields import seconds
from presszero.source.tree import Node

ACTIONS = ("user", "press", "digits", "file", "operator", "returned", "resolved", "after", "start")
LINES = (
    "user", "press", "digits", "file", "bot", "not_bot", "buttons", "at", "slot", "ticket",
    "handoff", "operator", "returned", "resolved", "after", "ended", "holder", "start", "reached",
)  # fmt: skip
_MAP = ("a map of names and values", "набор «имя: значение»")
_TEXT = ("one text", "один текст")
_KEYS = ("digits, * or #", "цифры, * или #")
_HOLDERS = ("bot, queue or person", "bot, queue или person")


def fault(node: Node, channel: str) -> Finding | None:
    """What is wrong with one line of a talk, the first thing only."""
    (key, value), *more = node.pairs
    if more:
        return Finding(more[0][0].place, "PZ808", {"key": more[0][0].text, "first": key.text})
    if channel == "voice" and key.text in {"press", "file"}:
        return Finding(key.place, "PZ809", {"key": key.text})
    wanted = _wanted(key.text, value)
    if wanted:
        return Finding(value.place, "PZ807", {"key": key.text, "en": wanted[0], "ru": wanted[1]})
    if key.text == "after" and seconds(value.text) is None:
        return Finding(value.place, "PZ804", {"text": value.text})
    return None


def _wanted(kind: str, value: Node) -> tuple[str, str] | None:
    """What the value should be, when it is something else."""
    if kind == "slot":
        return None if value.kind == "map" and value.pairs else _MAP
    if kind == "ticket":
        return None if value.kind == "map" or value.text in {"yes", "no"} else _MAP
    if kind == "buttons":
        return None if value.kind == "list" or value.text else _TEXT
    if value.kind != "text" or not value.text:
        return _TEXT
    if kind == "digits":
        return None if set(value.text) <= set("0123456789*#") else _KEYS
    if kind == "holder":
        return None if value.text in {"bot", "queue", "person"} else _HOLDERS
    return None


def data(node: Node) -> Any:
    """A node as plain data; every scalar is text."""
    if node.kind == "map":
        return {k.text: data(v) for k, v in node.pairs}
    if node.kind == "list":
        return [data(n) for n in node.items]
    return node.text

"""A table of variants: one talk, many rows. `${column}` in a test stands for the row's value; the places stay the talk's own."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec.structs import replace

from presszero.errors import Finding
from presszero.source.fields import meant
from presszero.source.tree import Node

_HOLE = re.compile(r"\$\{([\w.]+)\}")


def rows(table: Node, findings: list[Finding]) -> list[Mapping[str, str]]:
    """The rows of a table: a list of maps with the same columns."""
    if table.kind != "list" or not table.items or any(row.kind != "map" for row in table.items):
        findings.append(
            Finding(table.place, "PZ807", {"key": "table", "en": "a list of rows", "ru": "список строк таблицы"})
        )
        return []
    found = [{k.text: v.text for k, v in row.pairs} for row in table.items]
    columns = set(found[0])
    for node, row in zip(table.items, found, strict=True):
        if set(row) != columns:
            odd = min(set(row) ^ columns)
            findings.append(Finding(node.place, "PZ810", {"name": odd, **meant(odd, columns)}))
            return []
    return list(found)


def filled(node: Node, row: Mapping[str, str], findings: list[Finding]) -> Node:
    """A test with the values of a row in place of its holes."""
    if node.kind == "text":
        return replace(node, text=_fill(node, row, findings)) if "${" in node.text else node
    if node.kind == "list":
        return replace(node, items=tuple(filled(n, row, findings) for n in node.items))
    return replace(node, pairs=tuple((k, filled(v, row, findings)) for k, v in node.pairs))


def _fill(node: Node, row: Mapping[str, str], findings: list[Finding]) -> str:
    def value(hole: re.Match[str]) -> str:
        if hole[1] not in row:
            findings.append(Finding(node.place, "PZ810", {"name": hole[1], **meant(hole[1], row)}))
        return row.get(hole[1], hole[0])

    return _HOLE.sub(value, node.text)

"""Reads a YAML text into a tree of Nodes; faults of form are Findings (PZ1xx), all of them, with a place."""

from __future__ import annotations

from pathlib import Path

import yaml

from presszero.errors import ContentError, Finding, Place
from presszero.source.tree import Node

MAX_BYTES = 1 << 20
MAX_DEPTH = 32
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_file(path: Path, root: Path) -> Node:
    """The tree of a file; ``root`` is the desk that places are relative to. Raises ContentError."""
    name = path.relative_to(root).as_posix()
    return read_text(path.read_bytes().decode("utf-8"), name)


def read_text(text: str, file: str) -> Node:
    """The tree of a YAML text. Raises ContentError with findings PZ1xx."""
    try:
        root = yaml.compose(text, _Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
        raise ContentError([Finding(place, "PZ101", {"what": str(error.problem)})]) from error
    faults: list[Finding] = []
    tree = _walk(root, file, faults, 0)
    if faults:
        raise ContentError(faults)
    return tree


def _walk(node: yaml.Node | None, file: str, faults: list[Finding], depth: int) -> Node:
    if node is None:
        return Node(Place(file, 1, 1), "text", empty=True)
    place = Place(file, node.start_mark.line + 1, node.start_mark.column + 1)
    if depth > MAX_DEPTH:
        faults.append(Finding(place, "PZ108", {"limit": str(MAX_DEPTH)}))
        return Node(place, "text")
    if isinstance(node, yaml.ScalarNode):
        return Node(place, "text", text=node.value, quoted=bool(node.style), empty=not node.value and not node.style)
    if isinstance(node, yaml.SequenceNode):
        return Node(place, "list", items=tuple(_walk(n, file, faults, depth + 1) for n in node.value))
    pairs: list[tuple[Node, Node]] = []
    seen: set[str] = set()
    for key, value in node.value:
        name = _walk(key, file, faults, depth + 1)
        if name.text in seen:
            faults.append(Finding(name.place, "PZ102", {"key": name.text}))
        seen.add(name.text)
        pairs.append((name, _walk(value, file, faults, depth + 1)))
    return Node(place, "map", pairs=tuple(pairs))

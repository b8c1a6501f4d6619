"""Loads a desk's `handoff/` folder: every file is read, every fault of all of them is told in one go.

Nothing else reads that folder.
"""

from __future__ import annotations

from pathlib import Path

from presszero.dialogue.text import Text
from presszero.errors import Finding
from presszero.handoff.handoff import Handoff
from presszero.handoff.load_hours import read_calendar
from presszero.handoff.load_tables import Names, default, read_category, read_queue, read_sla, read_template
from presszero.source.fields import Faults, Fields
from presszero.source.tree import Node

FILES = ("hours", "queues", "sla", "categories", "templates")
RESERVED = ("format", "urgent", "groups")  # keys beside the names that the author chose


def load(root: Path, languages: tuple[str, ...]) -> tuple[Handoff | None, list[Finding]]:
    """The desk's handoff, or None when there is an error among the findings."""
    faults = Faults(languages)
    files = {name: faults.read(root, f"handoff/{name}.yaml", needed=name != "templates") for name in FILES}
    found = build(files, faults)
    return (None if faults.fatal else found), sorted(faults.found)


def build(files: dict[str, Node | None], faults: Faults) -> Handoff:
    """The handoff of the files' trees; what is wrong goes to ``faults``."""
    entries = {name: _names(node) if node is not None else None for name, node in files.items()}
    known = Names(entries["hours"], entries["queues"], entries["sla"])
    hours, queues, slas, categories, templates = (entry or {} for entry in entries.values())
    queue = _default("queues", files, faults)
    return Handoff(
        {n: read_calendar(n, node, faults) for n, node in hours.items()},
        {n: read_queue(n, node, faults, known) for n, node in queues.items()},
        {n: read_sla(n, node, faults, known) for n, node in slas.items()},
        {n: read_category(n, node, faults, known, queue) for n, node in categories.items()},
        {n: read_template(n, node, faults) for n, node in templates.items()},
        queue,
        _default("categories", files, faults),
        _heads(files, faults),
        _groups(files["categories"], faults),
    )


def _default(name: str, files: dict[str, Node | None], faults: Faults) -> str:
    node = files[name]
    return default(f"{name}.yaml", node, _names(node), faults) if node is not None else ""


def _heads(files: dict[str, Node | None], faults: Faults) -> dict[str, tuple[str, ...]]:
    """What a file says beside its entries: its format, and the urgent words of the categories."""
    urgent: dict[str, tuple[str, ...]] = {}
    for name, node in files.items():
        if node is None:
            continue
        with Fields(node, faults) as f:
            if f.text("format", "1") != "1":
                faults.add(f.at("format"), "PZ190", text=f.text("format", "1"))
            if name == "categories":
                urgent = f.words("urgent")
                f.get("groups")
            for _ in f.rest():
                pass
    return urgent


def _groups(node: Node | None, faults: Faults) -> dict[str, Text]:
    """The titles of what stands before the slash of categories; one that no category begins with is a slip."""
    titles = node.get("groups") if node is not None and node.kind == "map" else None
    if node is None or titles is None:
        return {}
    there = {name.partition("/")[0] for name in _names(node) if "/" in name}
    with Fields(titles, faults) as f:
        for key, _ in list(f.rest()):
            if key.text not in there:
                faults.unknown(key.place, "PZ619", key.text, there)
        return {key.text: f.title(key.text) for key, _ in titles.pairs}


def _names(node: Node) -> dict[str, Node]:
    """The names a file gives: what other files may refer to, whatever else is wrong here."""
    return {k.text: v for k, v in node.pairs if k.text not in RESERVED}

"""JSON Schema of the files in `handoff/`, learned from their reader."""

from __future__ import annotations

from presszero.handoff.load import RESERVED, build
from presszero.source.read import read_text
from presszero.source.record import Recording
from presszero.source.schema import FORMAT, LANGUAGES, Schema, document

# One entry of each file, with every map that it may have.
EXAMPLES = {
    "hours": "calendar: {except: {2027-01-01: closed}}",
    "queues": "queue: {}",
    "sla": "sla: {low: {}, normal: {}, high: {}, urgent: {}}",
    "categories": "urgent: {ru: [a]}\ngroups: {group: {}}\ncategory: {}",
    "templates": "template: {}",
}


def schemas() -> dict[str, Schema]:
    """The schema of each file, by its name."""
    trees = {name: read_text(text, f"handoff/{name}.yaml") for name, text in EXAMPLES.items()}
    faults = Recording(*trees.values(), languages=LANGUAGES)
    for tree in trees.values():
        for key in tree.keys():  # noqa: SIM118 - a tree is no dictionary
            if key not in RESERVED:
                faults.chose(tree, key)
    build(dict(trees), faults)
    return {name: _file(name, faults.schema(tree)) for name, tree in trees.items()}


def _file(name: str, made: Schema) -> Schema:
    made["properties"]["format"] = FORMAT
    return document(f"handoff/{name}.yaml", made)

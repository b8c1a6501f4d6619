"""Every JSON Schema of a desk's files: which file each is for, and the line that tells an editor so.

They are shipped in `schema/` beside the desk's files; `presszero schema --write` makes them anew.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from fnmatch import fnmatchcase
from functools import partial
from pathlib import Path, PurePosixPath

from presszero.check import schema as tests
from presszero.config import schema as config
from presszero.errors import BugError, Finding
from presszero.flows import schema as flows
from presszero.handoff import schema as handoff
from presszero.nlu import schema as nlu
from presszero.source import layout
from presszero.source.read import read
from presszero.source.schema import Schema

FOLDER = "schema"


def _handoff(name: str) -> Schema:
    return handoff.schemas()[name]


SCHEMAS: dict[str, tuple[str, Callable[[], Schema]]] = {  # name → the files it is for; the first that fits
    "config": ("config.yaml", config.settings),
    "common": ("flows/_common.yaml", flows.common),
    "flow": ("flows/*.yaml", flows.flow),
    **{name: (f"handoff/{name}.yaml", partial(_handoff, name)) for name in handoff.EXAMPLES},
    "phrases": ("nlu/*.y*ml", nlu.phrases),
    "tests": ("tests/dialogues/*.yaml", tests.dialogues),
}
MARK = "# yaml-language-server: $schema="


def schema(name: str) -> Schema:
    """A schema by its name."""
    return SCHEMAS[name][1]()


def schema_of(file: str) -> str:
    """The name of the schema for a file of a desk; nothing for a file without one."""
    return next((name for name, (files, _) in SCHEMAS.items() if fnmatchcase(file, files)), "")


def modeline(file: str) -> str:
    """The first line of a file, by which an editor finds its schema."""
    up = "../" * (len(PurePosixPath(file).parts) - 1)
    return f"{MARK}{up}{FOLDER}/{schema_of(file)}.json"


def text(name: str) -> str:
    """A schema as it stands in its file."""
    return json.dumps(schema(name), ensure_ascii=False, indent=1) + "\n"


def write(root: Path) -> int:
    """Writes every schema into the desk's `schema/`; gives how many."""
    folder = root / FOLDER
    folder.mkdir(exist_ok=True)
    for name in SCHEMAS:
        (folder / f"{name}.json").write_text(text(name), encoding="utf-8")
    return len(SCHEMAS)


def laid_out(data: bytes, file: str) -> tuple[str, tuple[Finding, ...]]:
    """A file of a desk in the one layout, with the line that names its schema; as it was when it has faults of form."""
    reading = read(data, file)
    if reading.tree is None:
        return data.decode("utf-8", "replace"), reading.findings
    made = layout.laid_out(data.decode("utf-8"))
    if schema_of(file) and MARK not in made:
        made = f"{modeline(file)}\n{made}"
    after = read(made.encode(), file).tree
    if after is None or not layout.same(reading.tree, after):
        raise BugError(f"{file}: its layout would change what it means; the file was left as it is")
    return made, ()

"""A new desk from the demo desk's content: the template, the demo and the manual's examples are one thing.

A desk of one language gets files of that language only; comments and order stay as they were.
"""

from __future__ import annotations

import shutil
from collections.abc import MutableMapping, MutableSequence
from pathlib import Path
from typing import Any

from presszero.errors import ConfigError
from presszero.folders import shipped_desk

KNOWN = ("ru", "en")
PARTS = ("config.yaml", "flows", "nlu", "kb", "handoff", "tests/dialogues", "schema")
IGNORE = "data/\n.env\n"


def make(root: Path, languages: tuple[str, ...]) -> int:
    """Copies the desk into an empty folder; gives how many files. Raises ConfigError."""
    if not languages or any(lang not in KNOWN for lang in languages) or len(set(languages)) != len(languages):
        raise ConfigError(f"Languages are {', '.join(KNOWN)}, each once: --lang ru,en")
    if root.exists() and any(root.iterdir() if root.is_dir() else [root]):
        raise ConfigError(f"{root} is not empty; a desk is made in a new folder.")
    source = shipped_desk()
    root.mkdir(parents=True, exist_ok=True)
    for part in PARTS:
        _copy(source / part, root / part, languages)
    if languages != KNOWN:
        _speak_only(root, languages)
    (root / ".gitignore").write_text(IGNORE, encoding="utf-8")
    return sum(1 for path in root.rglob("*") if path.is_file())


def _copy(source: Path, target: Path, languages: tuple[str, ...]) -> None:
    left_out = [lang for lang in KNOWN if lang not in languages]

    def unwanted(folder: str, names: list[str]) -> set[str]:
        del folder
        return {n for n in names if n in left_out or n.removesuffix(".yml") in left_out or n.startswith((".", "__"))}

    if source.is_dir():
        shutil.copytree(source, target, ignore=unwanted)
    elif source.is_file():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


def _speak_only(root: Path, languages: tuple[str, ...]) -> None:
    from ruamel.yaml import YAML  # only here: it keeps comments, which our reader has no need to

    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 160
    yaml.indent(mapping=2, sequence=4, offset=2)
    for path in [root / "config.yaml", *sorted(root.glob("flows/*.yaml")), *sorted(root.glob("handoff/*.yaml"))]:
        _rewrite(yaml, path, languages)
    for path in sorted(root.glob("tests/dialogues/*.yaml")):
        _rewrite(yaml, path, languages)


def _rewrite(yaml: Any, path: Path, languages: tuple[str, ...]) -> None:
    tree = yaml.load(path.read_text(encoding="utf-8"))
    if isinstance(tree, MutableMapping) and "languages" in tree:
        tree["languages"][:] = list(languages)
    if isinstance(tree, MutableMapping) and "tests" in tree:
        tree["tests"][:] = [test for test in tree["tests"] if _needs(test) <= set(languages)]
        for test in tree["tests"]:
            test.setdefault("lang", KNOWN[0])
    else:
        _strip(tree, [lang for lang in KNOWN if lang not in languages])
    with path.open("w", encoding="utf-8") as file:
        yaml.dump(tree, file)


def _needs(test: Any) -> set[str]:
    return {*test.get("languages", ()), test.get("lang", KNOWN[0])}


def _strip(node: Any, left_out: list[str]) -> None:
    """Takes the other languages out of every text, the channels' own texts included."""
    if isinstance(node, MutableMapping):
        for key in [k for k in node if k in left_out and any(lang in node for lang in KNOWN if lang not in left_out)]:
            del node[key]
        for value in node.values():
            _strip(value, left_out)
    elif isinstance(node, MutableSequence):
        for value in node:
            _strip(value, left_out)

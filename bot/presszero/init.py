"""A new desk from the demo desk's content: the template, the demo and the manual's examples are one thing."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from presszero.folders import shipped_desk
from presszero.errors import ConfigError

KNOWN = ("ru", "en")
PARTS = ("config.yaml", "flows", "nlu", "kb", "handoff", "tests/dialogues")
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
    for name in ("config.yaml", "flows/_common.yaml"):
        _say_languages(root / name, languages)
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


def _say_languages(path: Path, languages: tuple[str, ...]) -> None:
    if path.is_file():
        text = path.read_text(encoding="utf-8")
        path.write_text(
            re.sub(r"(?m)^languages: \[[^\]]*\]", f"languages: [{', '.join(languages)}]", text), encoding="utf-8"
        )

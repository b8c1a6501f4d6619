"""`presszero fmt`: one layout for a desk's YAML files. Comments stay, and what the files mean never changes."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from presszero.cli.tongue import tongue
from presszero.errors import ConfigError, Finding
from presszero.folders import desk_folder
from presszero.init import PARTS
from presszero.schemas import laid_out, schema_of


def run(arguments: Namespace) -> int:
    """Lays files out; 1 when some cannot be read, or with ``--check`` when some would change."""
    lang, changed, faults = tongue(arguments), 0, list[Finding]()
    files = sorted({file for name in arguments.files or ["."] for file in _files(Path(name))})
    for root, path in files:
        name = path.relative_to(root).as_posix()
        data = path.read_bytes()
        made, found = laid_out(data, name)
        faults += found
        if not found and made.encode() != data:
            changed += 1
            print(path)
            if not arguments.check:
                _replace(path, made)
    for fault in faults:
        print(fault.line(lang), file=sys.stderr)
    print(_summary(len(files), changed, lang, check=arguments.check), file=sys.stderr)
    return 1 if faults or (changed and arguments.check) else 0


def _summary(files: int, changed: int, lang: str, *, check: bool) -> str:
    if lang == "ru":
        return f"Файлов: {files}, {'изменились бы' if check else 'изменено'}: {changed}."
    return f"{files} file{'s' * (files != 1)}, {changed} {'would change' if check else 'changed'}."


def _files(given: Path) -> Iterator[tuple[Path, Path]]:
    """The desk and the file, for a file or every file of a folder. Raises ConfigError."""
    path = given.resolve()
    if not path.exists():
        raise ConfigError(f"{given}: there is no such file.")
    root = _desk(path)
    if not path.is_dir():
        yield root, path
        return
    within = [root / part for part in PARTS] if path == root else [path]
    for each in (file for part in within for file in ([part] if part.is_file() else part.rglob("*.y*ml"))):
        if schema_of(each.relative_to(root).as_posix()):
            yield root, each


def _desk(path: Path) -> Path:
    """The desk a file belongs to: the nearest folder above with a config.yaml, else the file's own."""
    above = [path, *path.parents] if path.is_dir() else [*path.parents]
    found = next((folder for folder in above if (folder / "config.yaml").is_file()), None)
    return found or (desk_folder(str(path)) if path.is_dir() else path.parent)


def _replace(path: Path, text: str) -> None:
    """The whole file or nothing of it."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_bytes(text.encode())
    beside.chmod(path.stat().st_mode & 0o777)
    beside.replace(path)

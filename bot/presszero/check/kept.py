"""A set of flows as it was last loaded and judged, kept by what went into it: files, names of the desk, this very engine.

An unchanged set is not read again. What is kept is data (MessagePack, typed on reading), never code; a spoilt or old file
is as good as none.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from presszero import flows
from presszero.check.lint import lint
from presszero.dialogue.flow import FlowSet
from presszero.errors import Finding, Place
from presszero.flows.load import contents
from presszero.flows.model import FlowPhrase, Known, Loaded

_KEPT = 4  # sets of earlier times that stay


class _Kept(msgspec.Struct, array_like=True):
    """Everything that loading and judging gave; ``asked``: which files of the desk it looked for, and found or not."""

    sound: bool
    draft: FlowSet
    findings: list[Finding]
    places: list[tuple[tuple[str, ...], Place]]
    phrases: list[FlowPhrase]
    unsure: list[str]
    voice: bool
    logic: list[Finding]
    asked: dict[str, bool]


_decode = msgspec.msgpack.Decoder(_Kept).decode


def loaded(root: Path, known: Known, folder: Path | None) -> tuple[Loaded, list[Finding]]:
    """The flows of a desk and what is wrong with their logic; from ``folder`` when nothing has changed since."""
    files, unread = contents(root)
    exists = flows.within(root)
    path = folder / f"{_key(files, known)}.flows" if folder is not None and not unread else None
    if path is not None and (found := _read(path, exists)) is not None:
        return found
    asked: dict[str, bool] = {}

    def noted(name: str) -> bool:
        asked[name] = exists(name)
        return asked[name]

    made = flows.load_files(files, known, noted, unread)
    logic = lint(made)
    if path is not None:
        _write(path, made, logic, asked)
    return made, logic


def _key(files: dict[str, bytes], known: Known) -> str:
    mark = hashlib.sha256(_engine().encode())
    mark.update(repr(sorted((key, _plain(value)) for key, value in asdict(known).items())).encode())
    for name, data in files.items():
        mark.update(f"\0{name}\0{len(data)}\0".encode())
        mark.update(data)
    return mark.hexdigest()[:24]


def _plain(value: Any) -> Any:
    if isinstance(value, frozenset | set):
        return sorted(value)
    if isinstance(value, dict):
        return sorted((key, _plain(each)) for key, each in value.items())
    return value


@cache
def _engine() -> str:
    """A mark of this program: a set judged by other rules is judged again."""
    package = Path(flows.__file__).parent.parent
    names = ("check", "diagnostics", "dialogue", "flows", "lang", "source")
    stats = [(p.name, p.stat().st_mtime_ns, p.stat().st_size) for n in names for p in sorted((package / n).iterdir())]
    return repr([s for s in stats if s[0].endswith((".py", ".yaml"))])


def _read(path: Path, exists: Callable[[str], bool]) -> tuple[Loaded, list[Finding]] | None:
    try:
        kept = _decode(path.read_bytes())
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None
    if any(exists(name) != there for name, there in kept.asked.items()):
        return None
    made = Loaded(
        kept.draft if kept.sound else None,
        tuple(kept.findings),
        kept.draft,
        dict(kept.places),
        tuple(kept.phrases),
        frozenset(kept.unsure),
        kept.voice,
    )
    return made, kept.logic


def _write(path: Path, made: Loaded, logic: list[Finding], asked: dict[str, bool]) -> None:
    """Kept whole or not at all; a full disk only costs time at the next start."""
    kept = _Kept(
        made.flows is not None,
        made.draft,
        list(made.findings),
        list(made.places.items()),
        list(made.phrases),
        sorted(made.unsure),
        made.voice,
        logic,
        asked,
    )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(f".{os.getpid()}")
        beside.write_bytes(msgspec.msgpack.encode(kept))
        beside.replace(path)
        old = sorted(path.parent.glob("*.flows"), key=lambda p: p.stat().st_mtime, reverse=True)
        for each in old[_KEPT:]:
            each.unlink()
    except OSError:
        return

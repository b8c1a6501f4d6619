"""Reads a YAML file into a tree of Nodes; faults of form are Findings (PZ1xx), as many as can be found.

It must never raise anything but ContentError, whatever the bytes are.
"""

from __future__ import annotations

import gc
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from presszero.errors import ContentError, Finding, Place
from presszero.source.build import MAX_DEPTH, Builder, Stop
from presszero.source.decode import MAX_BYTES, clean, decode
from presszero.source.traps import Diagnosis
from presszero.source.tree import Node

__all__ = ["MAX_BYTES", "MAX_DEPTH", "Reading", "read", "read_file", "read_text"]
SMALL = 1 << 16  # larger ones are not kept in memory
TRIES = 8  # parse errors looked for in one file
_HEAD = re.compile(r"\s*(?:- +)*[^\s:#{}\[\]\"'][^:#{}\[\]\"']*: ")
_VAGUE = {"PZ101", "PZ120"}  # after a line was blanked these may be its echo


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file gave: its tree, or None when errors leave none to trust, and what was found (warnings too)."""

    tree: Node | None
    findings: tuple[Finding, ...] = ()


def read(data: bytes, file: str) -> Reading:
    """Reads the bytes of a file; ``file`` is its name in findings."""
    return _again(data, file) if len(data) < SMALL else _large(data, file)


def _large(data: bytes, file: str) -> Reading:
    """Hundreds of thousands of values, none of which is garbage: looking for some would take as long as the reading."""
    was = gc.isenabled()
    gc.disable()
    try:
        return _fresh(data, file)
    finally:
        if was:
            gc.enable()


@lru_cache(maxsize=400)
def _again(data: bytes, file: str) -> Reading:
    """Of a desk that is read at every change, nearly every file is as it was."""
    return _fresh(data, file)


def _fresh(data: bytes, file: str) -> Reading:
    faults: list[Finding] = []
    text = decode(data, file, faults)
    return _parse(text, file, faults) if text is not None else Reading(None, tuple(faults))


def read_file(path: Path, root: Path) -> Node:
    """The tree of a file; ``root`` is the desk that places are relative to. Raises ContentError."""
    name = path.relative_to(root).as_posix()
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ContentError([unreadable(name, error)]) from error
    return _whole(read(data, name))


def read_text(text: str, file: str) -> Node:
    """The tree of a YAML text. Raises ContentError with findings PZ1xx."""
    return _whole(read(text.encode("utf-8", "surrogatepass"), file))


def unreadable(name: str, error: OSError) -> Finding:
    """The finding for a file that the system does not let us read."""
    return Finding(Place(name), "PZ125", {"why": error.strerror or type(error).__name__})


def _whole(reading: Reading) -> Node:
    if reading.tree is None:
        raise ContentError(reading.findings)
    return reading.tree


def _parse(text: str, file: str, faults: list[Finding]) -> Reading:
    cleaned = clean(text, file, faults)
    tree = _build(cleaned, file, faults) if cleaned is not None else None
    findings = tuple(sorted(set(faults)))
    bad = any(f.severity == "error" for f in findings)
    return Reading(None if bad else tree, findings)


def _build(text: str, file: str, faults: list[Finding]) -> Node | None:
    """Builds; on a parse error the line to blame is blanked and the rest looked through for more."""
    lines = text.split("\n")
    last = 0
    for attempt in range(TRIES):
        found: list[Finding] = []
        builder = Builder("\n".join(lines), file, found)
        try:
            tree = builder.build()
        except Stop:
            tree = None
        except yaml.YAMLError as error:
            fault = Diagnosis(error, builder.lines, file, builder.quoted).finding()
            echo = attempt and (fault.code in _VAGUE or fault.place.line <= last)
            if not echo:
                faults.append(fault)
            if echo or not fault.place.line:
                faults.extend(found)
                return None
            last = fault.place.line
            _blank(lines, last - 1)
            continue
        faults.extend(found)  # what an earlier try found on the same line is one finding in the end
        return tree
    return None


def _blank(lines: list[str], number: int) -> None:
    head = _HEAD.match(lines[number])
    lines[number] = f'{head[0]}""' if head else ""

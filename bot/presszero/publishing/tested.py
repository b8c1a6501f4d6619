"""How the dialogue tests went on exactly which files: kept beside the database, so that publishing can say it.

A convenience of this machine: a data folder that cannot be read or written means that nobody knows.
"""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from presszero.runtime.versions import Tested

FILE = "tested.json"
MOST = 100  # sets of files; the oldest are forgotten


def keep(data: Path, mark: str, tested: Tested) -> None:
    """Remembers how the tests went on the files of a mark (`snapshot.mark`)."""
    found = {**_all(data), mark: tested}
    newest = dict(sorted(found.items(), key=lambda pair: -pair[1].at)[:MOST])
    beside = data / f".{FILE}.{os.getpid()}"
    try:
        data.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(msgspec.json.encode(newest))
        beside.replace(data / FILE)
    except OSError:
        return


def last(data: Path, mark: str) -> Tested | None:
    """How they went last."""
    return _all(data).get(mark)


def _all(data: Path) -> dict[str, Tested]:
    try:
        return msgspec.json.decode((data / FILE).read_bytes(), type=dict[str, Tested])
    except (OSError, msgspec.DecodeError):
        return {}

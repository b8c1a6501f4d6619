"""An encoder's vectors of phrases, kept by what is in them: an edit of the desk encodes only what is new."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from presszero.nlu.blend import Floats
from presszero.nlu.encoder import named, rows


def kept(name: str, path: Path, texts: Sequence[str]) -> Mapping[str, Floats]:
    """The vectors of the texts; those that are not in the file are made and the file is written anew."""
    known = _read(path)
    keys = {text: _key(name, text) for text in texts}
    if missing := list(dict.fromkeys(text for text, key in keys.items() if key not in known)):
        made = rows(named(name), missing)
        known |= {keys[text]: row for text, row in zip(missing, made, strict=True)}
        _write(path, {key: known[key] for key in keys.values()})
    return {text: known[key] for text, key in keys.items()}


def _key(name: str, text: str) -> str:
    return hashlib.sha256(f"{name}\n{text}".encode(errors="replace")).hexdigest()[:24]


def _read(path: Path) -> dict[str, Floats]:
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            return dict(zip(arrays["keys"].tolist(), arrays["rows"].astype(np.float32), strict=True))
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return {}  # absent or cut short: made again


def _write(path: Path, known: Mapping[str, Floats]) -> None:
    aside = path.with_suffix(".new")
    with aside.open("wb") as file:
        np.savez(file, keys=np.array(list(known)), rows=np.array(list(known.values()), np.float16))
    aside.replace(path)

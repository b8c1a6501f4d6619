"""Where a desk and its data are."""

from __future__ import annotations

import os
from pathlib import Path

from presszero.errors import ConfigError


def desk_folder(text: str) -> Path:
    """The folder of a desk. Raises ConfigError when it is none."""
    root = Path(text).resolve()
    if not (root / "config.yaml").is_file():
        raise ConfigError(f"{text}: there is no desk here (no config.yaml). Make one: presszero init DIR")
    return root


def shipped_desk() -> Path:
    """The demo desk: in the wheel, or the repository this package stands in."""
    package = Path(__file__).resolve().parent
    inside = package / "desk"
    return inside if (inside / "config.yaml").is_file() else package.parent.parent


def data_of(text: str) -> Path:
    """Where the data of the desk in a folder is; ``PRESSZERO_DATA`` needs no folder. Raises ConfigError when neither is there."""
    return data_folder(Path()) if os.environ.get("PRESSZERO_DATA") else data_folder(desk_folder(text))


def data_folder(root: Path) -> Path:
    """Where a desk keeps its data: ``PRESSZERO_DATA``, else ``data/`` beside its files."""
    named = os.environ.get("PRESSZERO_DATA", "")
    return Path(named).resolve() if named else root / "data"

"""The language that the command line speaks: `--lang`, else the environment, else English."""

from __future__ import annotations

import os
from argparse import Namespace


def tongue(arguments: Namespace) -> str:
    """``ru`` or ``en``."""
    asked = getattr(arguments, "lang", "") or ""
    if asked in {"ru", "en"}:
        return str(asked)
    for name in ("PRESSZERO_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "ru" if value.lower().startswith("ru") else "en"
    return "en"

"""`presszero init DIR`."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from presszero.cli.tongue import tongue
from presszero.config.load import load
from presszero.init import KNOWN, make


def run(arguments: Namespace) -> int:
    """Makes a desk; asks for languages when a person is there to answer."""
    asked = arguments.lang
    if not asked and sys.stdin.isatty():
        asked = input("Languages, the first is the default [ru,en]: ").strip()
    languages = tuple(part.strip() for part in (asked or ",".join(KNOWN)).split(",") if part.strip())
    root = Path(arguments.dir)
    count = make(root, languages)
    config, _ = load(root, {})
    needed = " ".join(sorted({f.values["name"] for f in config.missing_env})) if config else ""
    lines = {
        "en": f"{root}: {count} files. Next:\n  presszero check {root}\n  presszero chat {root}\n  presszero run --desk {root}\n"
        f"`run` needs these variables set (or their lines taken out of config.yaml): {needed}",
        "ru": f"{root}: файлов {count}. Дальше:\n  presszero check {root}\n  presszero chat {root}\n  presszero run --desk {root}\n"
        f"Для `run` нужны переменные (или уберите их строки из config.yaml): {needed}",
    }
    print(lines["ru" if languages[0] == "ru" and tongue(Namespace()) == "ru" else "en"])
    return 0

"""`presszero kb import` and `presszero kb export`: articles from elsewhere, and away again. Says what it would do before it does it."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import time
from argparse import Namespace
from collections import Counter
from pathlib import Path

from presszero.cli.tongue import tongue
from presszero.errors import ConfigError, ContentError, Finding
from presszero.folders import data_folder, desk_folder
from presszero.kb.importing import Proposed, propose, read

UNDO = "undo"
SHOWN = 40


def bring(arguments: Namespace) -> int:
    """Imports, or takes back the last import."""
    from presszero import desk

    root, lang = desk_folder(arguments.dir), tongue(arguments)
    if arguments.undo:
        return _undo(root, lang)
    if not arguments.source:
        raise ConfigError("Name a SOURCE: a folder, a page, a table or an export.")
    found = desk.read(root, os.environ)
    if found.config is None:
        raise ContentError(found.errors)
    items, faults = read(Path(arguments.source), found.config.languages, arguments.language)
    made, more = propose(root, items)
    _report(made, [*faults, *more], lang)
    bad = any(f.severity == "error" for f in faults)
    chosen = [each for each in made if each.state == "new" or (each.state == "differs" and arguments.yes)]
    if arguments.dry_run:
        print(_say("Ничего не записано: это проба.", "Nothing is written: this was a dry run.", lang))
    elif chosen:
        _write(root, chosen)
        print(_say(f"Записано файлов: {len(chosen)}. ", f"Files written: {len(chosen)}. ", lang), end="")
        print(_say("Отменить: presszero kb import --undo", "To take it back: presszero kb import --undo", lang))
    return 1 if bad and not made else 0


def _report(made: list[Proposed], faults: list[Finding], lang: str) -> None:
    for finding in faults:
        print(finding.line(lang), file=sys.stderr)
    signs = {"new": "+", "same": "=", "differs": "≠"}
    for each in made[:SHOWN]:
        print(f"{signs[each.state]} {each.name}")
    if len(made) > SHOWN:
        print(f"… {len(made) - SHOWN}")
    counts = Counter(each.state for each in made)
    print(
        _say(
            f"Новых {counts['new']}, таких же {counts['same']}, с другим текстом {counts['differs']}.",
            f"New {counts['new']}, the same {counts['same']}, with another text {counts['differs']}.",
            lang,
        )
    )


def _write(root: Path, chosen: list[Proposed]) -> None:
    """Writes the files; what was there before goes into the data folder, for the undo."""
    kept = data_folder(root) / UNDO / f"{time.time_ns()}"
    kept.mkdir(parents=True)
    written = {p.name: _mark(p.text.encode()) for p in chosen}
    changed: dict[str, str] = {}
    for number, each in enumerate(p for p in chosen if p.state == "differs"):
        (kept / str(number)).write_bytes((root / each.name).read_bytes())
        changed[each.name] = str(number)
    (kept / "log.json").write_text(
        json.dumps({"written": written, "changed": changed}, ensure_ascii=False), encoding="utf-8"
    )
    for each in chosen:
        path = root / each.name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_symlink() or not path.resolve().is_relative_to(root.resolve()):
            raise ConfigError(f"{each.name} leads outside the desk.")
        path.write_bytes(each.text.encode())


def _undo(root: Path, lang: str) -> int:
    folder = data_folder(root) / UNDO
    last = max(folder.glob("*/log.json"), key=lambda p: int(p.parent.name), default=None)
    if last is None:
        raise ConfigError("There is no import to take back.")
    log = json.loads(last.read_text(encoding="utf-8"))
    count = 0
    for name, mark in log["written"].items():
        path, before = root / name, log["changed"].get(name)
        if not path.is_file() or _mark(path.read_bytes()) != mark:
            print(_say(f"Изменён с тех пор, оставлен: {name}", f"Changed since, left alone: {name}", lang))
            continue
        count += 1
        if before is None:
            path.unlink()
        else:
            path.write_bytes((last.parent / before).read_bytes())
    shutil.rmtree(last.parent)
    print(_say(f"Отменено файлов: {count}.", f"Files taken back: {count}.", lang))
    return 0


def _mark(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def take_away(arguments: Namespace) -> int:
    """Copies the articles, with their pictures, into a folder that is not there yet or is empty."""
    root, lang, to = desk_folder(arguments.dir), tongue(arguments), Path(arguments.to)
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise ConfigError(f"{to} is there already and not empty.")
    files = [p for p in sorted((root / "kb").rglob("*")) if p.is_file() and not p.is_symlink()]
    for path in files:
        name = to / path.relative_to(root / "kb")
        name.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, name)
    print(_say(f"Файлов: {len(files)}, папка {to}", f"{len(files)} files in {to}", lang))
    return 0


def _say(ru: str, en: str, lang: str) -> str:
    return ru if lang == "ru" else en

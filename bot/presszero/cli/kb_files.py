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
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from presszero.cli.tongue import tongue
from presszero.errors import ConfigError, ContentError, Finding
from presszero.folders import data_folder, desk_folder
from presszero.kb.importing import Proposed, propose, read

if TYPE_CHECKING:
    from presszero.kb.staging import Judged

UNDO = "undo"
SHOWN = 40  # files named
ALIKE = 10  # findings of one code that are named, unless they are errors


def bring(arguments: Namespace) -> int:
    """Imports, or takes back the last import; 1 when something was refused."""
    root, lang = desk_folder(arguments.dir), tongue(arguments)
    if arguments.undo:
        return _undo(root, lang)
    if not arguments.source:
        raise ConfigError("Name a SOURCE: a folder, a page, a table or an export.")
    if not Path(arguments.source).exists():
        raise ConfigError(_say(f"Нет такого: {arguments.source}.", f"There is no {arguments.source}.", lang))
    made, judged, findings = _tried(root, arguments)
    chosen = [p for p in judged.good if p.state == "new" or (p.state == "differs" and arguments.overwrite)]
    chosen = [] if arguments.dry_run else chosen
    kept = _write(root, chosen) if chosen else None
    good = {each.name for each in judged.good}
    if arguments.format == "json":
        _as_data(made, good, findings, len(chosen), lang)
    else:
        _report(made, good, findings, lang)
        _end(len(chosen), kept, arguments, lang)
    return 1 if any(f.severity == "error" for f in findings) else 0


def _tried(root: Path, arguments: Namespace) -> tuple[list[Proposed], Judged, list[Finding]]:
    """The files the source makes, which of them would pass, and everything there is to say."""
    from presszero import desk
    from presszero.kb.staging import judge

    found = desk.read(root, os.environ)
    if found.config is None:
        raise ContentError(found.errors)
    languages, today = found.config.languages, datetime.now(UTC).date()
    items, faults = read(Path(arguments.source), languages, arguments.language, split=arguments.split)
    made, more = propose(root, items)
    if arguments.overwrite:
        more = [finding for finding in more if finding.code != "PZ543"]  # it says how to write over them
    tried = [each for each in made if each.state != "differs" or arguments.overwrite]
    judged = judge(root, languages, today, tried, advice=arguments.dry_run)
    return made, judged, sorted({*faults, *more, *judged.findings})


def _end(written: int, kept: Path | None, arguments: Namespace, lang: str) -> None:
    if arguments.dry_run:
        print(_say("Ничего не записано: это проба.", "Nothing is written: this was a dry run.", lang))
    elif kept:
        print(_say(f"Записано файлов: {written}. ", f"Files written: {written}. ", lang), end="")
        print(_say("Отменить: presszero kb import --undo", "To take it back: presszero kb import --undo", lang))
        print(_say(f"Список и то, что было до записи: {kept}", f"The list, and what was there before: {kept}", lang))
    else:
        print(_say("Записывать нечего.", "There is nothing to write.", lang))


def _as_data(made: Sequence[Proposed], good: set[str], findings: Sequence[Finding], written: int, lang: str) -> None:
    from presszero.cli.check_ import as_data

    files = [{"file": p.name, "state": p.state if p.name in good or p.state == "differs" else "refused"} for p in made]
    data = {"files": files, "written": written, "findings": [as_data(f, lang) for f in findings]}
    print(json.dumps(data, ensure_ascii=False, indent=1))


def _report(made: Sequence[Proposed], good: set[str], findings: Sequence[Finding], lang: str) -> None:
    _named(findings, lang)
    signs = {"new": "+", "same": "=", "differs": "≠"}
    for each in made[:SHOWN]:
        print(f"{signs[each.state] if each.name in good or each.state == 'differs' else '✗'} {each.name}")
    if len(made) > SHOWN:
        print(f"… {len(made) - SHOWN}")
    counts = Counter(each.state for each in made if each.name in good or each.state == "differs")
    refused = sum(f.severity == "error" for f in findings)
    print(
        _say(
            f"Новых {counts['new']}, таких же {counts['same']}, с другим текстом {counts['differs']}.",
            f"New {counts['new']}, the same {counts['same']}, with another text {counts['differs']}.",
            lang,
        )
    )
    if refused:
        print(_say(f"Отказов: {refused}; остальных это не касается.", f"Refused: {refused}; the others go on.", lang))


def _named(findings: Sequence[Finding], lang: str) -> None:
    """Every error, and of what is said often the first few."""
    often = Counter(finding.code for finding in findings if finding.severity != "error")
    seen = Counter[str]()
    for finding in findings:
        seen[finding.code] += 1
        if finding.severity == "error" or seen[finding.code] <= ALIKE:
            print(finding.line(lang), file=sys.stderr)
    for code, count in often.items():
        if count > ALIKE:
            said = _say(f"… ещё {count - ALIKE}: {code}", f"… {count - ALIKE} more: {code}", lang)
            print(said, file=sys.stderr)


def _write(root: Path, chosen: Sequence[Proposed]) -> Path:
    """Writes the files; what was there before goes into a folder of the data, for the undo. Gives that folder."""
    kept = data_folder(root) / UNDO / f"{time.time_ns()}"
    kept.mkdir(parents=True)
    written = {p.name: _mark(p.data) for p in chosen}
    changed: dict[str, str] = {}
    for number, each in enumerate(p for p in chosen if p.state == "differs"):
        (kept / str(number)).write_bytes((root / each.name).read_bytes())
        changed[each.name] = str(number)
    (kept / "log.json").write_text(
        json.dumps({"written": written, "changed": changed}, ensure_ascii=False), encoding="utf-8"
    )
    for each in chosen:
        path = root / each.name
        if path.is_symlink() or not path.resolve().is_relative_to((root / "kb").resolve()):
            raise ConfigError(f"{each.name} leads outside the desk.")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(each.data)
    return kept


def _undo(root: Path, lang: str) -> int:
    folder = data_folder(root) / UNDO
    last = max(folder.glob("*/log.json"), key=lambda p: int(p.parent.name), default=None)
    if last is None:
        raise ConfigError(_say("Отменять нечего: импорта не было.", "There is no import to take back.", lang))
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
            _empty(path.parent, root / "kb")
        else:
            path.write_bytes((last.parent / before).read_bytes())
    shutil.rmtree(last.parent)
    print(_say(f"Отменено файлов: {count}.", f"Files taken back: {count}.", lang))
    return 0


def _empty(folder: Path, top: Path) -> None:
    """Removes folders that nothing is left in."""
    while folder != top and folder.is_relative_to(top) and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


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

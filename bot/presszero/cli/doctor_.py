"""`presszero doctor`: what is wrong with this installation, one line each, with the fix."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import sys
import tempfile
import time
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from presszero import desk
from presszero.config import Config
from presszero.errors import ConfigError, PressZeroError, StoreError
from presszero.folders import data_folder, desk_folder

Line = tuple[bool, str, str]  # fine, what, the fix
LEAST_FREE = 200 * 1024 * 1024


def run(arguments: Namespace) -> int:
    """0 when everything is fine, else 1."""
    root = desk_folder(arguments.dir)
    lines = list(_lines(root))
    for fine, what, fix in lines:
        print(f"{'✓' if fine else '✗'} {what}" + ("" if fine else f"\n    {fix}"))
    return 0 if all(fine for fine, _, _ in lines) else 1


def _lines(root: Path) -> Iterator[Line]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield sys.version_info >= (3, 11), f"Python {version}", "Python 3.11 or newer is needed."
    sqlite = sqlite3.sqlite_version_info >= (3, 35)
    yield sqlite, f"SQLite {sqlite3.sqlite_version}", "SQLite 3.35 or newer is needed: a newer Python brings it."
    found = desk.read(root, os.environ)
    errors = len(found.errors)
    yield not errors, f"the desk's files: {errors} errors", f"presszero check {root}"
    missing = found.config.missing_env if found.config else ()
    for finding in missing:
        yield False, finding.sentence("en"), "Set it before `presszero run`."
    data = data_folder(root)
    yield from _folder(data)
    yield from _database(data / "presszero.db")
    yield from _published(root, data / "presszero.db")
    yield from _telegram(found.config, data / "presszero.db")
    yield from _generated(found.config, data / "presszero.db")


def _published(root: Path, database: Path) -> Iterator[Line]:
    """Whether customers meet what stands in the folder. A draft is no fault."""
    from presszero.publishing import snapshot
    from presszero.store.publications_aside import running

    try:
        last = running(database)
        files = snapshot.of_folder(root)
    except (sqlite3.Error, PressZeroError):
        return  # said above
    if last is None:
        return
    publication, before = last
    other = sorted(n for n in files.keys() | before.keys() if files.get(n) != before.get(n))
    if not other:
        yield True, f"publication {publication.id} is served, which is the folder as it stands", ""
        return
    more = f" and {len(other) - 1} more" if len(other) > 1 else ""
    what = f"the folder differs from publication {publication.id}, which is served: {other[0]}{more}"
    yield (
        True,
        f"{what}. Channels are read from the folder at each start; `presszero publish` puts the rest in force",
        "",
    )


def _telegram(config: Config | None, database: Path) -> list[Line]:
    """What stands between the desk and Telegram, where it is on."""
    if config is None or not config.telegram:
        return []
    from presszero.channels.telegram import doctor

    return asyncio.run(doctor.lines(config.telegram, config.forum, config.public_url, database))


def _generated(config: Config | None, database: Path) -> Iterator[Line]:
    """What the language model has cost today, where a desk has one."""
    llm = config.kb.llm if config else None
    if llm is None:
        return
    from presszero.dialogue.generated import SPENT
    from presszero.store.counts import counts_of

    try:
        counts = counts_of(database, time.time()) if database.is_file() else {}
    except StoreError:
        return  # said above
    spent = counts.get(SPENT, 0) / 1_000_000
    shown = sum(n for name, n in counts.items() if name == "generated")
    dropped = sum(n for name, n in counts.items() if name.startswith("not_generated:"))
    cap = f" of {llm.day_cap:g}" if llm.day_cap else ""
    yield (
        not counts.get("not_generated:cap"),
        f"generated answers today (UTC): {shown} shown, {dropped} passages instead, {spent:.4f}{cap} spent",
        "The cap of the day is reached: passages alone till midnight UTC, or raise kb.llm.day_cap.",
    )


def _folder(data: Path) -> Iterator[Line]:
    try:
        data.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=data) as probe:
            probe.write(b"0")
        writable = True
    except OSError:
        writable = False
    yield (
        writable,
        f"the data folder {data} can be written",
        "Give this user the right to write there, or set PRESSZERO_DATA.",
    )
    if writable:
        free = shutil.disk_usage(data).free
        yield free > LEAST_FREE, f"{free // (1024 * 1024)} MB free", "Messages are refused on a full disk: make room."


def _database(path: Path) -> Iterator[Line]:
    if not path.exists():
        yield True, "no database yet: the first start makes it", ""
        return
    try:
        trouble = asyncio.run(_check(path))
        yield not trouble, "the database is sound" if not trouble else "; ".join(trouble), "Restore the last backup."
    except ConfigError as error:
        # In use: the desk runs. Reading beside it is safe.
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as db:
            sound = db.execute("PRAGMA quick_check").fetchone()[0] == "ok"
        yield sound, "the database is sound (the desk is running)", str(error)
    except StoreError as error:
        yield False, str(error), "Restore the last backup."


async def _check(path: Path) -> list[str]:
    from presszero.store.sqlite import SqliteStore

    store = SqliteStore(path)
    await store.open()
    try:
        return list(await store.check())
    finally:
        await store.close()

"""`presszero publish`: shows what would change, asks, and publishes; beside a running desk, or to one elsewhere."""

from __future__ import annotations

import asyncio
import getpass
import os
import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from presszero.cli.tongue import tongue
from presszero.errors import ConfigError, ContentError
from presszero.folders import data_folder, desk_folder
from presszero.publishing import snapshot
from presszero.publishing.publisher import Publisher
from presszero.publishing.remote import Remote
from presszero.publishing.told import compared, told
from presszero.runtime.clock import WallClock
from presszero.runtime.versions import Outrun, Plan, Refused
from presszero.store.publications_aside import ShelfAside


def run(arguments: Namespace) -> int:
    """0 when it is published, 1 when it was refused or not wanted."""
    lang = tongue(arguments)
    return guarded(lambda: _run(arguments, lang), lang)


def guarded(work: Callable[[], int], lang: str) -> int:
    """Says refusals in the reader's language; 1."""
    try:
        return work()
    except ContentError as error:
        for finding in error.findings:
            print(f"✗ {finding.line(lang)}", file=sys.stderr)
    except Refused as error:
        print(error.ru if lang == "ru" else error.en, file=sys.stderr)
    except Outrun as error:
        print(f"Кто-то опубликовал раньше вас: {error}" if lang == "ru" else error, file=sys.stderr)
    return 1


def publisher(root: Path) -> Publisher:
    """Publishes into the database of a desk, beside it."""
    data = data_folder(root)
    return Publisher(ShelfAside(data / "presszero.db"), root, os.environ, data / "models", WallClock())


def remote(arguments: Namespace) -> Remote | None:
    """The desk elsewhere, when one is named. Raises ConfigError without a key."""
    if not arguments.to:
        return None
    key = os.environ.get("PRESSZERO_KEY", "")
    if not key:
        raise ConfigError("Set PRESSZERO_KEY to a key made with `presszero operator key NAME`.")
    return Remote(arguments.to, key)


def _run(arguments: Namespace, lang: str) -> int:
    root, there = desk_folder(arguments.dir), remote(arguments)
    here = None if there else publisher(root)
    if arguments.promote or arguments.withdraw:
        _end_trial(there, here, promote=arguments.promote)
        print("Готово." if lang == "ru" else "Done.")
        return 0
    if arguments.compare:
        return _compare(there, here, lang)
    files = snapshot.of_folder(root)
    plan = there.plan(files) if there else asyncio.run(publisher(root).plan(files))
    print(told(plan, lang), end="")
    if plan.errors:
        return 1
    if plan.empty and plan.base is not None:
        return 0
    if not (arguments.yes or _agreed(plan, lang)):
        return 1
    share, note = arguments.share, arguments.note
    if there:
        done = there.publish(files, base=plan.base, note=note, share=share, seen=plan.seen)
    else:
        author = arguments.author or getpass.getuser()
        done = asyncio.run(
            publisher(root).publish(files, base=plan.base, author=author, note=note, share=share, seen=plan.seen)
        )
    part = "" if done.share == 100 else f" ({done.share} %)"
    print(f"Опубликовано: №{done.id}{part}." if lang == "ru" else f"Published: {done.id}{part}.")
    return 0


def _end_trial(there: Remote | None, here: Publisher | None, *, promote: bool) -> None:
    if there:
        there.end_trial(promote=promote)
        return
    assert here is not None
    asyncio.run(end_trial(here, promote=promote))


async def end_trial(publisher: Publisher, *, promote: bool) -> None:
    """Ends the trial that is on. Raises Refused without one."""
    _, trial = await publisher.running()
    if trial is None:
        raise Refused("no_trial", "There is no trial.", "Пробы сейчас нет.")
    await publisher.end_trial(trial, promote=promote)


def _compare(there: Remote | None, here: Publisher | None, lang: str) -> int:
    sides = there.sides() if there else asyncio.run(here.sides()) if here else None
    if sides is None:
        raise Refused("no_trial", "There is no trial.", "Пробы сейчас нет.")
    print(compared(sides, lang), end="")
    return 0


def _agreed(plan: Plan, lang: str) -> bool:
    if not sys.stdin.isatty():
        raise ConfigError("Nobody can be asked here: add --yes.")
    last = f" {plan.base}" if plan.base is not None else ""
    question = f"Опубликовать вместо{last}? [д/Н] " if lang == "ru" else f"Publish in place of{last}? [y/N] "
    if not _yes(question):
        return False
    failed = plan.tested.failed if plan.tested else 0
    if not failed:
        return True
    return _yes(
        f"Не прошло тестов: {failed}. Всё равно опубликовать? [д/Н] "
        if lang == "ru"
        else f"Tests that fail: {failed}. Publish all the same? [y/N] "
    )


def _yes(question: str) -> bool:
    return input(question).strip().lower()[:1] in {"y", "д"}

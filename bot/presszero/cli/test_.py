"""`presszero test`: plays the desk's dialogue tests through the real runtime, shows where one went another way, and what none covers."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from presszero import desk
from presszero.check import coverage
from presszero.check.declared import undeclared
from presszero.check.script import load as load_scripts
from presszero.cli.check_ import show
from presszero.cli.tongue import tongue
from presszero.errors import ContentError
from presszero.folders import data_folder, desk_folder
from presszero.publishing import snapshot, tested
from presszero.runtime.versions import Tested

if TYPE_CHECKING:
    from presszero.check.dialogues import Round

WATCHED = ("flows", "nlu", "kb", "handoff", "tests", "config.yaml")


def run(arguments: Namespace) -> int:
    """Plays; 0 when every test holds. With ``--watch`` it plays again at every change, until it is stopped."""
    root = desk_folder(arguments.dir)
    if not arguments.watch:
        return _once(arguments, root)
    from watchfiles import watch

    _again(arguments, root)
    for _ in watch(*[root / name for name in WATCHED if (root / name).exists()], debounce=200, step=50):
        print(f"\n— {time.strftime('%H:%M:%S')}")
        _again(arguments, root)
    return 0


def _again(arguments: Namespace, root: Path) -> None:
    """Plays; a desk that cannot be read now is said, and waited for."""
    try:
        _once(arguments, root)
    except ContentError as error:
        show(error.findings, tongue(arguments), "text")
    sys.stdout.flush()


def _once(arguments: Namespace, root: Path) -> int:
    from presszero.check.dialogues import play_round
    from presszero.cli import played

    lang = tongue(arguments)
    found = desk.read(root, os.environ)
    if found.errors:
        raise ContentError(found.errors)
    scripts, faults = load_scripts(root)
    faults += undeclared(root, found.flows.draft, found.handoff)
    if faults:
        show(faults, lang, "json" if arguments.format == "json" else "text")
        return 1
    only = arguments.only.casefold()
    chosen = [s for s in scripts if only in s.name.casefold() or only in s.place.file.casefold()]
    mark = snapshot.mark(snapshot.of_folder(root))
    began = time.perf_counter()
    done: Round = asyncio.run(play_round(chosen, desk.content(found, data_folder(root) / "models")))
    took = time.perf_counter() - began
    covered = coverage.measure(found.flows, done.counts)
    if len(chosen) == len(scripts):
        coverage.keep(root, covered)
        failed = sum(p.failure is not None for p in done.played)
        tested.keep(data_folder(root), mark, Tested(time.time(), len(done.played) - failed, failed))
    if not chosen:
        print("There are no dialogue tests here." if lang == "en" else "Здесь нет тестов диалогов.", file=sys.stderr)
        return 1
    print(played.text(arguments.format, done, covered, took, lang, listed=arguments.coverage))
    return 1 if any(p.failure for p in done.played) else 0

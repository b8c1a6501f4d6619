"""`presszero rollback [N]`: what ran before runs again; `--list` shows the history."""

from __future__ import annotations

import asyncio
import getpass
import sys
from argparse import Namespace
from datetime import UTC, datetime

from presszero.cli.publish_ import guarded, publisher, remote
from presszero.cli.tongue import tongue
from presszero.folders import desk_folder
from presszero.publishing.publisher import Publisher
from presszero.store.shelf import Publication


def run(arguments: Namespace) -> int:
    """0 when it was taken back."""
    lang = tongue(arguments)
    return guarded(lambda: _run(arguments, lang), lang)


def _run(arguments: Namespace, lang: str) -> int:
    there = remote(arguments)
    if there is not None:
        done = there.rollback(arguments.number, arguments.note)
    else:
        here = publisher(desk_folder(arguments.dir))
        if arguments.list:
            _show(asyncio.run(here.history()), asyncio.run(here.running())[0], lang)
            return 0
        if not (arguments.yes or _agreed(arguments.number, lang)):
            return 1
        done = asyncio.run(_back(here, arguments))
    words = ("Снова работает", "опубликовано как") if lang == "ru" else ("Runs again:", "published as")
    print(f"{words[0]} {done.restores} ({words[1]} {done.id}).")
    return 0


async def _back(publisher: Publisher, arguments: Namespace) -> Publication:
    base, _ = await publisher.running()
    author = arguments.author or getpass.getuser()
    return await publisher.rollback(arguments.number, base=base, author=author, note=arguments.note)


def _agreed(number: int | None, lang: str) -> bool:
    """Asks whoever sits there; a program that takes back has said all there is to say."""
    if not sys.stdin.isatty():
        return True
    if lang == "ru":
        question = f"Вернуть {f'№{number}' if number else 'предыдущую публикацию'}? [д/Н] "
    else:
        question = f"Take back to {number or 'what ran before'}? [y/N] "
    return input(question).strip().lower()[:1] in {"y", "д"}


def _show(history: object, runs: int | None, lang: str) -> None:
    ru = lang == "ru"
    words = {"live": "", "trial": "проба" if ru else "trial", "withdrawn": "снята" if ru else "withdrawn"}
    assert isinstance(history, list)
    for each in history:
        when = datetime.fromtimestamp(each.at, UTC).strftime("%Y-%m-%d %H:%M UTC")
        now = ("работает" if ru else "runs") if each.id == runs else ""
        again = ", ".join(filter(None, (now, f"↩ {each.restores}" if each.restores else words[each.state])))
        print(f"{each.id}\t{when}\t{each.author or '—'}\t{again}\t{each.note}")

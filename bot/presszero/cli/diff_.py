"""`presszero diff A B`: what changes between two sets in a lead's words; folders, publications, or commits."""

from __future__ import annotations

import asyncio
import os
from argparse import Namespace
from pathlib import Path

import msgspec

from presszero.cli.publish_ import guarded, publisher
from presszero.cli.tongue import tongue
from presszero.flows.told import markdown
from presszero.folders import desk_folder
from presszero.publishing import snapshot
from presszero.publishing.plan import plan
from presszero.publishing.publisher import digests
from presszero.publishing.told import changed
from presszero.runtime.versions import Files, Refused


def run(arguments: Namespace) -> int:
    """0, also when something differs."""
    lang = tongue(arguments)
    return guarded(lambda: _run(arguments, lang), lang)


def _run(arguments: Namespace, lang: str) -> int:
    root = desk_folder(arguments.dir)
    old = _files(root, arguments.a)
    new = _files(root, arguments.b) if arguments.b else snapshot.of_folder(root)
    before, after = (snapshot.read(files, os.environ) for files in (old, new))
    found = plan(None, "", (before, digests(old)), (after, digests(new)))
    if arguments.format == "json":
        print(msgspec.json.format(msgspec.json.encode({"changes": found.changes, "files": found.files})).decode())
    elif arguments.format == "markdown":
        print(markdown(found.changes, lang) + "".join(f"- `{f.name}` ({f.kind})\n" for f in found.files), end="")
    else:
        print(changed(found, lang), end="")
    return 0


def _files(root: Path, name: str) -> Files:
    """A set by its name: nothing = what runs, a folder, a number, else a commit."""
    if not name:
        return asyncio.run(_published(root, None))
    if Path(name).is_dir():
        return snapshot.of_folder(desk_folder(name))
    if name.isdigit() and len(name) < 7:
        return asyncio.run(_published(root, int(name)))
    return snapshot.of_git(root, name)


async def _published(root: Path, number: int | None) -> Files:
    found = publisher(root)
    wanted = number if number is not None else (await found.running())[0]
    if wanted is None:
        raise Refused("unknown", "Nothing has been published yet.", "Ещё ничего не опубликовано.")
    return await found.files(wanted)

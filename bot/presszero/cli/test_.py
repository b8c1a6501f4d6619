"""`presszero test`: plays the desk's dialogue tests through the real runtime."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from argparse import Namespace

from presszero import desk
from presszero.check.script import load as load_scripts
from presszero.cli.check_ import as_data, show
from presszero.cli.tongue import tongue
from presszero.errors import ContentError
from presszero.folders import data_folder, desk_folder


def run(arguments: Namespace) -> int:
    """Plays; 0 when every test holds."""
    from presszero.check.dialogues import play_all

    root, lang = desk_folder(arguments.dir), tongue(arguments)
    found = desk.read(root, os.environ)
    if found.errors:
        raise ContentError(found.errors)
    scripts, faults = load_scripts(root)
    if faults:
        show(faults, lang, arguments.format)
        return 1
    only = arguments.only.casefold()
    scripts = [s for s in scripts if only in s.name.casefold() or only in s.place.file.casefold()]
    began = time.perf_counter()
    played = asyncio.run(play_all(scripts, desk.content(found, data_folder(root) / "models")))
    took = time.perf_counter() - began
    failed = [p for p in played if p.failure]
    if arguments.format == "json":
        print(
            json.dumps(
                [as_data(p.failure, lang) | {"test": p.script.name, "dialogue": p.log} for p in failed if p.failure],
                ensure_ascii=False,
                indent=1,
            )
        )
    else:
        for p in failed:
            if p.failure:
                print(f"\n{p.failure.line(lang)}\n  «{p.script.name}»")
                print("\n".join(f"    {line}" for line in p.log))
        flows = found.flows.flows
        steps = {(f.name, s) for f in flows.flows.values() for s in f.steps} if flows else set()
        print(f"\n{len(played) - len(failed)} passed, {len(failed)} failed")
        print(f"{took:.1f} s; flows: {len(flows.flows) if flows else 0}, steps: {len(steps)}", file=sys.stderr)
    if not scripts:
        print("There are no dialogue tests here." if lang == "en" else "Здесь нет тестов диалогов.", file=sys.stderr)
        return 1
    return 1 if failed else 0

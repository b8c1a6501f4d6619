"""`presszero numbers`: a flow's file with what happened at each step, option and exit beside its lines."""

from __future__ import annotations

import os
import time
from argparse import Namespace
from pathlib import Path

from presszero import desk
from presszero.cli.tongue import tongue
from presszero.dialogue.tally import passages
from presszero.errors import ConfigError
from presszero.folders import data_folder, desk_folder
from presszero.source.fields import meant

DAY = 86400.0


def run(arguments: Namespace) -> int:
    """Prints; the desk may run meanwhile."""
    from presszero.check.beside import beside, printed
    from presszero.store.counts import counts_of

    root, lang = desk_folder(arguments.dir), tongue(arguments)
    name = Path(arguments.file).name.removesuffix(".yaml")
    found = desk.read(root, os.environ)
    flows = found.flows.flows or found.flows.draft
    flow = flows.flows.get(name) or next((f for f in flows.flows.values() if Path(f.file).stem == name), None)
    if flow is None:
        raise ConfigError(f'There is no flow "{name}". {meant(name, flows.flows).get("hint_en", "")}')
    database = data_folder(root) / "presszero.db"
    if not database.is_file():
        raise ConfigError(f"There is no database at {database}: this desk has not run yet.")
    counts = counts_of(database, time.time() - (max(1, arguments.days) - 1) * DAY)
    path = root / (flow.file or found.flows.place(flow.name).file)
    notes = beside(found.flows, flows, flow.name, passages(counts), lang)
    print("\n".join(printed(path.read_text(encoding="utf-8-sig"), notes)))
    return 0

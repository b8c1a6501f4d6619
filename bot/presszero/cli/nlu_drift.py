"""`presszero nlu drift`: what people ask that fits nothing, and how much is misunderstood, beside a desk that runs."""

from __future__ import annotations

import json
import time
from argparse import Namespace
from datetime import UTC, datetime

from presszero.cli.tongue import tongue
from presszero.errors import ConfigError
from presszero.folders import data_folder, desk_folder

DAY = 86400.0


def run(arguments: Namespace) -> int:
    """Prints the shares by day and flow, then what fits no flow, the most asked first."""
    from presszero.kb.gaps import gaps
    from presszero.nlu.drift import drift
    from presszero.runtime.missed import strange
    from presszero.store.counts import by_day
    from presszero.store.questions import UNFIT, aside

    root, lang = desk_folder(arguments.dir), tongue(arguments)
    database = data_folder(root) / "presszero.db"
    if not database.is_file():
        raise ConfigError(f"There is no database at {database}: this desk has not run yet.")
    now = time.time()
    since = now - (max(1, arguments.days) - 1) * DAY
    found = drift(by_day(database, since))
    unfit = gaps(strange(aside(database, since, query=UNFIT)), now)[: max(1, arguments.limit)]
    if arguments.format == "json":
        data = {
            "days": {_day(day): [s.misunderstood, s.heard] for day, s in found.days.items()},
            "flows": {flow: [s.misunderstood, s.heard] for flow, s in found.flows.items()},
            "strange": [{"count": g.count, "lang": g.lang, "examples": g.examples} for g in unfit],
        }
        print(json.dumps(data, ensure_ascii=False, indent=1))
        return 0
    russian = lang == "ru"
    print("Не понято по дням:" if russian else "Not understood, by day:")
    for day, share in found.days.items():
        print(f"  {_day(day)}  {share.part:6.1%}  {share.misunderstood}/{share.heard}")
    print("По сценариям:" if russian else "By flow:")
    for flow, share in found.flows.items():
        name = flow or ("вне сценариев" if russian else "in no flow")
        print(f"  {name:<30} {share.part:6.1%}  {share.misunderstood}/{share.heard}")
    print("Спрашивают, но ни на что не похоже:" if russian else "Asked, and fits nothing:")
    for gap in unfit:
        print(f"  {gap.count} × [{gap.lang}] " + " | ".join(gap.examples[:3]))
    return 0


def _day(day: int) -> str:
    return datetime.fromtimestamp(day * DAY, UTC).date().isoformat()

"""`presszero kb gaps`: what people asked that the articles did not answer, beside a desk that runs."""

from __future__ import annotations

import json
import os
import time
from argparse import Namespace
from datetime import UTC, datetime

from presszero.cli.tongue import tongue
from presszero.errors import ConfigError, ContentError
from presszero.folders import data_folder, desk_folder

DAY = 86400.0


def run(arguments: Namespace) -> int:
    """Prints the gaps, the most asked first, and what became of all questions."""
    from dataclasses import asdict

    from presszero import desk
    from presszero.kb.figures import deflection
    from presszero.kb.gaps import gaps, nearest
    from presszero.kb.library import Library
    from presszero.runtime.loop import asked
    from presszero.store.questions import aside

    root, lang = desk_folder(arguments.dir), tongue(arguments)
    found = desk.read(root, os.environ)
    if found.config is None:
        raise ContentError(found.errors)
    database = data_folder(root) / "presszero.db"
    if not database.is_file():
        raise ConfigError(f"There is no database at {database}: this desk has not run yet.")
    now = time.time()
    bands = (found.config.kb.act, found.config.kb.offer)
    library = Library(found.articles, found.config.languages, datetime.now(UTC).date(), bands)
    every = asked(aside(database, now - max(1, arguments.days) * DAY))
    rows = [(gap, nearest(gap, library)) for gap in gaps(every, now)[: max(1, arguments.limit)]]
    sums = deflection(every, now)
    if arguments.format == "json":
        listed = [{**asdict(gap), "count": gap.count, "nearest": asdict(near) if near else None} for gap, near in rows]
        print(json.dumps({"deflection": asdict(sums), "gaps": listed}, ensure_ascii=False, indent=1))
        return 0
    russian = lang == "ru"
    print(
        f"Спросили {sums.asked}: помогло {sums.confirmed}, за 72 ч никого не позвали {sums.assumed}, "
        f"рано судить {sums.waiting}, не помогло {sums.not_helped}."
        if russian
        else f"Asked {sums.asked}: helped {sums.confirmed}, asked nobody within 72 h {sums.assumed}, "
        f"too early to say {sums.waiting}, did not help {sums.not_helped}."
    )
    if not rows:
        print("Пробелов нет." if russian else "There are no gaps.")
    for gap, near in rows:
        print(f"\n{gap.count} × [{gap.lang}] {gap.examples[0]}")
        for text in gap.examples[1:]:
            print(f"      {text}")
        print(
            f"   не нашлось {gap.unanswered}, не помогло {gap.not_helped}, к человеку {gap.handed}; "
            f"эта неделя {gap.this_week}, прошлая {gap.last_week}"
            if russian
            else f"   nothing found {gap.unanswered}, did not help {gap.not_helped}, to a person {gap.handed}; "
            f"this week {gap.this_week}, last week {gap.last_week}"
        )
        if near:
            word = ("уже отвечает" if near.answered else "ближе всего") if russian else (
                "answered by now" if near.answered else "nearest"
            )  # fmt: skip
            print(f"   {word}: {near.title} [{near.slug}, {near.chance:.2f}]")
    return 0

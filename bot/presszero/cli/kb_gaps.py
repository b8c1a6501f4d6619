"""`presszero kb gaps`: what people asked that the articles did not answer, and the articles' numbers, beside a desk that runs."""

from __future__ import annotations

import json
import os
import time
from argparse import Namespace
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from presszero.cli.tongue import tongue
from presszero.errors import ConfigError, ContentError
from presszero.folders import data_folder, desk_folder

if TYPE_CHECKING:
    from presszero.kb.article import Article
    from presszero.kb.figures import Figures
    from presszero.kb.gaps import Asked
    from presszero.kb.library import Library

DAY = 86400.0


def run(arguments: Namespace) -> int:
    """Prints the gaps, the most asked first, and what became of all questions; or the articles' numbers."""
    from presszero import desk
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
    since = now - max(1, arguments.days) * DAY
    every = asked(aside(database, since))
    if arguments.articles:
        return _articles(arguments, found.articles, every, database, lang)
    bands = (found.config.kb.act, found.config.kb.offer)
    return _gaps(arguments, Library(found.articles, found.config.languages, _today(), bands), every, now, lang)


def _today() -> date:
    return datetime.now(UTC).date()


def _gaps(arguments: Namespace, library: Library, every: Sequence[Asked], now: float, lang: str) -> int:
    from dataclasses import asdict

    from presszero.kb.figures import deflection
    from presszero.kb.gaps import gaps, nearest

    rows = [(gap, nearest(gap, library)) for gap in gaps(every, now)[: max(1, arguments.limit)]]
    sums = deflection(every, now)
    if arguments.format == "json":
        listed = [{**asdict(gap), "nearest": asdict(near) if near else None} for gap, near in rows]
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


def _articles(
    arguments: Namespace, articles: Sequence[Article], every: Sequence[Asked], database: Path, lang: str
) -> int:
    """Of each article its numbers; what must be read again, by owner; what nobody was shown."""
    from presszero.kb.figures import figures
    from presszero.store.counts import counts_of

    since = time.time() - (max(1, arguments.days) - 1) * DAY
    rows = figures(articles, every, counts_of(database, since), _today())
    if arguments.format == "json":
        print(json.dumps([_as_data(each) for each in rows], ensure_ascii=False, indent=1))
        return 0
    head, due, never = _HEADS[lang]
    print(head)
    for each in rows[: max(1, arguments.limit)]:
        rate = "—" if each.rate is None else f"{each.rate}%"
        print(f"{each.shown:6} {each.opened:6} {rate:>6} {each.complaints:6} {each.handed:6}  {each.article.file}")
    late = sorted((f for f in rows if f.late or f.soon), key=lambda f: (f.article.owner, f.due or _today()))
    if late:
        print(f"\n{due}")
    for each in late:
        print(f"  {each.due}{' !' if each.late else '  '} {each.article.owner or '—'}  {each.article.file}")
    unused = [each.article.file for each in rows if each.unused]
    if unused:
        print(f"\n{never}: {len(unused)}")
        print("".join(f"  {name}\n" for name in unused[: max(1, arguments.limit)]), end="")
    return 0


_HEADS = {
    "ru": ("показ.  откр. помогло жалобы к чел.", "Перечитать (! — уже поздно):", "Ни разу не показаны и не открыты"),
    "en": (" shown opened helped compl. person", "To be read again (! is late):", "Never shown and never opened"),
}


def _as_data(each: Figures) -> dict[str, object]:
    return {
        "slug": each.article.slug,
        "lang": each.article.lang,
        "file": each.article.file,
        "owner": each.article.owner,
        "shown": each.shown,
        "opened": each.opened,
        "helped": each.helped,
        "complaints": each.complaints,
        "handed": each.handed,
        "due": each.due.isoformat() if each.due else None,
        "late": each.late,
        "unused": each.unused,
    }

"""What the portal's pages cost at 1,000 articles: processor time of each kind, one after another. `python -m bench.portal`.

Writes and the client of the test are counted in; a busy machine does not change the figures much.
"""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import httpx
from starlette.applications import Starlette

from presszero.console.portal import Portal
from presszero.http.routes import Door
from presszero.kb.article import Article
from presszero.kb.library import Library
from presszero.kb.load import load
from presszero.runtime.clock import WallClock
from presszero.runtime.intake import Intake
from presszero.runtime.push import Hub
from presszero.runtime.wakes import Wakes
from presszero.store.sqlite import SqliteStore
from tests.console.room import content

ROOT = Path(__file__).resolve().parents[1]
ARTICLES, TIMES, GOAL = 1000, 200, 50.0


def articles(many: int) -> list[Article]:
    """The demo's articles and copies of them under other names, their words mixed, ``many`` in each language."""
    chance = random.Random(5)
    own, _ = load(ROOT, ["ru", "en"], date(2026, 11, 23))
    made = []
    for lang in ("ru", "en"):
        there = [each for each in own if each.lang == lang]
        for n in range(many):
            one, other = chance.choice(there), chance.choice(there)
            title = f"{one.title} {n}" if n >= len(there) else there[n].title
            slug = there[n].slug if n < len(there) else f"{one.slug}-{n}"
            source = there[n] if n < len(there) else replace(one, tags=other.tags, questions=other.questions)
            made.append(replace(source, slug=slug, title=title))
    return made


async def measure() -> int:
    """Prints a line a kind of page; 1 when one is too slow."""
    with tempfile.TemporaryDirectory() as folder:
        store = SqliteStore(Path(folder) / "desk.db")
        await store.open()
        library = Library(articles(ARTICLES), ["ru", "en"], date(2026, 11, 23))
        intake = Intake(store, replace(content("http://desk.test"), library=library), WallClock(), Hub(), Wakes())
        app = Starlette(routes=Portal(intake, demo=True).routes(Door({})))
        slugs = [each.slug for each in library.articles("ru")]
        asked = [question for each in library.articles("ru")[:200] for question in each.questions]
        chance, slow = random.Random(7), False
        kinds: dict[str, Callable[[], str]] = {
            "home": lambda: "/kb/ru",
            "article": lambda: f"/kb/ru/{chance.choice(slugs)}",
            "search": lambda: f"/kb/ru/search?q={chance.choice(asked)}",
            "suggest": lambda: f"/kb/ru/suggest?q={chance.choice(asked)[:9]}",
            "request": lambda: "/requests/new?lang=ru",
        }
        for name, path in kinds.items():
            spent = []
            for number in range(TIMES + 5):
                # each from an address of its own, so that no limit is in the way
                transport = httpx.ASGITransport(app, client=(f"10.0.{number // 250}.{number % 250}", 1))
                async with httpx.AsyncClient(transport=transport, base_url="http://desk.test") as client:
                    address, began = path(), time.process_time()
                    answer = await client.get(address)
                    spent.append(1000 * (time.process_time() - began))
                    assert answer.status_code == 200, (address, answer.status_code)
            spent = sorted(spent[5:])
            p50, p95 = spent[len(spent) // 2], spent[int(len(spent) * 0.95)]
            slow = slow or p95 > GOAL
            print(f"{name:8} p50 {p50:6.1f} ms  p95 {p95:6.1f} ms  goal {GOAL:.0f}")
        await store.close()
    return int(slow)


if __name__ == "__main__":
    sys.exit(asyncio.run(measure()))

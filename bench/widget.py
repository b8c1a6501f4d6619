"""The widget: its size as served, and what axe finds in every state, language, width and theme.

    uv run python -m bench.widget

One JSON object a line; `violations` has to be 0 everywhere. Exit code 1 when it is not, or when the file is over 15 KB.
`open_ms` is from the click to the desk's greeting on loopback, a new browser profile each time, the middle one of seven.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import statistics
import time
from itertools import product

from tests.browser.widget_server import STATES, WIDGET, Stage, reach, staged, violations

LIMIT = 15_360


async def opening(stage: Stage) -> float:
    """Milliseconds from the click on the launcher to the greeting."""
    page = await stage.visit(await stage.context(), lang="ru")
    await page.locator(".launch").wait_for()
    start = time.perf_counter()
    await page.locator(".launch").click()
    await page.locator(".bub").first.wait_for()
    return (time.perf_counter() - start) * 1000


async def measured() -> int:
    """Print every row, return how many violations there were."""
    total = 0
    async with staged() as stage:
        print(json.dumps({"open_ms": round(statistics.median([await opening(stage) for _ in range(7)]))}))
        for lang, width, theme in product(("ru", "en"), (320, 1280), ("light", "dark")):
            await stage.clear()
            page = await stage.opened(lang=lang, width=width, height=640 if width == 320 else 800, scheme=theme)
            found = {}
            for state in STATES:
                await reach(stage, page, state, lang)
                found[state] = len(await violations(page))
            total += sum(found.values())
            print(json.dumps({"lang": lang, "width": width, "theme": theme, "violations": found}))
    return total


def main() -> None:
    """Print the table."""
    body = WIDGET.read_bytes()
    size = len(gzip.compress(body, 9))
    print(json.dumps({"bytes": len(body), "gz": size, "limit": LIMIT}))
    raise SystemExit(bool(asyncio.run(measured())) or size > LIMIT)


if __name__ == "__main__":
    main()

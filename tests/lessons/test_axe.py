"""The two pages in a browser: what axe finds is nothing, nothing runs over the edge, and the keys of a form do what they say."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Page

from presszero.store.asked import NewQuestion
from presszero.store.base import TicketEdit
from tests.browser.console_stage import SHOTS, Stage, staged, violations
from tests.console.room import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
WIDTHS = (1280, 320)
SAID = {"ru": "серая коробка под телевизором гудит", "en": "the grey tin under the telly hums at night"}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def theatre(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    folder = tmp_path_factory.mktemp("lessons")
    for name in ("nlu", "handoff"):
        shutil.copytree(ROOT / name, folder / "desk" / name)
    shutil.copy(ROOT / "config.yaml", folder / "desk")
    async with staged(folder) as stage:
        desk = stage.desk
        now = desk.clock.now()
        long = "Превысокомногорассмотрительствующий " * 3
        for n, text in enumerate((*SAID.values(), long, SAID["ru"] + " опять")):
            await desk.hear(f"v{n}", text)
            number, _ = await desk.ticket(f"v{n}")
            await desk.people.change_ticket(TicketEdit(number, category="tv/box", by=desk.igor.shown))
            stage.number = number
        for n in range(20):
            await desk.store.ask(
                NewQuestion(f"где бланк номер {'й' * (n % 4)} забрать", "ru", "unasked"), now - n * 86400
            )
            for name in (
                ["said:no_connection"] * (20 - n)
                + ["lost:no_connection"] * (n % 5)
                + ["said:", "lost:", "said:gone_flow"]
            ):
                await desk.store.count(name, now - n * 86400)
        yield stage


@pytest_asyncio.fixture(loop_scope="module")
async def stage(theatre: Stage) -> AsyncIterator[Stage]:
    yield theatre
    await theatre.clear()


async def clean(page: Page, name: str) -> None:
    await page.evaluate("document.fonts.ready")
    SHOTS.mkdir(parents=True, exist_ok=True)
    await page.screenshot(path=SHOTS / f"{name}.png", full_page=True)
    assert await violations(page) == [], name
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name


@pytest.mark.parametrize(("lang", "scheme"), [("ru", "dark"), ("en", "light")])
async def test_every_look(stage: Stage, lang: str, scheme: str) -> None:
    desk = stage.desk
    await desk.store.save_operator("anna", lang=lang)
    page = await stage.operator(color_scheme=scheme)
    for width in WIDTHS:
        await page.set_viewport_size({"width": width, "height": 900})
        mark = f"{lang}-{scheme}-{width}"
        await page.goto(f"{desk.url}/console/lessons")
        await clean(page, f"lessons-{mark}")
        one = page.locator("section.lesson").first
        await one.get_by_role("textbox").fill("x")
        await one.locator("button.main").click()
        await page.locator("[role=alert]").wait_for()
        await clean(page, f"lessons-wrong-{mark}")
        one = page.locator("section.lesson").first
        await one.get_by_role("textbox").fill(SAID[lang])
        await one.locator("button.main").click()
        await page.wait_for_url("**?done=*")
        await clean(page, f"lessons-done-{mark}")
        await page.locator("[role=status] button").click()
        await page.wait_for_url("**/console/lessons")
        await page.locator("section.lesson button:not(.main)").last.click()
        await page.wait_for_url("**?done=*")
        assert await page.locator("section.lesson").count() == 3
        await page.locator("[role=status] button").click()
        await page.wait_for_url("**/console/lessons")
        assert await page.locator("section.lesson").count() == 4
        await page.goto(f"{desk.url}/console/drift?days=30")
        await page.locator("details summary").filter(has_text="числах" if lang == "ru" else "numbers").click()
        await clean(page, f"drift-{mark}")
    await page.set_viewport_size({"width": 1280, "height": 600})
    assert await page.evaluate("document.querySelector('.rail .me').getBoundingClientRect().bottom <= innerHeight")
    assert not (ROOT / "nlu/ru/lessons.yml").exists()

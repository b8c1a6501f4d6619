"""What axe finds on the request form, one's own requests, suggestions, and the lead's pages of the loop: nothing, in every look."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Page

from tests.browser.console_stage import Stage, staged, violations

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
LOOKS = [("ru", "light"), ("ru", "dark"), ("en", "light"), ("en", "dark")]
WIDTHS = (1280, 390)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def theatre(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    async with staged(tmp_path_factory.mktemp("axe")) as stage:
        desk = stage.desk
        number = await desk.waiting("v1", "почему моргает красная лампочка на коробке в подъезде")
        await desk.people.say(number, desk.anna, "Красная лампочка значит обрыв линии: мастер уже едет.", "c1")
        yield stage


@pytest_asyncio.fixture(loop_scope="module")
async def stage(theatre: Stage) -> AsyncIterator[Stage]:
    yield theatre
    await theatre.clear()


async def clean(page: Page, name: str) -> None:
    await page.evaluate("document.fonts.ready")
    assert await violations(page) == [], name
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name


@pytest.mark.parametrize(("lang", "scheme"), LOOKS)
async def test_the_portal(stage: Stage, lang: str, scheme: str) -> None:
    page = await stage.page(await stage.context(color_scheme=scheme, viewport={"width": WIDTHS[0], "height": 900}))
    for width in WIDTHS:
        await page.set_viewport_size({"width": width, "height": 900})
        await page.goto(f"{stage.desk.url}/kb/{lang}")
        await page.locator("#q").type({"ru": "паро", "en": "passw"}[lang])
        await page.locator("#q-list li").first.wait_for()
        await page.keyboard.press("ArrowDown")
        await clean(page, "suggestions")
        await page.keyboard.press("Enter")
        await page.wait_for_url(f"**/kb/{lang}/*")
        await page.goto(f"{stage.desk.url}/requests/new?lang={lang}")
        await clean(page, "begin")
        await page.locator("#text").fill({"ru": "как сменить пароль wi-fi", "en": "change wifi password"}[lang])
        await page.locator("#category").select_option("contract/move")
        await page.locator("main button").click()
        await page.locator(".fits").wait_for()
        await clean(page, "rest")
        await page.locator("#contact").fill("?")
        await page.locator('form[action="/requests/send"] button').click()
        await page.locator("#e-contact").wait_for()
        await clean(page, "wrong")
        await page.goto(f"{stage.desk.url}/requests/mine?lang={lang}")
        await clean(page, "mine")


@pytest.mark.parametrize(("lang", "scheme"), LOOKS)
async def test_the_leads_pages(stage: Stage, lang: str, scheme: str) -> None:
    await stage.desk.store.save_operator("anna", lang=lang)
    page = await stage.operator(color_scheme=scheme)
    await page.goto(f"{stage.desk.url}/console/gaps")
    found = re.search(r"/console/gaps/[0-9a-f]{10}", await page.content())
    assert found
    for width in WIDTHS:
        await page.set_viewport_size({"width": width, "height": 900})
        for path in ("/console/gaps", found[0], f"{found[0]}/draft", "/console/articles"):
            await page.goto(stage.desk.url + path)
            await clean(page, path)

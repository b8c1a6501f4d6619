"""What axe finds on every kind of page that customers open, and on the lead's pages of the loop: nothing, in every look.

Each page is looked at in both widths whole, and in the dark by its colours: nothing else of it differs.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from axe_playwright_python.base import AXE_SCRIPT as AXE
from playwright.async_api import Page

from presszero.runtime import passes
from tests.browser.console_stage import Stage, staged

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
LANGS = ("ru", "en")
WIDTHS = (1280, 320)
FOUND = (
    "options => axe.run(options).then(all => all.violations.map(v => [v.id, v.nodes.map(n => n.html.slice(0, 160))]))"
)
PLACES = """() => [
  document.querySelector('.sheet header h1').getBoundingClientRect().toJSON(),
  document.querySelector('.sheet header .btn').getBoundingClientRect().toJSON(),
  [...document.querySelectorAll('.scroll')].map(box => [
    box.getBoundingClientRect().right, box.scrollWidth > box.clientWidth, getComputedStyle(box).overflowX]),
]"""
SAID = {
    "ru": ("паро", "как сменить пароль от wi-fi", "ъъъщщщ"),
    "en": ("passw", "change wifi password", "zzzqqqxxx"),
}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def theatre(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    async with staged(tmp_path_factory.mktemp("axe")) as stage:
        desk = stage.desk
        number = await desk.waiting("v1", "почему моргает красная лампочка на коробке в подъезде")
        await desk.people.say(number, desk.anna, "Красная лампочка значит обрыв линии: мастер уже едет.", "c1")
        await desk.waiting("v2", "Где" + "посмотреть" * 12 + " баланс")
        yield stage


@pytest_asyncio.fixture(loop_scope="module")
async def stage(theatre: Stage) -> AsyncIterator[Stage]:
    yield theatre
    await theatre.clear()


async def clean(page: Page, name: str) -> None:
    await page.evaluate("document.fonts.ready")
    await page.evaluate(AXE)
    for width in WIDTHS:
        await page.set_viewport_size({"width": width, "height": 900})
        for scheme, rules in (("light", {}), ("dark", {"runOnly": ["color-contrast"]})):
            await page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            found = await page.evaluate(FOUND, {"resultTypes": ["violations"], **rules})
            assert found == [], (name, width, scheme)
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (name, width)


@pytest.mark.parametrize("lang", LANGS)
async def test_pages_that_are_read(stage: Stage, lang: str) -> None:
    page = await stage.page(await stage.context(reduced_motion="reduce"))
    begun, asked, nothing = SAID[lang]
    base = f"{stage.desk.url}/kb/{lang}"
    await page.goto(base)
    await clean(page, "home")
    await page.locator("#q").type(begun)
    await page.locator("#q-list li").first.wait_for()
    await page.keyboard.press("ArrowDown")
    await clean(page, "suggestions")
    await page.keyboard.press("Enter")
    await page.wait_for_url(f"**/kb/{lang}/*")
    await clean(page, "article")
    for name, path in (
        ("said", "/wifi-password?said=no"),
        ("search", f"/search?q={asked}"),
        ("nothing", f"/search?q={nothing}"),
        ("missing", "/no-such-article"),
    ):
        await page.goto(base + path)
        await clean(page, name)


@pytest.mark.parametrize("lang", LANGS)
async def test_pages_that_are_filled_in(stage: Stage, lang: str) -> None:
    desk, way = stage.desk, f"{stage.desk.url}/requests"
    page = await stage.page(await stage.context(reduced_motion="reduce"))
    await page.goto(f"{way}/new?lang={lang}")
    await clean(page, "begin")
    await page.locator("#text").fill(SAID[lang][1])
    await page.locator("#category").select_option("contract/move")
    await page.locator("main button").click()
    await page.locator(".fits").wait_for()
    await clean(page, "rest")
    await page.locator("#text").fill("x" * 4001)
    await page.locator("#contact").fill("?")
    await page.locator('form[action="/requests/send"] button:last-of-type').last.click()
    await page.locator("#e-contact").wait_for()
    await clean(page, "wrong")
    number, conversation = await desk.ticket(f"axe-{lang}")
    ticket, talk = await desk.store.ticket(number), await desk.store.load(conversation)
    assert ticket
    assert talk
    await page.goto(f"{way}/{number}?key={ticket.secret}&lang={lang}&said=nothing")
    await clean(page, "request")
    await page.goto(f"{way}/mine?lang={lang}&code=old")
    await clean(page, "mine")
    await page.goto(await passes.give(desk.intake, "telegram", lang, talk[1], lang))
    await clean(page, "link")
    await page.locator("form button").last.click()
    await page.locator(".res li").first.wait_for()
    await clean(page, "list")


@pytest.mark.parametrize("lang", LANGS)
async def test_the_leads_pages(stage: Stage, lang: str) -> None:
    await stage.desk.store.save_operator("anna", lang=lang)
    page = await stage.operator(reduced_motion="reduce")
    await page.goto(f"{stage.desk.url}/console/gaps")
    found = re.search(r"/console/gaps/[0-9a-f]{10}", await page.content())
    assert found
    for path in ("/console/gaps", found[0], f"{found[0]}/draft", "/console/articles"):
        await page.goto(stage.desk.url + path)
        await clean(page, path)


@pytest.mark.parametrize("lang", LANGS)
async def test_titles_stand_clear_and_tables_scroll_in_their_boxes_on_a_small_screen(stage: Stage, lang: str) -> None:
    await stage.desk.store.save_operator("anna", lang=lang)
    page = await stage.operator(reduced_motion="reduce")
    await page.set_viewport_size({"width": 320, "height": 800})
    await page.goto(f"{stage.desk.url}/console/gaps")
    found = re.search(r"/console/gaps/[0-9a-f]{10}", await page.content())
    assert found
    seen = 0
    for path in ("gaps", found[0][9:], f"{found[0][9:]}/draft", "articles", "drift", "lessons"):
        await page.goto(f"{stage.desk.url}/console/{path}")
        title, button, boxes = await page.evaluate(PLACES)
        apart = title["bottom"] <= button["top"] or title["right"] <= button["left"]
        assert apart, (path, title, button)
        assert title["width"] >= 180, path
        assert max((right for right, _, _ in boxes), default=0) <= 320, path
        assert all(style == "auto" for _, wider, style in boxes if wider), path
        seen += len(boxes)
    assert seen >= 3

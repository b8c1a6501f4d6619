"""The desk's chat and search where customers read: on the portal's own pages, and on a site that embeds the search field."""

from __future__ import annotations

import gzip
import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from presszero.app import SCRIPTS
from tests.browser.console_stage import CHROMIUM, FLAGS, violations
from tests.running import Here, copy_desk, here, listening

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


@dataclass
class Stage:
    """A desk with a web chat, and a browser."""

    desk: Here
    browser: Browser
    site: str
    shown: list[str]  # the last one is the page of the site

    def pages(self) -> list[dict[str, str]]:
        """What each conversation knows of the page that it was begun on."""
        with closing(sqlite3.connect(f"file:{self.desk.data / 'presszero.db'}?mode=ro", uri=True)) as db:
            return [json.loads(page) for (page,) in db.execute("SELECT page FROM conversation ORDER BY id")]

    @asynccontextmanager
    async def page(self, **given: object) -> AsyncIterator[Page]:
        """A page whose faults are told at its end."""
        context = await self.browser.new_context(**given)  # type: ignore[arg-type]
        context.set_default_timeout(10_000)
        page, faults = await context.new_page(), list[str]()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda m: faults.append(m.text) if "Content Security Policy" in m.text else None)
        yield page
        await context.close()
        assert faults == []

    async def embed(self, page: Page, lang: str, *, chat: bool) -> None:
        """A site's page with the search field, and the chat too."""
        url = self.desk.url
        widget = f'<script src="{url}/widget.js" data-lang="{lang}" defer></script>' if chat else ""
        body = f'<main><h1>A site</h1><press-zero-search></press-zero-search></main>{widget}<script src="{url}/search.js" data-lang="{lang}" defer></script>'
        html = f'<!doctype html><html lang="{lang}"><meta name="viewport" content="width=device-width"><title>Site</title>{body}</html>'
        self.shown.append(html)
        await page.goto(self.site)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    folder, shown = tmp_path_factory.mktemp("embed"), list[str]()
    copied = copy_desk(folder / "desk")
    config = copied / "config.yaml"

    async def shop(_: Request) -> Response:
        return HTMLResponse(shown[-1])

    async with listening(Starlette(routes=[Route("/", shop)])) as site:
        config.write_text(config.read_text("utf-8").replace("https://site.example", site, 1), "utf-8")
        async with here(folder / "data", copied) as desk, async_playwright() as play:
            browser = await play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            yield Stage(desk, browser, site, shown)
            await browser.close()


async def test_the_search_field_is_light() -> None:
    assert len(gzip.compress((SCRIPTS / "search.js").read_bytes(), 9)) <= 4096


async def test_a_site_searches_and_asks_the_bot_about_an_article(stage: Stage) -> None:
    async with stage.page(viewport={"width": 1280, "height": 800}) as page:
        await stage.embed(page, "en", chat=True)
        await page.get_by_role("searchbox", name="Search the articles").fill("when are you open")
        row = page.locator("press-zero-search li").first
        await row.get_by_role("button", name="Ask the bot about this").click()
        await page.locator("press-zero .w").wait_for()
        assert await page.locator("press-zero-search .box").is_hidden()
        await page.locator("press-zero textarea").fill("and on Sunday?")
        await page.keyboard.press("Enter")
        await page.locator("press-zero .bub.bot").last.wait_for()
        assert {"article": "opening"}.items() <= stage.pages()[-1].items()


@pytest.mark.parametrize(("lang", "scheme", "width"), [("en", "light", 1280), ("ru", "dark", 320)])
async def test_the_search_field_can_be_used_by_everybody(stage: Stage, lang: str, scheme: str, width: int) -> None:
    async with stage.page(viewport={"width": width, "height": 700}, color_scheme=scheme) as page:
        await stage.embed(page, lang, chat=False)
        field = page.get_by_role("searchbox")
        await field.fill({"en": "when are you open", "ru": "щщщъъъ"}[lang])
        await page.locator("press-zero-search .box").wait_for()
        assert await violations(page) == []
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        await field.press("Escape")
        assert await page.locator("press-zero-search .box").is_hidden()


async def test_the_portals_own_page_opens_the_chat_about_its_article(stage: Stage) -> None:
    async with stage.page(viewport={"width": 1280, "height": 800}) as page:
        await page.goto(f"{stage.desk.url}/kb/en/opening")
        assert await page.locator("press-zero").count() == 0  # nobody asked: its bytes are not loaded
        await page.get_by_role("link", name="Ask the bot").click()
        await page.wait_for_url("**/kb/en/opening?chat=yes")
        await page.locator("press-zero .w").wait_for()
        await page.locator("press-zero textarea").fill("hello")
        await page.keyboard.press("Enter")
        await page.locator("press-zero .bub.bot").last.wait_for()
        assert {"article": "opening"}.items() <= stage.pages()[-1].items()
        assert await violations(page) == []

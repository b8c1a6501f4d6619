"""The widget before the real desk: both languages, files, a contact, deletion, and a desk that is killed in the middle."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright, expect
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from tests.browser.widget_server import CHROMIUM, FLAGS, PIXEL, say
from tests.running import Server, copy_desk, listening

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


@dataclass
class Shop:
    """A site with the widget of a desk which is a process of its own."""

    browser: Browser
    desk: Server
    url: str

    async def visit(self, **data: str) -> Page:
        """A customer in a new browser, with the widget open."""
        page = await (await self.browser.new_context(reduced_motion="reduce")).new_page()
        await page.add_init_script(
            "window.breaches = []; addEventListener('securitypolicyviolation', e => breaches.push(e.violatedDirective))"
        )
        await page.goto(self.url + "?" + "&".join(f"{k}={v}" for k, v in data.items()))
        await page.locator(".launch").click()
        return page


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shop(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Shop]:
    folder: Path = tmp_path_factory.mktemp("shop")
    config = copy_desk(folder / "desk") / "config.yaml"
    config.write_text(re.sub(r"    origins:.*\n", "", config.read_text(encoding="utf-8")), encoding="utf-8")
    server = await asyncio.to_thread(Server(folder / "data", folder / "desk").start)
    expect.set_options(timeout=15_000)

    async def site(request: Request) -> Response:
        data = "".join(f' data-{k}="{v}"' for k, v in request.query_params.items())
        policy = (
            f"default-src 'none'; script-src {server.url}; connect-src {server.url} ws{server.url[4:]}; "
            f"img-src {server.url}; require-trusted-types-for 'script'; trusted-types 'none'"
        )
        text = f'<!doctype html><meta charset="utf-8"><h1>Shop</h1><script src="{server.url}/widget.js"{data} defer></script>'
        return HTMLResponse(text, headers={"content-security-policy": policy})

    async with listening(Starlette(routes=[Route("/", site)])) as url, async_playwright() as play:
        browser = await play.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        yield Shop(browser, server, url)
        await browser.close()
    await asyncio.to_thread(server.stop)


@pytest.mark.parametrize(
    ("lang", "start", "asked", "got", "call"),
    [
        ("ru", "начать счёт", "Какое число?", "Принято: 17.", "Позвать человека"),
        ("en", "start counting", "Which number?", "Got 17.", "Call a person"),
    ],
)
async def test_a_talk_a_reload_and_a_person(shop: Shop, lang: str, start: str, asked: str, got: str, call: str) -> None:
    page = await shop.visit(lang=lang)
    bubbles = page.locator(".bub")
    await expect(bubbles).to_have_count(1)
    await expect(page.get_by_role("heading", level=2)).to_have_text({"ru": "Пробный стол", "en": "Test desk"}[lang])
    await expect(page.locator(".law")).to_contain_text({"ru": "Храним год.", "en": "We keep it for a year."}[lang])
    await say(page, start)
    await expect(bubbles.last).to_have_text(asked)
    await say(page, "17")
    lines = [start, asked, "17", got, asked]
    await expect(bubbles).to_have_text([re.compile("."), *lines])
    await page.reload()
    await page.locator(".launch").click()
    await expect(bubbles).to_have_text([re.compile("."), *lines])
    await page.get_by_role("button", name=call).click()
    await expect(page.locator(".wait h3")).to_be_visible()
    await page.get_by_role("textbox").first.fill("anna@example.org")
    await page.keyboard.press("Enter")
    await expect(page.locator(".ask")).to_have_count(0)
    await page.locator(".wait .quiet").click()
    await expect(page.get_by_role("button", name=call)).to_be_visible()
    assert await page.evaluate("breaches") == []


async def test_a_picture_goes_and_comes_back(shop: Shop) -> None:
    page = await shop.visit(lang="ru")
    await say(page, "пришлю фото")
    await expect(page.locator(".bub").last).to_have_text("Пришлите фото.")
    async with page.expect_file_chooser() as chooser:
        await page.get_by_role("button", name="Приложить файл").click()
    await (await chooser.value).set_files([{"name": "огонёк.png", "mimeType": "image/png", "buffer": PIXEL}])
    picture = page.get_by_role("img", name="огонёк.png")
    await picture.scroll_into_view_if_needed()
    assert await picture.evaluate("img => img.decode().then(() => img.naturalWidth)") == 1
    await expect(page.locator(".bub").filter(has_text="Фото получено.")).to_be_visible()
    assert await page.evaluate("breaches") == []


async def test_the_language_and_the_deletion(shop: Shop) -> None:
    page = await shop.visit(lang="ru")
    await say(page, "начать счёт")
    await expect(page.locator(".bub").last).to_have_text("Какое число?")
    await page.get_by_role("button", name="Ещё").click()
    await page.get_by_role("button", name="English").click()
    await say(page, "5")
    await expect(page.locator(".bub").filter(has_text="Got 5.")).to_be_visible()
    await page.get_by_role("button", name="More").click()
    await page.get_by_role("button", name="Delete the conversation").click()
    await page.get_by_role("button", name="Delete", exact=True).click()
    await expect(page.locator(".turn.mine")).to_have_count(0)
    await page.reload()
    await page.locator(".launch").click()
    await expect(page.locator(".law")).to_be_visible()
    await expect(page.locator(".turn.mine")).to_have_count(0)


async def test_a_killed_desk_gets_every_message_once_and_in_order(shop: Shop) -> None:
    page = await shop.visit(lang="ru")
    await say(page, "начать счёт")
    await expect(page.locator(".bub").last).to_have_text("Какое число?")
    for number in range(101, 104):
        await say(page, str(number))
    await asyncio.to_thread(shop.desk.kill)
    for number in range(104, 107):
        await say(page, str(number))
    await expect(page.locator(".bar")).to_contain_text("Нет связи.")
    await expect(page.locator(".later").last).to_contain_text("106")
    await asyncio.to_thread(shop.desk.start)
    await expect(page.locator(".bub.bot").filter(has_text="Принято: 106.")).to_be_visible(timeout=60_000)
    await expect(page.locator(".bar")).to_have_count(0)
    numbers = [str(number) for number in range(101, 107)]
    await expect(page.locator(".turn.mine .bub")).to_have_text(["начать счёт", *numbers])
    answers = page.locator(".bub.bot").filter(has_text="Принято:")
    await expect(answers).to_have_text([f"Принято: {number}." for number in numbers])
    await page.reload()
    await page.locator(".launch").click()
    await expect(page.locator(".turn.mine .bub")).to_have_text(["начать счёт", *numbers])
    await expect(answers).to_have_text([f"Принято: {number}." for number in numbers])

"""A real Chromium before the real console: the desk of tests/console on a loopback port, in the loop of the test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from presszero.console.sessions import login_link
from presszero.store.base import Operator
from tests.console.room import Room, served

SHOTS = Path(__file__).parents[2] / "build/shots"
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class Stage:
    """The browser and the desk."""

    browser: Browser
    desk: Room
    contexts: list[BrowserContext] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    first: int = 0
    number: int = 0
    talk: int = 0
    igors: int = 0

    async def context(self, **given: Any) -> BrowserContext:
        """A browser of somebody."""
        made = await self.browser.new_context(viewport=given.pop("viewport", {"width": 1440, "height": 900}), **given)
        made.set_default_timeout(10_000)
        self.contexts.append(made)
        return made

    async def operator(self, operator: Operator | None = None, **given: Any) -> Page:
        """An operator who signed in by the link."""
        page = await self.page(await self.context(**given))
        await page.goto(
            await login_link(self.desk.store, operator or self.desk.anna, self.desk.clock.now(), self.desk.url)
        )
        await page.get_by_role("button").click()
        await page.wait_for_url("**/console")
        return page

    async def page(self, context: BrowserContext) -> Page:
        """A page whose errors and policy violations are counted."""
        page = await context.new_page()
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda m: self.faults.append(m.text) if "Content Security Policy" in m.text else None)
        return page

    async def open(self, page: Page, conversation: int) -> None:
        """Opens a conversation from the list."""
        await page.locator(f'.it[data-id="{conversation}"]').click()
        await page.locator(f'#talk[data-conversation="{conversation}"]').wait_for()

    async def clear(self) -> None:
        """After a test: no fault was seen."""
        for context in self.contexts:
            await context.close()
        self.contexts.clear()
        faults, self.faults = self.faults, []
        assert not faults, "\n".join(faults)


@asynccontextmanager
async def staged(folder: Path) -> AsyncIterator[Stage]:
    """Everything, while the block lasts."""
    async with served(folder) as desk, async_playwright() as play:
        browser = await play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield Stage(browser, desk)
        finally:
            await browser.close()


async def violations(page: Page) -> list[str]:
    """What axe finds."""
    found = await Axe().run(page)
    return [f"{v['id']}: {[n['html'][:160] for n in v['nodes']]}" for v in found.response["violations"]]

"""No accessibility fault that axe knows, in every state of the widget, language, width and theme."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.browser.widget_server import STATES, Stage, reach, staged, violations

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def theatre() -> AsyncIterator[Stage]:
    async with staged() as stage:
        yield stage


@pytest_asyncio.fixture(loop_scope="module")
async def stage(theatre: Stage) -> AsyncIterator[Stage]:
    yield theatre
    await theatre.clear()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("lang", ["ru", "en"])
async def test_axe_finds_nothing(stage: Stage, lang: str, width: int, scheme: str) -> None:
    page = await stage.opened(lang=lang, width=width, height=640 if width == 320 else 800, scheme=scheme)
    for state in STATES:
        await reach(stage, page, state, lang)
        assert await violations(page) == [], state


async def test_axe_finds_nothing_in_the_rest(stage: Stage) -> None:
    page, desk = await stage.opened(width=320, height=640), stage.desk
    await desk.turn(contact_wanted=True, ticket={"number": 4812, "state": "waiting", "due": "14:06", "link": "/r/x"})
    await page.get_by_role("button", name="Сохранить").click()
    await expect(page.locator(".ask [aria-invalid]")).to_be_visible()
    assert await violations(page) == []
    await page.get_by_role("button", name="Ещё").click()
    assert await violations(page) == []
    await page.get_by_role("button", name="Удалить разговор").click()
    assert await violations(page) == []
    await page.keyboard.press("Escape")
    desk.refuse = 422
    await page.get_by_role("textbox", name="Сообщение").fill("плохое")
    await page.keyboard.press("Enter")
    await expect(page.locator(".st.bad")).to_be_visible()
    assert await violations(page) == []


@pytest.mark.parametrize("accent", ["#ffcc00", "#d4001a", "#101820", "#7fd9d5", "#888888"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_in_the_colour_of_a_desk(stage: Stage, accent: str, scheme: str) -> None:
    stage.desk.accent = accent
    page = await stage.opened(scheme=scheme)
    for state in STATES[:4]:
        await reach(stage, page, state, "ru")
    assert await violations(page) == []


async def test_axe_would_find_something(stage: Stage) -> None:
    page = await stage.opened()
    await page.locator(".comp .field").evaluate("field => field.removeAttribute('aria-label')")
    await page.locator(".person").evaluate("el => { el.style.color = '#9ab' }")
    found = await violations(page)
    assert any("color-contrast" in one for one in found), found

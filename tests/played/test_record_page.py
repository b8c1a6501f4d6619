"""The page of a test made from a conversation: clean for axe, reached from the conversation by keyboard."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.browser.console_stage import SHOTS, Stage, staged, violations


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    async with staged(tmp_path_factory.mktemp("record")) as made:
        yield made


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize(("lang", "scheme"), [("ru", "light"), ("en", "dark")])
async def test_axe_and_the_way_there(stage: Stage, lang: str, scheme: str) -> None:
    desk = stage.desk
    await desk.store.save_operator("anna", lang=lang)
    talk = await desk.waiting(f"p-{lang}", "нет интернета, договор 555666")
    page = await stage.operator(color_scheme=scheme)
    await page.goto(f"{desk.url}/console/c/{talk}")
    link = page.locator(f"a[href='/console/c/{talk}/test']")
    await link.focus()
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/test")
    SHOTS.mkdir(parents=True, exist_ok=True)
    await page.screenshot(path=SHOTS / f"record-{lang}-{scheme}.png", full_page=True)
    assert await violations(page) == []
    assert "555666" not in await page.locator("#yaml").input_value()
    await page.locator("form[action$='/test'] button").click()
    await page.get_by_role("status").wait_for()
    assert await violations(page) == []
    await page.context.close()
    stage.contexts.remove(page.context)
    assert not stage.faults

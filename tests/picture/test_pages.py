"""The pages of flows in the console: for leads, with live numbers, under the strict policy, clean for axe, by keyboard."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.browser.console_stage import SHOTS, Stage, staged, violations
from tests.console.room import content, room


async def test_the_list_and_the_page(tmp_path: Path) -> None:
    async with room(tmp_path) as desk:
        name = next(iter(content("").flows.flows))
        for count in (f"started:{name}", f"in:{name}/{content('').flows.flows[name].first}"):
            await desk.store.count(count, desk.clock.at)
        await desk.store.count(f"started:{name}", desk.clock.at - 30 * 86400)  # too long ago
        client = await desk.signed_in()
        every = await client.get("/console/flows")
        assert every.status_code == 200
        assert f'href="/console/flows/{name}"' in every.text
        assert '<td class="n">1</td>' in every.text
        assert '<td class="n">2</td>' not in every.text
        for flow in content("").flows.flows:
            page = await client.get(f"/console/flows/{flow}")
            assert page.status_code == 200
            assert '<svg class="flow"' in page.text
            assert "<style" not in page.text
            assert " style=" not in page.text
        one = (await client.get(f"/console/flows/{name}")).text
        assert "1 вошли" in one
        assert (await client.get("/console/flows/none")).status_code == 404


async def test_only_leads(tmp_path: Path) -> None:
    async with room(tmp_path) as desk:
        client = await desk.signed_in(desk.igor)
        assert (await client.get("/console/flows")).status_code == 403
        assert (await client.get("/console/flows/hello")).status_code == 403
        assert (await desk.client().get("/console/flows")).status_code == 303


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    async with staged(tmp_path_factory.mktemp("flows")) as made:
        yield made


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize(("lang", "scheme"), [("ru", "light"), ("ru", "dark"), ("en", "light")])
async def test_axe_and_keyboard(stage: Stage, lang: str, scheme: str) -> None:
    desk = stage.desk
    await desk.store.save_operator("anna", lang=lang)
    page = await stage.operator(color_scheme=scheme)
    await page.goto(f"{desk.url}/console/flows")
    assert await violations(page) == []
    name = max(content("").flows.flows.values(), key=lambda f: len(f.steps)).name
    await page.goto(f"{desk.url}/console/flows/{name}")
    SHOTS.mkdir(parents=True, exist_ok=True)
    await page.screenshot(path=SHOTS / f"flow-{lang}-{scheme}.png", full_page=True)
    assert await violations(page) == []
    link = page.locator(".flow a[href^='#step-']").first
    await link.focus()
    assert await page.evaluate("document.activeElement.closest('.flow') !== null")
    step = (await link.get_attribute("href") or "")[1:]
    await page.keyboard.press("Enter")
    await page.wait_for_url(f"**#{step}")
    inside = await page.evaluate(
        """() => [...document.querySelectorAll('.flow g')].every(g => {
            const box = g.querySelector('.box').getBoundingClientRect();
            return [...g.querySelectorAll('text')].every(t => {
                const r = t.getBoundingClientRect();
                return r.left >= box.left && r.right <= box.right && r.top >= box.top && r.bottom <= box.bottom; }); })"""
    )
    assert inside
    await page.context.close()

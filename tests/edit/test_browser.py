"""The editor in a real browser: what is typed, found, offered, tried out, saved; drafts that outlive a tab."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect
from playwright.async_api import Error as PlaywrightError

from presszero.store.base import Operator
from tests.browser.console_stage import CHROMIUM, FLAGS, SHOTS, violations
from tests.edit.bench import Bench, bench

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
expect.set_options(timeout=20_000)
FLOW = "flows/wifi.yaml"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def desk(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Bench]:
    async with bench(tmp_path_factory.mktemp("browser")) as found:
        yield found


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as play:
        found = await play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        await found.close()


@asynccontextmanager
async def lead(
    browser: Browser, desk: Bench, who: Operator, width: int = 1280, **given: str
) -> AsyncIterator[tuple[Page, list[str]]]:
    """A lead's browser, signed in; faults of its pages are gathered."""
    context: BrowserContext = await browser.new_context(viewport={"width": width, "height": 800}, **given)  # type: ignore[arg-type]
    context.set_default_timeout(20_000)
    faults: list[str] = []
    context.on("weberror", lambda error: faults.append(str(error.error)))
    context.on("console", lambda m: faults.append(m.text) if "Content Security Policy" in m.text else None)
    page = await context.new_page()
    await page.goto(await desk.link(who))
    await page.get_by_role("button").click()
    await page.wait_for_url("**/console")
    try:
        yield page, faults
    finally:
        for each in context.pages:  # a page that leaves closes its socket in order; one that is torn away does not
            with suppress(PlaywrightError):
                await each.goto("about:blank")
        await context.close()
    assert not faults, faults


async def opened(page: Page, desk: Bench, file: str = FLOW) -> None:
    await page.goto(f"{desk.here.url}/console/edit?file={file}")
    await expect(page.locator(".cm-content")).to_be_visible()
    await expect(page.locator("#problems li").first).to_be_visible()


async def test_a_slip_is_shown_beside_its_line_and_saved_when_mended(browser: Browser, desk: Bench) -> None:
    async with lead(browser, desk, desk.anna) as (page, _):
        await opened(page, desk)
        await expect(page.locator("#problems")).to_contain_text("ошибок нет")
        await page.locator(".cm-line", has_text="title:").click()
        await page.keyboard.press("Home")
        await page.keyboard.type("xx")
        await expect(page.locator("#problems .error").first).to_contain_text("PZ181")
        await expect(page.locator(".cm-lint-marker-error").first).to_be_visible()
        await expect(page.locator("#state")).to_have_text("Черновик, хранится в этом браузере")
        SHOTS.mkdir(parents=True, exist_ok=True)
        await page.screenshot(path=SHOTS / "edit-1280.png")
        await page.keyboard.press("Backspace")
        await page.keyboard.press("Backspace")
        await expect(page.locator("#problems")).to_contain_text("ошибок нет")
        await page.keyboard.press("Control+End")
        await page.keyboard.type("# записано")
        await page.keyboard.press("Control+s")
        await expect(page.locator("#state")).to_have_text("Сохранено")
    assert (desk.root / FLOW).read_text("utf-8").endswith("# записано")


async def test_a_draft_outlives_its_tab_and_the_second_lead_sees_the_first(browser: Browser, desk: Bench) -> None:
    file = "flows/complaint.yaml"
    before = (desk.root / file).read_text("utf-8")
    async with lead(browser, desk, desk.anna) as (page, _):
        await opened(page, desk, file)
        await page.locator(".cm-content").click()
        await page.keyboard.press("Control+Home")
        await page.keyboard.type("# Анна ")
        await expect(page.locator("#state")).to_have_text("Черновик, хранится в этом браузере")
        other = await page.context.new_page()
        await page.close()
        await opened(other, desk, file)
        await expect(other.locator("#state")).to_have_text("Ваш черновик на месте")
        await expect(other.locator(".cm-content")).to_contain_text("# Анна")
        async with lead(browser, desk, desk.boris) as (second, _):
            await opened(second, desk, file)
            await second.locator(".cm-content").click()
            await second.keyboard.press("Control+End")
            await second.keyboard.type("# Boris")
            await second.locator("#do-save").click()
            await expect(second.locator("#state")).to_have_text("Saved")
        await other.locator("#do-save").click()
        await expect(other.locator("#taken")).to_contain_text("Boris Stone")
        assert (desk.root / file).read_text("utf-8") == before + "# Boris"
        await other.locator('[data-dialog="theirs"]').click()
        await expect(other.locator("#theirs pre")).to_contain_text("# Boris")
        await other.keyboard.press("Escape")
        await other.locator("#keep-mine").click()
        await other.locator("#do-save").click()
        await expect(other.locator("#state")).to_have_text("Сохранено")
    assert (desk.root / file).read_text("utf-8") == "# Анна " + before


async def test_keys_are_offered_and_taken(browser: Browser, desk: Bench) -> None:
    async with lead(browser, desk, desk.anna) as (page, _):
        await opened(page, desk, "flows/new_thing.yaml&new=1")
        await page.locator(".cm-content").click()
        await page.keyboard.type("format: 1\nfl")
        await expect(page.locator(".cm-tooltip-autocomplete")).to_contain_text("flow")
        # Keys pressed within the first moments of the list are typing, not choosing: the mouse may choose at once.
        await page.locator(".cm-tooltip-autocomplete li", has_text="flow").first.click()
        await expect(page.locator(".cm-content")).to_contain_text("flow: ")


async def test_a_conversation_in_every_look_and_the_tests(browser: Browser, desk: Bench) -> None:
    async with lead(browser, desk, desk.anna) as (page, _):
        await opened(page, desk)
        await page.locator("#do-begin").click()
        await expect(page.locator(".said .bot").first).to_be_visible()
        await page.locator("#try-text").fill("не работает интернет")
        await page.keyboard.press("Enter")
        await expect(page.locator(".said .bot").last).to_contain_text("номер договора")
        await expect(page.locator("#stands")).to_contain_text("no_connection/contract")
        for channel, text in (("telegram", "номер договора"), ("voice", "решётку")):
            await page.locator("#try-channel").select_option(channel)
            await expect(page.locator(".said > div")).not_to_have_count(0)
            await page.locator("#try-text").fill("не работает интернет")
            await page.keyboard.press("Enter")
            await expect(page.locator(".said .bot").last).to_contain_text(text)
            await page.screenshot(path=SHOTS / f"edit-{channel}.png")
        await expect(page.locator("#phone")).to_be_visible()
        for digit in "555666#":
            await page.locator(f'#phone [data-digit="{digit}"]').click()
            await expect(page.locator("#stands")).not_to_have_text("Минуту…")
        await expect(page.locator(".said .customer").last).to_have_text("#")
        await page.locator("#tab-tests").click()
        await page.locator("#do-test").click()
        await expect(page.locator("#tested")).to_contain_text("Прошло", timeout=60_000)
        await page.screenshot(path=SHOTS / "edit-tests.png")


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("colour", ["light", "dark"])
async def test_it_is_for_everybody(browser: Browser, desk: Bench, width: int, colour: str) -> None:
    async with lead(browser, desk, desk.boris, width, color_scheme=colour) as (page, _):
        await opened(page, desk, "flows/verify.yaml")
        await page.locator("#do-begin").click()
        await expect(page.locator(".said .bot").first).to_be_visible()
        assert await violations(page) == []
        wide = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0
        await page.screenshot(path=SHOTS / f"edit-{width}-{colour}.png", full_page=True)


async def test_the_keyboard_gets_in_and_out(browser: Browser, desk: Bench) -> None:
    async with lead(browser, desk, desk.boris) as (page, _):
        await opened(page, desk)
        await page.locator("#do-save").focus()
        await page.keyboard.press("Tab")
        await page.keyboard.press("Tab")
        inside = "document.getElementById('text').shadowRoot.activeElement?.className ?? ''"
        assert "cm-content" in await page.evaluate(inside)
        await page.keyboard.press("Tab")
        assert "cm-content" not in await page.evaluate(inside)


async def test_replacing_a_selection_leaves_no_style_behind(browser: Browser, desk: Bench) -> None:
    async with lead(browser, desk, desk.boris) as (page, _):  # a refused style would be a fault of the page
        await opened(page, desk, "flows/new.yaml&new=1")
        await page.locator(".cm-content").click()
        await page.keyboard.insert_text("title: x\nflow: new\n")
        await page.keyboard.press("Control+a")
        await page.keyboard.insert_text("format: 1\nflow: y")
        await expect(page.locator(".cm-line")).to_have_text(["format: 1", "flow: y"])
        await page.locator(".cm-content").fill("format: 2")
        await expect(page.locator(".cm-line")).to_have_text(["format: 2"])


async def test_a_stray_file_is_deleted_and_put_back(browser: Browser, desk: Bench) -> None:
    stray = desk.root / "flows/stray.yaml"
    stray.write_text("- a\n", "utf-8")
    try:
        async with lead(browser, desk, desk.boris) as (page, _):
            await opened(page, desk, "flows/stray.yaml")
            await expect(page.locator("#problems")).to_contain_text("PZ252")
            await page.locator("#do-begin").click()
            await expect(page.locator("#stands")).to_contain_text("flows/stray.yaml:1")
            await expect(page.locator("#try-text")).to_be_disabled()
            await page.locator("#do-delete").click()
            await expect(page.locator("#state")).to_have_text("Deleted")
            await expect(page.locator("#problems")).not_to_contain_text("PZ252")
            assert not stray.exists()
            await page.locator("#do-begin").click()
            await expect(page.locator("#try-text")).to_be_enabled()
            await page.locator("#do-undo").click()
            await expect(page.locator("#state")).to_have_text("Saved")
            assert stray.read_text("utf-8") == "- a\n"
    finally:
        stray.unlink(missing_ok=True)

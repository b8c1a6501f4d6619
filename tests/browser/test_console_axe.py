"""What axe finds on the console's and the portal's pages: nothing, in both languages, light and dark, wide and narrow."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Page

from presszero.console.sessions import login_link
from presszero.store.base import CustomerEdit
from tests.browser.console_stage import SHOTS, Stage, staged, violations

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def theatre(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    async with staged(tmp_path_factory.mktemp("axe")) as stage:
        await people(stage)
        yield stage


@pytest_asyncio.fixture(loop_scope="module")
async def stage(theatre: Stage) -> AsyncIterator[Stage]:
    yield theatre
    await theatre.clear()


async def people(stage: Stage) -> None:
    """A desk in the middle of its day."""
    desk = stage.desk
    talks = {}
    for peer, name, text in (
        ("a1", "Марина Соколова", "красный мигает. позовите человека"),
        ("a2", "Павел Дёмин", "верните деньги за сентябрь"),
        ("a3", "ТСЖ «Тёплый дом»", "Камера у подъезда не пишет третий день"),
        ("a4", "", "кто-нибудь живой есть?"),
        ("a5", "Анастасия Жемчужникова", "Хочу сменить тариф с первого числа"),
    ):
        talks[peer] = await desk.waiting(peer, text)
        facts = {"name": name, "contract": "555666", "phone": "+79000000042"} if name else {}
        await desk.store.save_customer((await desk.talk(talks[peer])).customer_id, CustomerEdit(facts))
        desk.clock.at += 240
    number, ticket_talk = await desk.ticket("a6")
    await desk.store.save_customer((await desk.talk(ticket_talk)).customer_id, CustomerEdit({"name": "Зухра Ахметова"}))
    first = talks["a1"]
    await desk.people.take(first, desk.anna)
    await desk.people.note(
        first, desk.igor, "На Лесной, 14 вчера меняли коммутатор. Если опять красный, это к дежурным.", "n1"
    )
    await desk.people.say(
        first, desk.anna, "Марина, здравствуйте! Вижу всё, что вы написали боту. Пришлите снимок роутера.", "s1"
    )
    await desk.store.mark_read(first, read_seq=99, seen_seq=99)
    desk.clock.at += 480
    await desk.hear("a1", "И соседи тоже без интернета, это надолго?", page={"address": "Лесная, 14"})
    await desk.people.take(ticket_talk, desk.anna)
    await desk.people.take(talks["a5"], desk.igor)
    desk.clock.at += 600
    stage.first, stage.number, stage.talk, stage.igors = first, number, ticket_talk, talks["a5"]


async def clean(page: Page, name: str) -> None:
    await page.evaluate("document.fonts.ready")
    SHOTS.mkdir(parents=True, exist_ok=True)
    await page.screenshot(path=SHOTS / f"{name}.png")
    assert await violations(page) == [], name


LOOKS = [("ru", "light"), ("ru", "dark"), ("en", "light"), ("en", "dark")]


@pytest.mark.parametrize(("lang", "scheme"), LOOKS)
async def test_console(stage: Stage, lang: str, scheme: str) -> None:
    desk = stage.desk
    await desk.store.save_operator("anna", lang=lang)
    page = await stage.operator(color_scheme=scheme)
    mark = f"{lang}-{scheme}"
    await clean(page, f"console-empty-{mark}")
    await page.goto(f"{desk.url}/console/c/{stage.first}")
    await clean(page, f"console-{mark}")
    await page.locator("#tab-note").click()
    await page.locator("#text").fill("Проверить коммутатор")
    await clean(page, f"console-note-{mark}")
    await page.locator("[data-dialog=templates]").click()
    await clean(page, f"console-templates-{mark}")
    await page.keyboard.press("Escape")
    await page.locator("#do-transfer").click()
    await clean(page, f"console-transfer-{mark}")
    await page.keyboard.press("Escape")
    await page.locator("details.me summary").click()
    await clean(page, f"console-menu-{mark}")
    await page.goto(f"{desk.url}/console/c/{stage.igors}?tab=all")
    await clean(page, f"console-held-{mark}")
    await page.goto(f"{desk.url}/console/c/{stage.talk}")
    await clean(page, f"console-ticket-{mark}")
    await page.context.set_offline(True)
    await page.locator("#text").fill("Напишу, когда сеть вернётся")
    await page.locator("#send").click()
    await page.locator(".later button").wait_for()
    await clean(page, f"console-offline-{mark}")
    await page.locator(".later button").click()
    await page.locator("#text").fill("")
    await page.context.set_offline(False)
    await page.goto(f"{desk.url}/console/requests")
    await clean(page, f"console-requests-{mark}")
    await page.goto(f"{desk.url}/console/requests/{stage.number}")
    await clean(page, f"console-request-{mark}")
    await page.goto(f"{desk.url}/console/letters")
    await clean(page, f"console-letters-{mark}")


@pytest.mark.parametrize("width", [1280, 768, 390])
async def test_console_at_other_widths(stage: Stage, width: int) -> None:
    await stage.desk.store.save_operator("anna", lang="ru")
    page = await stage.operator(viewport={"width": width, "height": 900})
    await clean(page, f"console-list-{width}")
    await page.goto(f"{stage.desk.url}/console/c/{stage.first}")
    await clean(page, f"console-{width}")
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if width < 1100:
        await page.locator("#do-context").click()
        await page.wait_for_timeout(400)
        await clean(page, f"console-context-{width}")


@pytest.mark.parametrize(("lang", "scheme"), LOOKS)
async def test_doors(stage: Stage, lang: str, scheme: str) -> None:
    desk = stage.desk
    page = await stage.page(await stage.context(color_scheme=scheme, locale=lang))
    await page.goto(f"{desk.url}/console")
    await clean(page, f"door-{lang}-{scheme}")
    await page.locator("#name").fill("никто")
    await page.locator("#password").fill("ничто")
    await page.get_by_role("button").click()
    await page.locator("#fault").wait_for()
    await clean(page, f"door-wrong-{lang}-{scheme}")
    await page.goto(await login_link(desk.store, desk.anna, desk.clock.now(), desk.url))
    await clean(page, f"door-once-{lang}-{scheme}")
    await page.goto(f"{desk.url}/kb/{lang}/none")
    await clean(page, f"missing-{lang}-{scheme}")


@pytest.mark.parametrize("width", [1280, 390, 320])
@pytest.mark.parametrize(("lang", "scheme"), LOOKS)
async def test_portal(stage: Stage, lang: str, scheme: str, width: int) -> None:
    desk = stage.desk
    page = await stage.page(await stage.context(color_scheme=scheme, viewport={"width": width, "height": 900}))
    ticket = await desk.store.ticket(stage.number)
    assert ticket
    asked = {"ru": "паоль wi-fi", "en": "wfi pasword"}[lang]
    for name, path in (
        ("home", f"/kb/{lang}"),
        ("article", f"/kb/{lang}/wifi-password"),
        ("search", f"/kb/{lang}/search?q={asked}"),
        ("nothing", f"/kb/{lang}/search?q=ъъщ"),
        ("request", f"/requests/{stage.number}?key={ticket.secret}&lang={lang}"),
        ("site", f"/?lang={lang}"),
    ):
        await page.goto(desk.url + path)
        await clean(page, f"portal-{name}-{lang}-{scheme}-{width}")
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name

"""Nothing a customer wrote is lost, doubled or put out of order, whatever the network does."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Page, Route, expect

from tests.browser.widget_server import Stage, say, staged

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def theatre() -> AsyncIterator[Stage]:
    async with staged() as stage:
        yield stage


@pytest_asyncio.fixture(loop_scope="module")
async def stage(theatre: Stage) -> AsyncIterator[Stage]:
    yield theatre
    await theatre.clear()


async def settled(page: Page, count: int) -> None:
    """So many messages of the customer, every one answered, none of them waiting."""
    await expect(page.locator(".bub.bot")).to_have_count(count + 1, timeout=30_000)
    await expect(page.locator(".turn.mine .bub")).to_have_count(count)
    await expect(page.locator(".later")).to_have_count(0)
    await expect(page.locator(".bar")).to_have_count(0)


async def test_history_comes_back_after_a_reload_and_in_a_second_window(stage: Stage) -> None:
    page = await stage.opened()
    await say(page, "раз")
    await expect(page.locator(".bub")).to_have_count(3)
    await page.reload()
    await page.locator(".launch").click()
    await expect(page.locator(".bub")).to_have_count(3)
    other = await stage.visit(page.context, lang="ru", open="yes")
    await expect(other.locator(".bub")).to_have_count(3)
    await say(other, "два")
    for window in (page, other):
        await expect(window.locator(".bub")).to_have_text(
            ["Здравствуйте. Что случилось?", "раз", "Принято: раз", "два", "Принято: два"]
        )
    assert len(stage.desk.visitors) == 1


async def test_messages_written_offline_go_in_order_and_once(stage: Stage) -> None:
    page = await stage.opened()
    await page.context.set_offline(True)
    written = [f"сообщение {number}" for number in range(8)]
    for text in written:
        await say(page, text)
    await expect(page.locator(".later")).to_have_count(8)
    await expect(page.locator(".bar")).to_contain_text("Нет связи.")
    await expect(page.locator(".st").first).to_contain_text("Ждёт сети")
    await page.context.set_offline(False)
    await settled(page, 8)
    assert stage.desk.said() == written


async def test_a_message_can_be_taken_back_while_it_waits(stage: Stage) -> None:
    page = await stage.opened()
    await page.context.set_offline(True)
    await say(page, "первое")
    await say(page, "лишнее")
    await page.get_by_role("button", name="Не отправлять").last.click()
    await expect(page.locator(".later")).to_have_count(1)
    await page.context.set_offline(False)
    await settled(page, 1)
    assert stage.desk.said() == ["первое"]


async def test_the_first_contact_may_be_made_offline(stage: Stage) -> None:
    page = await stage.visit(await stage.context(), lang="ru")
    await page.context.set_offline(True)
    await page.locator(".launch").click()
    await say(page, "алло")
    await expect(page.locator(".later")).to_have_count(1)
    await page.context.set_offline(False)
    await settled(page, 1)
    assert stage.desk.said() == ["алло"]


async def test_the_queue_survives_a_reload(stage: Stage) -> None:
    page, desk = await stage.opened(), stage.desk
    desk.refuse = 503
    await say(page, "раз")
    await say(page, "два")
    await expect(page.locator(".later")).to_have_count(2)
    await page.reload()
    await page.locator(".launch").click()
    await expect(page.locator(".later")).to_have_count(2)
    assert desk.said() == []
    desk.refuse = 0
    await settled(page, 2)
    assert desk.said() == ["раз", "два"]


async def test_an_answer_lost_on_the_way_does_not_double_the_message(stage: Stage) -> None:
    page, desk = await stage.opened(), stage.desk
    desk.cut = 1
    await say(page, "раз")
    await settled(page, 1)
    desk.cut = 2
    desk.sockets = False
    for live in list(desk.last.sockets):
        await live.close()
    await say(page, "два")
    await say(page, "три")
    await settled(page, 3)
    assert desk.said() == ["раз", "два", "три"]
    await expect(page.locator(".bub")).to_have_count(7)


async def test_a_connection_dropped_after_the_commit_does_not_double_the_message(stage: Stage) -> None:
    page = await stage.opened()
    drops = 2

    async def drop(route: Route) -> None:
        nonlocal drops
        drops -= 1
        if drops < 0 or route.request.method != "POST":
            return await route.fallback()
        await route.fetch()
        return await route.abort("connectionreset")

    await page.route("**/web/messages", drop)
    await say(page, "раз")
    await say(page, "два")
    await settled(page, 2)
    assert stage.desk.said() == ["раз", "два"]


async def test_a_refused_message_says_so_and_does_not_stop_the_others(stage: Stage) -> None:
    page, desk = await stage.opened(), stage.desk
    desk.refuse = 422
    await say(page, "плохое")
    await expect(page.locator(".st.bad")).to_contain_text("Не отправлено")
    desk.refuse = 0
    await say(page, "хорошее")
    await expect(page.locator(".bub.bot").last).to_have_text("Принято: хорошее")
    assert desk.said() == ["хорошее"]
    await page.get_by_role("button", name="Повторить").click()
    await settled(page, 2)
    assert desk.said() == ["хорошее", "плохое"]


async def test_late_and_repeated_frames_keep_the_order(stage: Stage) -> None:
    page, desk = await stage.opened(), stage.desk
    for number in range(5):
        await desk.say(f"тихо {number}", who="bot", silently=True)
    await desk.say("громко", who="bot")
    lines = ["Здравствуйте. Что случилось?", *(f"тихо {number}" for number in range(5)), "громко"]
    await expect(page.locator(".bub")).to_have_text(lines)
    for messages in (desk.last.messages[:3], desk.last.messages[::-1]):
        await desk.push(desk.last, {"t": "messages", "messages": messages, "conversation": desk.last.talk})
    await desk.say("ещё", who="bot")
    await expect(page.locator(".bub")).to_have_text([*lines, "ещё"])


async def test_the_socket_comes_back_with_what_was_missed(stage: Stage) -> None:
    page, desk = await stage.opened(), stage.desk
    await expect(page.locator(".bub")).to_have_count(1)
    await desk.arrivals.get()
    await next(iter(desk.last.sockets)).close()
    await desk.say("пока не было связи", who="bot", silently=True)
    await expect(page.locator(".bub").last).to_have_text("пока не было связи")


async def test_without_a_socket_the_log_is_asked_for(stage: Stage) -> None:
    stage.desk.sockets = False
    page = await stage.opened()
    await say(page, "привет")
    await expect(page.locator(".bub").last).to_have_text("Принято: привет")
    await stage.desk.say("от человека", author="Анна")
    await expect(page.locator(".bub.operator")).to_have_text("от человека", timeout=15_000)
    await expect(page.locator(".bar")).to_have_count(0)


async def test_a_refused_token_is_forgotten_and_the_queue_is_kept(stage: Stage) -> None:
    page, desk = await stage.opened(), stage.desk
    await expect(page.locator(".bub")).to_have_count(1)
    desk.visitors.clear()
    await say(page, "вы меня помните?")
    await expect(page.locator(".bub")).to_have_text(
        ["Здравствуйте. Что случилось?", "вы меня помните?", "Принято: вы меня помните?"]
    )
    assert [visitor.token for visitor in desk.visitors.values()] == ["token-2"]
    await desk.say("помним", author="Анна")
    await expect(page.locator(".bub.operator")).to_have_text("помним")


async def test_a_forged_token_in_the_storage_is_replaced(stage: Stage) -> None:
    page = await stage.opened()
    await page.evaluate(
        "Object.keys(localStorage).filter(k => k.endsWith(':token')).forEach(k => { localStorage[k] = 'forged' })"
    )
    await page.reload()
    await page.locator(".launch").click()
    await expect(page.locator(".bub")).to_have_count(1)
    assert len(stage.desk.visitors) == 2


async def test_two_windows_send_one_queue_once_and_in_order(stage: Stage) -> None:
    page = await stage.opened()
    other = await stage.visit(page.context, lang="ru", open="yes")
    await expect(other.locator(".bub")).to_have_count(1)
    await page.context.set_offline(True)
    for number in range(3):
        await say(page, f"левое {number}")
        await say(other, f"правое {number}")
    for window in (page, other):
        await expect(window.locator(".later")).to_have_count(6)
    await page.context.set_offline(False)
    for window in (page, other):
        await settled(window, 6)
    assert stage.desk.said() == [f"{side} {number}" for number in range(3) for side in ("левое", "правое")]
    assert stage.desk.calls.count("POST /web/messages") == 6


async def test_a_browser_that_keeps_nothing_still_talks(stage: Stage) -> None:
    context = await stage.context()
    await context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })"
    )
    page = await stage.visit(context, lang="ru", open="yes")
    await expect(page.locator(".bub")).to_have_count(1)
    await page.context.set_offline(True)
    await say(page, "раз")
    await expect(page.locator(".later")).to_have_count(1)
    await page.context.set_offline(False)
    await settled(page, 1)
    assert stage.desk.said() == ["раз"]


async def test_many_cuts_lose_and_double_nothing(stage: Stage) -> None:
    page, desk = await stage.opened(), stage.desk
    turn = 0

    async def cut(route: Route) -> None:
        nonlocal turn
        turn += 1
        if route.request.method != "POST" or turn % 3 == 0:
            return await route.fallback()
        if turn % 3 == 1:
            return await route.abort("connectionreset")
        await route.fetch()
        return await route.abort("connectionreset")

    await page.route("**/web/messages", cut)
    written = [f"строка {number}" for number in range(12)]
    for text in written:
        await say(page, text)
        if desk.last.sockets:
            await next(iter(desk.last.sockets)).close()
    await page.evaluate("setInterval(() => dispatchEvent(new Event('online')), 50)")
    await settled(page, 12)
    assert desk.said() == written
    await expect(page.locator(".bub")).to_have_count(25)

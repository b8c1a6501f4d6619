"""The console as operators use it, in a real browser."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Page, Route, expect

from presszero.store.base import CustomerEdit
from tests.browser.console_stage import Stage, staged

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def theatre(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    async with staged(tmp_path_factory.mktemp("console")) as stage:
        yield stage


@pytest_asyncio.fixture(loop_scope="module")
async def stage(theatre: Stage) -> AsyncIterator[Stage]:
    yield theatre
    await theatre.clear()


async def write(page: Page, text: str) -> None:
    await page.locator("#text").fill(text)
    await page.locator("#text").press("Control+Enter")


async def test_take_reply_note_and_back_to_the_bot(stage: Stage) -> None:
    desk = stage.desk
    conversation = await desk.waiting("b1", "не работает интернет")
    page = await stage.operator()
    await stage.open(page, conversation)
    await expect(page).to_have_url(f"{desk.url}/console/c/{conversation}?tab=work")
    await expect(page.locator(".bub.cust").first).to_have_text("не работает интернет")
    await page.keyboard.press("a")
    await expect(page.locator("#do-resolve")).to_be_visible()
    await page.locator("#talk").hover()
    await expect(page.locator(f'[data-section="mine"] [data-id="{conversation}"]')).to_be_visible()

    await page.keyboard.press("r")
    await write(page, "Здравствуйте, смотрю линию.\nМинуту.")
    await expect(page.locator(".bub.op")).to_have_text("Здравствуйте, смотрю линию.\nМинуту.")
    await expect(page.locator("#text")).to_have_value("")

    await page.keyboard.press("Escape")
    await page.keyboard.press("n")
    await expect(page.locator("reply-box")).to_have_class("dock noting")
    await write(page, "Проверить коммутатор")
    await expect(page.locator(".note .txt")).to_have_text("Проверить коммутатор")
    assert "Проверить коммутатор" not in [m.text for m in await desk.store.messages(conversation)]

    await desk.hear("b1", "спасибо, жду")
    await expect(page.locator(".bub.cust").last).to_have_text("спасибо, жду")
    await desk.store.mark_read(conversation, read_seq=99)
    desk.intake.hub.tell("desk", {"t": "read", "conversation": conversation})
    await expect(page.locator(".m-op .mark")).to_have_text("прочитано")

    await page.keyboard.press("Escape")
    await page.keyboard.press("b")
    await expect(page.locator("#do-take")).to_be_visible()
    assert (await desk.talk(conversation)).holder == "bot"


async def test_two_operators_press_at_once(stage: Stage) -> None:
    desk = stage.desk
    conversation = await desk.waiting("b2", "два оператора")
    anna, igor = await stage.operator(), await stage.operator(desk.igor)
    both = asyncio.Barrier(2)

    async def together(route: Route) -> None:
        await both.wait()
        await route.continue_()

    for page in (anna, igor):
        await stage.open(page, conversation)
        await page.route("**/take", together)
    await asyncio.gather(anna.locator("#do-take").click(), igor.locator("#do-take").click())
    await expect(anna.locator("#do-take")).to_have_count(0)
    await expect(igor.locator("#do-take")).to_have_count(0)
    held = await desk.talk(conversation)
    winner, loser = (anna, igor) if held.operator_id == desk.anna.id else (igor, anna)
    name = "Анна Орлова" if winner is anna else "Igor Lee"
    await expect(winner.locator("#do-release")).to_be_visible()
    await expect(loser.locator("#held")).to_contain_text(name)
    await expect(loser.locator("#send")).to_be_disabled()
    await expect(loser.locator("#hint")).to_contain_text(name)


async def test_a_draft_survives_a_take_over_and_a_reload(stage: Stage) -> None:
    desk = stage.desk
    conversation = await desk.waiting("b3", "черновик")
    page = await stage.operator()
    await stage.open(page, conversation)
    await page.locator("#text").fill("Пишу длинный ответ")
    await expect(page.locator("#saved")).to_have_text("черновик сохранён")
    await desk.people.take(conversation, desk.igor)
    await expect(page.locator("#held")).to_contain_text("Igor Lee")
    await expect(page.locator("#text")).to_have_value("Пишу длинный ответ")
    await page.locator("#text").press("Control+Enter")
    await page.reload()
    await expect(page.locator("#text")).to_have_value("Пишу длинный ответ")
    assert await desk.said(conversation, "operator") == []


async def test_a_reply_refused_comes_back_as_a_draft(stage: Stage) -> None:
    desk = stage.desk
    conversation = await desk.waiting("b4", "отказ")
    page = await stage.operator()
    await stage.open(page, conversation)

    async def late(route: Route) -> None:
        await desk.people.take(conversation, desk.igor)
        await route.continue_()

    await page.route("**/say", late)
    await write(page, "мой ответ")
    await expect(page.locator("#text")).to_have_value("мой ответ")
    await expect(page.locator("#held")).to_contain_text("Igor Lee")
    await expect(page.locator(".later")).to_have_count(0)
    assert await desk.said(conversation, "operator") == []


async def test_what_is_written_offline_is_sent_in_order_and_once(stage: Stage) -> None:
    desk = stage.desk
    conversation = await desk.waiting("b5", "без сети")
    page = await stage.operator()
    await stage.open(page, conversation)
    await page.locator("#do-take").click()
    await expect(page.locator("#do-release")).to_be_visible()
    await page.context.set_offline(True)
    await expect(page.locator("#offline")).to_be_visible()
    written = [f"ответ {n}" for n in range(4)]
    for text in written:
        await write(page, text)
    await expect(page.locator(".later .bub")).to_have_text(written)
    await expect(page.locator(".later .st").first).to_contain_text("Ждёт сети")
    await desk.hear("b5", "пока вас не было")
    await page.context.set_offline(False)
    await expect(page.locator(".m-op .bub")).to_have_text(written)
    await expect(page.locator(".later")).to_have_count(0)
    await expect(page.locator("#offline")).to_be_hidden()
    await expect(page.get_by_text("пока вас не было", exact=True).locator("visible=true")).not_to_have_count(0)
    assert await desk.said(conversation, "operator") == written


async def test_an_answer_lost_on_the_way_back_is_not_doubled(stage: Stage) -> None:
    desk = stage.desk
    conversation = await desk.waiting("b6", "потерянное подтверждение")
    page = await stage.operator()
    await stage.open(page, conversation)
    await page.locator("#do-take").click()
    cuts = 0

    async def cut(route: Route) -> None:
        nonlocal cuts
        cuts += 1
        if cuts <= 2:
            await route.fetch()  # it is on disk, and the page never hears of it
            await route.abort()
        else:
            await route.continue_()

    await page.route("**/say", cut)
    await write(page, "один раз")
    await expect(page.locator(".m-op .bub")).to_have_text(["один раз"])
    await expect(page.locator(".later")).to_have_count(0)
    assert await desk.said(conversation, "operator") == ["один раз"]


async def test_a_message_that_waits_can_be_taken_back(stage: Stage) -> None:
    desk = stage.desk
    conversation = await desk.waiting("b7", "возьму назад")
    page = await stage.operator()
    await stage.open(page, conversation)
    await page.context.set_offline(True)
    await write(page, "лишнее")
    await page.get_by_role("button", name="Не отправлять").click()
    await expect(page.locator("#text")).to_have_value("лишнее")
    await page.locator("#text").fill("")
    await page.context.set_offline(False)
    await expect(page.locator("#offline")).to_be_hidden()
    assert await desk.said(conversation, "operator") == []


async def test_without_a_socket_the_log_is_polled(stage: Stage) -> None:
    desk = stage.desk
    conversation = await desk.waiting("b8", "нет сокета")
    page = await stage.operator()
    await page.route_web_socket("**/console/live**", lambda socket: socket.close())
    await page.goto(f"{desk.url}/console/c/{conversation}")
    await desk.hear("b8", "вижу ли я это")
    await expect(page.locator(".bub.cust").last).to_have_text("вижу ли я это", timeout=20_000)


async def test_nothing_is_missed_when_the_socket_is_cut_again_and_again(stage: Stage) -> None:
    desk = stage.desk
    conversation = await desk.waiting("b9", "обрывы")
    page = await stage.operator()
    await stage.open(page, conversation)
    written = [f"сообщение {n}" for n in range(12)]
    for n, text in enumerate(written):
        if n % 3 == 0:
            await page.context.set_offline(True)
        await desk.hear("b9", text)
        if n % 3 == 1:
            await page.context.set_offline(False)
    await expect(page.locator(".bub.cust").last).to_have_text(written[-1])
    shown = await page.locator(".bub.cust").all_text_contents()
    assert [text for text in shown if text in written] == written
    seqs = await page.locator("[data-seq]").evaluate_all("all => all.map(e => Number(e.dataset.seq))")
    assert seqs == sorted(set(seqs))
    assert seqs[-1] == (await desk.talk(conversation)).last_seq


async def test_typing_goes_both_ways_and_notes_are_silent(stage: Stage) -> None:
    desk = stage.desk
    conversation = await desk.waiting("b10", "кто пишет")
    page, other = await stage.operator(), await stage.operator(desk.igor)
    for each in (page, other):
        await stage.open(each, conversation)
    await page.locator("#do-take").click()
    await expect(page.locator("#do-release")).to_be_visible()
    with desk.intake.hub.subscribe("p:web:b10") as signals:
        await page.locator("#text").press_sequentially("за")
        signal = await asyncio.wait_for(signals.get(), 5)
        while signal["t"] != "typing":
            signal = await asyncio.wait_for(signals.get(), 5)
        assert (signal["who"], signal["on"]) == ("operator", True)
        await expect(other.locator("#collision")).to_contain_text("Анна Орлова")
        await page.locator("#tab-note").click()
        while not signals.empty():
            signals.get_nowait()
        await page.locator("#text").press_sequentially("тайна")
        await expect(page.locator("#saved")).to_have_text("черновик сохранён")
        assert all(s["t"] != "typing" or not s["on"] for s in [signals.get_nowait() for _ in range(signals.qsize())])
    desk.intake.hub.tell(f"o:{conversation}", {"t": "typing", "who": "customer", "on": True})
    await expect(page.locator("#typing")).to_have_text("Клиент пишет…")


async def test_the_list_does_not_move_under_the_pointer(stage: Stage) -> None:
    desk = stage.desk
    first = await desk.waiting("b11", "первый в списке")
    page = await stage.operator()
    row = page.locator(f'.it[data-id="{first}"]')
    await row.hover()
    before = await row.bounding_box()
    new = await desk.waiting("b12", "пришёл позже")
    await expect(page.locator(f'.it[data-id="{new}"]')).to_be_visible()
    await desk.people.resolve(first, desk.anna)
    await expect(row).to_have_class("it gone")
    assert await row.bounding_box() == before
    await page.locator("#talk").hover()
    await expect(row).to_have_count(0)
    await expect(page.locator(f'.it[data-id="{new}"]')).to_be_visible()


async def test_transfer_solve_and_templates_without_the_mouse(stage: Stage) -> None:
    desk = stage.desk
    conversation = await desk.waiting("b13", "с клавиатуры")
    page = await stage.operator()
    await page.goto(f"{desk.url}/console/c/{conversation}")
    await page.keyboard.press("a")
    await expect(page.locator("#do-transfer")).to_be_visible()
    await page.keyboard.press("r")
    await page.keyboard.press("/")
    await page.keyboard.type("Приветствие")
    await expect(page.locator(".picks li:visible")).to_have_count(1)
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.locator("#text")).to_have_value("Здравствуйте. Я прочитал переписку, повторять ничего не нужно.")
    await expect(page.locator("#text")).to_be_focused()
    await page.keyboard.press("Control+Enter")
    await expect(page.locator(".m-op .bub")).to_have_count(1)
    await page.keyboard.press("Escape")
    await page.keyboard.press("t")
    await expect(page.locator("#transfer")).to_be_visible()
    await expect(page.locator("#transfer").get_by_role("button", name="Отмена")).to_be_focused()
    await page.locator("#transfer").get_by_role("button", name="Расчёты и оплата").press("Enter")
    await expect(page.locator("#do-take")).to_be_visible()
    assert (await desk.talk(conversation)).queue == "billing"
    await page.keyboard.press("Escape")
    await page.keyboard.press("a")
    await expect(page.locator("#do-resolve")).to_be_visible()
    await page.keyboard.press("e")
    await page.locator("#resolve").get_by_role("button", name="Решено").press("Enter")
    await expect(page.locator(".sys").last).to_contain_text("Вопрос решён")
    await expect(page.locator("#resolve")).to_be_hidden()


async def test_keys_work_by_their_place_and_can_be_switched_off(stage: Stage) -> None:
    desk = stage.desk
    conversation = await desk.waiting("b14", "раскладка")
    page = await stage.operator()
    await page.goto(f"{desk.url}/console/c/{conversation}")
    await page.evaluate(
        "document.body.dispatchEvent(new KeyboardEvent('keydown', {code: 'Slash', key: ',', shiftKey: true, bubbles: true}))"
    )
    await expect(page.locator("#keys")).to_be_visible()
    await page.locator("#single-keys").uncheck()
    await page.keyboard.press("Escape")
    await page.keyboard.press("r")
    await expect(page.locator("#text")).not_to_be_focused()
    await page.keyboard.press("Control+k")
    await expect(page.locator("#find")).to_be_focused()


async def test_a_request_is_changed_beside_the_talk(stage: Stage) -> None:
    desk = stage.desk
    number, conversation = await desk.ticket("b15")
    await desk.store.save_customer(
        (await desk.talk(conversation)).customer_id, CustomerEdit({"name": "Марина Соколова"})
    )
    page = await stage.operator()
    await page.goto(f"{desk.url}/console/c/{conversation}")
    for name, value in (("state", "open"), ("priority", "urgent"), ("category", "billing/refund")):
        choice = page.locator(f"#{name}-{number}")
        await choice.focus()
        async with page.expect_response(
            lambda r, name=name: r.request.method == "POST" and name in (r.request.post_data or "")
        ):
            await choice.select_option(value)
    await page.locator("#text").focus()
    await expect(page.locator(f"#category-{number}")).to_have_value("billing/refund")
    ticket = await desk.store.ticket(number)
    assert ticket
    assert (ticket.state, ticket.priority, ticket.category) == ("open", "urgent", "billing/refund")
    await expect(page.locator(f"#priority-{number}")).to_have_value("urgent")


async def test_hostile_text_does_nothing(stage: Stage) -> None:
    desk = stage.desk
    conversation = await desk.waiting("b16", "<img src=x onerror=alert(1)><b>жирно</b>")
    page = await stage.operator()
    page.on("dialog", lambda dialog: stage.faults.append(dialog.message))
    await stage.open(page, conversation)
    await desk.hear("b16", "<script>alert(2)</script><iframe src='javascript:alert(3)'>")
    await expect(page.locator(".bub.cust").last).to_have_text(
        "<script>alert(2)</script><iframe src='javascript:alert(3)'>"
    )
    assert await page.locator(".lines img, .lines script, .lines iframe, .bub b").count() == 0


async def test_what_was_opened_is_no_longer_new(stage: Stage) -> None:
    desk = stage.desk
    conversation = await desk.waiting("b17", "вопрос")
    await desk.people.take(conversation, desk.anna)
    await desk.hear("b17", "и ещё вопрос")
    page = await stage.operator()
    row = page.locator(f'.it[data-id="{conversation}"]')
    await expect(row.locator(".count.new")).to_be_visible()
    other = await stage.operator(desk.igor)
    await other.goto(f"{desk.url}/console/c/{conversation}")
    await expect(other.locator(".bub.cust").last).to_have_text("и ещё вопрос")
    await stage.open(page, conversation)
    await page.locator("#talk").hover()
    await expect(row.locator(".count.new")).to_have_count(0)
    talk = await desk.talk(conversation)
    assert talk.seen_seq == talk.last_seq


async def test_a_long_conversation_is_shown_page_by_page(stage: Stage) -> None:
    desk = stage.desk
    conversation = await desk.waiting("b18", "длинный разговор")
    await desk.people.take(conversation, desk.anna)
    for n in range(205):
        await desk.hear("b18", f"строка {n}")
    page = await stage.operator()
    await page.goto(f"{desk.url}/console/c/{conversation}")
    await expect(page.locator("[data-seq]")).to_have_count(200)
    await page.locator(".earlier").click()
    last = (await desk.talk(conversation)).last_seq
    await expect(page.locator("[data-seq]")).to_have_count(last)
    await expect(page.locator(".earlier")).to_have_count(0)
    seqs = await page.locator("[data-seq]").evaluate_all("all => all.map(e => Number(e.dataset.seq))")
    assert seqs == list(range(1, last + 1))

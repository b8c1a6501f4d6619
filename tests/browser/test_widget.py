"""What a customer sees and does in the widget, in a real browser, under the strictest page policy."""

from __future__ import annotations

import math
import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from tests.browser.widget_server import PIXEL, SHOTS, STATES, WIDGET, Stage, reach, say, staged

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
SPOKEN = """() => { window.spoken = [];
  new MutationObserver(all => all.forEach(one => one.addedNodes.forEach(node => spoken.push(node.textContent))))
    .observe(document.querySelector('press-zero').shadowRoot.querySelector('[aria-live=polite]'), {childList: true}) }"""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def theatre() -> AsyncIterator[Stage]:
    async with staged() as stage:
        yield stage


@pytest_asyncio.fixture(loop_scope="module")
async def stage(theatre: Stage) -> AsyncIterator[Stage]:
    yield theatre
    breaches = [
        await page.evaluate("breaches")
        for context in theatre.contexts
        for page in context.pages
        if not page.is_closed()
    ]
    await theatre.clear()
    assert not any(breaches), breaches


async def texts(page: Page, selector: str = ".bub") -> list[str]:
    return await page.locator(selector).all_inner_texts()


async def test_nothing_is_asked_of_the_desk_before_the_first_click(stage: Stage) -> None:
    context, asked = await stage.context(), []
    context.on("request", lambda request: asked.append(request.url) if "/web/" in request.url else None)
    page = await stage.visit(context)
    await expect(page.get_by_role("button", name="Поддержка")).to_have_attribute("aria-expanded", "false")
    assert asked == []
    await page.get_by_role("button", name="Поддержка").click()
    await expect(page.locator(".bub")).to_have_text(["Здравствуйте. Что случилось?"])
    assert asked[0].endswith("/web/hello")


async def test_a_question_is_answered_and_shown_once(stage: Stage) -> None:
    page = await stage.opened()
    await say(page, "нет интернета")
    await expect(page.locator(".bub")).to_have_text(
        ["Здравствуйте. Что случилось?", "нет интернета", "Принято: нет интернета"]
    )
    await expect(page.locator(".st")).to_have_count(0)
    await expect(page.get_by_role("log", name="Переписка")).to_have_attribute("aria-live", "off")


async def test_the_page_and_the_language_are_passed(stage: Stage) -> None:
    page = await stage.visit(await stage.context(), **{"lang": "en", "page-address": "Лесная 5", "identity": "jwt"})
    await page.get_by_role("button", name="Support").click()
    await expect(page.locator(".bub")).to_have_text(["Hello. What happened?"])
    await say(page, "hi")
    await expect(page.locator(".bub")).to_have_count(3)
    hello, sent = [body for body in stage.desk.bodies if "page" in body]
    assert (hello["lang"], hello["identity"], hello["page"]) == ("en", "jwt", {"address": "Лесная 5"})
    assert sent["page"] == {"address": "Лесная 5"}
    assert len(sent["client_id"]) == 36


async def test_a_refused_identity_is_served_as_a_stranger(stage: Stage) -> None:
    page = await stage.visit(await stage.context(), identity="wrong", open="yes")
    await expect(page.locator(".bub")).to_have_count(1)


async def test_digits_press_the_live_options(stage: Stage) -> None:
    page = await stage.opened()
    await say(page, "menu")
    await expect(page.locator(".opt")).to_have_count(3)
    await page.keyboard.press("2")
    await expect(page.locator(".turn.mine .bub")).to_have_text(["menu", "Нет, не сохраняется"])
    await expect(page.locator(".comp .field")).to_have_value("")
    await expect(page.locator(".bub").last).to_have_text("Принято: no")
    await expect(page.locator(".opt.on")).to_have_text(re.compile("Нет, не сохраняется"))


async def test_a_number_typed_at_once_is_text(stage: Stage) -> None:
    page = await stage.opened()
    await say(page, "menu")
    await expect(page.locator(".opt")).to_have_count(3)
    await page.clock.install()
    await page.locator(".comp .field").press_sequentially("1234")
    await page.clock.run_for(2000)
    await expect(page.locator(".comp .field")).to_have_value("1234")
    assert stage.desk.said() == ["menu"]


async def test_digits_work_from_the_log_at_once(stage: Stage) -> None:
    page = await stage.opened()
    await say(page, "menu")
    await expect(page.locator(".opt")).to_have_count(3)
    await page.get_by_role("log").focus()
    await page.keyboard.press("1")
    await expect(page.locator(".turn.mine .bub").last).to_have_text("Да, спасибо")


async def test_a_digit_is_text_when_the_question_has_been_answered(stage: Stage) -> None:
    page = await stage.opened()
    await say(page, "menu")
    await expect(page.locator(".opt")).to_have_count(3)
    await say(page, "number?")
    await expect(page.locator(".bub").last).to_have_text("Сколько дней?")
    await page.clock.install()
    await page.locator(".comp .field").press_sequentially("2")
    await page.clock.run_for(2000)
    await expect(page.locator(".comp .field")).to_have_value("2")


async def test_zero_calls_a_person_and_the_card_leads_back(stage: Stage) -> None:
    page = await stage.opened()
    await page.locator(".comp .field").press_sequentially("0")
    await expect(page.get_by_role("heading", name="Перед вами 2 человека")).to_be_visible()
    await expect(page.locator(".wait")).to_contain_text("5 минут")
    await page.get_by_role("button", name="Оставить сообщение и не ждать").click()
    await expect(page.locator(".sys").last).to_have_text("Дальше отвечает бот (!note)")
    await page.get_by_role("button", name="Позвать человека").click()
    await page.get_by_role("button", name="Вернуться к боту").click()
    await expect(page.locator(".sys").last).to_have_text("Дальше отвечает бот (!bot)")


@pytest.mark.parametrize(
    ("lang", "place", "words"),
    [
        ("ru", 1, "Ваша очередь следующая"),
        ("ru", 2, "Перед вами 1 человек"),
        ("ru", 4, "Перед вами 3 человека"),
        ("ru", 6, "Перед вами 5 человек"),
        ("ru", 13, "Перед вами 12 человек"),
        ("ru", 23, "Перед вами 22 человека"),
        ("ru", None, "Ждём специалиста"),
        ("en", 2, "1 person is ahead of you"),
        ("en", 3, "2 people are ahead of you"),
    ],
)
async def test_the_place_in_the_queue_reads_well(stage: Stage, lang: str, place: int | None, words: str) -> None:
    page = await stage.opened(lang=lang)
    await stage.desk.turn(holder="queue", place=place, wait_min=1)
    await expect(page.get_by_role("heading", level=3)).to_have_text(words)
    await expect(page.locator(".wait")).to_contain_text({"ru": "1 минута", "en": "1 minute"}[lang])


async def test_a_person_answers_types_and_is_let_go(stage: Stage) -> None:
    page, desk = await stage.opened(), stage.desk
    await desk.turn(holder="person", operator="Анна Орлова")
    await expect(page.get_by_role("heading", name="Анна Орлова")).to_be_visible()
    await expect(page.locator(".person")).to_contain_text("С вами человек")
    await desk.push(desk.last, {"t": "typing", "who": "operator", "on": True})
    await expect(page.locator(".typing")).to_be_visible()
    await desk.say("Добрый вечер")
    await expect(page.locator(".typing")).to_have_count(0)
    await expect(page.locator(".bub.operator")).to_have_text("Добрый вечер")
    await page.locator(".comp .field").press_sequentially("до")
    await say(page, "до свидания")
    await expect(page.locator(".st")).to_have_text("Доставлено")
    assert {"t": "typing", "on": True} in desk.bodies
    await page.get_by_role("button", name="Завершить разговор").click()
    await expect(page.get_by_role("button", name="Позвать человека")).to_be_visible()


async def test_the_keyboard_is_enough(stage: Stage) -> None:
    page = await stage.visit(await stage.context())
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.locator(".comp .field")).to_be_focused()
    await page.keyboard.type("первая")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("вторая")
    await page.keyboard.press("Enter")
    await expect(page.locator(".turn.mine .bub")).to_have_text("первая\nвторая", use_inner_text=True)
    await expect(page.locator(".bub.bot").last).to_have_text("Принято: первая вторая")
    assert stage.desk.said() == ["первая\nвторая"]
    await page.get_by_role("button", name="Ещё").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name="English")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("button", name="Ещё")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.locator(".launch")).to_be_focused()
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_an_unfinished_word_of_an_input_method_is_not_sent(stage: Stage) -> None:
    page = await stage.opened()
    await page.locator(".comp .field").fill("にほ")
    await page.locator(".comp .field").evaluate(
        "el => el.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true, composed: true}))"
    )
    await page.locator(".comp .field").press("Enter")
    await expect(page.locator(".bub.bot")).to_have_count(2)
    assert stage.desk.said() == ["にほ"]


async def test_the_field_grows_to_six_lines_and_the_draft_is_kept(stage: Stage) -> None:
    page = await stage.opened()
    field = page.locator(".comp .field")
    heights = []
    for lines in (1, 3, 6, 12):
        await field.fill("\n".join("строка" for _ in range(lines)))
        heights.append((await field.bounding_box() or {"height": 0})["height"])
    assert heights[0] <= 46
    assert heights[0] < heights[1] < heights[2] == heights[3] <= 166
    await page.reload()
    await page.locator(".launch").click()
    await expect(page.locator(".comp .field")).to_have_value("\n".join("строка" for _ in range(12)))


async def test_each_new_message_is_spoken_once_and_history_never(stage: Stage) -> None:
    page, desk = await stage.opened(), stage.desk
    await page.evaluate(SPOKEN)
    await say(page, "menu")
    await expect(page.locator(".opt")).to_have_count(3)
    await desk.say("Здравствуйте", author="Анна")
    await desk.push(desk.last, {"t": "messages", "messages": desk.last.messages, "conversation": desk.last.talk})
    await desk.say("Второе", author="Анна")
    await expect(page.locator(".bub.operator")).to_have_count(2)
    spoken = await page.evaluate("spoken")
    assert [text for text in spoken if "Здравствуйте" in text] == ["Анна: Здравствуйте"]
    assert len(spoken) == 4
    assert spoken[1] == "Бот: Получилось?: 1 Да, спасибо: 2 Нет, не сохраняется: 3 Не могу войти в личный кабинет"
    await page.reload()
    await page.evaluate(SPOKEN)
    await page.locator(".launch").click()
    await expect(page.locator(".bub.operator")).to_have_count(2)
    assert await page.evaluate("spoken") == []


async def test_the_badge_counts_what_was_not_seen_and_leaves_the_title_alone(stage: Stage) -> None:
    page, desk = await stage.opened(), stage.desk
    await page.keyboard.press("Escape")
    await desk.say("раз", who="bot")
    await desk.say("два", who="bot")
    await expect(page.get_by_role("button", name="Поддержка, новых сообщений: 2")).to_be_visible()
    assert await page.title() == "Site"
    await page.reload()
    await expect(page.locator(".count")).to_have_text("2")
    async with page.expect_response("**/web/read"):
        await page.locator(".launch").click()
    await expect(page.locator(".count")).to_have_count(0)
    assert desk.last.talk["read_seq"] == desk.last.seq


async def test_what_people_write_stays_text(stage: Stage) -> None:
    page, desk = await stage.opened(), stage.desk
    bad = '<img src=x onerror="window.hurt=1"><script>window.hurt=1</script>javascript:alert(1)'
    await desk.turn(holder="person", operator=bad)
    await desk.say(
        bad, links=[{"title": bad, "url": "javascript:window.hurt=1"}, {"title": bad, "url": "data:text/html,x"}]
    )
    await desk.say(bad, who="bot", buttons=[{"label": bad, "payload": "x", "digit": "1"}], picture="javascript:1")
    await desk.turn(ticket={"number": bad, "state": bad, "due": bad, "link": "javascript:window.hurt=1"})
    await say(page, bad)
    await expect(page.locator(".bub")).to_have_text(["Здравствуйте. Что случилось?", bad, bad, bad])
    assert await page.evaluate("window.hurt") is None
    root = "document.querySelector('press-zero').shadowRoot"
    assert await page.evaluate(f"{root}.querySelectorAll('script, img, iframe').length") == 0
    links = await page.evaluate(f"[...{root}.querySelectorAll('a')].map(a => a.protocol)")
    assert links
    assert set(links) == {"http:"}


async def test_articles_and_addresses_open_in_a_new_tab_without_a_hand_on_us(stage: Stage) -> None:
    page, desk = await stage.opened(), stage.desk
    await say(page, "menu")
    await desk.say("Смотрите https://example.org/a?b=1. Там ответ", author="Анна")
    for link in (page.locator("a.art"), page.locator(".bub a")):
        await expect(link).to_have_attribute("target", "_blank")
        await expect(link).to_have_attribute("rel", re.compile("noopener"))
    await expect(page.locator(".bub a")).to_have_attribute("href", "https://example.org/a?b=1")
    await expect(page.locator("a.art")).to_have_attribute("href", re.compile("/kb/ru/wifi$"))


async def test_options_of_an_old_question_are_dashed_and_still_pressed(stage: Stage) -> None:
    page = await stage.opened()
    await say(page, "menu")
    await say(page, "menu")
    await expect(page.locator(".opt")).to_have_count(6)
    await expect(page.locator(".opt.old")).to_have_count(3)
    await page.locator(".opt.old").first.click()
    await expect(page.locator(".turn.mine .bub").last).to_have_text("Да, спасибо")
    await expect(page.locator(".bub").last).to_have_text("Принято: yes")


async def test_a_contact_is_asked_for_checked_and_kept(stage: Stage) -> None:
    page, desk = await stage.opened(), stage.desk
    await desk.turn(contact_wanted=True)
    field = page.get_by_label("Почта или телефон")
    await field.fill("не скажу")
    await page.get_by_role("button", name="Сохранить").click()
    await expect(field).to_have_attribute("aria-invalid", "true")
    await expect(field).to_be_focused()
    await desk.say("Пока пишете, ещё одно", who="bot")
    await expect(field).to_have_value("не скажу")
    await field.fill("+7 900 000-00-42")
    await page.get_by_role("button", name="Сохранить").click()
    await expect(field).to_have_count(0)
    assert desk.last.contact == "+7 900 000-00-42"


async def test_a_contact_can_be_skipped(stage: Stage) -> None:
    page, desk = await stage.opened(), stage.desk
    await desk.turn(contact_wanted=True)
    await page.get_by_role("button", name="Пропустить").click()
    await expect(page.locator(".ask")).to_have_count(0)
    await page.reload()
    await page.locator(".launch").click()
    await expect(page.locator(".bub")).to_have_count(1)
    await expect(page.locator(".ask")).to_have_count(0)


async def test_the_request_has_its_line_and_its_secret_link(stage: Stage) -> None:
    page = await stage.opened()
    await stage.desk.turn(ticket={"number": 4812, "state": "open", "due": "14:06", "link": "/r/secret"})
    line = page.get_by_role("link", name="Обращение № 4812")
    await expect(line).to_contain_text("в работе, ответим до 14:06")
    await expect(line).to_have_attribute("href", re.compile("/r/secret$"))


async def test_the_notice_of_what_is_kept(stage: Stage) -> None:
    page = await stage.opened()
    await expect(page.locator(".law")).to_contain_text("Переписка хранится год.")
    await expect(page.get_by_role("link", name="Как мы храним переписку")).to_have_attribute(
        "href", re.compile("/policy$")
    )


async def test_the_language_is_switched_live_and_remembered(stage: Stage) -> None:
    page, desk = await stage.opened(), stage.desk
    await page.get_by_role("button", name="Ещё").click()
    await page.get_by_role("button", name="English").click()
    await expect(page.get_by_role("button", name="Call a person")).to_be_visible()
    await expect(page.get_by_placeholder("Write your question")).to_be_focused()
    await expect(page.locator(".turn.mine .bub")).to_have_text("English")
    await page.reload()
    await page.get_by_role("button", name="Support").click()
    await expect(page.get_by_role("button", name="Call a person")).to_be_visible()
    assert desk.last.talk["lang"] == "en"


async def test_the_conversation_is_sent_to_its_owner(stage: Stage) -> None:
    page = await stage.opened()
    await page.get_by_role("button", name="Ещё").click()
    async with page.expect_download() as download:
        await page.get_by_role("button", name="Прислать мне разговор").click()
    assert (await download.value).suggested_filename == "conversation.json"


async def test_the_conversation_is_deleted_after_a_question_in_every_window(stage: Stage) -> None:
    page = await stage.opened()
    await say(page, "секрет")
    await expect(page.locator(".bub")).to_have_count(3)
    other = await stage.visit(page.context, lang="ru")
    await other.locator(".launch").click()
    await expect(other.locator(".bub")).to_have_count(3)
    await page.get_by_role("button", name="Ещё").click()
    await page.get_by_role("button", name="Удалить разговор").click()
    await expect(page.get_by_role("button", name="Оставить")).to_be_focused()
    await page.get_by_role("button", name="Удалить", exact=True).click()
    for window in (page, other):
        await expect(window.locator(".bub")).to_have_text(["Здравствуйте. Что случилось?"])
    assert "POST /web/forget" in stage.desk.calls
    await say(page, "заново")
    await expect(other.locator(".bub")).to_have_count(3)


async def test_start_again(stage: Stage) -> None:
    page = await stage.opened()
    await page.get_by_role("button", name="Ещё").click()
    await page.get_by_role("button", name="Сначала").click()
    await expect(page.locator(".bub").last).to_have_text("Принято: !restart")


async def choose(page: Page, name: str, kind: str, body: bytes) -> None:
    async with page.expect_file_chooser() as chooser:
        await page.get_by_role("button", name="Приложить файл").click()
    files: Any = [{"name": name, "mimeType": kind, "buffer": body}]
    await (await chooser.value).set_files(files)


async def test_a_picture_is_uploaded_and_shown(stage: Stage) -> None:
    page = await stage.opened()
    await choose(page, "скрин.png", "image/png", PIXEL)
    picture = page.get_by_role("img", name="скрин.png")
    await expect(picture).to_be_visible()
    assert await picture.evaluate("img => img.decode().then(() => img.naturalWidth)") == 1
    await choose(page, "договор.pdf", "application/pdf", b"%PDF")
    await expect(page.locator("a.art")).to_contain_text("договор.pdf")


async def test_a_wrong_file_is_refused_before_it_is_sent(stage: Stage) -> None:
    page = await stage.opened()
    await choose(page, "big.png", "image/png", b"0" * 1_100_000)
    await expect(page.locator(".bar")).to_contain_text("big.png")
    await choose(page, "tool.exe", "application/x-msdownload", b"MZ")
    await expect(page.locator(".bar")).to_contain_text("tool.exe")
    assert "POST /web/files" not in stage.desk.calls


async def test_a_pasted_picture_is_sent(stage: Stage) -> None:
    page = await stage.opened()
    await page.locator(".comp .field").evaluate(
        """el => { const data = new DataTransfer(); data.items.add(new File(['x'], 'paste.png', {type: 'image/png'}));
        el.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, composed: true, cancelable: true})) }"""
    )
    await expect(page.get_by_role("img", name="paste.png")).to_be_visible()


async def test_older_messages_come_when_scrolled_to(stage: Stage) -> None:
    page, desk = await stage.opened(), stage.desk
    for number in range(120):
        desk.last.add("bot", f"старое {number}")
    await page.reload()
    await page.locator(".launch").click()
    await expect(page.locator(".bub").last).to_have_text("старое 119")
    assert len(await texts(page)) == 50
    for count in (100, 121):
        await page.get_by_role("log").evaluate("log => { log.scrollTop = 0 }")
        await expect(page.locator(".bub")).to_have_count(count)
    assert (await texts(page))[1:] == [f"старое {number}" for number in range(120)]


async def test_the_reader_is_not_moved_by_what_comes(stage: Stage) -> None:
    page, desk = await stage.opened(height=600), stage.desk
    for number in range(20):
        await desk.say(f"строка {number}", who="bot")
    await expect(page.locator(".bub")).to_have_count(21)
    log = page.get_by_role("log")
    assert await log.evaluate("log => log.scrollHeight - log.scrollTop - log.clientHeight") < 2
    await log.evaluate("log => { log.scrollTop = 200 }")
    await desk.say("новое", who="bot")
    await page.get_by_role("button", name="Новое ниже").wait_for()
    assert await log.evaluate("log => log.scrollTop") == 200
    await page.get_by_role("button", name="Новое ниже").click()
    assert await log.evaluate("log => log.scrollHeight - log.scrollTop - log.clientHeight") < 2
    await expect(page.get_by_role("button", name="Новое ниже")).to_have_count(0)


@pytest.mark.parametrize(
    ("accent", "rgb", "ink"), [("#ffcc00", "255, 204, 0", "lch(0 0 0)"), ("#d4001a", "212, 0, 26", "lch(100 0 0)")]
)
async def test_a_desk_has_its_own_colour(stage: Stage, accent: str, rgb: str, ink: str) -> None:
    stage.desk.accent = accent
    page = await stage.opened()
    key = page.locator(".key.zero")
    assert await key.evaluate("el => getComputedStyle(el).backgroundColor") == f"rgb({rgb})"
    assert await key.evaluate("el => getComputedStyle(el).color") == ink


async def test_the_page_cannot_restyle_the_widget(stage: Stage) -> None:
    page = await stage.opened()
    await page.evaluate(
        """() => { const sheet = new CSSStyleSheet();
        sheet.replaceSync('* { font-size: 40px !important; color: red; display: block }');
        document.adoptedStyleSheets = [sheet] }"""
    )
    assert await page.locator(".bub").first.evaluate("el => getComputedStyle(el).fontSize") == "15px"


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_state_fits_and_offers_a_person(stage: Stage, width: int, lang: str, scheme: str) -> None:
    page = await stage.opened(lang=lang, width=width, height=568 if width == 320 else 800, scheme=scheme)
    for state in STATES:
        await reach(stage, page, state, lang)
        SHOTS.mkdir(parents=True, exist_ok=True)
        await page.screenshot(path=SHOTS / f"widget-{state}-{width}-{lang}-{scheme}.png")
        if state == "closed":
            continue
        assert await page.get_by_role("dialog").evaluate("el => el.scrollWidth <= el.clientWidth"), state
        await expect(page.locator(".wait, .person")).to_be_in_viewport(ratio=0.99)
        await expect(page.locator(".comp .field")).to_be_in_viewport(ratio=0.99)


def longer(match: re.Match[str]) -> str:
    """Every text of the widget's table, 30 % longer."""
    rows = [line.split("|") for line in match[1].split("\n")]
    grown = [[key, *(text + " " + text[: math.ceil(len(text) * 0.3)] for text in texts)] for key, *texts in rows]
    return "WORDS = `" + "\n".join("|".join(row) for row in grown) + "`"


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("lang", ["ru", "en"])
async def test_texts_a_third_longer_fit(stage: Stage, width: int, lang: str) -> None:
    source, count = re.subn(r"WORDS = `(.*?)`", longer, WIDGET.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert count == 1
    context = await stage.context(width=width, height=640)
    await context.route("**/widget.js", lambda route: route.fulfill(body=source, content_type="text/javascript"))
    page = await stage.visit(context, lang=lang)
    await page.locator(".launch").click()
    await page.locator(".bub").first.wait_for()
    for state in STATES:
        await reach(stage, page, state, lang)
        if state == "closed":
            continue
        wide = await page.get_by_role("dialog").evaluate(
            "el => [el, ...el.querySelectorAll('button:not(.sq, .st *), h2, h3, p:not(.st), .person, .log')]"
            ".filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.className + one.textContent)"
        )
        assert wide == [], state
        await expect(page.locator(".comp .field")).to_be_in_viewport(ratio=0.99)

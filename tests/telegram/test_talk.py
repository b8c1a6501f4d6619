"""A customer in Telegram, as they see it: over long polling, the real desk, and a double that keeps Telegram's limits."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from PIL import Image

from tests.running import until
from tests.telegram.stage import Stage, stage

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def talk(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    """One desk for all: everybody here is somebody else."""
    async with stage(tmp_path_factory.mktemp("talk")) as found:
        yield found


def picture(kind: str = "JPEG") -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (8, 8), "green").save(kept, kind)
    return kept.getvalue()


async def test_a_menu_a_phone_a_place_and_yes(talk: Stage) -> None:
    anna = talk.tg.person("Анна", lang="ru", phone="79261234567")
    await anna.start()
    await anna.sees("Добрый день! Спросите что-нибудь.")
    await anna.write("не работает линия")
    menu = await anna.sees("Что с линией?")
    assert [[b.text for b in row] for row in menu.rows] == [["Не работает", "Шумит"]]
    assert all(len(b.data.encode()) <= 64 for b in menu.buttons)

    press = await anna.press(menu, "Шумит")
    await anna.sees("Какой ваш номер?")
    await until(lambda: [b.text for b in menu.buttons] == ["✓ Шумит"])
    await until(lambda: anna.answered(press) is not None)
    assert anna.chat.keyboard[0][0] == {"text": "Отправить мой номер", "request_contact": True}

    other = talk.tg.person("Борис")
    await anna.send_contact("79000000000", of=other.user)
    await anna.sees("Это контакт другого человека")
    await anna.send_contact()
    await anna.sees("Где это?")
    assert anna.chat.keyboard[0][0] == {"text": "Отправить место на карте", "request_location": True}
    await anna.send_location(59.93, 30.31)
    asked = await anna.sees("Записать noisy, +79261234567, 59.930000, 30.310000?")
    await anna.press(asked, "Да")
    await anna.sees("Записано.")

    kept = [(m.who, m.text) for m in await talk.lines(anna)]
    assert ("customer", "Шумит") in kept
    assert ("customer", "+79261234567") in kept


async def test_presses_that_come_too_late_or_twice(talk: Stage) -> None:
    anna = talk.tg.person("Anna", lang="en")
    await anna.write("the line is dead")
    menu = await anna.sees("What about the line?")
    old = menu.buttons
    first = await anna.press_data(menu, old[0].data)
    second = await anna.press_data(menu, old[0].data)  # the second tap of a double one
    await anna.sees("What is your number?")
    await until(lambda: anna.answered(first) is not None and anna.answered(second) is not None)
    assert len(anna.chat.said) == 2

    pressed = talk.desk.running.bots.accounts["telegram"].line.inbox.presses._pressed
    pressed.clear()  # time goes by
    press = await anna.press_data(menu, old[1].data)
    stale = await anna.sees("That button is out of date.")
    await anna.sees(lambda m: m.id > stale.id and m.text == "What is your number?")
    await until(lambda: anna.answered(press) is not None)
    for data in ("-", "nonsense", "zzzzzz.0", old[0].data.partition(".")[0] + ".99", ""):
        pressed.clear()
        press = await anna.press_data(menu, data)
        await until(lambda p=press: anna.answered(p) is not None)
    # The mark needs no answer.
    await until(lambda: len([t for t in anna.chat.said if "out of date" in t]) == 1 + 4)


async def test_a_button_of_an_earlier_conversation_answers_nothing_now(talk: Stage) -> None:
    anna = talk.tg.person("Anna", lang="en")
    await anna.write("the line is dead")
    menu = await anna.sees("What about the line?")
    old = menu.buttons[0].data
    store = talk.desk.running.store
    (line,) = [m for m in await talk.lines(anna) if m.who == "customer"]
    await store.forget_conversation(line.conversation_id)  # over: what comes next is another conversation
    await anna.write("the line is dead")
    await anna.sees(lambda m: m.id > menu.id and m.buttons)
    await anna.press_data(menu, old)
    await anna.sees("That button is out of date.")


async def test_commands_and_links(talk: Stage) -> None:
    anna = talk.tg.person("Anna", lang="en")
    await anna.start("flow_line")
    await anna.sees("What about the line?")
    await anna.write("/lang")
    await anna.sees("Говорим по-русски.")
    await anna.write("/lang en")
    await anna.sees("We speak English now.")
    await anna.write("/my")
    await anna.sees("You have no open requests.")
    await anna.write("open a request")
    await anna.sees("What happened?")
    await anna.write("The router smokes")
    await anna.sees("The router smokes")
    await anna.write("/my@support_bot")
    mine = await anna.sees("Your open requests:")
    assert "https://desk.example/requests/" in mine.text
    assert "https://desk.example/requests/mine?code=" in mine.text
    assert "“Join”" in mine.text
    await anna.write("/menu")
    await anna.sees("Good day!")
    await anna.start("spring_sale")
    await until(lambda: anna.chat.said.count("Good day! Ask anything.") == 2)
    found, _ = await talk.desk.running.store.conversation("telegram", str(anna.id), talk.tg.world.now())
    assert found.page == {"start": "spring_sale"}
    await anna.start("flow_nothing_of_ours")
    await until(lambda: anna.chat.said.count("Good day! Ask anything.") == 3)
    await anna.write("/operator")
    queued = await anna.sees("Calling an operator")
    assert [b.text for b in queued.buttons] == ["Leave a message", "Back to the bot"]

    said = {c.params.get("language_code", ""): c.params["commands"] for c in talk.tg.journal.of("setMyCommands")}
    assert set(said) == {"", "ru", "en"}
    assert "Позвать человека" in [c["description"] for c in json.loads(said["ru"])]


async def test_files_with_captions_voice_and_albums(talk: Stage) -> None:
    anna = talk.tg.person("Анна", lang="ru")
    await anna.write("пришлю фото")
    await anna.sees("Пришлите фото.")
    await anna.send_photo(picture(), caption="вот он")
    await anna.sees("Фото получено.")
    await anna.send_voice(b"OggS\0\2" + bytes(64))
    await until(lambda: anna.chat.said.count("Фото получено.") == 2)
    await anna.send_document(b"\0\1\2\3", "virus.exe", kind="application/x-dosexec")
    await anna.sees("Такой файл принять не можем.")
    await anna.send_document(b"", "film.pdf", size=21 << 20, kind="application/pdf", caption="весь договор")
    await anna.sees("Файл слишком большой")
    await anna.album(picture(), picture(), caption="два снимка")
    await until(lambda: anna.chat.said.count("Фото получено.") >= 3)

    lines = [m for m in await talk.lines(anna) if m.who == "customer"]
    assert lines[1].text == "вот он"
    assert lines[1].body["file"]["type"] == "image/jpeg"
    assert lines[2].body["file"]["name"] == "voice.ogg"
    assert [m.text for m in lines[3:6]] == ["virus.exe", "film.pdf", "весь договор"]


async def test_a_caption_is_a_message(talk: Stage) -> None:
    anna = talk.tg.person("Anna", lang="en")
    await anna.send_photo(picture(), caption="the line is dead")
    await anna.sees("The file is kept")
    await anna.sees("What about the line?")
    boris = talk.tg.person("Boris", lang="en")
    await boris.send_document(b"\0\1", "virus.exe", kind="application/x-dosexec", caption="the line is dead")
    await boris.sees("We cannot take this file.")
    await boris.sees("What about the line?")


async def test_an_own_number_that_nobody_asked_for_is_kept(talk: Stage) -> None:
    anna = talk.tg.person("Anna", lang="en", phone="79261234567")
    await anna.send_contact()
    await anna.sees("the number is kept")
    await anna.write("the line is dead")
    await anna.sees("What about the line?")
    await anna.send_contact()
    await until(lambda: anna.chat.said.count("Thank you, the number is kept.") == 2)
    await until(lambda: anna.chat.said.count("What about the line?") == 2)
    assert not [t for t in anna.chat.said if "did not get" in t]


async def test_a_refused_press_gets_no_mark(talk: Stage) -> None:
    anna = talk.tg.person("Anna", lang="en")
    await anna.write("the line is dead")
    first = await anna.sees("What about the line?")
    await anna.write("It is noisy")
    await anna.sees("What is your number?")
    press = await anna.press(first, "It is dead")
    await anna.sees("That button is out of date.")
    await until(lambda: anna.answered(press) is not None and not first.buttons)


async def test_commands_in_capitals_and_a_code_in_the_wrong_place(talk: Stage) -> None:
    anna = talk.tg.person("Anna", lang="en")
    await anna.write("/MENU")
    await anna.sees("Good day!")
    desks = talk.desk.running.bots.accounts["telegram"].desks
    desks[-100] = desks.get  # a desk somewhere: codes mean something
    try:
        await anna.write("/Link SECRET-CODE")
        await anna.sees("in the operators' group")
    finally:
        del desks[-100]
    assert not [m for m in await talk.lines(anna) if "SECRET" in m.text]


async def test_a_file_that_does_not_come_is_asked_for_again(talk: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("presszero.channels.telegram.takes.PAUSES", (0.01, 0.01))
    anna = talk.tg.person("Anna", lang="en")
    talk.tg.faults.add("error", "getFile", status=502)
    await anna.send_photo(picture())
    await anna.sees("The file is kept")
    talk.tg.faults.add("drop", "file", times=9)
    await anna.send_photo(picture())
    await anna.sees("The file did not arrive.")


async def test_what_nobody_can_answer_gets_a_sentence_or_silence(talk: Stage) -> None:
    anna = talk.tg.person("Anna", lang="en")
    await anna.send_poll()
    await anna.sees("We cannot read this kind of message.")
    refused = anna.chat.last
    await anna.send_sticker(animated=True)
    await anna.sees(lambda m: m.id > refused.id)  # whatever the desk says to a smile
    here = {"message_id": 900, "date": 1, "chat": anna.chat.chat.raw(), "from": anna.user.raw()}
    tg = talk.tg
    for kind, what in [
        ("message", here | {"successful_payment": {"currency": "RUB", "total_amount": 1}}),
        ("message", here | {"story": {}}),
        ("message", here | {"pinned_message": here}),
        ("channel_post", here | {"text": "to all"}),
        ("message", {"message_id": 5}),
        ("message", {"message_id": "x", "chat": 5, "text": ["?"]}),
        ("message", here | {"text": None, "photo": []}),
        ("message", here | {"from": here["from"] | {"is_bot": True}, "text": "I am a bot"}),
        ("edited_message", here | {"text": "an edit of what nobody saw"}),
        ("a_kind_of_next_year", {"something": 1}),
        ("callback_query", {"id": "7", "from": anna.user.raw(), "data": "x"}),
        ("inline_query", {"id": "7", "from": anna.user.raw(), "query": "x", "offset": ""}),
    ]:
        tg.update(kind, what)
    await anna.write("thank you")
    await anna.sees("Glad to help.")
    assert [t for t in anna.chat.said if "bot" in t] == []
    assert anna.chat.said.count("We cannot read this kind of message. Put it in words or send a picture.") >= 3


async def test_a_group_is_left_politely_once(talk: Stage) -> None:
    anna = talk.tg.person("Anna", lang="en")
    group = talk.tg.group("Friends", anna)
    await group.add(talk.tg.bot, by=anna)
    left = lambda: [c for c in talk.tg.journal.of("leaveChat", 200) if int(c.params["chat_id"]) == group.id]  # noqa: E731
    await until(left)
    assert [m.text for m in group.messages if m.from_bot] == ["I do not answer in groups. Please write to me directly."]
    await group.add(talk.tg.bot, by=anna)
    await until(lambda: len(left()) == 2)
    assert len([m for m in group.messages if m.from_bot]) == 1


async def test_long_words_of_an_operator_come_in_parts_and_what_looks_like_html_stays_text(talk: Stage) -> None:
    anna = talk.tg.person("Анна", lang="ru")
    await anna.write("оператор")
    await anna.sees("Зову оператора.")
    running = talk.desk.running
    operator = await running.store.save_operator("vera", shown="Вера <b>", password="x")
    (first, *_) = await talk.lines(anna)
    text = "Первый абзац & <i>всё</i> 😀.\n\n" + "Ещё одно предложение. " * 300
    await running.people.say(first.conversation_id, operator, text, "c1")
    await anna.sees(lambda m: m.text.startswith("Вера <b>\nПервый абзац & <i>всё</i> 😀."))
    await until(lambda: sum("предложение" in t for t in anna.chat.said) >= 2)
    assert sum(t.count("предложение") for t in anna.chat.said) == 300
    assert anna.chat.said[-1].endswith("предложение.")
    joined = next(m for m in anna.chat.messages if "Разговор ведёт" in m.text)
    assert [e["type"] for e in joined.entities] == ["italic"]


async def test_who_blocks_the_bot_is_told_nothing_more(talk: Stage) -> None:
    anna = talk.tg.person("Anna", lang="en")
    await anna.write("operator")
    await anna.sees("Calling an operator")
    await anna.block()
    running = talk.desk.running
    operator = await running.store.save_operator("vera", shown="Vera", password="x")
    (first, *_) = await talk.lines(anna)
    await running.people.say(first.conversation_id, operator, "Are you there?", "c2")

    while not any(m.sent == "failed" for m in await talk.lines(anna)):  # noqa: ASYNC110 - bounded by the test's time
        await asyncio.sleep(0.02)
    assert "Are you there?" not in "".join(anna.chat.said)


async def test_an_operator_who_writes_is_seen_writing(talk: Stage) -> None:
    anna = talk.tg.person("Anna", lang="en")
    await anna.write("operator")
    await anna.sees("Calling an operator")
    typing = lambda: [c for c in talk.tg.journal.of("sendChatAction") if int(c.params["chat_id"]) == anna.id]  # noqa: E731
    talk.desk.running.intake.hub.tell("typing:telegram", {"t": "typing", "peer": str(anna.id), "on": True})
    await until(lambda: len(typing()) == 1)

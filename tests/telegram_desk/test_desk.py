"""One topic for each conversation that people answer: opened, filled, answered from, closed, opened again."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import date

import pytest
import pytest_asyncio

from presszero.console.sessions import login_link
from presszero.runtime.reviews import Due
from tests.running import until
from tests.telegram_desk.room import Room, room

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def desk(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Room]:
    """One desk for all: every test has customers and topics of its own."""
    async with room(tmp_path_factory.mktemp("desk")) as found:
        yield found


async def test_a_topic_is_opened_with_a_card_and_what_was_said(desk: Room) -> None:
    await desk.tg.person("Вера", lang="ru").write("привет")
    _, thread = await desk.waits("Борис", "привет", "оператор")
    assert not [t for t in desk.threads() if "Вера" in t.name]
    assert thread.icon == "❗"
    card = await thread.sees("Очередь: Забота")
    assert "Борис" in card.text
    assert "русский" in card.text
    assert "telegram" in card.text.lower()
    lines = await thread.sees("👤 Борис: оператор")
    assert "👤 Борис: привет" in lines.text


async def test_what_is_written_goes_both_ways(desk: Room) -> None:
    boris, thread = await desk.waits()
    await thread.write(desk.olga, "Здравствуйте, что случилось?")
    await boris.sees("Здравствуйте, что случилось?")
    await until(lambda: thread.icon == "💬")
    assert (await desk.talk(boris)).holder == "person"
    view = desk.desk.running.forum.view
    view.together, before = 60.0, view.together
    await boris.write("не работает")
    await boris.write("совсем")
    while "совсем" not in [m.text for m in await desk.store.history("telegram", str(boris.id), limit=9)]:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    view.together = before
    desk.desk.running.forum.mark((await desk.talk(boris)).id)
    lines = await thread.sees("не работает")
    assert lines.text == "👤 Борис: не работает\n👤 Борис: совсем"
    assert not [t for t in thread.texts if "Здравствуйте, что случилось" in t and "🎧" in t]
    desk_said = [m for m in await desk.store.messages((await desk.talk(boris)).id) if m.who == "operator"]
    assert [(m.text, m.author) for m in desk_said] == [("Здравствуйте, что случилось?", "Ольга П.")]


async def test_commands(desk: Room) -> None:
    boris, thread = await desk.waits()
    await thread.write(desk.olga, "/take")
    await boris.sees("Ольга П.")
    await thread.write(desk.olga, "/note проверить договор")
    await thread.write(desk.olga, "//и адрес")
    await thread.write(desk.olga, "/t restart")
    await boris.sees("Перезагрузите роутер.")
    await thread.write(desk.olga, "/t")
    await thread.sees("Шаблоны: restart")
    await thread.write(desk.olga, "/nonsense клиенту этого не надо")
    await thread.sees("/note текст")
    await thread.write(desk.olga, "/transfer")
    await thread.sees("Очереди: care, sales")
    talk = await desk.talk(boris)
    notes = [m.text for m in await desk.store.messages(talk.id, notes=True) if m.who == "note"]
    assert notes == ["проверить договор", "и адрес"]
    assert not [t for t in boris.chat.said if "договор" in t or "nonsense" in t]
    await thread.write(desk.olga, "/transfer sales")
    await thread.sees("Очередь: Продажи")
    await until(lambda: thread.icon == "❗")
    assert (await desk.talk(boris)).queue == "sales"
    await thread.write(desk.olga, "/bot")
    await thread.write(desk.olga, "/take")
    await thread.write(desk.olga, "/bot")
    await until(lambda: thread.icon == "🤖")
    assert (await desk.talk(boris)).holder == "bot"
    await thread.write(desk.olga, "/take")
    await thread.write(desk.olga, "/close")
    await until(lambda: thread.icon == "✅" and thread.topic.closed)


async def test_a_transfer_keeps_the_deadline_and_shows_the_new_head(desk: Room) -> None:
    boris, thread = await desk.waits()
    due = (await desk.talk(boris)).due_at
    await thread.write(desk.olga, "/TRANSFER Sales")
    card = await thread.sees("Очередь: Продажи")
    assert "ответить до" in card.text
    assert card.id > (await thread.sees("👤 Борис: оператор")).id
    talk = await desk.talk(boris)
    assert (talk.queue, talk.due_at) == ("sales", due)
    assert due > desk.desk.running.settings.clock.now()
    await thread.write(desk.olga, "Здравствуйте!")
    await boris.sees("Здравствуйте!")
    assert (await desk.talk(boris)).due_at is None
    await thread.write(desk.olga, "/transfer care")
    await until(lambda: [t for t in thread.texts if "Очередь: Забота" in t][1:])
    assert (await desk.talk(boris)).due_at > desk.desk.running.settings.clock.now()


async def test_what_was_nearly_a_note_never_leaves(desk: Room) -> None:
    boris, thread = await desk.waits()
    await thread.write(desk.olga, "/take")
    slips = [
        " \u200b/note один",
        "／note два",
        "\\note три",
        "\u2060//четыре",
        "/NOTE пять",
        "/ note шесть",
        "/note\nсемь",
    ]
    for text in slips:
        await thread.write(desk.olga, text)
    hidden = "Добрый день\n\u200b /note он уже звонил"
    for text in (hidden, "Да\r\n/nоte он уже звонил", "Да\n\\note он уже звонил"):
        await thread.write(desk.olga, text)
    await until(lambda: len([t for t in thread.texts if "похожа на заметку" in t]) == 3)
    sent = await thread.write(desk.olga, "Добрый день\nнаберите 192.168.0.1/admin")
    await boris.sees("192.168.0.1/admin")
    await thread.edit(sent, hidden)
    await until(lambda: len([t for t in thread.texts if "похожа на заметку" in t]) == 4)
    talk = await desk.talk(boris)
    notes = [m.text for m in await desk.store.messages(talk.id, notes=True) if m.who == "note"]
    assert notes == ["один", "два", "три", "четыре", "пять", "шесть", "семь"]
    assert not [t for t in boris.chat.said if "note" in t or "звонил" in t]


async def test_where_a_person_reads_the_bot_says_nothing(desk: Room) -> None:
    boris, thread = await desk.waits()
    await thread.write(desk.olga, "/take")
    await boris.sees("Ольга П.")
    said = len(boris.chat.said)
    await boris.send_poll("Кто придёт?")
    await boris.send_contact("79000000000", of=desk.boss.user)
    await thread.sees("[poll] Кто придёт?: 1, 2")
    await thread.sees("☎ Босс 79000000000")
    await boris.send_contact("79261234567")
    await thread.sees("+79261234567")
    assert len(boris.chat.said) == said


async def test_a_name_cannot_break_the_topic(desk: Room) -> None:
    eve, before = desk.tg.person("Ева\u202e\n\u200bклиент", lang="ru"), desk.threads()
    await eve.write("оператор")
    thread = await desk.opened(before)
    await thread.sees("👤 Ева клиент: оператор")
    assert thread.name.startswith("Ева клиент")


async def test_closing_the_topic_solves_and_writing_again_reopens(desk: Room) -> None:
    boris, thread = await desk.waits()
    await thread.write(desk.olga, "Готово.")
    await boris.sees("Готово.")
    first = (await desk.talk(boris)).id
    await thread.close(desk.olga)
    await until(lambda: thread.icon == "✅")
    await boris.write("нет, опять сломалось")
    again = await thread.sees("снова пишет")
    assert "нет, опять сломалось" in again.text
    await until(lambda: thread.icon == "🤖" and not thread.topic.closed)
    await boris.write("оператор")
    await until(lambda: thread.icon == "❗")
    assert (await desk.talk(boris)).id != first
    assert [t.id for t in desk.threads() if t.id >= thread.id] == [thread.id]
    await thread.write(desk.olga, "Смотрю.")
    await boris.sees("Смотрю.")


@pytest.mark.parametrize("says_deleted", [False, True])
async def test_a_deleted_topic_is_made_again_with_the_last_lines(desk: Room, says_deleted: bool) -> None:
    boris, thread = await desk.waits()
    await thread.write(desk.olga, "Слушаю.")
    await boris.sees("Слушаю.")
    await thread.delete(says_deleted=says_deleted)
    before = desk.threads()
    await boris.write("вы ещё тут?")
    new = await desk.opened(before)
    lines = await new.sees("вы ещё тут?")
    assert "🎧 Ольга П.: Слушаю." in lines.text
    await new.write(desk.olga, "Тут.")
    await boris.sees("Тут.")


async def test_a_topic_that_telegram_forgot_is_made_again(desk: Room) -> None:
    boris, thread = await desk.waits()
    thread.topic.lost = True
    before = desk.threads()
    await boris.write("ау")
    await (await desk.opened(before)).sees("ау")
    assert not [m for m in desk.forum.general if "ау" in m.text]


async def test_files_edits_and_replies(desk: Room) -> None:
    boris, thread = await desk.waits()
    wrote = await thread.write(desk.olga, "Пришлите фото")
    asked = await boris.sees("Пришлите фото")
    sent = await boris.send_document(b"a text", "акт.txt", "вот акт")
    file = await thread.sees(lambda m: m.kind == "document")
    assert "вот акт" in file.text
    assert desk.tg.world.files[file.raw["document"]["file_id"]].data == b"a text"
    await thread.edit(wrote, "Пришлите, пожалуйста, фото")
    await until(lambda: "пожалуйста" in asked.text)
    await boris.edit(sent, "вот подписанный акт")
    edited = await thread.sees("изменил сообщение")
    assert edited.reply_to == file.id
    assert "подписанный" in edited.text
    await boris.reply(asked, "другого нет")
    answer = await thread.sees("другого нет")
    assert answer.reply_to == wrote.id
    ours = await thread.send_file(desk.olga, b"from us", "ответ.txt", "держите")
    got = await boris.sees(lambda m: m.kind == "document")
    assert "держите" in got.text
    await thread.edit(ours, "держите акт")
    await until(lambda: "держите акт" in got.text)
    assert desk.tg.world.files[got.raw["document"]["file_id"]].data == b"from us"
    await thread.write(desk.olga, "про это", reply_to=file)
    assert (await boris.sees("про это")).reply_to == sent.id
    talk = await desk.talk(boris)
    said = (await desk.store.messages(talk.id))[-1]
    assert said.body["reply"]["text"].startswith("вот")


async def test_the_holder_rule_holds_and_the_console_is_seen(desk: Room) -> None:
    boris, thread = await desk.waits()
    igor = await desk.store.save_operator("igor", shown="Игорь", password="-")
    talk = await desk.talk(boris)
    await desk.desk.running.people.take(talk.id, igor)
    await thread.write(desk.olga, "а я тоже отвечу")
    await thread.sees("Разговор ведёт Игорь")
    assert "а я тоже отвечу" not in boris.chat.said
    await desk.desk.running.people.say(talk.id, igor, "Отвечаю из консоли", "c1")
    await thread.sees("🎧 Игорь: Отвечаю из консоли")
    await boris.sees("Отвечаю из консоли")


async def test_strangers_and_hidden_administrators_are_told_once(desk: Room) -> None:
    boris, thread = await desk.waits()
    boss = desk.colleague("Начальник")
    for text in ("кто тут?", "ответьте ему"):
        await thread.write(boss, text)
    await thread.sees("вас здесь ещё не знают")
    desk.forum.chat.members[boss.id].anonymous = True
    for text in ("а я начальник", "скройте"):
        await thread.write(boss, text)
    await thread.sees("Вы пишете анонимно")
    await thread.close(boss)
    await until(lambda: not thread.topic.closed)
    await thread.write(desk.olga, "Добрый день")
    await boris.sees("Добрый день")
    told = [t for t in thread.texts if "не знают" in t or "анонимно" in t]
    assert len(told) == 2
    assert not [t for t in boris.chat.said if "начальник" in t or "кто тут" in t]
    await desk.forum.write(boss, "болтовня в общей теме")


async def test_a_wrong_code_and_a_used_one(desk: Room) -> None:
    pavel = desk.colleague("Павел")
    await desk.forum.write(pavel, "/link AAAAA-BBBBB")
    await desk.forum.sees("Такого кода нет")
    second = await desk.store.save_operator("pavel", shown="Павел", password="-")
    await desk.link(pavel, second)
    await desk.forum.sees("Павел, теперь ваши сообщения")
    boris, thread = await desk.waits()
    await thread.write(pavel, "Это я")
    await boris.sees("Это я")


async def test_a_visitor_of_the_site_is_answered_from_a_topic(desk: Room) -> None:
    visitor, before = await desk.desk.visitor(lang="ru"), desk.threads()
    await visitor.say("оператор")
    thread = await desk.opened(before)
    await thread.sees("чат на сайте")
    await thread.write(desk.olga, "Здравствуйте, сайт")

    async def said() -> list[str]:
        return [m["text"] for m in await visitor.lines()]

    for _ in range(200):
        if "Здравствуйте, сайт" in await said():
            break
    assert "Здравствуйте, сайт" in await said()


async def test_the_customer_who_is_forgotten_goes_from_the_group_too(desk: Room) -> None:
    boris, thread = await desk.waits()
    await desk.desk.running.intake.forget((await desk.talk(boris)).id)
    await until(lambda: thread.id not in [t.id for t in desk.threads()])


async def test_the_console_gives_the_code(desk: Room) -> None:
    second = await desk.store.save_operator("boss", shown="Босс", password="-")
    http, url = desk.desk.http, desk.desk.url
    link = await login_link(desk.store, second, desk.desk.running.settings.clock.now(), url)
    asked = {"origin": url}
    signed = await http.post("/console/login/once", data={"token": link.rpartition("=")[2]}, headers=asked)
    cookie = signed.headers["set-cookie"].partition(";")[0]  # a secure one: kept by hand over http
    asked["cookie"] = cookie
    page = await http.post("/console/telegram", headers=asked)
    assert page.status_code == 200, page.text
    code = re.search(r"/link ([A-Z0-9]{5}-[A-Z0-9]{5})", page.text)
    assert code
    await desk.forum.write(desk.boss, f"/link {code[1]}")
    await desk.forum.sees("Босс, теперь ваши сообщения")


async def test_articles_to_be_read_again_stand_beside_the_topics(desk: Room) -> None:
    before = len(desk.threads())
    forum = desk.desk.running.forum
    assert forum is not None
    due = Due("Ольга", "Как сменить <пароль>", date(2027, 3, 1), "https://desk.example/kb/ru/password", "review:x")
    await forum.remind([due])
    seen = await desk.forum.sees("Пора перечитать статьи:")
    assert "Ольга\n• Как сменить <пароль>, до 01.03.2027" in seen.text
    assert len(desk.threads()) == before

"""Every question to the articles is kept: with what was shown, what came of it, and without personal data."""

from __future__ import annotations

from presszero.dialogue.knowledge import PATIENCE
from presszero.kb.gaps import DAY, MOST_A_DAY, gaps
from presszero.runtime.keeping import throw_away
from presszero.runtime.loop import _unaddressed, asked
from presszero.runtime.once import MOST_QUESTIONS, Once
from presszero.runtime.private import HIDDEN, private
from presszero.store.asked import NewQuestion
from presszero.store.base import CustomerEdit
from tests.console.room import Room

WIFI = "как сменить пароль от wi-fi"


async def test_a_question_is_kept_with_its_band_and_its_articles(desk: Room) -> None:
    await desk.hear("v1", WIFI)
    [kept] = await desk.store.questions(0)
    assert (kept.text, kept.lang, kept.place, kept.channel) == (WIFI, "ru", "chat", "web")
    assert kept.band == "answer"
    assert kept.shown[0] == "wifi-password"
    assert kept.chance > 0
    assert (kept.feedback, kept.handed_at) == ("", None)


async def test_what_the_customer_says_of_it_stands_beside_it(desk: Room) -> None:
    await desk.hear("v1", WIFI)
    await desk.hear("v1", "да")
    await desk.hear("v2", WIFI)
    await desk.hear("v2", "нет")
    assert [q.feedback for q in await desk.store.questions(0)] == ["no", "yes"]


async def test_who_asks_for_a_person_was_not_helped(desk: Room) -> None:
    await desk.hear("v1", WIFI)
    desk.clock.at += 3600
    await desk.hear("v1", "оператор")
    await desk.hear("v2", WIFI)
    desk.clock.at += PATIENCE + 1
    await desk.hear("v2", "оператор")
    late, handed = await desk.store.questions(0)
    assert handed.handed_at == handed.at + 3600
    assert late.handed_at is None


async def test_another_conversation_of_the_same_customer_counts(desk: Room) -> None:
    taken = await desk.hear("v1", WIFI)
    await desk.intake.forget(taken.conversation.id)
    assert await desk.store.questions(0) == []
    taken = await desk.hear("v1", WIFI)
    await desk.hear("v2", WIFI)
    desk.clock.at += 2 * 86400
    again = await desk.hear("v1", "оператор")
    assert again.conversation.id != taken.conversation.id
    assert [bool(q.handed_at) for q in await desk.store.questions(0)] == [False, True]


async def test_personal_data_is_not_kept(desk: Room) -> None:
    taken = await desk.hear("v1", "привет")
    facts = {"name": "Мария Кротова", "contract": "СС-4471"}
    await desk.store.save_customer(taken.conversation.customer_id, CustomerEdit(facts, {}, ()))
    said = "Кротовой Марии не пришёл счёт за договор СС-4471, звоните +7 900 123-45-67 или masha@example.com, карта 4242 4242 4242 4242"
    await desk.hear("v1", said)
    kept = (await desk.store.questions(0))[0]
    for part in ("Крот", "Мари", "4471", "900", "123", "example", "4242"):
        assert part not in kept.text + kept.searched, part
    assert "счёт" in kept.text


def test_what_is_hidden_and_what_stays() -> None:
    assert private("меня зовут Пётр Иванов, роутер молчит") == f"меня зовут {HIDDEN}, роутер молчит"
    assert private("my name is Peter Brown and it rains").startswith(f"my name is {HIDDEN}")
    assert private("квитанция 1234567") == f"квитанция {HIDDEN}"
    assert private("ошибка 651 на 2 этаже") == "ошибка 651 на 2 этаже"
    assert private("ул. Лесная, д. 5, кв. 7 нет сети") == f"{HIDDEN} нет сети"
    assert private("пишите @someone_here") == f"пишите {HIDDEN}"
    assert len(private("слово " * 1000)) <= 500


async def test_the_portals_questions_are_kept_and_forgotten_in_time(desk: Room) -> None:
    now = desk.clock.now()
    await desk.store.ask(NewQuestion("как платить", "ru", "none"), now - 40 * 86400)
    await desk.store.ask(NewQuestion("how to pay", "en", "suggest", ("payment",)), now)
    assert [q.place for q in await desk.store.questions(0)] == ["portal", "portal"]
    await throw_away(desk.intake, 30, lambda _: None)
    [left] = await desk.store.questions(0)
    assert left.text == "how to pay"


async def test_what_people_answered_is_found(desk: Room) -> None:
    number = await desk.waiting("v1", "почему моргает красная лампочка на коробке")
    await desk.people.say(number, desk.anna, "Красная лампочка значит обрыв линии: проверьте кабель.", "c1")
    asked = [q.id for q in await desk.store.questions(0)]
    [reply] = await desk.store.replies(asked)
    assert reply.text.startswith("Красная лампочка")
    assert await desk.store.replies([]) == []


async def test_none_of_these_is_no_help(desk: Room) -> None:
    taken = await desk.hear("v1", "пароль")
    [kept] = await desk.store.questions(0)
    assert kept.band == "suggest"
    offer = taken.state.offer
    assert offer
    assert [c.value for c in offer.choices][-1] == "?none"
    await desk.hear("v1", str(len(offer.choices)))
    [kept] = await desk.store.questions(0)
    assert kept.feedback == "no"


async def test_an_address_asks_the_portal_the_same_once_a_day(desk: Room) -> None:
    once, now = Once(), desk.clock.now()
    first = await once.keep(desk.store, NewQuestion("как платить картой", "ru", "none"), now, "a")
    for text in ("как платить картой", "Как платить картой?", "картой платить как"):
        assert await once.keep(desk.store, NewQuestion(text, "ru", "none"), now, "a") == first
    assert await once.keep(desk.store, NewQuestion("как платить картой", "ru", "none"), now, "b") != first
    assert await once.keep(desk.store, NewQuestion("где вы находитесь", "ru", "none"), now, "a") != first
    assert await once.keep(desk.store, NewQuestion("как платить картой", "ru", "none"), now + DAY, "a") != first
    assert len(await desk.store.questions(0)) == 4
    for n in range(MOST_QUESTIONS + 20):
        await once.keep(desk.store, NewQuestion(f"слово{n} иное{n}", "ru", "none"), now, "flood")
    kept = await desk.store.questions(0)
    assert len(kept) == 4 + MOST_QUESTIONS
    assert sum(bool(each.text) for each in kept) == 4 + MOST_A_DAY
    assert len(gaps(asked(kept), now)) == 3 + MOST_A_DAY - 1
    for _ in range(5):
        await once.count(desk.store, "opened:x", now, "a")
    await once.count(desk.store, "opened:x", now, "b")
    assert (await desk.store.counts(now - DAY))["opened:x"] == 2


async def test_the_portals_search_counts_an_address_once(desk: Room) -> None:
    client = desk.client()
    for _ in range(4):
        assert (await client.get("/kb/ru/search?q=приостановить тариф на лето")).status_code == 200
        assert (await client.get("/kb/ru/how-to-pay")).status_code == 200
    [kept] = await desk.store.questions(0)
    assert kept.place == "portal"
    assert (await desk.store.counts(0))["opened:how-to-pay"] == 1


def test_a_draft_is_not_addressed_to_anybody() -> None:
    said = "Здравствуйте, Иван Петрович! Перезагрузите роутер.\nС уважением, Анна"
    assert _unaddressed("\n".join(map(private, said.splitlines()))) == "Перезагрузите роутер."
    assert _unaddressed(private("Hello John, please restart it. Best regards, Kate")) == "Please restart it."
    assert _unaddressed("Best price is 5") == "Best price is 5"

"""The request form: articles first, the chat's own questions, a file, and nothing for robots. My requests."""

from __future__ import annotations

import html
import re
import time
from io import BytesIO
from typing import Any

import jwt
from PIL import Image

from presszero.kb.gaps import gaps
from presszero.runtime.fields import fields
from presszero.runtime.loop import asked, best_replies
from presszero.store.asked import NewQuestion
from tests.console.room import Room
from tests.portal.conftest import SITE

OWN = {"origin": "http://desk.test"}


def picture() -> bytes:
    kept = BytesIO()
    Image.new("RGB", (4, 4)).save(kept, "PNG")
    return kept.getvalue()


def filled(**more: str) -> dict[str, str]:
    return {"lang": "ru", "text": "Третий день рвётся кабель у подъезда", "contact": "a@b.ru", **more}


async def sent(desk: Room, data: dict[str, str], **more: Any) -> Any:
    return await desk.client().post("/requests/send", data=data, headers=OWN, **more)


async def test_articles_come_first_and_may_do(desk: Room) -> None:
    client = desk.client()
    assert 'name="text"' in (await client.get("/requests/new?lang=ru")).text
    said = {"lang": "ru", "text": "как сменить пароль от wi-fi"}
    page = (await client.post("/requests/new", data=said, headers=OWN)).text
    assert "/kb/ru/wifi-password" in page
    assert "Помогло, заявка не нужна" in page
    assert 'action="/requests/send"' in page
    question = re.search(r'name="question" value="(\d+)"', page)
    assert question
    said = {"lang": "ru", "article": "wifi-password", "question": question[1]}
    done = await client.post("/requests/helped", data=said, headers=OWN)
    assert done.headers["location"].startswith("/kb/ru/wifi-password?said=yes")
    [kept] = await desk.store.questions(0)
    assert (kept.feedback, kept.handed_at) == ("yes", None)
    for _ in range(5):
        assert (await client.post("/requests/helped", data=said, headers=OWN)).status_code == 303
    assert (await desk.store.counts(0))["helped:wifi-password"] == 1


async def test_nobody_says_for_another_that_it_helped(desk: Room) -> None:
    number = await desk.store.ask(NewQuestion("как платить", "ru", "suggest", ("how-to-pay",)), desk.clock.now())
    said = {"lang": "ru", "article": "wifi-password", "question": str(number)}
    assert (await desk.client().post("/requests/helped", data=said, headers=OWN)).status_code == 303
    [kept] = await desk.store.questions(0)
    assert kept.feedback == ""


async def test_a_request_with_a_file_is_opened(desk: Room) -> None:
    client = desk.client()
    page = (await client.post("/requests/new", data=filled(), headers=OWN)).text
    question = re.search(r'name="question" value="(\d+)"', page)
    assert question
    answer = await sent(desk, filled(question=question[1]), files={"file": ("кабель.png", picture(), "image/png")})
    assert answer.status_code == 303, answer.text
    assert "said=new" in answer.headers["location"]
    shown = (await client.get(answer.headers["location"])).text
    assert "Третий день рвётся кабель" in shown
    link = re.search(r'<a href="([^"]+)"[^>]*>кабель.png</a>', shown)
    assert link
    way = html.unescape(link[1])
    assert (await client.get(way)).headers["content-type"] == "image/png"
    assert (await client.get(way.replace("key=", "key=x"))).status_code == 404
    assert (await client.get(re.sub(r"files/[^?]+", f"files/{'a' * 22}", way))).status_code == 404
    [ticket] = await desk.store.tickets()
    assert ticket.contact == "a@b.ru"
    assert ticket.reply_due
    [kept] = await desk.store.questions(0)
    assert kept.handed_at == desk.clock.now()
    assert (await desk.store.files(ticket.conversation_id)) != []


async def test_what_an_operator_answers_to_a_request_may_become_a_draft(desk: Room) -> None:
    client = desk.client()
    numbers = []
    for text in ("Третий день рвётся кабель у подъезда", "Провалилась крышка люка"):
        page = (await client.post("/requests/new", data=filled(text=text), headers=OWN)).text
        numbers.append(re.findall(r'name="question" value="(\d+)"', page)[0])
    mine, other = numbers
    assert (await sent(desk, filled(question=mine))).status_code == 303
    await desk.store.ask(NewQuestion("чужой вопрос", "ru", "none"), desk.clock.now())  # of another address
    [stranger] = [str(q.id) for q in await desk.store.questions(0) if q.text == "чужой вопрос"]
    assert (await sent(desk, filled(question=stranger))).status_code == 303
    answer = "Кабель у подъезда меняет монтажник: бригада приезжает в течение суток, звонить не нужно."
    for ticket in await desk.store.tickets():
        await desk.people.say(ticket.conversation_id, desk.anna, answer, f"c{ticket.number}")
    found = gaps(asked(await desk.store.questions(0)), desk.clock.now())
    replies = {gap.ids: await best_replies(desk.store, gap) for gap in found}
    assert replies[int(mine),] == [answer]
    assert not replies[int(other),]
    assert not replies[int(stranger),]


async def test_what_was_typed_is_shown_as_it_was_typed(desk: Room) -> None:
    body = {"file": ('a"<img src=x>\u202e.png', picture(), "image/png")}
    answer = await sent(desk, filled(text="Не грузит \u202egnp.exe\u202c третий \x07день"), files=body)
    shown = (await desk.client().get(answer.headers["location"])).text
    assert "Не грузит gnp.exe третий день" in shown
    assert "a&#34;&lt;img src=x&gt;_.png" in shown
    assert not re.search("[\x07\u202a-\u202e]", shown)


async def test_the_fields_are_those_of_the_chat(desk: Room) -> None:
    flows = desk.intake.content.flows
    having = {c: fields(flows, c) for c in desk.intake.content.handoff.categories if fields(flows, c)}
    assert having
    category, own = next((c, f) for c, f in having.items() if any(x.slot.type in {"phone", "digits"} for x in f))
    page = (await desk.client().post("/requests/new", data=filled(category=category), headers=OWN)).text
    for each in own:
        assert f'name="f-{each.name}"' in page
        assert each.label.render("ru", {})[:20] in page
    typed = next(x for x in own if x.slot.type in {"phone", "digits"})
    answer = await sent(desk, filled(category=category, **{f"f-{typed.name}": "абв"}))
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    value = "+79001234567" if typed.slot.type == "phone" else "12345678"
    answer = await sent(desk, filled(category=category, **{f"f-{typed.name}": value}))
    assert answer.status_code == 303, answer.text
    [ticket] = await desk.store.tickets()
    assert ticket.category == category
    assert ticket.fields[typed.name].lstrip("+").isdigit()


async def test_what_is_missing_is_said_and_what_was_typed_stays(desk: Room) -> None:
    answer = await sent(desk, {"lang": "ru", "text": "я", "contact": "нет"})
    assert answer.status_code == 422
    assert "Напишите, что случилось." in answer.text
    assert 'value="нет"' in answer.text
    assert await desk.store.tickets() == []
    begun = await desk.client().post("/requests/new", data={"lang": "en", "text": " "}, headers=OWN)
    assert begun.status_code == 422
    assert "Tell us what happened." in begun.text


async def test_a_long_text_is_said_to_be_long_and_stays_whole(desk: Room) -> None:
    client, long = desk.client(), "щ" * 10_000
    for path, data in (("/requests/new", {"lang": "ru", "text": long}), ("/requests/send", filled(text=long))):
        answer = await client.post(path, data=data, headers=OWN)
        assert answer.status_code == 422, path
        assert "Слишком длинно: знаков 10000, помещается не больше 4000." in answer.text
        assert f">{long}</textarea>" in answer.text
    assert "maxlength" not in answer.text[answer.text.index("<textarea") : answer.text.index("</textarea>")]
    assert await desk.store.tickets() == []
    whole = "щ" * 4000
    way = (await sent(desk, filled(text=whole))).headers["location"]
    [ticket] = await desk.store.tickets()
    [kept] = [m for m in await desk.store.messages(ticket.conversation_id) if m.who == "customer"]
    assert kept.text == whole
    answer = await client.post(
        f"/requests/{ticket.number}", data={"key": ticket.secret, "text": long, "lang": "ru"}, headers=OWN
    )
    assert answer.status_code == 422
    assert f">{long}</textarea>" in answer.text
    assert "Слишком длинно" in answer.text
    assert len(await desk.store.messages(ticket.conversation_id)) == 1
    assert (await client.get(way)).status_code == 200


async def test_the_topic_that_was_guessed_can_be_seen_and_changed(desk: Room) -> None:
    client, categories = desk.client(), desk.intake.content.handoff.categories
    flows = desk.intake.content.flows
    other = next(c for c in categories if fields(flows, c))
    page = (await client.post("/requests/new", data=filled(text="хочу переехать на другой адрес"), headers=OWN)).text
    assert page.count('name="category"') == 1
    assert '<select class="field" id="category" name="category">' in page
    assert 'formaction="/requests/new"' in page
    question = re.search(r'name="question" value="(\d+)"', page)
    assert question
    again = filled(category=other, question=question[1], again="yes")
    page = (await client.post("/requests/new", data=again, headers=OWN)).text
    assert f'<option value="{other}" selected>' in page
    assert f'name="f-{fields(flows, other)[0].name}"' in page
    assert f'name="question" value="{question[1]}"' in page
    assert 'value="a@b.ru"' in page
    assert len(await desk.store.questions(0)) == 1  # not asked twice
    page = (await client.post("/requests/new", data=filled(again="yes"), headers=OWN)).text
    assert " selected>" not in page  # who does not know is not guessed for again


async def test_a_file_of_another_kind_is_refused_and_nothing_is_opened(desk: Room) -> None:
    for name, data in (("a.svg", b"<svg onload=alert(1)>"), ("a.png", b"not a picture"), ("a.exe", b"MZ" * 40)):
        answer = await sent(desk, filled(), files={"file": (name, data, "image/png")})
        assert answer.status_code == 422, name
        assert "Файл не подходит" in answer.text
    large = await sent(desk, filled(), files={"file": ("a.png", b"x" * 3_000_000, "image/png")})
    assert large.status_code == 413
    assert "Файл слишком большой" in large.text
    assert "Третий день рвётся кабель у подъезда</textarea>" in large.text
    assert 'value="a@b.ru"' in large.text
    assert large.text.index('name="contact"') < large.text.index('type="file"')  # what is typed is sent before it
    cut = {**OWN, "content-type": "multipart/form-data; boundary=x"}
    for body in (b"", b"--x", b"no form at all"):
        answer = await desk.client().post("/requests/send", content=body + b"y" * 3_000_000, headers=cut)
        assert answer.status_code == 413
        assert 'name="text"' in answer.text
    assert await desk.store.tickets() == []


async def test_robots_other_sites_and_floods_open_nothing(desk: Room) -> None:
    trapped = await sent(desk, filled(website="http://spam.example"))
    assert trapped.status_code == 303
    assert await desk.store.tickets() == []
    foreign = await desk.client().post("/requests/send", data=filled(), headers={"origin": "https://evil.test"})
    assert foreign.status_code == 403
    answers = [await sent(desk, filled()) for _ in range(9)]
    assert [a.status_code for a in answers] == [303] * 6 + [429] * 3
    assert "Слишком много заявок подряд." in answers[-1].text
    assert "Третий день рвётся кабель у подъезда</textarea>" in answers[-1].text
    assert answers[-1].headers["retry-after"].isdecimal()


async def test_whom_the_site_vouches_for_sees_their_own_requests(desk: Room) -> None:
    token = jwt.encode({"sub": "42", "exp": int(time.time()) + 600, "name": "Мария"}, SITE, "HS256")
    other = jwt.encode({"sub": "43", "exp": int(time.time()) + 600}, SITE, "HS256")
    assert (await sent(desk, filled(identity=token, contact=""))).status_code == 303
    assert (await sent(desk, filled(text="Чужая заявка о другом"))).status_code == 303
    client = desk.client()
    page = (await client.get(f"/requests/mine?lang=ru&identity={token}")).text
    assert "Третий день рвётся кабель" in page
    assert "Чужая" not in page
    link = re.search(r'href="(/requests/\d+\?key=[^"]+)"', page)
    assert link
    assert (await client.get(link[1].replace("&amp;", "&"))).status_code == 200
    assert "Заявок нет." in (await client.get(f"/requests/mine?lang=ru&identity={other}")).text
    assert "своя ссылка" in (await client.get("/requests/mine?lang=ru")).text
    assert (await client.get("/requests/mine?identity=forged")).status_code == 401
    posted = await client.post("/requests/mine", data={"lang": "en", "identity": token}, headers=OWN)
    assert "My requests" in posted.text


async def test_a_card_number_is_not_kept(desk: Room) -> None:
    assert (await sent(desk, filled(text="С карты 4242 4242 4242 4242 списали дважды"))).status_code == 303
    [ticket] = await desk.store.tickets()
    assert "4242 4242 4242" not in ticket.title
    lines = await desk.store.messages(ticket.conversation_id)
    assert all("4242 4242 4242" not in m.text for m in lines)

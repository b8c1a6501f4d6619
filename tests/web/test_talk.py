"""A visitor and the bot over the wire: hello, messages once, history, marks, contact, forgetting, taking along."""

from __future__ import annotations

import asyncio

import pytest

from tests.running import Here, Visitor


async def test_a_greeting_and_the_desk(desk: Here) -> None:
    hello = (await desk.visitor(lang="ru")).hello
    assert hello["desk"]["name"] == {"ru": "Пробный стол", "en": "Test desk"}
    assert hello["desk"]["lang"] == "ru"
    assert hello["conversation"]["holder"] == "bot"
    assert [m["who"] for m in hello["messages"]] == ["bot"]
    assert hello["seq"] == hello["messages"][-1]["seq"]


async def test_who_comes_back_finds_the_conversation(desk: Here) -> None:
    first = await desk.visitor()
    await first.say("start counting")
    before = await first.lines()
    again = await desk.visitor(token=first.token)
    assert again.hello["conversation"]["id"] == first.hello["conversation"]["id"]
    assert again.hello["messages"] == before
    assert len(await again.lines()) == len(before), "a second hello says nothing"


@pytest.mark.parametrize("lang", ["ru", "en"])
async def test_both_languages(desk: Here, lang: str) -> None:
    visitor = await desk.visitor(lang=lang)
    start, asked, got = {
        "ru": ("начать счёт", "Какое число?", "Принято: 17."),
        "en": ("start counting", "Which number?", "Got 17."),
    }[lang]
    assert await visitor.said(start) == [asked]
    assert await visitor.said("17") == [got, asked]


async def test_the_same_id_is_one_message_with_the_same_answer(desk: Here) -> None:
    visitor = await desk.visitor()
    await visitor.say("start counting")
    body = {"client_id": "once", "text": "17"}
    first = await visitor.post("/web/messages", body)
    before = desk.rows
    for _ in range(3):
        again = await visitor.post("/web/messages", body)
        assert again.status_code == 200
        assert again.json() == first.json()
    assert desk.rows == before


async def test_the_same_id_with_another_text_is_still_the_first(desk: Here) -> None:
    visitor = await desk.visitor()
    await visitor.say("start counting")
    first = await visitor.post("/web/messages", {"client_id": "once", "text": "17"})
    other = await visitor.post("/web/messages", {"client_id": "once", "text": "18"})
    assert other.json() == first.json()


async def test_copies_sent_at_once_are_one_message(desk: Here) -> None:
    visitor = await desk.visitor()
    await visitor.say("start counting")
    body = {"client_id": "once", "text": "17"}
    answers = await asyncio.gather(*(visitor.post("/web/messages", body) for _ in range(8)))
    assert {a.status_code for a in answers} == {200}
    assert len({a.content for a in answers}) == 1
    assert [m["text"] for m in await visitor.lines() if m["who"] == "customer"] == ["start counting", "17"]


async def test_a_message_that_ended_the_talk_has_the_same_answer_again(desk: Here) -> None:
    visitor = await desk.visitor()
    await visitor.say(payload="!operator", label="A person")
    body = {"client_id": "bye", "payload": "!end"}
    first = await visitor.post("/web/messages", body)
    before = desk.rows
    again = await visitor.post("/web/messages", body)
    assert again.json()["messages"] == first.json()["messages"]
    assert desk.rows == before


async def test_what_is_sent_at_once_is_answered_one_by_one(desk: Here) -> None:
    visitor = await desk.visitor()
    await visitor.say("start counting")
    numbers = [str(n) for n in range(100, 120)]
    await asyncio.gather(*(visitor.post("/web/messages", {"client_id": n, "text": n}) for n in numbers))
    said = [m["text"] for m in await visitor.lines(after=1)][2:]
    assert said[1::3] == [f"Got {n}." for n in said[::3]]
    assert sorted(said[::3]) == numbers


async def test_history_by_number(desk: Here) -> None:
    visitor = await desk.visitor()
    await visitor.say("start counting")
    for n in range(5):
        await visitor.say(str(n + 1))
    every = await visitor.lines()
    numbers = [m["seq"] for m in every]
    assert numbers == sorted(set(numbers))
    assert await visitor.lines(after=numbers[3]) == every[4:]
    assert await visitor.lines(before=numbers[-1], limit=3) == every[-4:-1]
    assert await visitor.lines(after=numbers[-1]) == []
    assert await visitor.lines(after=10**14) == []


async def test_with_a_message_comes_everything_after_a_number(desk: Here) -> None:
    tab, other = await desk.visitor(), None
    other = Visitor(desk.http, tab.token, sent=100)
    seen = (await tab.say("start counting"))["seq"]
    await other.say("5")
    found = await tab.say("6", after=seen)
    assert [m["text"] for m in found["messages"]] == ["5", "Got 5.", "Which number?", "6", "Got 6.", "Which number?"]


async def test_reading_begins_no_talk(desk: Here) -> None:
    visitor = await desk.visitor()
    await visitor.say("hello")
    number = visitor.hello["conversation"]["id"]
    store = desk.running.store
    await store._writer.do(lambda cur: cur.execute("UPDATE conversation SET ended = 1 WHERE id = ?", (number,)))
    before = desk.rows["conversation"]
    assert (await visitor.get("/web/messages")).json()["conversation"]["id"] == number
    assert desk.rows["conversation"] == before
    await visitor.say("hello again")
    assert desk.rows["conversation"] == before + 1


async def test_reading_marks_only_go_forward(desk: Here) -> None:
    visitor = await desk.visitor()
    last = (await visitor.say("start counting"))["seq"]
    assert (await visitor.post("/web/read", {"seq": last})).status_code == 204
    marked = (await visitor.get("/web/messages")).json()["conversation"]["read_seq"]
    assert marked > 0
    for seq in (0, 1, 10**12):
        assert (await visitor.post("/web/read", {"seq": seq})).status_code == 204
        assert (await visitor.get("/web/messages")).json()["conversation"]["read_seq"] == marked


@pytest.mark.parametrize(
    ("given", "kept"), [("Anna@Example.com ", "Anna@example.com"), ("8 (912) 345-67-89", "+79123456789")]
)
async def test_a_contact_is_kept_with_the_open_request(desk: Here, given: str, kept: str) -> None:
    visitor = await desk.visitor()
    await visitor.say("open a request")
    opened = await visitor.say("the lamp is broken")
    assert opened["conversation"]["contact_wanted"]
    number = opened["conversation"]["ticket"]["number"]
    answer = await visitor.post("/web/contact", {"contact": given})
    assert answer.json() == {"ok": True, "contact": kept}
    ticket = await desk.running.store.ticket(number)
    assert ticket is not None
    assert ticket.contact == kept
    assert not (await visitor.get("/web/messages")).json()["conversation"]["contact_wanted"]


@pytest.mark.parametrize("given", ["", "nobody", "a@b@c", "12", "@", "+" * 200, "\x00", "<script>"])
async def test_what_is_no_contact_is_refused(desk: Here, given: str) -> None:
    visitor = await desk.visitor()
    before = desk.rows
    answer = await visitor.post("/web/contact", {"contact": given})
    assert (answer.status_code, answer.json()["code"]) == (422, "contact")
    assert desk.rows == before


async def test_a_conversation_is_taken_along(desk: Here) -> None:
    visitor = await desk.visitor()
    await visitor.say("start counting")
    answer = await visitor.get("/web/export")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert [m["text"] for m in answer.json()["messages"]] == [m["text"] for m in await visitor.lines()]


async def test_a_conversation_is_forgotten_and_the_token_stays(desk: Here) -> None:
    visitor, other = await desk.visitor(), await desk.visitor()
    await visitor.say("start counting")
    await other.say("start counting")
    assert (await visitor.post("/web/forget")).status_code == 204
    assert await visitor.lines() == []
    assert (await visitor.get("/web/export")).json()["messages"] == []
    assert len(await other.lines()) == 3
    assert await visitor.said("start counting") == ["Which number?"]


async def test_visitors_never_see_each_other(desk: Here) -> None:
    people = [await desk.visitor() for _ in range(4)]
    for n, visitor in enumerate(people):
        await visitor.say("open a request")
        await visitor.say(f"the secret of {n} is kept")
    for n, visitor in enumerate(people):
        seen = (await visitor.get("/web/messages")).text + (await visitor.get("/web/export")).text
        hello = await desk.http.post("/web/hello", json={"token": visitor.token})
        seen += hello.text
        assert f"secret of {n}" in seen
        assert not [m for m in range(4) if m != n and f"secret of {m}" in seen]


async def test_one_id_of_two_visitors_is_two_messages(desk: Here) -> None:
    one, two = await desk.visitor(), await desk.visitor()
    for visitor in (one, two):
        await visitor.say("start counting")
        answer = await visitor.post("/web/messages", {"client_id": "same", "text": "7"})
        assert [m["text"] for m in answer.json()["messages"]] == ["7", "Got 7.", "Which number?"]


async def test_what_the_page_says_is_kept_for_operators(desk: Here) -> None:
    visitor = await desk.visitor(page={"address": "Lesnaya 14"})
    await visitor.say("start counting", page={"product": "TV"})
    found = await desk.running.store.load(visitor.hello["conversation"]["id"])
    assert found is not None
    assert found[0].page == {"address": "Lesnaya 14", "product": "TV"}


async def test_a_card_number_is_masked(desk: Here) -> None:
    visitor = await desk.visitor()
    await visitor.say("open a request")
    await visitor.say("my card 4111 1111 1111 1111 was charged")
    seen = (await visitor.get("/web/messages")).text
    assert "•••• 1111" in seen
    assert "4111 1111" not in seen


async def test_the_health_page(desk: Here) -> None:
    answer = await desk.http.get("/healthz")
    assert (answer.status_code, answer.json()["status"]) == (200, "ok")


async def test_only_declared_sites_may_read_answers(desk: Here) -> None:
    good, bad = {"origin": "https://site.example"}, {"origin": "https://evil.example"}
    allowed = await desk.http.post("/web/hello", json={}, headers=good)
    assert allowed.headers["access-control-allow-origin"] == "https://site.example"
    assert "access-control-allow-origin" not in (await desk.http.post("/web/hello", json={}, headers=bad)).headers


async def test_the_widget_is_given(desk: Here) -> None:
    answer = await desk.http.get("/widget.js")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["x-content-type-options"] == "nosniff"

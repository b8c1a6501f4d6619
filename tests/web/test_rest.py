"""Rasa's REST channel and `/model/parse`, as front ends and test tools made for Rasa use them."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from tests.running import DESK, Books, Here, copy_desk, here

HOOK = "/webhooks/rest/webhook"


async def say(desk: Here, text: str, sender: str = "ann", **metadata: Any) -> list[dict[str, Any]]:
    """A message; gives the items of the answer."""
    body: dict[str, Any] = {"sender": sender, "message": text}
    answer = await desk.http.post(HOOK, json=body | ({"metadata": metadata} if metadata else {}))
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()
    return found


async def test_the_shape_of_an_answer(desk: Here) -> None:
    await say(desk, "start counting")
    assert await say(desk, "5") == [
        {"recipient_id": "ann", "text": "Got 5."},
        {"recipient_id": "ann", "text": "Which number?", "custom": {"holder": "bot", "ticket": None}},
    ]


async def test_buttons_and_their_payloads(desk: Here) -> None:
    items = await say(desk, "zzz qqq xxx")
    buttons = [b for item in items for b in item.get("buttons", ())]
    assert {"title": "Call a person", "payload": "!operator"} in buttons
    pressed = await say(desk, "!operator")
    assert pressed[-1]["custom"] == {"holder": "queue", "ticket": None}


async def test_rasas_own_form_of_a_payload(desk: Here) -> None:
    assert (await say(desk, "/!operator"))[-1]["custom"]["holder"] == "queue"


async def test_the_last_item_says_who_holds_and_the_ticket(desk: Here) -> None:
    await say(desk, "open a request")
    told = await say(desk, "the lamp is broken")
    number = told[-1]["custom"]["ticket"]
    assert told[-1]["custom"] == {"holder": "bot", "ticket": number}
    assert str(number) in told[0]["text"]
    await say(desk, "operator", sender="bob")
    silent = await say(desk, "are you there", sender="bob")
    assert silent[-1]["custom"] == {"holder": "queue", "ticket": None}


async def test_each_post_is_a_new_message(desk: Here) -> None:
    await say(desk, "start counting")
    first, second = await say(desk, "5"), await say(desk, "5")
    assert first == second
    assert desk.rows["inbound"] == 3


async def test_a_repeated_message_id_is_one_message_with_the_same_answer(desk: Here) -> None:
    await say(desk, "start counting")
    first = await say(desk, "5", message_id="m1")
    before = desk.rows
    assert await say(desk, "5", message_id="m1") == first
    assert await say(desk, "6", message_id="m1") == first
    assert desk.rows == before
    assert await say(desk, "6", message_id="m2") != first


async def test_copies_at_once_are_one_message(desk: Here) -> None:
    await say(desk, "start counting")
    answers = await asyncio.gather(*(say(desk, "5", message_id="m1") for _ in range(6)))
    assert all(a == answers[0] for a in answers)
    assert desk.rows["inbound"] == 2


async def test_an_answer_repeats_after_the_talk_went_on(desk: Here) -> None:
    await say(desk, "start counting")
    first = await say(desk, "5", message_id="m1")
    await say(desk, "6", message_id="m2")
    assert [i["text"] for i in await say(desk, "5", message_id="m1")] == [i["text"] for i in first]


async def test_a_number_is_a_message_id_too(desk: Here) -> None:
    await say(desk, "start counting")
    assert await say(desk, "5", message_id=17) == await say(desk, "5", message_id=17)
    assert desk.rows["inbound"] == 2


@pytest.mark.parametrize("name", [[], {}, "x" * 65, True, 1.5, 10**70])
async def test_a_message_id_that_is_none(desk: Here, name: Any) -> None:
    before = desk.rows
    for hook in (HOOK, "/webhooks/callback/webhook"):
        body = {"sender": "a", "message": "hi", "metadata": {"message_id": name}}
        answer = await desk.http.post(hook, json=body)
        assert (answer.status_code, answer.json()["code"]) == (422, "message_id"), hook
    assert desk.rows == before


async def test_senders_are_apart(desk: Here) -> None:
    await say(desk, "start counting", sender="a:b", message_id="c")
    assert await say(desk, "start counting", sender="a", message_id="b:c") == [
        {"recipient_id": "a", "text": "Which number?", "custom": {"holder": "bot", "ticket": None}}
    ]


@pytest.mark.parametrize(
    "body",
    [
        {"sender": "", "message": "hi"},
        {"sender": "x" * 201, "message": "hi"},
        {"sender": "a"},
        {"sender": "a", "message": " "},
        {"sender": "a", "message": "x" * 4001},
        {"sender": 5, "message": "hi"},
        {"sender": "a", "message": "hi", "metadata": []},
    ],
)
async def test_messages_that_do_not_fit(desk: Here, body: dict[str, Any]) -> None:
    before = desk.rows
    for hook in (HOOK, "/webhooks/callback/webhook"):
        answer = await desk.http.post(hook, json=body)
        assert answer.status_code == 422, hook
        assert answer.headers["content-type"] == "application/problem+json"
    assert desk.rows == before


async def test_it_waits_for_a_slow_service(served: Here, books: Books) -> None:
    books.slow = 0.5
    await say(served, "find a book")
    items = await say(served, "7")
    assert [i["text"] for i in items] == ["Book 7: Volume 7.", "The number of the book?"]
    assert books.asked == ["7"]


async def test_a_copy_during_a_call_waits_too_and_calls_once(served: Here, books: Books) -> None:
    books.slow = 0.5
    await say(served, "find a book")
    one, two = await asyncio.gather(say(served, "7", message_id="m"), say(served, "7", message_id="m"))
    assert one == two
    assert [i["text"] for i in one] == ["Book 7: Volume 7.", "The number of the book?"]
    assert books.asked == ["7"]


async def test_many_senders_wait_side_by_side(served: Here, books: Books) -> None:
    books.slow = 0.3
    names = [f"s{n}" for n in range(10)]
    await asyncio.gather(*(say(served, "find a book", sender=n) for n in names))
    async with asyncio.timeout(8):  # one after another would be 3 s of calls alone, and more under load
        answers = await asyncio.gather(*(say(served, str(n), sender=name) for n, name in enumerate(names, 1)))
    assert [a[0]["text"] for a in answers] == [f"Book {n}: Volume {n}." for n in range(1, 11)]


@pytest.mark.parametrize(
    ("status", "said"), [(404, "There is no book 404."), (503, "The catalogue does not answer: 7.")]
)
async def test_a_service_that_fails_is_told(served: Here, books: Books, status: int, said: str) -> None:
    books.status = status
    await say(served, "find a book")
    assert (await say(served, "404" if status == 404 else "7"))[0]["text"] == said


async def test_an_order_is_posted_once_with_its_key(served: Here, books: Books) -> None:
    await say(served, "place an order")
    assert (await say(served, "7", message_id="m"))[0]["text"] == "Order 7: N7."
    assert (await say(served, "7", message_id="m"))[0]["text"] == "Order 7: N7."
    assert len(books.keys) == 1
    assert books.keys[0]


async def test_an_order_that_fails_is_not_posted_again(served: Here, books: Books) -> None:
    books.status = 500
    await say(served, "place an order")
    assert (await say(served, "7"))[0]["text"] == "Order 7 is not confirmed."
    assert len(books.keys) == 1


async def test_a_language_by_metadata(desk: Here) -> None:
    assert (await say(desk, "hmhm", lang="ru"))[0]["text"] == "Не разобрал."
    assert (await say(desk, "hmhm", sender="b", lang=["ru"]))[0]["text"] == "I did not get that."


async def parse(desk: Here, **body: Any) -> dict[str, Any]:
    """How a text is understood."""
    answer = await desk.http.post("/model/parse", json=body)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_the_shape_of_a_parse(desk: Here) -> None:
    found = await parse(desk, text="thank you 12")
    assert found["text"] == "thank you 12"
    assert found["intent"]["name"] == "thanks"
    assert 0 < found["intent"]["confidence"] <= 1
    assert found["intent_ranking"][0]["name"] == "thanks"
    assert [r["confidence"] for r in found["intent_ranking"]] == sorted(
        (r["confidence"] for r in found["intent_ranking"]), reverse=True
    )
    digits = next(e for e in found["entities"] if e["entity"] == "digits")
    assert (digits["value"], digits["start"], digits["end"]) == ("12", 10, 12)


@pytest.mark.parametrize("text", ["", "   ", "zzz qqq", "\u0000", "🙂", "x" * 4000])
async def test_what_is_not_understood_falls_back(desk: Here, text: str) -> None:
    found = await parse(desk, text=text)
    assert found["intent"]["name"] == "nlu_fallback"
    assert found["intent_ranking"][0]["name"] == "nlu_fallback"


async def test_parsing_writes_nothing(desk: Here) -> None:
    before = desk.rows
    await parse(desk, text="thank you")
    answer = await desk.http.post("/model/parse", json={"text": "x" * 4001})
    assert answer.status_code == 422
    assert desk.rows == before


async def test_json_under_another_name_is_taken(desk: Here) -> None:
    body = json.dumps({"sender": "a", "message": "thank you"})
    answer = await desk.http.post(HOOK, content=body, headers={"content-type": "text/plain"})
    assert answer.json()[0]["text"] == "Glad to help."


async def test_the_channel_is_off_unless_the_desk_says_so(tmp_path: Any) -> None:
    folder = copy_desk(tmp_path / "desk", DESK)
    config = folder / "config.yaml"
    config.write_text(config.read_text().replace("rest: on", "rest: off"))
    async with here(tmp_path / "data", folder) as desk:
        for path in (HOOK, "/model/parse"):
            assert (await desk.http.post(path, json={"sender": "a", "message": "hi", "text": "hi"})).status_code == 404


async def test_the_health_path(desk: Here) -> None:
    assert (await desk.http.get("/webhooks/rest/")).json() == {"status": "ok"}

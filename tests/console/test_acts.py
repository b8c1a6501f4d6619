"""What operators do: one holder, nothing doubled, nothing lost, everybody told."""

from __future__ import annotations

import asyncio

import pytest

from tests.console.room import Room

HX = {"hx-request": "true"}


async def test_take_reply_release(desk: Room) -> None:
    conversation = await desk.waiting()
    client = await desk.signed_in()
    taken = await client.post(f"/console/c/{conversation}/take", headers=HX)
    assert taken.status_code == 200
    assert "data-mine" in taken.text
    said = await client.post(f"/console/c/{conversation}/say", json={"client_id": "a", "text": "Здравствуйте"})
    assert said.status_code == 200
    talk = await desk.talk(conversation)
    assert (talk.holder, talk.operator_id) == ("person", desk.anna.id)
    assert await desk.said(conversation, "operator") == ["Здравствуйте"]
    back = await client.post(f"/console/c/{conversation}/release", headers=HX)
    assert "data-mine" not in back.text
    assert (await desk.talk(conversation)).holder == "bot"


async def test_two_at_once_and_one_has_it(desk: Room) -> None:
    conversation = await desk.waiting()
    anna, igor = await desk.signed_in(), await desk.signed_in(desk.igor)
    answers = await asyncio.gather(*(c.post(f"/console/c/{conversation}/take", headers=HX) for c in (anna, igor)))
    assert sorted(a.status_code for a in answers) == [200, 409]
    winner, loser = (anna, igor) if answers[0].status_code == 200 else (igor, anna)
    name = "Igor Lee" if winner is igor else "Анна Орлова"
    refused = await loser.post(f"/console/c/{conversation}/say", json={"client_id": "x", "text": "и я"})
    assert (refused.status_code, refused.json()["detail"]) == (409, name)
    for act in ("release", "resolve"):
        assert (await loser.post(f"/console/c/{conversation}/{act}", headers=HX)).status_code == 409
    assert (
        await loser.post(f"/console/c/{conversation}/transfer", data={"queue": "care"}, headers=HX)
    ).status_code == 409
    assert await desk.said(conversation, "operator") == []
    assert (
        await winner.post(f"/console/c/{conversation}/say", json={"client_id": "y", "text": "я"})
    ).status_code == 200


async def test_the_same_reply_twice_is_one(desk: Room) -> None:
    conversation = await desk.waiting()
    client = await desk.signed_in()
    body = {"client_id": "same", "text": "раз"}
    answers = await asyncio.gather(*(client.post(f"/console/c/{conversation}/say", json=body) for _ in range(5)))
    assert {a.status_code for a in answers} == {200}
    assert await desk.said(conversation, "operator") == ["раз"]


async def test_a_note_takes_nothing_and_the_customer_never_sees_it(desk: Room) -> None:
    number, conversation = await desk.ticket()
    client = await desk.signed_in()
    before = await desk.talk(conversation)
    assert (
        await client.post(f"/console/c/{conversation}/note", json={"client_id": "n", "text": "тайна"})
    ).status_code == 200
    after = await desk.talk(conversation)
    assert (after.holder, after.operator_id) == (before.holder, before.operator_id)
    assert "тайна" not in [m.text for m in await desk.store.messages(conversation)]
    ticket = await desk.store.ticket(number)
    assert ticket
    assert "тайна" not in (await desk.client().get(f"/requests/{number}?key={ticket.secret}")).text


async def test_cards_are_masked(desk: Room) -> None:
    conversation = await desk.waiting("v1", "моя карта 4242 4242 4242 4242")
    client = await desk.signed_in()
    page = (await client.get(f"/console/c/{conversation}")).text
    assert "•••• 4242" in page
    assert "4242 4242" not in page


async def test_transfer_and_resolve(desk: Room) -> None:
    number, conversation = await desk.ticket()
    client = await desk.signed_in()
    await client.post(f"/console/c/{conversation}/take")
    assert (await client.post(f"/console/c/{conversation}/transfer", data={"queue": "none"})).status_code == 422
    assert (await client.post(f"/console/c/{conversation}/transfer", data={"queue": "billing"})).status_code == 303
    talk = await desk.talk(conversation)
    assert (talk.holder, talk.queue) == ("queue", "billing")
    await client.post(f"/console/c/{conversation}/take")
    assert (await client.post(f"/console/c/{conversation}/resolve", headers=HX)).status_code == 200
    ticket = await desk.store.ticket(number)
    assert ticket
    assert ticket.state == "resolved"
    assert ticket.owner_id == desk.anna.id


async def test_a_request_is_changed_and_the_customer_told(desk: Room) -> None:
    number, conversation = await desk.ticket()
    client = await desk.signed_in()
    lines = len(await desk.said(conversation))
    answer = await client.post(f"/console/requests/{number}", data={"state": "waiting"}, headers=HX)
    assert "ждём клиента" in answer.text
    assert 'hx-swap-oob="true"' in answer.text
    assert len(await desk.said(conversation)) == lines + 1
    await client.post(f"/console/requests/{number}", data={"category": "billing/refund", "priority": "urgent"})
    ticket = await desk.store.ticket(number)
    assert ticket
    assert (ticket.category, ticket.priority, ticket.queue, ticket.state) == (
        "billing/refund",
        "urgent",
        "billing",
        "waiting",
    )
    for wrong in ({"state": "lost"}, {"category": "x"}, {"priority": "x"}):
        assert (await client.post(f"/console/requests/{number}", data=wrong)).status_code == 422
    assert (await client.post("/console/requests/99", data={"state": "open"})).status_code == 404


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"{", 400),
        (b'{"client_id": "a"}', 422),
        (b'{"client_id": "", "text": "x"}', 422),
        (b'{"client_id": "a", "text": "  "}', 422),
        (b'{"client_id": 1, "text": {}}', 422),
        (b'{"client_id": "a", "text": "' + b"x" * 5000 + b'"}', 422),
        (b"x" * 70000, 413),
    ],
)
async def test_bad_bodies_are_refused_and_nothing_is_written(desk: Room, body: bytes, status: int) -> None:
    conversation = await desk.waiting()
    client = await desk.signed_in()
    before = await desk.store.load(conversation)
    headers = {"content-type": "application/json", "accept": "application/json"}
    answer = await client.post(f"/console/c/{conversation}/say", content=body, headers=headers)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert await desk.store.load(conversation) == before


async def test_lines_after_a_number(desk: Room) -> None:
    conversation = await desk.waiting()
    client = await desk.signed_in()
    every = (await client.get(f"/console/c/{conversation}/lines")).json()
    assert every["from"] == 0
    last = every["last"]
    assert (await client.get(f"/console/c/{conversation}/lines", params={"after": last})).json()["html"].strip() == ""
    await desk.hear("v1", "ещё тут")
    new = (await client.get(f"/console/c/{conversation}/lines", params={"after": last})).json()
    assert new["from"] == last
    assert new["html"].count("data-seq") == new["last"] - last
    assert "ещё тут" in new["html"]

"""Letters that did not arrive, blocked customers, edits and replies: what operators see of a channel that is pushed to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from presszero.store.base import Committed, Conversation, NewMessage, Outcome, Turn
from tests.console.room import Room

CHANNEL = "telegram:shop"


async def lost(desk: Room, *ends: tuple[str, Outcome, str]) -> tuple[Conversation, Sequence[int]]:
    """A conversation in a pushed channel with messages that ended so."""
    store, at = desk.store, desk.clock.now()
    found, _ = await store.conversation(CHANNEL, "77", at)
    said = [NewMessage("bot", text, deliver=True) for text, _, _ in ends]
    done = await store.commit_turn(Turn(found.id, found.version, found.state, at, messages=said))
    assert isinstance(done, Committed)
    for message, (_, outcome, why) in zip(done.messages, ends, strict=True):
        await store.begin_delivery(message.id)
        await store.end_delivery(message.id, outcome, why=why)
    return (await store.conversation(CHANNEL, "77", at))[0], [m.id for m in done.messages]


async def test_a_lead_sends_a_dead_letter_again(desk: Room) -> None:
    found, (one, _) = await lost(desk, ("Ваш мастер едет", "failed", "blocked"), ("второе", "failed", "x <b>"))
    lead = await desk.signed_in()
    page = (await lead.get("/console/letters")).text
    assert "Ваш мастер едет" in page
    assert "Клиент заблокировал бота." in page
    assert "x &lt;b&gt;" in page
    assert "Отправить ещё раз" in (await lead.get(f"/console/letters/{one}")).text
    sent = await lead.post(f"/console/letters/{one}")
    assert (sent.status_code, sent.headers["location"]) == (303, f"/console/c/{found.id}")
    assert [m.sent for m in await desk.store.messages(found.id)] == ["queued", "failed"]
    assert desk.intake.wakes.outbox.is_set()
    assert (await lead.post(f"/console/letters/{one}")).status_code == 404


async def test_one_in_doubt_asks_first(desk: Room) -> None:
    found, (one,) = await lost(desk, ("Ваш мастер едет", "in_doubt", "cut"))
    lead = await desk.signed_in()
    assert "дважды" in (await lead.get(f"/console/letters/{one}")).text
    assert (await lead.post(f"/console/letters/{one}")).status_code == 422
    assert [m.sent for m in await desk.store.messages(found.id)] == ["in_doubt"]
    assert (await lead.post(f"/console/letters/{one}", data={"sure": "yes"})).status_code == 303
    assert [m.sent for m in await desk.store.messages(found.id)] == ["queued"]


async def test_whoever_holds_the_conversation_may_and_no_other_operator(desk: Room) -> None:
    found, (one,) = await lost(desk, ("Ваш мастер едет", "failed", "x"))
    igor = await desk.signed_in(desk.igor)
    assert (await igor.get(f"/console/letters/{one}")).status_code == 403
    assert (await igor.post(f"/console/letters/{one}")).status_code == 403
    await desk.people.take(found.id, desk.igor)
    assert f"/console/letters/{one}" in (await igor.get(f"/console/c/{found.id}")).text
    assert (await igor.post(f"/console/letters/{one}")).status_code == 303
    assert (await igor.get("/console/letters/999999")).status_code == 404
    assert (await desk.client().post(f"/console/letters/{one}")).status_code in {303, 401}


async def test_a_blocked_customer_is_shown_beside_the_talk_and_in_the_request(desk: Room) -> None:
    number, conversation = await desk.ticket()
    talk = await desk.talk(conversation)
    await desk.intake.reachable(talk.channel, talk.peer, blocked=True)
    await desk.intake.reachable(talk.channel, talk.peer, blocked=True)
    lead = await desk.signed_in()
    assert "заблокировал бота" in (await lead.get(f"/console/c/{conversation}/context")).text
    page = (await lead.get(f"/console/requests/{number}")).text
    assert page.count("заблокировал бота: да") == 1
    _, (one,) = await lost(desk, ("Ваш мастер едет", "failed", "blocked"))
    assert "всё ещё блокирует" not in (await lead.get(f"/console/letters/{one}")).text
    await desk.intake.reachable(CHANNEL, "77", blocked=True)
    assert "всё ещё блокирует" in (await lead.get(f"/console/letters/{one}")).text
    await desk.intake.reachable(talk.channel, talk.peer, blocked=False)
    assert "заблокировал бота: нет" in (await lead.get(f"/console/requests/{number}")).text


async def test_edits_and_replies_are_shown(desk: Room) -> None:
    desk.intake.content = replace(desk.intake.content, pushed=frozenset({"telegram"}))

    def said(n: int, text: str, **more: Any) -> Any:
        from presszero.runtime.incoming import Incoming

        return Incoming(channel=CHANNEL, peer="77", external_id=f"update:{n}", text=text, ref=str(n), **more)

    taken = await desk.intake.accept(said(1, "договор 111 <i>"))
    await desk.intake.accept(said(2, "это он", reply_to="1"))
    await desk.intake.accept(said(3, "договор 222", edited="1"))
    lead = await desk.signed_in()
    page = (await lead.get(f"/console/c/{taken.conversation.id}")).text
    assert "изменено" in page
    assert "<s>договор 111 &lt;i&gt;</s>" in page
    assert "договор 222" in page
    assert '<blockquote class="quote">' in page

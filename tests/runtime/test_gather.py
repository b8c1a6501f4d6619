"""Messages that belong together become one turn, in order, once, over a crash too; edits and replies are shown."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from presszero.check.player import Stage
from presszero.dialogue.state import State
from presszero.runtime import gather
from presszero.runtime.incoming import Incoming
from presszero.runtime.intake import Intake
from presszero.runtime.push import Hub
from presszero.runtime.wakes import Wakes
from presszero.store.base import Message
from tests.running import until

CHANNEL = "post:a"


@pytest.fixture
async def pushed(stage: Stage) -> Stage:
    """The small desk with a channel that is pushed to."""
    stage.intake.content = replace(stage.intake.content, pushed=frozenset({"post"}))
    return stage


@contextlib.asynccontextmanager
async def working(intake: Intake) -> AsyncIterator[None]:
    """The worker that takes what is due."""
    work = asyncio.create_task(gather.run(intake))
    try:
        yield
    finally:
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)


def said(n: int, text: str, **more: Any) -> Incoming:
    return Incoming(channel=CHANNEL, peer="a", external_id=f"update:{n}", text=text, ref=str(n), **more)


async def lines(stage: Stage) -> list[Message]:
    return list(await stage.store.history(CHANNEL, "a"))


async def test_lines_typed_one_after_another_are_one_turn_and_stay_lines(pushed: Stage) -> None:
    for n, text in enumerate(("добрый вечер", "у меня такое дело", "нужен ремонт")):
        assert await pushed.intake.gather(said(n, text), "burst", 0.4)
    assert await lines(pushed) == []
    pushed.clock.at += 1
    async with working(pushed.intake):
        await until(lambda: pushed_idle(pushed))
    found = await lines(pushed)
    assert [m.text for m in found[:3]] == ["добрый вечер", "у меня такое дело", "нужен ремонт"]
    assert {m.who for m in found[:3]} == {"customer"}
    assert all(m.who != "customer" for m in found[3:])
    assert found[3:]


def pushed_idle(stage: Stage) -> bool:
    return not stage.store._reader.all("SELECT 1 FROM held")


async def test_what_is_not_held_takes_what_was_held_first(pushed: Stage) -> None:
    await pushed.intake.gather(said(1, "нужен ремонт"), "burst", 10.0)
    await pushed.intake.accept(
        Incoming(channel=CHANNEL, peer="a", external_id="update:2", kind="press", payload="!menu")
    )
    who = [m.text for m in await lines(pushed) if m.who == "customer"]
    assert who == ["нужен ремонт", "menu"]


async def test_a_held_message_that_comes_again_is_one(pushed: Stage) -> None:
    first = said(1, "добрый вечер")
    assert await pushed.intake.gather(first, "burst", 10.0)
    assert not await pushed.intake.gather(first, "burst", 10.0)
    await pushed.intake.flush(CHANNEL, "a")
    assert not await pushed.intake.gather(first, "burst", 10.0)
    assert (await pushed.intake.accept(first)).again
    assert [m.text for m in await lines(pushed) if m.who == "customer"] == ["добрый вечер"]


async def test_a_crash_between_loses_nothing(pushed: Stage) -> None:
    await pushed.intake.gather(said(1, "нужен"), "burst", 0.4)
    await pushed.intake.gather(said(2, "ремонт"), "burst", 0.4)
    again = Intake(pushed.store, pushed.intake.content, pushed.clock, Hub(), Wakes())
    pushed.clock.at += 60
    async with working(again):
        await until(lambda: pushed_idle(pushed))
    assert [m.text for m in await lines(pushed) if m.who == "customer"] == ["нужен", "ремонт"]


async def test_an_album_is_one_turn_with_its_caption(pushed: Stage) -> None:
    for n in range(3):
        item = said(
            n, "вот чеки" if n == 1 else "", kind="file", file=f"f{n}", file_info={"id": f"f{n}", "name": "a.jpg"}
        )
        await pushed.intake.gather(item, "album:7", 0.6)
    await pushed.intake.flush(CHANNEL, "a")
    found = await lines(pushed)
    assert [m.body["file"]["id"] for m in found[:3]] == ["f0", "f1", "f2"]
    assert [m.text for m in found if m.who == "bot"] == ["Файл сохранили, специалист его увидит."]


async def test_with_no_wait_a_message_is_taken_at_once(pushed: Stage) -> None:
    assert await pushed.intake.gather(said(1, "нужен ремонт"), "burst", 0)
    assert len(await lines(pushed)) > 1


async def test_what_no_code_can_read_any_more_holds_up_nobody(pushed: Stage, caplog: pytest.LogCaptureFixture) -> None:
    await pushed.intake.gather(said(1, "нужен ремонт"), "burst", 10.0)
    await pushed.store._writer.do(lambda cur: cur.execute("UPDATE held SET incoming = '{}'") and None)
    await pushed.intake.accept(said(2, "привет"))
    assert [m.text for m in await lines(pushed) if m.who == "customer"] == ["привет"]
    assert "PZ-HELD" in caplog.text


@pytest.mark.parametrize(
    ("text", "state", "waits"),
    [
        ("добрый день", State(), True),
        ("привет", State(), True),
        ("1", State(asking=True), False),
        ("12 345", State(), False),
        ("да", State(asking=True), False),
        ("в понедельник утром", State(asking=True), True),
        ("/start", State(), False),
        ("а" * 81, State(), False),
        ("добрый день", State(holder="person"), False),
        ("оператор тут?", State(holder="queue"), False),
    ],
)
def test_what_waits_for_more(text: str, state: State, waits: bool) -> None:
    assert gather.joins(said(1, text), state) is waits


async def test_card_numbers_are_masked_before_they_are_held(pushed: Stage) -> None:
    await pushed.intake.gather(said(1, "карта 4242 4242 4242 4242"), "burst", 10.0)
    (held,) = await pushed.store.held(CHANNEL, "a")
    assert b"4242 4242" not in held.incoming


async def test_an_edit_is_shown_with_the_old_words_and_answers_nothing(pushed: Stage) -> None:
    await pushed.intake.accept(said(1, "нужен ремонт"))
    before = await lines(pushed)
    with pushed.intake.hub.subscribe("desk") as signals:
        edit = Incoming(channel=CHANNEL, peer="a", external_id="update:2", text="нужен ремонт 555666", edited="1")
        await pushed.intake.accept(edit)
        assert signals.get_nowait()["t"] == "edited"
        await pushed.intake.accept(replace_text(edit, "update:3", "нужен ремонт 777"))
        await pushed.intake.accept(edit)  # the first one again, late
    after = await lines(pushed)
    assert len(after) == len(before)
    assert after[0].text == "нужен ремонт 777"
    assert [was["text"] for was in after[0].body["edited"]] == ["нужен ремонт", "нужен ремонт 555666"]


def replace_text(incoming: Incoming, external_id: str, text: str) -> Incoming:
    import msgspec

    return msgspec.structs.replace(incoming, external_id=external_id, text=text)


async def test_an_edit_of_what_is_not_known_changes_nothing(pushed: Stage) -> None:
    await pushed.intake.accept(said(1, "нужен ремонт"))
    before = await lines(pushed)
    await pushed.intake.accept(Incoming(channel=CHANNEL, peer="a", external_id="update:9", text="x", edited="77"))
    assert await lines(pushed) == before


async def test_a_reply_quotes_what_it_answers(pushed: Stage) -> None:
    await pushed.intake.accept(said(1, "нужен ремонт"))
    bots = next(m for m in await lines(pushed) if m.who == "bot")
    await pushed.store.trace(CHANNEL, "a", bots.id, ["501"])
    await pushed.intake.accept(said(2, "это?", reply_to="501"))
    await pushed.intake.accept(said(3, "и это?", reply_to="1"))
    mine = [m for m in await lines(pushed) if m.who == "customer"]
    assert mine[1].body["reply"] == {"id": bots.id, "who": bots.who, "text": bots.text[:200]}
    assert mine[2].body["reply"]["text"] == "нужен ремонт"


async def test_who_writes_can_be_written_to_again(pushed: Stage) -> None:
    await pushed.intake.reachable(CHANNEL, "a", blocked=True)
    assert await pushed.store.blocked(CHANNEL, "a")
    await pushed.intake.accept(said(1, "нужен ремонт"))
    assert await pushed.store.blocked(CHANNEL, "a") is None


async def test_a_message_that_ended_its_talk_begins_no_other_by_coming_again(pushed: Stage) -> None:
    await pushed.intake.accept(said(1, "нужен ремонт"))
    end = Incoming(channel=CHANNEL, peer="a", external_id="update:2", text="оператор")
    taken = await pushed.intake.accept(end)
    anna = await pushed.store.save_operator("anna", shown="Анна")
    await pushed.people.resolve(taken.conversation.id, anna)
    pushed.clock.at += 10 * 86400
    again = await pushed.intake.accept(end)
    assert again.again
    assert again.conversation.id == taken.conversation.id
    assert len(await pushed.store.talks(taken.conversation.customer_id)) == 1

"""What is not understood: counted by flow and day, kept where no article was asked, shown to leads."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from presszero.dialogue import events
from presszero.dialogue.state import Frame, State
from presszero.nlu.drift import Share, drift
from presszero.runtime.missed import marks, strange, unasked
from presszero.store.asked import NewQuestion
from presszero.store.base import Customer
from tests.console.room import Room
from tests.versions.room import make
from tests.versions.room import room as small

LAMP = "почему моргает лампочка на столбе"
IN_ORDER = State(lang="ru", frames=(Frame("order", "1", "which"),))


def heard(text: str) -> events.Heard:
    return events.Heard(at=1.0, text=text)


def test_what_is_counted_of_a_turn() -> None:
    assert marks(State(), heard("да"), []) == ["said:"]
    assert marks(IN_ORDER, heard("да"), ["misunderstood", "turns"]) == ["said:order", "lost:order"]
    assert (
        marks(IN_ORDER, events.CallAnswered(at=1.0, id="1", outcome="ok"), ["misunderstood"] * 2) == ["lost:order"] * 2
    )
    assert marks(IN_ORDER, events.TimerFired(at=1.0, purpose="silence", serial=1), ["misunderstood"]) == []
    assert marks(State(holder="person"), heard("да"), []) == []
    assert marks(IN_ORDER, events.Pressed(at=1.0, payload="x"), []) == []
    assert marks(IN_ORDER, None, []) == []


def test_what_is_kept_of_a_turn_that_asked_no_article() -> None:
    customer = Customer(1, facts={"name": "Мария Кротова"})
    kept = unasked(IN_ORDER, heard("бланк порвался пополам вчера"), ["misunderstood"], customer)
    assert kept == NewQuestion("бланк порвался пополам вчера", "ru", "unasked", flow="order")
    for text in ("Ленина 5 12", "Кротова Мария Ивановна", "номер мой 4471123 вот", "нет сети", "1 2 3 4"):
        assert unasked(IN_ORDER, heard(text), ["misunderstood"], customer) is None, text
    assert unasked(IN_ORDER, heard("бланк порвался пополам вчера"), [], customer) is None
    assert unasked(State(holder="queue"), heard("бланк порвался пополам вчера"), ["misunderstood"], customer) is None


async def test_every_message_to_the_bot_is_counted(desk: Room) -> None:
    await desk.hear("v1", "фыва олдж йцук")
    await desk.hear("v1", "оператор")
    await desk.hear("v1", "вы тут?")  # to the person who will come
    found = drift(await desk.store.daily(0))
    assert found.total == Share(1, 2)
    assert await desk.store.daily(desk.clock.now() + 86400) == []


async def test_an_answer_that_does_not_fit_counts_in_its_flow_and_is_kept_when_it_is_a_sentence(tmp_path: Path) -> None:
    async with small(make(tmp_path / "desk"), tmp_path / "data") as desk:
        await desk.stand("anna", "number")
        await desk.say("anna", "maybe item 7 or 8 from your shop window")
        await desk.say("anna", "1234")
        found = drift(await desk.running.store.daily(0))
        assert found.flows == {"order": Share(1, 2), "": Share(0, 1)}
        [kept] = [q for q in await desk.running.store.unfit(0) if q.band == "unasked"]
        assert (kept.text, kept.flow, kept.lang) == ("maybe item 7 or 8 from your shop window", "order", "en")
        assert kept.id not in [q.id for q in await desk.running.store.questions(0)]


async def test_what_asked_no_article_is_no_gap_and_what_was_not_said_to_the_bot_is_not_misunderstood(
    desk: Room, tmp_path: Path
) -> None:
    now = desk.clock.now()
    await desk.store.ask(NewQuestion("бланк порвался пополам вчера", "ru", "unasked"), now)
    await desk.store.ask(NewQuestion(LAMP, "ru", "none"), now)
    await desk.store.ask(NewQuestion("где мой заказ", "ru", "none", intent="order"), now)
    with closing(sqlite3.connect(tmp_path / "desk.db")) as db, db:
        db.execute("UPDATE question SET place = 'chat'")
    await desk.store.ask(NewQuestion("сломался забор у дачи", "ru", "none"), now)  # searched for on the portal
    assert {q.text for q in await desk.store.questions(0)} == {LAMP, "где мой заказ", "сломался забор у дачи"}
    found = strange(await desk.store.unfit(0))
    assert {each.text for each in found if each.missed} == {LAMP, "бланк порвался пополам вчера"}
    lead = await desk.signed_in()
    assert "порвался" not in (await lead.get("/console/gaps")).text
    page = (await lead.get("/console/drift")).text.replace("\u00a0", " ")
    assert "бланк порвался пополам вчера" in page
    assert "где мой заказ" not in page
    assert "забор" not in page
    assert "забор" in (await lead.get("/console/gaps")).text


async def test_periods(desk: Room) -> None:
    now = desk.clock.now()
    for days, flow in ((0, "said:"), (0, "lost:"), (10, "said:gone_flow"), (40, "said:"), (40, "lost:"), (95, "said:")):
        await desk.store.count(flow, now - days * 86400)
    lead = await desk.signed_in()
    for given, days, sums in (
        ("7", 7, (1, 1)),
        ("30", 30, (2, 1)),
        ("90", 90, (3, 2)),
        ("", 30, (2, 1)),
        ("x", 30, (2, 1)),
    ):
        page = (await lead.get(f"/console/drift?days={given}")).text.replace("\u00a0", " ")
        assert f'href="/console/drift?days={days}" aria-current="page"' in page
        assert f"Сообщений боту: {sums[0]}, не понято: {sums[1]}" in page
    assert "gone_flow" in page
    assert "вне сценариев" in page
    igor = await desk.signed_in(desk.igor)
    assert (await igor.get("/console/drift")).status_code == 403


async def test_an_empty_desk(desk: Room) -> None:
    page = (await (await desk.signed_in()).get("/console/drift")).text.replace("\u00a0", " ")
    assert "Пока ничего не сказано" in page

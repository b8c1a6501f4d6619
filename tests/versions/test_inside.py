"""What becomes of people who are inside a flow while another version of it is published."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from presszero.errors import ContentError
from tests.versions.room import Clock, Room, make, order, renamed, room


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Room]:
    async with room(make(tmp_path / "desk"), tmp_path / "data") as found:
        yield found


async def test_a_corrected_typo_reaches_everyone_at_once(desk: Room) -> None:
    await desk.stand("a", "number")
    before = (await desk.state("a")).top
    await desk.publish(order().replace("Which size?", "What size do you take?"))
    assert await desk.say("a", "1234") == ["What size do you take?"]
    assert before
    top = (await desk.state("a")).top
    assert top
    assert top.version == before.version


async def test_keep_finishes_on_the_old_structure_with_todays_words(desk: Room) -> None:
    await desk.stand("a", "size")
    await desk.publish(renamed(order("{in_flight: keep, drain: 1h}")).replace("In whose name?", "Whose name?"))
    assert await desk.say("a", "Small") == ["Whose name?"]
    assert await desk.say("a", "Olga") == ["Done: 1234, small, Olga."]
    assert await desk.say("b", "place an order") == ["Which item number?"]
    await desk.say("b", "777")
    top = (await desk.state("b")).top
    assert top
    assert top.step == "colour"


async def test_keep_ends_with_the_drain_at_a_person_when_the_step_is_gone(desk: Room) -> None:
    await desk.stand("a", "size")
    await desk.stand("b", "name")
    await desk.publish(renamed(order("{in_flight: keep, drain: 1h}")))
    desk.clock.at += 3601
    said = await desk.say("a", "Small")
    assert said[0] == "The questions changed while you were writing. Calling a person so that nothing is lost."
    state = await desk.state("a")
    assert state.tickets or state.holder == "queue"
    assert (await desk.say("b", "Olga"))[-1] == "Done: 1234, , Olga."  # moved: what the step kept is no value here


async def test_keep_survives_a_restart(tmp_path: Path) -> None:
    folder, clock = make(tmp_path / "desk"), Clock()
    async with room(folder, tmp_path / "data", clock) as desk:
        await desk.stand("a", "size")
        await desk.publish(renamed(order("{in_flight: keep}")))
    async with room(folder, tmp_path / "data", clock) as desk:
        assert await desk.say("a", "Small") == ["In whose name?"]


async def test_move_goes_on_at_the_same_step(desk: Room) -> None:
    await desk.stand("a", "size")
    new = order("{in_flight: move}").replace(
        '{value: small, label: {ru: "Малый", en: "Small"}}', '{value: tiny, label: {ru: "Крошечный", en: "Tiny"}}'
    )
    await desk.publish(new)
    assert await desk.say("a", "Tiny") == ["In whose name?"]
    top = (await desk.state("a")).top
    assert top
    assert top.version == desk.running.intake.content.flows.flows["order"].version


async def test_move_takes_what_still_fits(desk: Room) -> None:
    await desk.stand("a", "name")
    new = order("{in_flight: move}").replace(
        "number: {type: digits, min: 3, max: 6}", "number: {type: digits, min: 5, max: 6}"
    )
    await desk.publish(new)
    await desk.say("a", "Olga")
    top = (await desk.state("a")).top
    assert top is None or "number" not in top.values


async def test_move_to_another_kind_of_step_goes_on_from_it(desk: Room) -> None:
    await desk.stand("a", "size")
    at = order("{in_flight: move}")
    start, end = at.index("  - id: size"), at.index("  - id: name")
    new = at[:start] + '  - id: size\n    say: {ru: "Размер один.", en: "There is one size."}\n' + at[end:]
    await desk.publish(new.replace("${size}", "one"))
    assert await desk.say("a", "Small") == ["There is one size.", "In whose name?"]


async def test_restart_says_so_and_begins_again(desk: Room) -> None:
    await desk.stand("a", "name")
    await desk.publish(renamed(order("{in_flight: restart}")))
    assert await desk.say("a", "Olga") == [
        "These questions have just been renewed. Let us begin them again.",
        "Which item number?",
    ]


@pytest.mark.parametrize("policy", ["keep", "move", "restart"])
async def test_a_person_is_one_message_away_whatever_was_published(desk: Room, policy: str) -> None:
    await desk.stand("a", "size")
    await desk.publish(renamed(order(f"{{in_flight: {policy}, drain: 1h}}")))
    desk.clock.at += 7200
    await desk.say("a", "operator")
    state = await desk.state("a")
    assert state.tickets or state.holder == "queue"


async def test_a_step_removed_where_people_stand_is_refused_with_their_number(desk: Room) -> None:
    for n in range(3):
        await desk.stand(f"p{n}", "size")
    await desk.stand("other", "name")
    desk.write(renamed(order()))
    found = await desk.plan()
    assert [(f.code, f.values["people"]) for f in found.errors] == [("PZ901", "3")]
    assert found.inside == (), "the finding tells of them: once is enough"
    with pytest.raises(ContentError, match="PZ901"):
        await desk.publish()
    assert await desk.say("p0", "Small") == ["In whose name?"]


async def test_a_slot_of_another_type_with_live_values_is_refused(desk: Room) -> None:
    await desk.stand("a", "size")
    await desk.stand("b", "number")
    desk.write(order().replace("number: {type: digits, min: 3, max: 6}", "number: {type: phone}"))
    found = await desk.plan()
    assert [(f.code, f.values["people"]) for f in found.errors] == [("PZ902", "1")]
    await desk.publish(
        order("{in_flight: move}").replace("number: {type: digits, min: 3, max: 6}", "number: {type: phone}")
    )
    assert await desk.say("a", "Small") == ["In whose name?"]


async def test_a_removed_flow_keeps_its_people_when_it_says_so(desk: Room) -> None:
    await desk.publish(order("{in_flight: keep, drain: 1h}"))
    await desk.stand("a", "size")
    (desk.folder / "flows" / "order.yaml").unlink()
    await desk.publish()
    assert await desk.say("a", "Small") == ["In whose name?"]
    desk.clock.at += 7200
    said = await desk.say("a", "Olga")
    assert "Calling a person" in said[0]


HELP = """format: 1
flow: sizes
title: {ru: "Размеры", en: "Sizes"}
starts_on:
  phrases:
    ru: ["таблица размеров", "какие бывают размеры", "подскажите размеры"]
    en: ["size chart please", "explain your sizing to me", "how are sizes measured"]
steps:
  - id: tall
    menu: tall
    text: {ru: "Вы высокий?", en: "Are you tall?"}
    options:
      - {value: tall, label: {ru: "Высокий", en: "Tall"}}
      - {value: short, label: {ru: "Невысокий", en: "Short"}}
  - id: advice
    say: {ru: "Понятно.", en: "I see."}
    go: end
"""


async def test_a_flow_below_is_pinned_to_its_own_version(desk: Room) -> None:
    desk.write(HELP, "sizes")
    await desk.publish()
    await desk.stand("a", "size")
    await desk.say("a", "size chart please")
    assert [f.flow for f in (await desk.state("a")).frames] == ["order", "sizes"]
    await desk.publish(renamed(order("{in_flight: keep}")))
    said = await desk.say("a", "Tall")
    assert said[0] == "I see."
    assert said[-1] == "Which size?"
    assert await desk.say("a", "Small") == ["In whose name?"]


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        (
            "restart",
            ["I see.", "These questions have just been renewed. Let us begin them again.", "Which item number?"],
        ),
        ("move", ["I see.", "Back to the question.", "Calling a person"]),
    ],
)
async def test_a_flow_below_changes_when_it_is_come_back_to(desk: Room, policy: str, said: list[str]) -> None:
    desk.write(HELP, "sizes")
    await desk.publish()
    await desk.stand("a", "size")
    await desk.say("a", "size chart please")
    await desk.publish(renamed(order(f"{{in_flight: {policy}}}")))
    heard = await desk.say("a", "Tall")
    if policy == "restart":
        assert heard == said
    else:
        assert any("Calling a person" in line for line in heard)
        state = await desk.state("a")
        assert state.holder == "queue" or state.tickets


async def test_who_is_with_a_person_is_left_alone(desk: Room) -> None:
    store = desk.running.store
    operator = await store.save_operator("anna", shown="Anna")
    await store.touch_operator(operator.id, desk.clock.at, away=False)
    await desk.stand("a", "size")
    await desk.say("a", "operator")
    conversation, _ = await store.conversation("rest", "a", desk.clock.at)
    await desk.running.people.take(conversation.id, operator)
    await desk.publish(renamed(order("{in_flight: restart}")))
    assert await desk.say("a", "are you there?") == []
    back = await desk.running.people.release(conversation.id, operator)
    assert [m.text for m in back.messages][-2:] == [
        "These questions have just been renewed. Let us begin them again.",
        "Which item number?",
    ]


async def test_a_stored_structure_that_cannot_be_read_moves_its_people(tmp_path: Path) -> None:
    folder, clock = make(tmp_path / "desk"), Clock()
    async with room(folder, tmp_path / "data", clock) as desk:
        await desk.stand("a", "name")
        await desk.publish(renamed(order("{in_flight: keep}")))
    with closing(sqlite3.connect(tmp_path / "data" / "presszero.db")) as db:
        db.execute("UPDATE structure SET compiled = x'7b' WHERE policy = 'keep'")
        db.commit()
    async with room(folder, tmp_path / "data", clock) as desk:
        assert (await desk.say("a", "Olga"))[-1].startswith("Done: 1234")

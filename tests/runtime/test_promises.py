"""What the architecture promises of every turn, broken parts included."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from presszero.check.player import Player, Stage
from presszero.runtime.incoming import Incoming
from presszero.runtime.keeping import throw_away
from presszero.runtime.mask import mask_cards
from presszero.runtime.people import Held
from presszero.runtime.turn import state_of
from tests.runtime.conftest import MORNING


class Broken:
    """Stands where a part was: whatever is asked of it, it fails."""

    def __getattr__(self, name: str) -> Any:
        raise RuntimeError(f"{name} is broken")


async def player(stage: Stage, **more: Any) -> Player:
    return await stage.player(lang="ru", at=MORNING, services={}, customer={}, **more)


@pytest.mark.parametrize("part", ["understanding", "library"])
async def test_the_operator_is_reached_with_a_part_broken(
    stage: Stage, part: str, caplog: pytest.LogCaptureFixture
) -> None:
    one = await player(stage)
    await one.say("нужен ремонт")
    stage.intake.content = replace(stage.intake.content, **{part: Broken()})
    await one.say("как натянуть ремень")
    await one.say("позовите человека")
    assert one.state.holder == "queue"
    assert any(record.levelname == "ERROR" for record in caplog.records)


async def test_the_operator_is_reached_with_everything_broken(stage: Stage) -> None:
    stage.intake.content = replace(stage.intake.content, understanding=Broken(), library=Broken())  # type: ignore[arg-type]
    one = await player(stage)
    for text in ("привет", "1", "???", "0"):
        lines = await one.say(text)
        assert lines
    assert one.state.holder == "queue"


async def test_a_message_sent_twice_is_one_message(stage: Stage) -> None:
    first = Incoming(channel="web", peer="a", external_id="m1", text="привет", client_id="m1")
    one = await stage.intake.accept(first)
    again = await stage.intake.accept(first)
    assert again.again
    lines = await stage.store.history("web", "a")
    assert [m.text for m in lines if m.who == "customer"] == ["привет"]
    assert len(lines) == len(one.messages)


async def test_messages_at_once_are_taken_one_by_one(stage: Stage) -> None:
    texts = [f"сообщение номер {n}" for n in range(30)]
    await asyncio.gather(
        *(stage.intake.accept(Incoming(channel="web", peer="a", external_id=t, text=t)) for t in texts)
    )
    lines = await stage.store.history("web", "a", limit=500)
    assert [m.text for m in lines if m.who == "customer"] == texts
    assert [m.seq for m in lines] == list(range(1, len(lines) + 1))


async def test_two_operators_cannot_take_one_conversation(stage: Stage) -> None:
    one = await player(stage)
    await one.say("оператор")
    assert one.conversation
    anna = await stage.store.save_operator("anna", shown="Анна")
    igor = await stage.store.save_operator("igor", shown="Игорь")
    both = await asyncio.gather(
        stage.people.take(one.conversation.id, anna),
        stage.people.take(one.conversation.id, igor),
        return_exceptions=True,
    )
    assert sorted(type(b).__name__ for b in both) == ["Held", "Taken"]
    found = await stage.store.load(one.conversation.id)
    assert found
    assert found[0].holder == "person"
    loser = igor if found[0].operator_id == anna.id else anna
    with pytest.raises(Held):
        await stage.people.say(one.conversation.id, loser, "Здравствуйте", "x1")
    assert all(m.text != "Здравствуйте" for m in await stage.store.messages(one.conversation.id))


async def test_an_answer_sent_twice_by_an_operator_is_one(stage: Stage) -> None:
    one = await player(stage)
    await one.say("оператор")
    assert one.conversation
    anna = await stage.store.save_operator("anna", shown="Анна")
    for _ in range(3):
        await stage.people.say(one.conversation.id, anna, "Смотрю вашу линию.", "reply-1")
    lines = await stage.store.messages(one.conversation.id)
    assert [m.text for m in lines if m.who == "operator"] == ["Смотрю вашу линию."]


async def test_the_bot_is_silent_while_a_person_holds(stage: Stage) -> None:
    one = await player(stage)
    await one.say("привет")
    await one.operator("Добрый день, это Анна.")
    before = len(await stage.store.messages(one.conversation.id))  # type: ignore[union-attr]
    await one.say("где мой заказ")
    await one.press("hello/task/repair", "Ремонт")
    lines = (await stage.store.messages(one.conversation.id))[before:]  # type: ignore[union-attr]
    assert [m.who for m in lines] == ["customer", "customer"]


async def test_a_note_is_never_shown_to_the_customer(stage: Stage) -> None:
    one = await player(stage)
    await one.say("оператор")
    anna = await stage.store.save_operator("anna", shown="Анна")
    await stage.people.note(one.conversation.id, anna, "клиент сердит", "n1")  # type: ignore[union-attr]
    assert all(m.who != "note" for m in await stage.store.history("web", "p1"))
    assert any(m.who == "note" for m in await stage.store.messages(one.conversation.id, notes=True))  # type: ignore[union-attr]


async def test_a_transfer_puts_it_into_the_other_queue(stage: Stage) -> None:
    one = await player(stage)
    await one.say("оператор")
    anna = await stage.store.save_operator("anna", shown="Анна")
    await stage.people.take(one.conversation.id, anna)  # type: ignore[union-attr]
    await stage.people.transfer(one.conversation.id, anna, "tech")  # type: ignore[union-attr]
    found = await stage.store.load(one.conversation.id)  # type: ignore[union-attr]
    assert found
    assert (found[0].holder, found[0].queue, state_of(found[0]).queue) == ("queue", "tech", "tech")


async def test_the_next_conversation_begins_after_it_was_settled(stage: Stage) -> None:
    one = await player(stage)
    await one.say("оператор")
    await one.operator("Готово.")
    await one.resolve()
    await one.say("5")
    first = one.conversation
    await one.say("нужен ремонт")
    assert first
    assert one.conversation
    assert one.conversation.id != first.id


async def test_what_a_customer_typed_never_passes_for_verified(stage: Stage) -> None:
    thief = await stage.player(lang="ru", at=MORNING, services={}, customer={"verified": "yes", "name": "М"})
    await thief.say("нужен ремонт 555666")
    seen = await stage.store.load(thief.conversation.id)  # type: ignore[union-attr]
    assert seen
    assert seen[1].verified
    assert "contract" not in seen[1].facts


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("карта 4242 4242 4242 4242", "карта •••• 4242"),
        ("4111-1111-1111-1111 до 12/28", "•••• 1111 до 12/28"),
        ("договор 555666", "договор 555666"),
        ("заказ 1234567890123456", "заказ 1234567890123456"),
        ("+7 900 000-00-42", "+7 900 000-00-42"),
    ],
)
def test_card_numbers_are_masked(text: str, shown: str) -> None:
    assert mask_cards(text) == shown


async def test_a_card_number_is_never_kept(stage: Stage) -> None:
    one = await player(stage)
    await one.say("хочу написать письмо")
    await one.say("моя карта 4242 4242 4242 4242, списали дважды")
    lines = await stage.store.messages(one.conversation.id)  # type: ignore[union-attr]
    assert not any("4242 4242" in m.text for m in lines)
    found = await stage.store.load(one.conversation.id)  # type: ignore[union-attr]
    assert found
    assert b"4242 4242" not in found[0].state


def test_a_desk_sets_its_own_thresholds(content: Any) -> None:
    from datetime import UTC, datetime

    at = datetime(2026, 11, 24, tzinfo=UTC)
    shy = content.understanding.banded(1.01, 1.01)
    assert content.understanding.parse("нужен ремонт", "ru", at).band == "act"
    assert shy.parse("нужен ремонт", "ru", at).band == "none"


async def test_what_is_past_its_days_is_forgotten(stage: Stage) -> None:
    one = await player(stage)
    await one.say("нужен ремонт 555666")
    removed: list[str] = []
    assert await throw_away(stage.intake, 365, removed.extend) == 0
    stage.clock.at += 366 * 86400
    assert await throw_away(stage.intake, 365, removed.extend) == 1
    assert not await stage.store.history("web", "p1")
    assert await throw_away(stage.intake, 365, removed.extend) == 0

"""Lessons in the store: one a ticket, in the transaction of the change, gone with the conversation and in time."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from presszero.errors import StoreError
from presszero.store.base import Store, Ticket, TicketEdit
from presszero.store.lessons import Decision, NewLesson
from tests.store.conftest import ENGINES
from tests.store.desk import NOON, again, fresh, ticket, turn, write

SAID = NewLesson("нет сети в подвале", "ru")
GUESS = {"by": "model", "ranking": [["no_connection", 0.61], ["tv", 0.2]], "text": "нет сети"}


@pytest.fixture(params=sorted(ENGINES))
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    opened = await ENGINES[request.param](tmp_path).open()
    yield opened
    await opened.close()


async def opened(store: Store, peer: str = "v1") -> Ticket:
    number = await store.next_ticket_number()
    await write(store, turn(await again(store, await fresh(store, peer)), tickets=[ticket(number, guess=GUESS)]))
    return await store.ticket(number) or pytest.fail("no ticket")


async def change(store: Store, number: int, category: str, by: str = "Анна", at: float = NOON, **rest: Any) -> None:
    await store.edit_ticket(TicketEdit(number, category=category, by=by, lesson=SAID, **rest), at)


async def test_a_changed_category_proposes_a_lesson(store: Store) -> None:
    made = await opened(store)
    await change(store, made.number, "tv", at=NOON + 5)
    [lesson] = await store.lessons(decided=False)
    assert lesson == await store.lesson(made.number)
    assert (lesson.text, lesson.lang, lesson.by, lesson.at) == ("нет сети в подвале", "ru", "Анна", NOON + 5)
    assert (lesson.guess, lesson.confidence, lesson.means, lesson.category) == ("no_connection", 0.61, "model", "tv")
    assert (lesson.state, lesson.decided_at) == ("proposed", None)
    assert lesson.conversation_id == made.conversation_id


async def test_what_changes_no_category_proposes_none(store: Store) -> None:
    made = await opened(store)
    await change(store, made.number, "no_connection", priority="low")
    await store.edit_ticket(TicketEdit(made.number, state="closed", lesson=SAID), NOON)
    await store.edit_ticket(TicketEdit(made.number, category="tv"), NOON)
    assert await store.lessons(decided=False) == []
    with pytest.raises(StoreError):
        await change(store, 77, "tv")
    assert await store.lesson(77) is None


async def test_the_last_word_counts_until_somebody_decides(store: Store) -> None:
    made = await opened(store)
    await change(store, made.number, "tv")
    await change(store, made.number, "billing", by="Игорь", at=NOON + 9)
    [lesson] = await store.lessons(decided=False)
    assert (lesson.guess, lesson.category, lesson.by, lesson.at) == ("no_connection", "billing", "Игорь", NOON + 9)
    await change(store, made.number, "no_connection")  # it was right after all
    assert await store.lesson(made.number) is None
    await change(store, made.number, "tv")
    assert await store.decide_lesson(made.number, "proposed", Decision("refused", "Анна"), NOON + 20)
    await change(store, made.number, "billing")
    lesson = await store.lesson(made.number) or pytest.fail("no lesson")
    assert (lesson.state, lesson.category) == ("refused", "tv")


async def test_a_decision_is_made_once_and_can_be_taken_back(store: Store) -> None:
    made = await opened(store)
    await change(store, made.number, "tv")
    approved = Decision("approved", "Лида", "нет сети", "billing", "nlu/ru/lessons.yml")
    assert await store.decide_lesson(made.number, "proposed", approved, NOON + 1)
    assert not await store.decide_lesson(made.number, "proposed", Decision("refused", "Анна"), NOON + 2)
    assert await store.lessons(decided=False) == []
    [lesson] = await store.lessons(decided=True)
    assert (lesson.state, lesson.decided_by, lesson.decided_at) == ("approved", "Лида", NOON + 1)
    assert (lesson.taught_text, lesson.taught_as, lesson.file) == ("нет сети", "billing", "nlu/ru/lessons.yml")
    assert (lesson.text, lesson.category) == ("нет сети в подвале", "tv")
    assert await store.decide_lesson(made.number, "approved", Decision("proposed"), NOON + 3)
    [lesson] = await store.lessons(decided=False)
    assert (lesson.decided_at, lesson.decided_by, lesson.taught_text, lesson.file) == (None, "", "", "")


async def test_those_that_wait_come_oldest_first_and_no_more_than_asked(store: Store) -> None:
    numbers = [(await opened(store, f"v{n}")).number for n in range(3)]
    for n, number in enumerate(numbers):
        await change(store, number, "tv", at=NOON + n)
    assert [lesson.ticket_number for lesson in await store.lessons(decided=False, limit=2)] == numbers[:2]
    for n, number in enumerate(numbers):
        await store.decide_lesson(number, "proposed", Decision("refused"), NOON + 10 + n)
    assert [lesson.ticket_number for lesson in await store.lessons(decided=True)] == numbers[::-1]


async def test_they_are_forgotten_with_the_conversation_and_in_time(store: Store) -> None:
    first, second = await opened(store), await opened(store, "v2")
    await change(store, first.number, "tv")
    await change(store, second.number, "tv", at=NOON + 100)
    await store.drop_lessons(NOON + 50)
    assert await store.lesson(first.number) is None
    assert await store.lesson(second.number)
    await store.forget_conversation(second.conversation_id)
    assert await store.lesson(second.number) is None
    assert await store.check() == []


async def test_a_turn_that_changes_a_category_proposes_in_the_same_transaction(store: Store) -> None:
    made = await opened(store)
    edit = TicketEdit(made.number, category="tv", by="Анна", lesson=SAID)
    talk = await again(store, await fresh(store))
    await write(store, turn(talk, edits=[edit]))
    assert await store.lesson(made.number)
    await change(store, made.number, "no_connection")
    await store.commit_turn(replace(turn(talk, edits=[edit])))  # stale: nothing is written
    assert await store.lesson(made.number) is None

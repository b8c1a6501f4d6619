"""Requests: numbers, changes, history, clocks."""

import asyncio

import pytest

from presszero.errors import StoreError
from presszero.store.base import NewMessage, Store, Ticket, TicketEdit
from tests.store.desk import NOON, again, fresh, ticket, turn, write


async def opened(store: Store, peer: str = "v1", **rest: object) -> Ticket:
    number = await store.next_ticket_number()
    await write(store, turn(await again(store, await fresh(store, peer)), tickets=[ticket(number, **rest)]))
    return await store.ticket(number) or pytest.fail("no ticket")


async def test_numbers_begin_at_1001_and_none_comes_twice(engine) -> None:
    store = await engine.open()
    numbers = await asyncio.gather(*(store.next_ticket_number() for _ in range(10)))
    assert sorted(numbers) == list(range(1001, 1011))
    await write(store, turn(await fresh(store), tickets=[ticket(1010)]))
    await store.close()
    store = await engine.open()
    assert await store.next_ticket_number() == 1011
    await store.close()


async def test_a_number_given_twice_is_refused_with_the_whole_turn(store: Store) -> None:
    await opened(store)
    found = await fresh(store)
    with pytest.raises(StoreError):
        await store.commit_turn(turn(found, "раз", tickets=[ticket(1001)]))
    assert await store.messages(found.id) == []


async def test_a_new_ticket_is_as_it_was_given(store: Store) -> None:
    made = await opened(
        store,
        fields={"Адрес": "Мира, 1"},
        notify=("accepted", "resolved"),
        guess={"ranking": [["speed", 0.4]]},
        reply_due=NOON + 10,
        resolve_due=NOON + 20,
        secret="s3cret",
        contact="+79123456789",
    )
    found = await fresh(store)
    assert (made.number, made.conversation_id, made.customer_id) == (1001, found.id, found.customer_id)
    assert (made.title, made.category, made.priority, made.queue) == ("Нет интернета", "no_connection", "high", "line1")
    assert (made.state, made.owner_id, made.fields, made.notify) == (
        "new",
        None,
        {"Адрес": "Мира, 1"},
        ("accepted", "resolved"),
    )
    assert (made.guess, made.reply_due, made.resolve_due) == ({"ranking": [["speed", 0.4]]}, NOON + 10, NOON + 20)
    assert (made.secret, made.contact, made.created_at, made.updated_at) == ("s3cret", "+79123456789", NOON, NOON)
    assert (made.replied_at, made.resolved_at, made.reopened) == (None, None, 0)
    assert await store.ticket(1) is None


async def test_history_names_what_changed_and_who(store: Store) -> None:
    number = (await opened(store, fields={"a": "1"})).number
    anna = await store.save_operator("anna")
    await store.edit_ticket(TicketEdit(number, state="open", owner_id=anna.id, by="anna"), NOON + 1)
    await store.edit_ticket(TicketEdit(number, fields={"a": "1", "b": "2"}, note="уточнено", by="anna"), NOON + 2)
    same = await store.edit_ticket(TicketEdit(number, state="open"), NOON + 3)  # nothing new: no line
    assert (same.fields, same.updated_at) == ({"a": "1", "b": "2"}, NOON + 2)
    assert [tuple(h.values()) for h in await store.ticket_history(number)] == [
        (NOON, "bot", {"state": "new", "category": "no_connection", "queue": "line1"}, ""),
        (NOON + 1, "anna", {"state": "open", "owner_id": anna.id}, ""),
        (NOON + 2, "anna", {"fields": {"b": "2"}}, "уточнено"),
    ]
    assert (await store.edit_ticket(TicketEdit(number, owner_id=0), NOON + 4)).owner_id is None


async def test_resolving_and_opening_again_move_the_clock(store: Store) -> None:
    number = (await opened(store)).number

    async def to(state: str, at: float) -> tuple[object, ...]:
        now = await store.edit_ticket(TicketEdit(number, state=state), at)  # type: ignore[arg-type]
        return now.state, now.resolved_at, now.reopened

    assert await to("waiting", NOON + 1) == ("waiting", None, 0)
    assert await to("resolved", NOON + 2) == ("resolved", NOON + 2, 0)
    assert await to("closed", NOON + 3) == ("closed", NOON + 2, 0)
    assert await to("open", NOON + 4) == ("open", None, 1)
    assert await to("closed", NOON + 5) == ("closed", NOON + 5, 1)


async def test_the_first_word_of_a_person_is_the_reply(store: Store) -> None:
    number = (await opened(store)).number
    for i, who in enumerate(("note", "bot", "operator", "operator")):
        found = await again(store, await fresh(store))
        await write(store, turn(found, messages=[NewMessage(who, "слово")], at=NOON + i))  # type: ignore[arg-type]
    assert (await store.ticket(number) or pytest.fail("gone")).replied_at == NOON + 2


async def test_an_unknown_ticket_cannot_be_changed(store: Store) -> None:
    with pytest.raises(StoreError):
        await store.edit_ticket(TicketEdit(1001, state="open"), NOON)


async def test_lists_newest_first(store: Store) -> None:
    one = await opened(store)
    two = await opened(store, queue="line2")
    three = await opened(store, peer="v2")
    await store.edit_ticket(TicketEdit(two.number, state="closed"), NOON)

    async def numbers(**asked: object) -> list[int]:
        return [t.number for t in await store.tickets(**asked)]  # type: ignore[arg-type]

    assert await numbers() == [three.number, two.number, one.number]
    assert await numbers(limit=1) == [three.number]
    assert await numbers(conversation_id=one.conversation_id) == [two.number, one.number]
    assert await numbers(customer_id=three.customer_id) == [three.number]
    assert await numbers(states=["new", "open"]) == [three.number, one.number]
    assert await numbers(queue="line2") == [two.number]
    assert await numbers(states=["new"], queue="line1", customer_id=one.customer_id) == [one.number]

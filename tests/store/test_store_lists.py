"""What operators look at: the list, places in the queue, search."""

import pytest

from presszero.store.base import CustomerEdit, HolderSet, NewMessage, Store
from tests.store.desk import NOON, again, fresh, ticket, turn, write


async def wait(store: Store, peer: str, queue: str = "line1", at: float = NOON, due: float | None = None) -> int:
    """Somebody who waits for a person."""
    found = await fresh(store, peer, at=at)
    await write(store, turn(found, "человека!", at=at, holder=HolderSet("queue", queue=queue, due_at=due)))
    return found.id


async def test_the_list_goes_by_deadline(store: Store) -> None:
    late, soon, never = [await wait(store, p, due=d) for p, d in (("a", NOON + 9), ("b", NOON + 1), ("c", None))]
    await write(store, turn(await fresh(store, "bot-only"), "привет"))
    anna = await store.save_operator("anna", shown="Анна")
    held = await again(store, await fresh(store, "a"))
    await write(store, turn(held, holder=HolderSet("person", anna.id, due_at=NOON + 9), at=NOON + 1))
    rows = await store.rows()
    assert [r.conversation.id for r in rows] == [soon, late, never]
    assert [r.operator for r in rows] == ["", "Анна", ""]
    assert rows[0].last is not None
    assert (rows[0].last.text, rows[0].customer.id) == ("человека!", rows[0].conversation.customer_id)
    assert [r.conversation.id for r in await store.rows(holder=["person"])] == [late]
    assert [r.conversation.id for r in await store.rows(operator_id=anna.id)] == [late]
    assert [r.conversation.id for r in await store.rows(limit=1)] == [soon]
    assert len(await store.rows(holder=["bot", "queue", "person"])) == 4
    assert await store.rows(holder=[]) == []


async def test_ended_ones_are_apart_newest_first(store: Store) -> None:
    first, second = await fresh(store, "a"), await fresh(store, "b")
    for found in (first, second):
        await write(store, turn(found, "пока", ended=True))
    assert await store.rows(holder=["bot", "queue", "person"]) == []
    rows = await store.rows(holder=["bot", "queue", "person"], ended=True)
    assert [r.conversation.id for r in rows] == [second.id, first.id]


async def test_a_row_without_messages_has_no_last(store: Store) -> None:
    await fresh(store)
    (row,) = await store.rows(holder=["bot"])
    assert row.last is None


async def test_places_in_a_queue(store: Store) -> None:
    assert await store.place("line1") == 0
    ids = [await wait(store, f"p{i}", at=NOON + i // 2) for i in range(4)]  # two came at the same moment
    other = await wait(store, "x", "line2", at=NOON - 9)
    assert [await store.place("line1", i) for i in ids] == [0, 1, 2, 3]
    assert await store.place("line1") == 4
    assert await store.place("line2", other) == 0
    taken = (await store.load(ids[0]) or pytest.fail("gone"))[0]
    await write(store, turn(taken, holder=HolderSet("person")))
    assert [await store.place("line1", i) for i in ids[1:]] == [0, 1, 2]
    assert await store.place("line1", ids[0]) == 0


async def test_search_finds_words_names_contacts_and_numbers(store: Store) -> None:
    one, two, three = [await fresh(store, p) for p in ("a", "b", "c")]
    await write(store, turn(one, "Ёлку привезли на Улицу МИРА", "ok"))
    contact = {"contact": "+79123456789", "fields": {"Адрес": "Садовая, 5"}, "title": "Нет связи"}
    await write(store, turn(two, "привет", tickets=[ticket(1007, **contact)]))
    note = NewMessage("note", "VIP, осторожно: 100% псих_опат")
    await write(store, turn(three, messages=[note], customer=CustomerEdit({"name": "Иван Щукин"})))

    async def found(text: str) -> set[str]:
        return {r.conversation.peer for r in await store.search(text)}

    for text in ("елку", "ЁЛКУ", "улицу елку", "мира"):
        assert await found(text) == {"a"}, text
    for text in ("1007", "#1007", "№ 1007", "садовая", "+7 912 345-67-89", "нет СВЯЗИ"):
        assert await found(text) == {"b"}, text
    for text in ("щукин", "иван щ", "осторожно", "100%", "псих_"):
        assert await found(text) == {"c"}, text
    for text in ("", "  ", "улицу привет", "нетакого", "1008", "'", "х%х", "псих-"):
        assert await found(text) == set(), text
    assert len(await store.search("о", limit=1)) == 1

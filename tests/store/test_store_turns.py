"""The turn: all of it or nothing, once, in order."""

import asyncio

import pytest
from msgspec.structs import replace as changed

from presszero.errors import StoreError
from presszero.store.base import (
    CallStart,
    Committed,
    CustomerEdit,
    Duplicate,
    HolderSet,
    Inbound,
    NewMessage,
    Stale,
    Store,
    TicketEdit,
    TimerSet,
)
from tests.store.desk import NOON, again, everything, fresh, ticket, turn, write

DAY = 86400.0


async def test_first_contact_makes_a_conversation_and_a_customer_of_its_own(store: Store) -> None:
    found, customer = await store.conversation("web", "v1", NOON)
    assert (found.channel, found.peer, found.version, found.state, found.holder) == ("web", "v1", 0, b"{}", "bot")
    assert (found.last_seq, found.ended, found.created_at, found.updated_at) == (0, False, NOON, NOON)
    assert customer.id == found.customer_id
    assert not customer.verified
    assert await store.load(found.id) == (found, customer)
    assert await store.load(found.id + 1) is None


async def test_the_same_peer_comes_back_to_it_and_another_does_not(store: Store) -> None:
    first = await fresh(store)
    assert await fresh(store) == first
    assert (await fresh(store, "v2")).id != first.id
    assert (await fresh(store, "v1", "rest")).id != first.id


async def test_two_first_messages_at_once_make_one_conversation(store: Store) -> None:
    found = await asyncio.gather(*(fresh(store) for _ in range(20)))
    assert {c.id for c in found} == {found[0].id}


async def test_an_ended_or_idle_conversation_is_followed_by_another_of_the_same_customer(store: Store) -> None:
    first = await fresh(store)
    await write(store, turn(first, "Спасибо", ended=True))
    second = await fresh(store)
    assert second.id != first.id
    assert second.customer_id == first.customer_id
    assert (await fresh(store, at=NOON + DAY - 1)).id == second.id
    third = await fresh(store, at=NOON + DAY)
    assert third.id not in {first.id, second.id}
    old = await again(store, second)
    assert old.ended
    assert isinstance(await store.commit_turn(turn(second, "late")), Stale)


async def test_a_conversation_that_people_hold_does_not_grow_idle(store: Store) -> None:
    first = await fresh(store)
    await write(store, turn(first, "человека", holder=HolderSet("queue", queue="line1")))
    assert (await fresh(store, at=NOON + 9 * DAY)).id == first.id


async def test_a_turn_writes_all_it_says(store: Store) -> None:
    found = await fresh(store)
    number = await store.next_ticket_number()
    operator = await store.save_operator("anna", shown="Анна")
    body = {"buttons": [{"label": "Да", "payload": "yes", "digit": "1"}]}
    done = await write(
        store,
        turn(
            found,
            state=b'{"lang":"ru"}',
            at=NOON + 1,
            inbound=Inbound("web", "x1"),
            messages=[
                NewMessage("customer", "Нет интернета"),
                NewMessage("bot", "Проверяю", body=body, deliver=True),
                NewMessage("note", "тихо"),
                NewMessage("operator", "Здравствуйте", author="Анна"),
            ],
            holder=HolderSet("person", operator.id, "line1", {"Тема": "связь"}, NOON + 60),
            lang="ru",
            title="Нет интернета",
            page={"url": "https://example.org"},
            tickets=[ticket(number)],
            edits=[TicketEdit(number, state="open", owner_id=operator.id)],
            timers=[TimerSet("silence", 1, NOON + 300)],
            calls=[CallStart("c1", "billing.balance", {"contract": "7"}, "key1")],
            customer=CustomerEdit({"name": "Иван"}, {"address": ("Мира, 1", NOON)}, ("vip",)),
            counts=["turns", "turns", "started:no_connection"],
        ),
    )
    assert done.version == 1
    assert [(m.seq, m.who, m.sent) for m in done.messages] == [
        (1, "customer", ""),
        (2, "bot", "queued"),
        (3, "note", ""),
        (4, "operator", ""),
    ]
    assert tuple(await store.messages(found.id, notes=True)) == done.messages
    now, customer = await store.load(found.id) or pytest.fail("gone")
    assert (now.version, now.state, now.lang, now.title, now.last_seq) == (
        1,
        b'{"lang":"ru"}',
        "ru",
        "Нет интернета",
        4,
    )
    assert (now.holder, now.operator_id, now.queue, now.due_at) == ("person", operator.id, "line1", NOON + 60)
    assert (now.brief, now.page, now.updated_at) == ({"Тема": "связь"}, {"url": "https://example.org"}, NOON + 1)
    assert (customer.facts, customer.tags) == ({"name": "Иван"}, ("vip",))
    assert customer.remembered == {"address": ("Мира, 1", NOON)}
    kept = await store.ticket(number) or pytest.fail("no ticket")
    assert (kept.state, kept.owner_id, kept.lang, kept.replied_at) == ("open", operator.id, "ru", NOON + 1)
    assert [t.purpose for t in await store.due_timers(NOON + 300)] == ["silence"]
    assert [(c.id, c.call, c.given, c.key) for c in await store.due_calls()] == [
        ("c1", "billing.balance", {"contract": "7"}, "key1")
    ]
    assert [d.message for d in await store.due_deliveries(NOON + 1)] == [done.messages[1]]
    assert await store.counts(NOON) == {"turns": 2, "started:no_connection": 1}
    assert await store.taken(Inbound("web", "x1")) == found.id


async def test_what_a_turn_does_not_name_stays(store: Store) -> None:
    found = await fresh(store)
    held = HolderSet("queue", queue="line1", brief={"a": "b"}, due_at=NOON + 60)
    await write(store, turn(found, "1", lang="ru", title="t", page={"p": "1"}, holder=held, ended=True))
    await write(store, turn(await again(store, found), "2", at=NOON + 5))
    now = await again(store, found)
    assert (now.lang, now.title, now.page, now.holder, now.queue) == ("ru", "t", {"p": "1"}, "queue", "line1")
    assert (now.brief, now.queued_at, now.due_at, now.updated_at) == ({"a": "b"}, NOON, NOON + 60, NOON + 5)
    assert not now.ended  # something happens in it again


async def test_who_holds_it(store: Store) -> None:
    found = await fresh(store)
    anna = await store.save_operator("anna")

    async def hold(at: float, *given: object, **rest: object) -> object:
        held = HolderSet(*given, **rest)  # type: ignore[arg-type]
        await write(store, turn(await again(store, found), holder=held, at=at))
        now = await again(store, found)
        return now.holder, now.operator_id, now.queue, now.brief, now.queued_at

    brief = {"tried": "reboot"}
    assert await hold(NOON, "queue", None, "line1", brief) == ("queue", None, "line1", brief, NOON)
    assert await hold(NOON + 1, "queue", None, "line2") == ("queue", None, "line2", brief, NOON)  # its place is kept
    assert await hold(NOON + 2, "person", anna.id) == ("person", anna.id, "line2", brief, NOON)
    assert await hold(NOON + 3, "queue") == ("queue", None, "line2", brief, NOON + 3)
    assert await hold(NOON + 4, "bot") == ("bot", None, "", {}, None)


async def test_a_duplicate_writes_nothing_and_says_where(store: Store) -> None:
    found = await fresh(store)
    number = await store.next_ticket_number()
    first = turn(found, "раз", inbound=Inbound("web", "x1"), tickets=[ticket(number)], counts=["turns"])
    await write(store, first)
    now = await again(store, found)
    before = await everything(store, found)
    repeated = turn(
        *(now, "раз", "два"),
        inbound=Inbound("web", "x1"),
        timers=[TimerSet("silence", 1, NOON)],
        calls=[CallStart("c1", "x", {}, "k")],
        counts=["turns"],
        edits=[TicketEdit(number, state="closed")],
        customer=CustomerEdit({"name": "x"}),
        holder=HolderSet("queue"),
    )
    assert await store.commit_turn(repeated) == Duplicate(found.id)
    assert await store.commit_turn(first) == Duplicate(found.id)  # also where the version is an old one
    other = await fresh(store, "v2")
    assert await store.commit_turn(turn(other, "раз", inbound=Inbound("web", "x1"))) == Duplicate(found.id)
    assert await everything(store, found) == before
    assert await store.messages(other.id) == []
    await write(store, turn(now, "раз", inbound=Inbound("rest", "x1")))  # another account counts for itself


async def test_a_stale_turn_writes_nothing(store: Store) -> None:
    found = await fresh(store)
    await write(store, turn(found, "раз"))
    before = await everything(store, found)
    stale = turn(found, "два", inbound=Inbound("web", "x2"), timers=[TimerSet("silence", 1, NOON)], counts=["turns"])
    assert isinstance(await store.commit_turn(stale), Stale)
    assert await everything(store, found) == before
    assert await store.taken(Inbound("web", "x2")) is None
    await write(store, changed(stale, version=1))


async def test_a_turn_that_cannot_be_written_spoils_nobody_elses(store: Store) -> None:
    found = [await fresh(store, f"v{i}") for i in range(10)]
    turns = [turn(c, "раз", edits=[TicketEdit(77)] if i == 5 else []) for i, c in enumerate(found)]
    done = await asyncio.gather(*(store.commit_turn(t) for t in turns), return_exceptions=True)
    assert isinstance(done.pop(5), StoreError)
    assert all(isinstance(d, Committed) for d in done)
    assert await store.messages(found[5].id) == []
    assert (await again(store, found[5])).version == 0
    with pytest.raises(StoreError):
        await store.commit_turn(changed(turns[0], conversation_id=999))


async def test_of_a_hundred_turns_at_once_on_one_conversation_one_is_written(store: Store) -> None:
    found = await fresh(store)
    done = await asyncio.gather(*(store.commit_turn(turn(found, str(i))) for i in range(100)))
    assert sorted(type(d).__name__ for d in done) == ["Committed"] + ["Stale"] * 99
    assert len(await store.messages(found.id)) == 1


async def test_a_thousand_turns_on_fifty_conversations(store: Store) -> None:
    async def talk(peer: str) -> None:
        for i in range(20):
            found, _ = await store.conversation("web", peer, NOON)
            made = turn(found, f"{peer}-{i}", "ответ", inbound=Inbound("web", f"{peer}-{i}"), counts=["turns"])
            assert isinstance(await store.commit_turn(made), Committed)

    await asyncio.gather(*(talk(f"p{k}") for k in range(50)))
    assert await store.counts(0) == {"turns": 1000}
    for k in range(50):
        found = await fresh(store, f"p{k}")
        said = await store.messages(found.id)
        assert found.version == 20
        assert [m.seq for m in said] == list(range(1, 41))
        assert [m.text for m in said[::2]] == [f"p{k}-{i}" for i in range(20)]
    assert await store.check() == []


async def test_a_turn_whose_caller_went_away_is_written_all_the_same(store: Store) -> None:
    found = await fresh(store)
    waiting = asyncio.ensure_future(store.commit_turn(turn(found, "раз")))
    await asyncio.sleep(0)
    waiting.cancel()
    await write(store, turn(await fresh(store, "v2"), "два"))
    assert [m.text for m in await store.messages(found.id)] == ["раз"]


async def test_messages_by_seq(store: Store) -> None:
    found = await fresh(store)
    said = [NewMessage("note" if i % 3 == 0 else "customer", str(i)) for i in range(1, 11)]
    await write(store, turn(found, messages=said))

    async def seqs(**asked: object) -> list[int]:
        return [m.seq for m in await store.messages(found.id, **asked)]  # type: ignore[arg-type]

    assert await seqs() == [1, 2, 4, 5, 7, 8, 10]
    assert await seqs(notes=True) == list(range(1, 11))
    assert await seqs(after=4) == [5, 7, 8, 10]
    assert await seqs(after=1, limit=2) == [2, 4]
    assert await seqs(before=8, limit=2) == [5, 7]
    assert await seqs(before=8, after=4) == [5, 7]
    assert await seqs(after=10) == []


async def test_history_of_a_peer_goes_over_its_conversations(store: Store) -> None:
    first = await fresh(store)
    await write(store, turn(first, "раз", "два", ended=True))
    second = await fresh(store)
    await write(store, turn(second, messages=[NewMessage("customer", "три"), NewMessage("note", "тихо")]))
    await write(store, turn(await fresh(store, "v2"), "чужое"))
    said = await store.history("web", "v1")
    assert [m.text for m in said] == ["раз", "два", "три"]
    assert [m.text for m in await store.history("web", "v1", after=said[0].id)] == ["два", "три"]
    assert [m.text for m in await store.history("web", "v1", before=said[2].id, limit=1)] == ["два"]
    assert [m.text for m in await store.history("web", "v1", limit=1)] == ["три"]


async def test_any_text_comes_back_as_it_was(store: Store) -> None:
    found = await fresh(store)
    texts = ["", "'; DROP TABLE message; --", "😀 ё ё", "\x00\u202e", "строка\nдве", "a" * 100_000]
    await write(store, turn(found, messages=[NewMessage("customer", t, body={"client_id": t[:9]}) for t in texts]))
    assert [m.text for m in await store.messages(found.id)] == texts


async def test_nothing_is_asked_of_a_closed_store(engine) -> None:
    store = await engine.open()
    found = await fresh(store)
    waiting = asyncio.ensure_future(store.commit_turn(turn(found, "раз")))
    await asyncio.sleep(0)
    await store.close()
    assert isinstance(await waiting, Committed)  # what was asked before is finished
    with pytest.raises(StoreError):
        await store.commit_turn(turn(found, "два"))


async def test_what_no_database_can_keep_is_refused_and_not_found(store: Store) -> None:
    found = await fresh(store)
    with pytest.raises(StoreError):
        await store.commit_turn(turn(found, "half a character: \ud800"))
    with pytest.raises(StoreError):
        await store.conversation("web", "\ud800", NOON)
    assert await store.load(1 << 70) is None
    assert await store.ticket(1 << 70) is None
    assert await store.tickets(conversation_id=1 << 70) == []
    assert await store.session("\ud800", NOON) is None
    await write(store, turn(found, "раз"))

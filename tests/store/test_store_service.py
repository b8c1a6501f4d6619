"""Secrets, counts, marks, forgetting, throwing away, copies, checks."""

import sqlite3
from pathlib import Path

import pytest

from presszero.errors import StoreError
from presszero.store.base import (
    CallStart,
    CustomerEdit,
    HolderSet,
    Inbound,
    NewMessage,
    Store,
    StoredFile,
    TicketEdit,
    TimerSet,
)
from tests.store.desk import NOON, again, fresh, ticket, turn, write

DAY = 86400.0


async def test_a_secret_is_made_once(engine) -> None:
    store = await engine.open()
    first = await store.secret("widget")
    assert len(first) == 32
    assert await store.secret("console") != first
    await store.close()
    store = await engine.open()
    assert await store.secret("widget") == first
    await store.close()


async def test_counts_are_by_day(store: Store) -> None:
    for i in range(3):
        found = await again(store, await fresh(store, at=NOON + i * DAY))
        await write(store, turn(found, at=NOON + i * DAY, counts=["turns", "misunderstood"] if i else ["turns"]))
    assert await store.counts(NOON) == {"turns": 3, "misunderstood": 2}
    assert await store.counts(NOON + 2 * DAY) == {"turns": 1, "misunderstood": 1}
    assert await store.counts(NOON + 3 * DAY) == {}


async def test_marks_go_forward_only_and_not_past_the_end(store: Store) -> None:
    found = await fresh(store)
    await write(store, turn(found, "раз", "два", "три"))
    await store.mark_read(found.id, read_seq=2)
    await store.mark_read(found.id, read_seq=1, seen_seq=99)
    now = await again(store, found)
    assert (now.read_seq, now.seen_seq, now.version) == (2, 3, 1)


async def test_files(store: Store) -> None:
    found = await fresh(store)
    file = StoredFile("f1", found.id, "счёт.pdf", "application/pdf", 9, NOON)
    await store.add_file(file)
    assert await store.file("f1") == file
    assert await store.file("f2") is None
    assert await store.files(found.id) == ["f1"]
    with pytest.raises(StoreError):
        await store.add_file(StoredFile("f3", 999, "x", "x", 1, NOON))


async def test_forgetting_leaves_what_counts(store: Store) -> None:
    found, other = await fresh(store), await fresh(store, "v2")
    secret = "моя тайна 4242"
    made = ticket(1001, title=secret, fields={"Адрес": secret}, contact=secret, guess={"t": secret}, secret="link")
    await write(
        store,
        turn(
            found,
            state=b'{"said":"4242"}',
            messages=[NewMessage("customer", secret), NewMessage("bot", secret, deliver=True)],
            inbound=Inbound("web", "x1"),
            title=secret,
            page={"url": secret},
            holder=HolderSet("queue", queue="line1", brief={"t": secret}, due_at=NOON),
            tickets=[made],
            edits=[TicketEdit(1001, state="open", fields={"Дом": secret}, note=secret)],
            timers=[TimerSet("silence", 1, NOON)],
            calls=[CallStart("c1", "x", {"t": secret}, "k")],
            customer=CustomerEdit({"name": secret}, {"a": (secret, NOON)}),
        ),
    )
    await store.add_file(StoredFile("f1", found.id, secret, "image/png", 9, NOON))
    await write(store, turn(other, "не тайна"))
    assert await store.forget_conversation(found.id) == ["f1"]

    now, customer = await store.load(found.id) or pytest.fail("gone")
    assert (now.state, now.brief, now.page, now.title, now.holder, now.ended) == (b"{}", {}, {}, "", "bot", True)
    assert now.version == 2
    assert (customer.facts, customer.remembered) == ({}, {})
    assert await store.messages(found.id, notes=True) == await store.history("web", "v1") == []
    assert await store.file("f1") is None
    assert await store.due_timers(NOON) == await store.due_calls() == await store.due_deliveries(NOON) == []
    kept = await store.ticket(1001) or pytest.fail("gone")
    assert (kept.category, kept.priority, kept.state, kept.created_at) == ("no_connection", "high", "open", NOON)
    assert (kept.title, kept.fields, kept.contact, kept.guess, kept.secret) == ("", {}, "", {}, "")
    assert [h["what"].get("state") for h in await store.ticket_history(1001)] == ["new", "open"]
    assert "4242" not in repr(await store.ticket_history(1001))
    assert await store.search("4242") == await store.search("тайна 4242") == []
    assert await store.taken(Inbound("web", "x1")) == found.id  # a late repetition writes nothing
    assert len(await store.messages(other.id)) == 1
    assert await store.check() == []
    assert (await fresh(store)).id != found.id


async def test_forgetting_leaves_a_verified_customer_known(store: Store) -> None:
    found = await fresh(store, key="site:42")
    await store.save_customer(found.customer_id, CustomerEdit({"name": "Иван"}))
    await store.forget_conversation(found.id)
    assert (await store.load(found.id) or pytest.fail("gone"))[1].facts == {"name": "Иван"}


async def test_old_external_ids_are_thrown_away(store: Store) -> None:
    found = await fresh(store)
    anna = await store.save_operator("anna")
    await store.add_session("old", anna.id, NOON + 1)
    for i in range(5):
        found = await again(store, found)
        await write(store, turn(found, "раз", at=NOON + i, inbound=Inbound("web", f"x{i}")))
    assert await store.prune(NOON + 3) == 3
    assert [await store.taken(Inbound("web", f"x{i}")) for i in range(5)] == [None] * 3 + [found.id] * 2
    assert not await store.end_session("old")
    assert await store.prune(NOON + 3) == 0
    assert len(await store.messages(found.id)) == 5


async def test_a_copy_of_a_running_store_is_whole_and_opens(engine, tmp_path: Path) -> None:
    store = await engine.open()
    found = await fresh(store)
    await write(store, turn(found, "раз"))
    (tmp_path / "copy").mkdir()
    copy = tmp_path / "copy" / "desk.db"
    await store.backup(str(copy))
    await write(store, turn(await again(store, found), "два"))
    await store.backup(str(copy))  # over the last one
    with pytest.raises(StoreError):
        await store.backup(str(tmp_path / "nowhere" / "desk.db"))
    assert sorted(p.name for p in copy.parent.iterdir()) == ["desk.db"]
    await store.close()
    second = await type(engine)(copy.parent).open()
    assert [m.text for m in await second.messages(found.id)] == ["раз", "два"]
    assert await second.check() == []
    await second.close()


async def test_check_names_a_row_whose_parent_is_gone(engine) -> None:
    store = await engine.open()
    await write(store, turn(await fresh(store), "раз"))
    assert await store.check() == []
    with sqlite3.connect(engine.path) as other:  # foreign keys are off unless asked for
        other.execute("UPDATE message SET conversation_id = 77")
    other.close()
    (sentence,) = await store.check()
    assert "message" in sentence
    assert "conversation" in sentence
    await store.close()

"""Timers, service calls, and the outbox: what waits is there after a restart, in order, once."""

import pytest

from presszero.errors import StoreError
from presszero.store.base import CallStart, Conversation, DueTimer, NewMessage, Store, TimerSet
from tests.store.desk import NOON, again, fresh, turn, write


async def say(store: Store, to: Conversation, *texts: str) -> list[int]:
    """Messages that a channel must carry; their ids."""
    said = [NewMessage("bot", text, deliver=True) for text in texts]
    done = await write(store, turn(await again(store, to), messages=said))
    return [m.id for m in done.messages]


async def due(store: Store, at: float = NOON) -> list[tuple[str, str]]:
    return [(d.peer, d.message.text) for d in await store.due_deliveries(at)]


async def test_a_timer_of_a_purpose_takes_the_place_of_the_last(store: Store) -> None:
    found = await fresh(store)
    assert await store.next_due() is None
    await write(store, turn(found, timers=[TimerSet("silence", 1, NOON + 10), TimerSet("survey", 2, NOON + 5)]))
    assert await store.next_due() == NOON + 5
    await write(store, turn(await again(store, found), timers=[TimerSet("silence", 3, NOON + 1)], cancels=["survey"]))
    assert await store.due_timers(NOON + 99) == [DueTimer(found.id, "silence", 3, NOON + 1)]


async def test_a_timer_cancelled_and_set_in_one_turn_is_set(store: Store) -> None:
    found = await fresh(store)
    await write(store, turn(found, timers=[TimerSet("silence", 1, NOON)], cancels=["silence"]))
    assert len(await store.due_timers(NOON)) == 1


async def test_timers_come_oldest_first_and_stay_until_dropped(store: Store) -> None:
    for i, wait in enumerate((30, 10, 20, 40)):
        await write(store, turn(await fresh(store, f"v{i}"), timers=[TimerSet("silence", 7, NOON + wait)]))
    assert [t.due_at - NOON for t in await store.due_timers(NOON + 30)] == [10, 20, 30]
    assert [t.due_at - NOON for t in await store.due_timers(NOON + 30, limit=1)] == [10]
    first = (await store.due_timers(NOON + 30))[0]
    await store.drop_timer(first.conversation_id, "silence", 6)  # another has taken its place
    assert await store.next_due() == NOON + 10
    await store.drop_timer(first.conversation_id, "silence", 7)
    assert await store.next_due() == NOON + 20


async def test_a_call_waits_for_its_answer_over_a_restart(engine) -> None:
    store = await engine.open()
    found = await fresh(store)
    calls = [CallStart("c1", "billing", {"n": "1"}, "k1"), CallStart("c2", "billing", {}, "k2")]
    await write(store, turn(found, calls=calls))
    await store.begin_call(found.id, "c1")
    await store.close()
    store = await engine.open()
    assert [(c.id, c.attempts) for c in await store.due_calls()] == [("c1", 1), ("c2", 0)]
    await write(store, turn(await again(store, found), call_done="c1"))
    assert [c.id for c in await store.due_calls()] == ["c2"]
    assert len(await store.due_calls(limit=0)) == 0
    await store.close()


async def test_each_peer_has_a_line_of_its_own_and_only_its_head_goes(store: Store) -> None:
    one, two = await fresh(store, "p1", "telegram:1"), await fresh(store, "p2", "telegram:1")
    first, second = await say(store, one, "a1", "a2")
    await say(store, two, "b1")
    assert await due(store) == [("p1", "a1"), ("p2", "b1")]
    assert await due(store, NOON - 1) == []
    await store.begin_delivery(first)
    assert await due(store) == [("p2", "b1")]  # on its way: nobody may begin it twice, nothing may overtake it
    with pytest.raises(StoreError):
        await store.begin_delivery(first)
    await store.end_delivery(first, "retry", retry_at=NOON + 30, why="429")
    assert await due(store) == [("p2", "b1")]
    assert await due(store, NOON + 30) == [("p2", "b1"), ("p1", "a1")]
    await store.begin_delivery(first)
    await store.end_delivery(first, "sent", external_id="tg-5")
    assert (await store.due_deliveries(NOON))[0].id == second
    assert [m.sent for m in await store.messages(one.id)] == ["sent", "queued"]


async def test_the_line_goes_on_over_conversations_of_one_peer(store: Store) -> None:
    first = await fresh(store, "p1")
    await write(store, turn(first, messages=[NewMessage("bot", "прощайте", deliver=True)], ended=True))
    second = await fresh(store, "p1")
    await say(store, second, "снова")
    assert await due(store) == [("p1", "прощайте")]


async def test_a_dead_letter_lets_the_next_go_and_may_be_tried_again(store: Store) -> None:
    found = await fresh(store, "p1")
    first, second = await say(store, found, "a1", "a2")
    await store.begin_delivery(first)
    await store.end_delivery(first, "failed", why="blocked")
    assert [d.id for d in await store.due_deliveries(NOON)] == [second]
    (dead,) = await store.dead_letters()
    assert (dead.id, dead.attempts, dead.message.sent) == (first, 1, "failed")
    await store.end_delivery(first, "retry", retry_at=NOON)
    assert await store.dead_letters() == []
    assert [d.id for d in await store.due_deliveries(NOON)] == [first]


async def test_what_a_crash_cut_is_in_doubt(engine) -> None:
    store = await engine.open()
    found = await fresh(store, "p1")
    begun, waiting = await say(store, found, "a1", "a2")
    await store.begin_delivery(begun)
    assert [m.sent for m in await store.messages(found.id)] == ["queued", "queued"]
    await store.close()
    store = await engine.open()
    assert [m.sent for m in await store.messages(found.id)] == ["in_doubt", "queued"]
    assert [d.id for d in await store.dead_letters()] == [begun]
    assert [d.id for d in await store.due_deliveries(NOON)] == [waiting]
    await store.close()

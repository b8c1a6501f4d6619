"""Who somebody is: joined on verified keys only, and what was joined can be taken apart."""

from presszero.store.base import Customer, CustomerEdit, Stale, Store
from tests.store.desk import NOON, again, fresh, ticket, turn, write


async def customer(store: Store, conversation_id: int) -> Customer:
    found = await store.load(conversation_id)
    assert found is not None
    return found[1]


async def test_a_peer_alone_joins_nothing(store: Store) -> None:
    one, two = await fresh(store, "p1"), await fresh(store, "p1", "telegram:1")
    assert one.customer_id != two.customer_id


async def test_a_verified_key_joins_peers_and_channels(store: Store) -> None:
    one, known = await store.conversation("web", "p1", NOON, customer_key="site:42")
    two = await fresh(store, "p2", key="site:42")
    three = await fresh(store, "77", "telegram:1", key="site:42")
    assert known.verified
    assert {one.customer_id, two.customer_id, three.customer_id} == {known.id}
    assert await store.conversation("web", "p1", NOON, customer_key="site:42") == (one, known)
    assert await store.conversation("web", "p1", NOON) == (one, known)  # the same visitor, on a page that knows less
    assert (await fresh(store, "p1", key="site:43")).customer_id != known.id


async def test_an_anonymous_customers_conversations_and_tickets_move_and_can_be_taken_back(store: Store) -> None:
    old = await fresh(store)
    await write(store, turn(old, "раз", ended=True))
    now = await fresh(store)
    await write(store, turn(now, "два", tickets=[ticket(1001)], customer=CustomerEdit({"name": "Иван"})))
    moved, known = await store.conversation("web", "v1", NOON, customer_key="site:42")
    assert (moved.id, moved.customer_id, known.verified) == (now.id, known.id, True)
    assert (await again(store, old)).customer_id == known.id
    assert [t.customer_id for t in await store.tickets()] == [known.id]
    assert known.facts == {}  # what somebody typed is not verified
    assert isinstance(await store.commit_turn(turn(now, "поздно")), Stale)

    assert await store.separate(now.id)
    assert not await store.separate(now.id)
    back = await customer(store, now.id)
    assert (back.id, back.facts, back.verified) == (old.customer_id, {"name": "Иван"}, False)
    assert [t.customer_id for t in await store.tickets()] == [old.customer_id]
    assert (await again(store, old)).customer_id == known.id  # only the one that was asked for
    after = await fresh(store, key="site:42")  # and it stays apart
    assert after.id != now.id
    assert after.customer_id == known.id
    assert (await again(store, now)).customer_id == old.customer_id


async def test_a_peer_that_becomes_somebody_else_begins_anew_and_reads_nothing_old(store: Store) -> None:
    first = await fresh(store, key="site:42")
    await write(store, turn(first, "моя тайна"))
    other = await fresh(store, key="site:43")
    assert other.id != first.id
    assert await store.history("web", "v1") == []
    assert (await again(store, first)).customer_id == first.customer_id
    await write(store, turn(other, "привет", ended=True))
    nobody = await fresh(store)
    assert not (await customer(store, nobody.id)).verified
    assert await store.history("web", "v1") == []


async def test_what_becomes_known_is_added(store: Store) -> None:
    found = await fresh(store)
    await store.save_customer(found.customer_id, CustomerEdit({"name": "Иван"}, {"a": ("1", NOON)}, ("vip",)))
    await store.save_customer(found.customer_id, CustomerEdit({"phone": "+7"}, {"a": ([1], NOON + 1)}, ("vip", "debt")))
    now = await customer(store, found.id)
    assert now.facts == {"name": "Иван", "phone": "+7"}
    assert now.remembered == {"a": ([1], NOON + 1)}
    assert now.tags == ("vip", "debt")
    assert (await again(store, found)).version == found.version
    await store.save_customer(999, CustomerEdit({"name": "nobody"}))

"""Operators, sign-ins, presence."""

import pytest

from presszero.errors import StoreError
from presszero.store.base import Operator, Store
from tests.store.desk import NOON


async def test_an_operator_is_added_and_changed_by_name(store: Store) -> None:
    added = await store.save_operator("anna", shown="Анна", password="h1", queues=["line1"], lang="en", role="lead")
    assert added == Operator(added.id, "anna", "Анна", "h1", ("line1",), False, "en", "lead")
    changed = await store.save_operator("anna", queues=[])
    assert (changed.id, changed.shown, changed.queues, changed.role) == (added.id, "Анна", (), "lead")
    boris = await store.save_operator("boris")
    assert (boris.shown, boris.lang, boris.role, boris.disabled) == ("boris", "ru", "operator", False)
    assert await store.operators() == [changed, boris]
    assert await store.operator(name="anna") == await store.operator(id=added.id) == changed
    assert await store.operator(name="clara") is None
    assert await store.operator(id=77) is None


async def test_a_sign_in_ends_in_time(store: Store) -> None:
    anna = await store.save_operator("anna")
    await store.add_session("d1", anna.id, NOON + 10)
    assert await store.session("d1", NOON) == anna
    assert await store.session("d1", NOON + 10) is None
    assert await store.session("d2", NOON) is None
    assert await store.end_session("d1")
    assert not await store.end_session("d1")  # a login link serves once
    assert await store.session("d1", NOON) is None
    with pytest.raises(StoreError):
        await store.add_session("d3", 77, NOON)


@pytest.mark.parametrize("change", [{"disabled": True}, {"password": "new"}])
async def test_a_new_password_or_disabling_ends_all_sign_ins(store: Store, change: dict[str, object]) -> None:
    anna, boris = await store.save_operator("anna"), await store.save_operator("boris")
    for digest, who in (("a1", anna), ("a2", anna), ("b1", boris)):
        await store.add_session(digest, who.id, NOON + 10)
    await store.save_operator("anna", shown="Анна")  # this ends nothing
    assert await store.session("a1", NOON) is not None
    await store.save_operator("anna", **change)  # type: ignore[arg-type]
    assert await store.session("a1", NOON) is await store.session("a2", NOON) is None
    assert await store.session("b1", NOON) == boris
    await store.save_operator("anna", disabled=False)
    assert await store.session("a1", NOON) is None  # enabled again, she signs in again


async def test_who_is_there(store: Store) -> None:
    anna, boris = await store.save_operator("anna"), await store.save_operator("boris")
    assert await store.present(NOON) == []
    await store.touch_operator(anna.id, NOON)
    await store.touch_operator(boris.id, NOON - 60)
    assert await store.present(NOON) == [anna.id, boris.id]
    assert await store.present(NOON + 31) == [anna.id]
    await store.touch_operator(anna.id, NOON + 1, away=True)
    await store.touch_operator(anna.id, NOON + 2)  # still away
    assert await store.present(NOON + 2) == [boris.id]
    await store.touch_operator(anna.id, NOON + 3, away=False)
    await store.save_operator("boris", disabled=True)
    assert await store.present(NOON + 3) == [anna.id]

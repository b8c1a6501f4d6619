"""What Telegram does to a desk: lost answers, kills, floods, groups it was thrown out of, several groups, limits that are real."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest
import pytest_asyncio

from presszero.channels.telegram_desk.desk import PACE, ForumDesk
from presszero.runtime.pace import Rate
from presszero.testing.telegram import Limits, Telegram
from tests.running import here, until
from tests.telegram.battery import limits
from tests.telegram_desk.room import Room, room

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def desk(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Room]:
    """One desk for the storms that pass."""
    async with room(tmp_path_factory.mktemp("storms")) as found:
        yield found


async def test_a_lost_answer_is_sent_again_under_a_warning(desk: Room) -> None:
    boris, thread = await desk.waits()
    await thread.sees("👤 Борис: оператор")
    desk.tg.faults.add("lost", "sendMessage", chat_id=desk.forum.id)
    await boris.write("строка один")
    again = await thread.sees("Возможно, это уже приходило")
    assert "строка один" in again.text
    shown = [t for t in thread.texts if "строка один" in t]
    assert len(shown) == 2
    assert "Возможно" in shown[1]
    desk.tg.faults.add("error", "sendMessage", chat_id=desk.forum.id, status=500)
    await boris.write("строка два")
    await thread.sees("строка два")
    assert [t for t in thread.texts if "строка два" in t] == ["👤 Борис: строка два"]


async def test_a_topic_whose_making_was_lost_is_marked(desk: Room) -> None:
    desk.tg.faults.add("lost", "createForumTopic")
    boris = desk.tg.person("Борис", lang="ru")
    before = desk.threads()
    await boris.write("оператор")
    await until(lambda: len(desk.threads()) == len(before) + 2)
    first, second = desk.threads()[-2:]
    await second.sees("Может быть и вторая, пустая тема")
    assert first.texts == []


async def test_what_was_under_way_at_a_kill_is_in_doubt_and_nothing_is_lost(tmp_path: Path) -> None:
    """As a kill leaves it: the lines are noted as going, and nobody noted that they went."""
    async with room(tmp_path) as desk:
        boris, thread = await desk.waits()
        await thread.sees("👤 Борис: оператор")
        talk = await desk.talk(boris)
        desk.tg.faults.add("slow", "sendMessage", seconds=30.0, chat_id=desk.forum.id)
        await boris.write("перед убийством")
        await until(lambda: not desk.tg.faults.waiting)  # it is on its way, and hangs
        topic = await desk.store.topic(talk.id)
        assert topic.begun_seq > topic.sent_seq
        tg, root, data = desk.tg, tmp_path / "desk", desk.desk.data
    # `room` has stopped the desk in the middle of a send; its double is gone too, so another takes its place and port.
    tg.limits.flood = False
    async with Telegram(limits=Limits(flood=False), port=int(tg.url.rpartition(":")[2]), tokens=(tg.token,)) as again:
        again.world.groups, again.world.users = tg.world.groups, tg.world.users
        again.world._private = tg.world._private
        env = {"TELEGRAM_TOKEN": again.token, "TELEGRAM_API": again.url}
        async with here(data, root, env, always_open=True) as found:
            await until(lambda: any("Возможно" in t and "перед убийством" in t for t in thread.texts), within=30)
            topic = await found.running.store.topic(talk.id)
            assert topic.sent_seq >= topic.begun_seq - 1
            assert sum("перед убийством" in t for t in thread.texts) == 1


async def test_queues_have_their_groups_and_a_transfer_moves_the_topic(tmp_path: Path) -> None:
    async with room(tmp_path, groups=2, more="    queues: {care: @0, sales: @1}\n") as desk:
        boris, thread = await desk.waits()
        assert [len(f.topics) for f in desk.forums] == [1, 0]
        await thread.write(desk.olga, "/transfer sales")
        await until(lambda: desk.forums[1].topics)
        new = desk.forums[1].topics[0]
        await new.sees("👤 Борис: оператор")
        await thread.sees("его тема теперь в другой группе")
        await until(lambda: thread.topic.closed)
        await new.write(desk.olga, "Отдел продаж")
        await boris.sees("Отдел продаж")


async def test_topics_are_shared_among_groups_and_a_group_that_is_closed_to_us_is_passed_by(
    tmp_path: Path,
) -> None:
    async with room(tmp_path, groups=2) as desk:
        for n in range(4):
            await desk.waits(f"Клиент{n}")
        assert [len(f.topics) for f in desk.forums] == [2, 2]
        await desk.forums[0].remove(desk.tg.bot)
        await desk.waits("Пятый")
        await desk.waits("Шестой")
        assert len(desk.forums[1].topics) == 4


async def test_real_limits_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two handoffs in one group at its pace, all of it five times as fast: nothing is refused, nobody is forgotten."""
    theirs, ours = limits(5)
    faster = msgspec.structs.replace(PACE, group=Rate(13.5 * 5 / 60, 6), overall=Rate(5.0, 1))
    monkeypatch.setattr(ForumDesk, "pace", faster)
    monkeypatch.setattr("presszero.channels.telegram_desk.room.TELEGRAM", ours)
    async with room(tmp_path, limits=theirs) as desk:
        for n in range(2):
            await desk.tg.person(f"Клиент{n}", lang="ru").write("оператор")
        await until(lambda: len(desk.forum.topics) == 2, within=30)
        for thread in desk.forum.topics:
            await thread.sees("оператор", within=40)
        assert [c for c in desk.tg.journal.calls if c.status == 429] == []


@pytest.mark.parametrize("kind", ["flood", "error", "drop"])
async def test_a_fault_at_the_beginning_is_overcome(desk: Room, kind: str) -> None:
    desk.tg.faults.add(kind, "createForumTopic", seconds=1)
    boris, thread = await desk.waits()
    await thread.sees("👤 Борис: оператор")
    await thread.write(desk.olga, "Вижу")
    await boris.sees("Вижу")
    told = [t for t in thread.texts if "Может быть и вторая" in t]
    assert len(told) == (1 if kind == "drop" else 0)  # a wire that dies says nothing of what was done


async def test_what_nobody_expects_in_a_group_changes_nothing(desk: Room) -> None:
    boris, thread = await desk.waits()
    await thread.sees("👤 Борис: оператор")
    chat = desk.forum.chat.raw()
    strange = [
        {"message_id": 900, "date": 0, "chat": chat},
        {"message_id": 901, "date": 0, "chat": chat, "message_thread_id": thread.id, "from": {"id": "x"}},
        {"message_id": 902, "date": 0, "chat": chat, "message_thread_id": 10**12, "text": "/close",
         "from": desk.olga.user.raw()},
        {"message_id": 903, "date": 0, "chat": chat, "message_thread_id": thread.id, "text": "x",
         "from": {"id": 1, "is_bot": True, "first_name": "Other"}},
        {"message_id": 904, "date": 0, "chat": chat, "message_thread_id": thread.id, "text": "из канала",
         "sender_chat": {"id": -100999, "type": "channel"}, "from": {"id": 777000, "first_name": "Telegram"}},
        {"message_id": 905, "date": 0, "chat": chat, "message_thread_id": thread.id, "text": "/close@other_bot",
         "from": desk.olga.user.raw()},
        {"message_id": 906, "date": 0, "chat": chat, "message_thread_id": thread.id, "dice": {"emoji": "🎲", "value": 1},
         "from": desk.olga.user.raw()},
    ]  # fmt: skip
    for message in strange:
        desk.tg.update("message", message)
    desk.tg.update("edited_message", strange[-1])
    await thread.write(desk.olga, "всё на месте")
    await boris.sees("всё на месте")
    assert [t for t in boris.chat.said if t.endswith(("x", "из канала"))] == []
    assert (await desk.talk(boris)).holder == "person"

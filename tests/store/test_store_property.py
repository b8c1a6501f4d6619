"""Whatever comes in whatever order: seqs without gaps, versions that only grow, each external id once."""

import asyncio
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from presszero.errors import StoreError
from presszero.store.base import Committed, Conversation, Duplicate, Inbound, NewMessage, Stale, TicketEdit, Turn
from tests.store.conftest import ENGINES
from tests.store.desk import NOON

PEERS = 3
act = st.fixed_dictionaries(
    {
        "peer": st.integers(0, PEERS - 1),
        "id": st.integers(0, 12),
        "said": st.integers(0, 3),
        "old": st.booleans(),  # written with a version read earlier
        "broken": st.booleans(),
        "forget": st.integers(0, 9).map(lambda n: n == 0),
        "ended": st.integers(0, 5).map(lambda n: n == 0),
    }
)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(sorted(ENGINES)), st.lists(st.lists(act, max_size=6), max_size=6))
def test_seqs_have_no_gaps_and_versions_grow(engine: str, rounds: list[list[dict[str, object]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(played(engine, Path(folder), rounds))


async def played(engine: str, folder: Path, rounds: list[list[dict[str, object]]]) -> None:
    """Runs each round's acts at once, and compares with a model afterwards."""
    store = await ENGINES[engine](folder).open()
    expected: dict[int, list[str]] = {}
    forgotten: dict[int, int] = {}
    taken: dict[str, int] = {}
    versions: dict[int, int] = {}
    read: dict[int, Conversation] = {}

    async def one(number: int, a: dict[str, object]) -> None:
        found, _ = await store.conversation("web", f"p{a['peer']}", NOON)
        if a["old"]:
            found = read.get(found.id, found)
        read.setdefault(found.id, found)
        if a["forget"]:
            await store.forget_conversation(found.id)
            forgotten[found.id] = forgotten.get(found.id, 0) + len(expected.get(found.id, []))
            expected[found.id] = []
            return
        texts = [f"{number}.{i}" for i in range(int(str(a["said"])))]
        turn = Turn(
            *(found.id, found.version, b"{}", NOON, Inbound("web", f"x{a['id']}")),
            messages=[NewMessage("customer", text) for text in texts],
            edits=[TicketEdit(1)] if a["broken"] else [],
            ended=bool(a["ended"]),
        )
        try:
            done = await store.commit_turn(turn)
        except StoreError:
            assert a["broken"]
            return
        if isinstance(done, Committed):
            assert not a["broken"]
            assert f"x{a['id']}" not in taken
            taken[f"x{a['id']}"] = found.id
            assert done.version > versions.get(found.id, 0)
            versions[found.id] = done.version
            expected.setdefault(found.id, []).extend(texts)
        elif isinstance(done, Duplicate):
            assert taken.get(f"x{a['id']}") == done.conversation_id
        else:
            assert isinstance(done, Stale)

    number = 0
    for acts in rounds:
        await asyncio.gather(*(one(number + i, a) for i, a in enumerate(acts)))
        number += len(acts)
    for conversation_id, texts in expected.items():
        said = await store.messages(conversation_id)
        assert [m.text for m in said] == texts
        before = forgotten.get(conversation_id, 0)
        assert [m.seq for m in said] == list(range(before + 1, before + len(texts) + 1))
        found = await store.load(conversation_id)
        assert found is not None
        assert found[0].last_seq == before + len(texts)
    assert await store.check() == []
    await store.close()

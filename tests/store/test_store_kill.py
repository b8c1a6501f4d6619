"""SIGKILL under traffic: whatever was acknowledged is there, once, in order, and nothing half."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from presszero.store.base import Inbound, Message
from presszero.store.sqlite import SqliteStore
from tests.store.desk import NOON

ROOT = Path(__file__).parents[2]
ROUNDS = 5


def killed(path: Path, name: str, after: int) -> list[str]:
    """What the process acknowledged before it was killed, some time after its ``after``th turn."""
    env = {**os.environ, "PYTHONPATH": str(ROOT / "bot")}
    command = [sys.executable, str(ROOT / "tests/store/committing.py"), str(path), name]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=env) as process:
        assert process.stdout is not None
        seen = [process.stdout.readline() for _ in range(after)]
        process.kill()
        seen += process.stdout.read().splitlines(keepends=True)
    return [line.decode().strip() for line in seen if line.endswith(b"\n")]


@pytest.mark.crash
async def test_what_was_acknowledged_survives_a_kill(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    acknowledged: list[str] = []
    for n in range(ROUNDS):
        seen = killed(path, f"r{n}", 40 + 37 * n)
        assert len(seen) >= 40
        acknowledged += seen
        store = SqliteStore(path)
        await store.open()
        assert await store.check() == []
        written: list[str] = []
        for i in range(8):
            said = await store.history("web", f"p{i}", limit=100_000)
            written += checked(said)
            for m in said[::2]:
                assert await store.taken(Inbound("web", m.text)) == m.conversation_id
        assert set(acknowledged) <= set(written)
        assert len(written) == len(set(written))
        assert (await store.counts(0))["turns"] == len(written)
        assert {d.peer for d in await store.due_deliveries(NOON * 2)} == {f"p{i}" for i in range(8)}
        await store.close()


def checked(said: list[Message] | tuple[Message, ...]) -> list[str]:
    """The external ids of a conversation's turns, each with its answer, in the order they were written."""
    assert [m.seq for m in said] == list(range(1, len(said) + 1))
    ids = [m.text for m in said[::2]]
    assert [m.text for m in said[1::2]] == [f"re {i}" for i in ids]
    order = [(name, int(n)) for name, _, n in (i.split(".") for i in ids)]
    assert order == sorted(order)
    return ids

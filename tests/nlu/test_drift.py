"""`presszero nlu drift`: how much is misunderstood, and what fits nothing."""

import asyncio
import json
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presszero.cli import run
from presszero.nlu.drift import Share, drift
from presszero.store.asked import NewQuestion
from presszero.store.sqlite import SqliteStore
from tests.running import ENV, copy_desk

ROWS = [
    (10, "in:order/which", 5),
    (10, "said:order", 4),
    (10, "lost:order", 1),
    (10, "said:pay", 4),
    (11, "said:order", 6),
    (11, "lost:order", 2),
    (11, "kb_answer", 7),
    (11, "lost:", 1),
    (11, "misunderstood", 7),
    (11, "said", 7),
]


def test_shares_by_day_and_flow_are_those_one_counts_by_hand():
    found = drift(ROWS)
    assert found.days == {10: Share(1, 8), 11: Share(3, 6)}
    assert list(found.flows.items()) == [("", Share(1, 1)), ("order", Share(3, 10)), ("pay", Share(0, 4))]
    assert found.flows["order"].part == pytest.approx(0.3)
    assert found.total == Share(4, 14)
    assert drift([]).days == {}
    assert Share(0, 0).part == 0.0


@given(
    st.lists(
        st.tuples(st.integers(0, 9), st.text(max_size=20) | st.sampled_from([n for _, n, _ in ROWS]), st.integers(0, 9))
    )
)
def test_any_totals_can_be_read(rows):
    for share in drift(rows).days.values():
        assert 0 <= share.part <= 1


async def keep(path):
    store = SqliteStore(path)
    await store.open()
    now = time.time()
    for text, intent in (("почините чайник", ""), ("чайник почините", ""), ("где заказ", "order")):
        await store.ask(NewQuestion(text, "ru", "none", intent=intent), now)
    await store.close()
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE question SET place = 'chat'")
        day = int(now // 86400)
        db.executemany(
            "INSERT INTO count (day, name, total) VALUES (?, ?, ?)", [(day, n, t) for at, n, t in ROWS if at == 10]
        )


def test_it_is_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for name, value in ENV.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("PRESSZERO_DATA", str(tmp_path / "data"))
    root = str(copy_desk(tmp_path / "desk"))
    (tmp_path / "data").mkdir()
    assert run(["nlu", "drift", root, "--lang", "en"]) == 2
    assert "has not run yet" in capsys.readouterr().err
    asyncio.run(keep(tmp_path / "data" / "presszero.db"))
    assert run(["nlu", "drift", root, "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "12.5%  1/8" in said
    assert "order" in said
    assert "2 × [ru]" in said
    assert "заказ" not in said
    assert run(["nlu", "drift", root, "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["flows"] == {"order": [1, 4], "pay": [0, 4]}
    assert [one["count"] for one in data["strange"]] == [2]

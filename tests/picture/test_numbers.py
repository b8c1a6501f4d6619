"""What happened at each step: counted by live conversations, read back, printed beside the lines of a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presszero.check.picture.numbers import line_of, time_of
from presszero.check.player import Stage
from presszero.cli import run
from presszero.dialogue.tally import BOUNDS, Passage, bound, passages
from presszero.store.sqlite import SqliteStore
from tests.played.desks import SMALL, content, make
from tests.running import data_folder

AT = 1_795_500_000.0


async def test_a_conversation_is_counted(tmp_path: Path) -> None:
    _, ready = content(make(tmp_path, "  []\n"))
    async with Stage(ready, AT) as stage:
        answers = {"shop.order": ["not_found", {"state": "едет", "days": 2}]}
        player = await stage.player(lang="ru", at=AT, services=answers, customer={})
        await player.say("где мой заказ")
        await player.after(25)
        await player.say("1111")
        await player.say("абвгд ежз")
        await player.say("2222")
        await player.after(3600)  # falls silent
        await player.say("завтра")  # and comes back
        lost = await stage.player(lang="ru", at=stage.clock.at, services={}, customer={})
        await lost.say("нужен ремонт")
        await lost.say("123456")
        await lost.press("repair/part/belt", "Красный ремень")
        await lost.after(3600)
        asks = await stage.player(lang="ru", at=stage.clock.at, services={}, customer={})
        await asks.say("нужен ремонт")
        await asks.say("оператор")
        found = passages(await stage.store.counts(0.0))
    which, look = found["order", "which"], found["order", "look"]
    assert (which.entered, which.misunderstood) == (2, 1)
    assert which.exits == {"next": 2}
    assert which.times == {30: 1}
    assert 20 < (which.median or 0) <= 30
    assert look.exits == {"not_found": 1, "next": 1}
    day = found["order", "day"]
    assert (day.entered, day.silent, day.spoke_again, day.dropped) == (1, 1, 1, 0)
    assert found["repair", "part"].exits == {"belt": 1}
    assert found["repair", "day"].dropped == 1
    assert found["repair", "number"].handed_over == 1
    assert found["to_operator", "hand"].entered == 1


def test_other_counts_are_no_steps() -> None:
    others = {
        "misunderstood": 3,
        "started:order": 1,
        "moved:order/x": 1,
        "in:order": 1,
        "time:a/b/abc": 4,
        "helped:a": 1,
    }
    assert {k: p.entered for k, p in passages(others).items()} == {("a", "b"): 0}


@given(st.lists(st.floats(0.5, 200_000), min_size=1, max_size=50))
def test_the_median_lies_within_the_bounds_of_a_middle_time(times: list[float]) -> None:
    passage = Passage()
    for each in times:
        passage.times[bound(each)] = passage.times.get(bound(each), 0) + 1
    middle = bound(sorted(times)[(len(times) - 1) // 2])
    low = max((b for b in BOUNDS if b < middle), default=0)
    assert passage.median is not None
    assert low <= passage.median <= middle


def test_numbers_in_words() -> None:
    assert line_of(Passage(), "ru") == "—"
    assert line_of(Passage(5, 0, 1), "ru") == "5 вошли · 1 к человеку"
    assert [time_of(s, "ru") for s in (0.6, 30, 200, 9000)] == ["1 с", "30 с", "3 мин", "2 ч"]


async def _counted(data: Path, names: dict[str, int]) -> None:
    import time

    store = SqliteStore(data / "presszero.db")
    await store.open()
    for name, total in names.items():
        for _ in range(total):
            await store.count(name, time.time())
    await store.close()


async def test_beside_the_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data = data_folder(tmp_path / "data")
    monkeypatch.setenv("PRESSZERO_DATA", str(data))
    command = ["numbers", "flows/repair.yaml", "--desk", str(SMALL), "--lang", "en"]
    assert run(command) == 2
    assert "has not run yet" in capsys.readouterr().err
    await _counted(
        data, {"in:repair/part": 3, "out:repair/part/belt": 2, "miss:repair/part": 1, "time:repair/part/5": 2}
    )
    assert run(command) == 0
    lines = capsys.readouterr().out.splitlines()
    source = (SMALL / "flows" / "repair.yaml").read_text(encoding="utf-8").splitlines()
    assert [line.partition("│ ")[2] for line in lines] == source
    at = {line.partition("│ ")[2].strip(): line.partition("│")[0].strip() for line in lines}
    assert at["- id: part"] == "3 entered · 1 not understood · 4 s"
    assert next(v for k, v in at.items() if "value: belt" in k) == "→ 2"
    assert next(v for k, v in at.items() if "value: motor" in k) == "→ 0"
    assert at["- id: day"] == "—"
    assert run(["numbers", "repare", "--desk", str(SMALL)]) == 2
    assert "repair" in capsys.readouterr().err

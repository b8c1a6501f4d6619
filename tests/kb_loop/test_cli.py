"""`presszero kb gaps` beside a desk's database."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path

import pytest

from presszero import cli
from presszero.store.asked import NewQuestion
from presszero.store.sqlite import SqliteStore
from tests.running import ENV, copy_desk


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, value in ENV.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("PRESSZERO_DATA", str(tmp_path / "data"))
    return copy_desk(tmp_path / "desk")


async def keep(path: Path) -> None:
    store = SqliteStore(path)
    await store.open()
    for n, text in enumerate(("где забрать заказ", "где можно забрать заказ", "есть ли доставка")):
        await store.ask(NewQuestion(text, "ru", "none"), time.time() - n * 3600)
    await store.close()


def test_gaps_are_printed(asked: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["kb", "gaps", str(asked)]) == 2
    assert "has not run yet" in capsys.readouterr().err
    asyncio.run(keep(tmp_path / "data" / "presszero.db"))
    assert cli.run(["kb", "gaps", str(asked), "--lang", "ru"]) == 0
    said = capsys.readouterr().out
    assert "2 × [ru] где забрать заказ" in said
    assert "Спросили 3" in said
    assert cli.run(["kb", "gaps", str(asked), "--lang", "en", "--limit", "1"]) == 0
    assert "2 × [ru]" in capsys.readouterr().out
    assert cli.run(["kb", "gaps", str(asked), "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert [gap["count"] for gap in data["gaps"]] == [2, 1]
    assert data["deflection"]["asked"] == 3
    assert cli.run(["kb", "gaps", str(asked), "--days", "-4"]) == 0
    capsys.readouterr()
    assert cli.run(["kb", "gaps", str(asked), "--articles", "--lang", "ru", "--limit", "5"]) == 0
    said = capsys.readouterr().out
    assert "Ни разу не показаны и не открыты" in said
    assert "kb/ru/" in said
    assert cli.run(["kb", "gaps", str(asked), "--articles", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert rows[0].keys() >= {"slug", "shown", "opened", "helped", "complaints", "handed", "due", "unused"}
    assert len(rows) == 2

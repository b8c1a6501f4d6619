"""Publishing knows how the dialogue tests went on exactly these files; a plan tells of a fault once."""

from __future__ import annotations

import io
from pathlib import Path

import httpx
import pytest

from presszero.cli import run as presszero
from presszero.publishing import snapshot, tested
from presszero.publishing.told import told
from presszero.runtime.versions import Tested as Went
from tests.versions.room import make, order, renamed, room
from tests.versions.test_console import Lead, lead

__all__ = ["lead"]
AT = 1795503600.0


def test_kept_by_files_and_forgotten_when_broken(tmp_path: Path) -> None:
    tested.keep(tmp_path / "data", "a", Went(AT, 3, 1))
    assert tested.last(tmp_path / "data", "a") == Went(AT, 3, 1)
    assert tested.last(tmp_path / "data", "b") is None
    for n in range(tested.MOST + 5):
        tested.keep(tmp_path / "data", f"m{n}", Went(AT + 1 + n, 1, 0))
    assert tested.last(tmp_path / "data", "a") is None
    (tmp_path / "data" / tested.FILE).write_text("{", encoding="utf-8")
    assert tested.last(tmp_path / "data", "m9") is None


async def test_a_plan_says_whether_tests_were_played(tmp_path: Path) -> None:
    folder, data = make(tmp_path / "desk"), tmp_path / "data"
    async with room(folder, data) as desk:
        desk.write(order().replace("Which size?", "What size?"))
        plan = await desk.plan()
        assert "were not played" in told(plan, "en")
        tested.keep(desk.running.settings.data, plan.seen, Went(AT, 5, 2))
        assert "прошло 5, не прошло 2" in told(await desk.plan(), "ru")
        desk.write(order().replace("Which size?", "And size?"))
        assert (await desk.plan()).tested is None


async def test_a_broken_file_is_no_removed_step_and_a_lost_one_is_told_once(tmp_path: Path) -> None:
    async with room(make(tmp_path / "desk"), tmp_path / "data") as desk:
        await desk.stand("anna", "size")
        desk.write("format: 1\nflow: [\n")
        plan = await desk.plan()
        assert plan.errors
        assert not plan.inside
        desk.write(renamed(order()))
        plan = await desk.plan()
        assert [f.code for f in plan.errors] == ["PZ901"]
        assert not plan.inside


async def test_failing_tests_ask_once_more_on_the_page(lead: Lead) -> None:
    lead.write(order().replace("Which size?", "What size?"))
    assert "were not played on these files" in await lead.page()
    mark = snapshot.mark(snapshot.of_folder(lead.folder))
    tested.keep(lead.desk.running.settings.data, mark, Went(AT, 4, 1))
    page = await lead.page()
    assert "passed 4, failed 1" in page
    form = {"base": lead.hidden(page, "base"), "seen": lead.hidden(page, "seen")}
    asked: httpx.Response = await lead.press(**form)
    assert asked.status_code == 409
    assert "Publish all the same" in asked.text
    assert (await lead.press(**form, anyway=lead.hidden(asked.text, "anyway"))).status_code == 303


def test_a_sign_in_link_and_what_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(make(tmp_path / "desk"))
    monkeypatch.setenv("PRESSZERO_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("PUBLIC_URL", "https://desk.example/")
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert presszero(["operator", "add", "vera", "--role", "lead", "--desk", folder]) == 0
    assert presszero(["operator", "signin", "vera", "--desk", folder]) == 0
    assert "https://desk.example/console/login/once?token=" in capsys.readouterr().out
    assert presszero(["operator", "signin", "vera", "--desk", folder, "--url", "http://127.0.0.1:8123/"]) == 0
    assert "http://127.0.0.1:8123/console/login/once?token=" in capsys.readouterr().out
    for text in ("One?", "Two?"):
        (Path(folder) / "flows" / "order.yaml").write_text(order().replace("Which size?", text))
        assert presszero(["publish", folder, "--yes", "--lang", "en"]) == 0
    capsys.readouterr()
    assert presszero(["rollback", "--yes", "--desk", folder, "--lang", "en"]) == 0
    assert presszero(["rollback", "--list", "--desk", folder, "--lang", "en"]) == 0
    listed = [line.split("\t") for line in capsys.readouterr().out.splitlines()[1:]]
    assert [(line[0], line[3]) for line in listed] == [("3", "runs, ↩ 1"), ("2", ""), ("1", "")]

"""Somebody new sees the console in the desk's first language, and keeps theirs when the password is made anew."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from presszero.cli import run as presszero
from presszero.store.people_aside import People


@pytest.mark.parametrize(("languages", "lang"), [("[en, ru]", "en"), ("[ru, en]", "ru")])
def test_the_first_language_of_the_desk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, languages: str, lang: str
) -> None:
    desk = tmp_path / "desk"
    desk.mkdir()
    (desk / "config.yaml").write_text(
        f"name: {{ru: Проба, en: Trial}}\nlanguages: {languages}\nformat: 1\nzone: Europe/Moscow\n"
    )
    monkeypatch.setenv("PRESSZERO_DATA", str(tmp_path / "data"))
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert presszero(["operator", "add", "vera", "--desk", str(desk)]) == 0
    [vera] = People(tmp_path / "data" / "presszero.db").all()
    assert vera.lang == lang
    (desk / "config.yaml").unlink()
    assert presszero(["operator", "reset", "vera", "--desk", str(desk)]) == 0
    assert presszero(["operator", "add", "anna", "--desk", str(desk)]) == 0
    assert [o.lang for o in People(tmp_path / "data" / "presszero.db").all()] == ["ru", lang]

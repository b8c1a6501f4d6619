"""Whatever the bytes of a desk's files are: an answer with places, in time, and nothing falls over."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from tests.fuzz.damage import damaged, loose
from tests.fuzz.monsters import MONSTERS
from tests.fuzz.targets import flow, layout, thrown

FEW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), print_blob=True)
QUICK = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck), print_blob=True)


@pytest.mark.parametrize("name", MONSTERS)
def test_a_monster_is_answered_with_a_sentence_and_a_place(name: str) -> None:
    data, code = MONSTERS[name]
    found = {f.code for f in flow(data) if f.place.file == "flows/x.yaml"}
    assert any(each.startswith(code) for each in found) if code else not found, found
    thrown(
        data,
        () if len(data) > 50_000 else ("config.yaml", "handoff/hours.yaml", "nlu/ru/x.yml", "tests/dialogues/x.yaml"),
    )


def test_there_are_monsters_of_every_kind() -> None:
    assert len(MONSTERS) > 45


@FEW
@given(damaged())
def test_damaged_files_are_answered(data: bytes) -> None:
    thrown(data)


@FEW
@given(loose())
def test_loose_signs_are_answered(data: bytes) -> None:
    thrown(data)


@QUICK
@given(damaged())
def test_layout_keeps_the_meaning_of_damaged_files(data: bytes) -> None:
    layout(data)


@QUICK
@given(loose())
def test_layout_keeps_the_meaning_of_loose_signs(data: bytes) -> None:
    layout(data)


def test_layout_takes_only_spaces_away() -> None:
    layout("format: 1\nqueue: RU\u00a0\n".encode())
    layout(b"format: 1\na: {b: 1, c: }\n")


def test_format_of_another_number_says_what_to_do() -> None:
    data = MONSTERS["another format"][0]
    finding = next(f for f in flow(data) if f.code == "PZ190")
    assert finding.place.line == 1
    assert "format: 1" in finding.hint("en") + finding.hint("ru")


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    from presszero import flows

    (tmp_path / "flows" / "odd.yaml").mkdir(parents=True)
    found = flows.load(tmp_path).findings
    assert any(f.code == "PZ125" and f.place.file == "flows/odd.yaml" for f in found)


@pytest.mark.parametrize("data", [b"\r\xef\xbb\xbf", b"\n\xef\xbb\xbf\xef\xbb\xbf", b"\n\xef\xbb\xbf# a\nb: c\n"])
def test_layout_of_a_mark_below_the_first_line(data: bytes) -> None:
    layout(data)

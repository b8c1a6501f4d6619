"""A set of flows kept from the last time: the same set, the same findings, and never an old one."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest

from presszero.check import kept
from presszero.flows import Known, load

ROOT = Path(__file__).resolve().parents[2]
LINES = 6000


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The demo's flows, more than once, until there are enough lines."""
    folder = tmp_path / "desk" / "flows"
    folder.mkdir(parents=True)
    lines, copy = 0, 0
    while lines < LINES:
        for path in sorted((ROOT / "flows").glob("*.yaml")):
            text, name = path.read_text("utf-8"), path.name
            if copy and path.name.startswith("_"):
                continue
            if copy:
                name = f"{path.stem}_{copy}.yaml"
                text = text.replace(f"flow: {path.stem}\n", f"flow: {path.stem}_{copy}\n", 1)
            (folder / name).write_text(text, "utf-8")
            lines += text.count("\n")
        copy += 1
    return tmp_path / "desk"


def test_an_unchanged_set_is_the_same_and_quick(root: Path, tmp_path: Path) -> None:
    plain = load(root, Known())
    first = kept.loaded(root, Known(), tmp_path / "cache")
    took = []
    for _ in range(3):
        began = time.process_time()
        second = kept.loaded(root, Known(), tmp_path / "cache")
        took.append(time.process_time() - began)
    assert first == second
    assert first[0] == plain
    assert first[1] == kept.loaded(root, Known(), None)[1]
    assert len(first[0].findings) + len(first[1]) > 10
    assert min(took) < 0.2


def test_what_changed_is_read_again(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    before, _ = kept.loaded(root, Known(), folder)
    path = root / "flows/welcome.yaml"
    path.write_text(path.read_text("utf-8").replace("title:", "titel:", 1), "utf-8")
    after, _ = kept.loaded(root, Known(), folder)
    assert {f.code for f in after.findings if f.place.file == "flows/welcome.yaml"} >= {"PZ181"}
    assert before.findings != after.findings
    other, _ = kept.loaded(root, Known(queues=frozenset({"nobody"})), folder)
    assert any(f.code == "PZ232" for f in other.findings)


def test_a_spoilt_one_is_as_good_as_none(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    first = kept.loaded(root, Known(), folder)
    (path,) = folder.glob("*.flows")
    whole = path.read_bytes()
    for spoilt in (b"", whole[: len(whole) // 2], b"\xc1" + whole, b"\x80"):
        path.write_bytes(spoilt)
        assert kept.loaded(root, Known(), folder) == first


def test_a_file_that_came_or_went_is_seen(root: Path, tmp_path: Path) -> None:
    path = root / "flows/welcome.yaml"
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("    menu:", "    picture: kb/a.png\n    menu:", 1).replace(
            "    say:", "    picture: kb/a.png\n    say:", 1
        ),
        "utf-8",
    )
    first, _ = kept.loaded(root, Known(), tmp_path / "cache")
    missing = {f.code for f in first.findings}
    assert "PZ239" in missing
    (root / "kb").mkdir()
    (root / "kb/a.png").write_bytes(b"x")
    second, _ = kept.loaded(root, Known(), tmp_path / "cache")
    assert "PZ239" not in {f.code for f in second.findings}


def test_a_folder_that_cannot_be_written_costs_only_time(root: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file", "utf-8")
    found, _ = kept.loaded(root, replace(Known(), languages=("ru", "en")), tmp_path / "cache")
    assert found.draft.flows

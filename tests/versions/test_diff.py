"""What changes between two sets, in a lead's words; sets by folder, number and commit."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import get_args

import pytest

from presszero import flows
from presszero.errors import ConfigError
from presszero.flows.diff import Change, Kind, diff
from presszero.flows.kept import packed, unpacked
from presszero.flows.told import SENTENCES, markdown, text
from presszero.publishing import snapshot
from presszero.runtime.versions import Refused
from tests.running import ROOT
from tests.versions.room import make, order, renamed


def between(tmp_path: Path, old: str, new: str) -> list[Change]:
    one, two = make(tmp_path / "one", old), make(tmp_path / "two", new)
    return list(diff(flows.load(one).draft, flows.load(two).draft))


def test_a_comment_is_no_change(tmp_path: Path) -> None:
    assert between(tmp_path, order(), "# a comment\n" + order()) == []


def test_texts_edges_options_steps(tmp_path: Path) -> None:
    new = (
        order()
        .replace("Which size?", "What size?")
        .replace(
            '- {value: large, label: {ru: "Большой", en: "Large"}}',
            '- {value: huge, label: {ru: "Огромный", en: "Huge"}, go: done}',
        )
    )
    new = new.replace("  - id: done", '  - id: thanks\n    say: {ru: "Спасибо.", en: "Thank you."}\n  - id: done')
    found = between(tmp_path, order(), new)
    assert [(c.kind, c.step, c.what, c.old, c.new) for c in found] == [
        ("step_added", "thanks", "say", "name", ""),
        ("text", "size", "en", "Which size?", "What size?"),
        ("option_removed", "size", "large", "Большой / Large", ""),
        ("option_added", "size", "huge", "done", "Огромный / Huge"),
        ("edge", "name", "go", "done", "thanks"),
    ]


def test_a_renamed_step_is_no_removal(tmp_path: Path) -> None:
    found = between(tmp_path, order(), renamed(order()))
    kinds = [c.kind for c in found]
    assert "step_renamed" in kinds
    assert not {"step_removed", "step_added"} & set(kinds)


def test_slots_settings_policies(tmp_path: Path) -> None:
    new = (
        order("{in_flight: move}")
        .replace("type: digits, min: 3, max: 6", "type: phone")
        .replace("queue: care", "queue: other")
    )
    found = {(c.kind, c.what) for c in between(tmp_path, order(), new)}
    assert {("slot", "number"), ("setting", "queue"), ("setting", "in_flight")} <= found


def test_every_kind_has_a_sentence_and_markdown_is_inert(tmp_path: Path) -> None:
    new = renamed(order()).replace("In whose name?", "<b>`Whose`</b> @team #1?")
    found = between(tmp_path, order(), new)
    assert SENTENCES["en"].keys() == SENTENCES["ru"].keys() == set(get_args(Kind))
    shown = markdown(found, "en")
    assert shown.startswith("### `order`")
    assert "&lt;b\\>" in shown
    assert "\\@team" in shown
    assert text(found, "ru").startswith("order\n")


def test_the_demo_survives_being_stored() -> None:
    found = flows.load(ROOT).draft.flows
    assert len(found) > 20
    for flow in found.values():
        assert unpacked(packed(flow)) == flow
    assert unpacked(b'{"name": 1}') is None


def test_a_set_from_git(tmp_path: Path) -> None:
    make(tmp_path)

    def git(*words: str) -> None:
        subprocess.run(
            ["git", "-C", str(tmp_path), "-c", "user.name=x", "-c", "user.email=x@example.com", *words],
            check=True,
            capture_output=True,
        )

    git("init", "-q")
    git("add", ".")
    git("commit", "-q", "-m", "one")
    before = snapshot.of_folder(tmp_path)
    (tmp_path / "flows" / "order.yaml").write_text(renamed(order()))
    assert snapshot.of_git(tmp_path, "HEAD") == before
    for bad in ("no-such-commit", "--output=x", ""):
        with pytest.raises(ConfigError):
            snapshot.of_git(tmp_path, bad or "-")


@pytest.mark.parametrize(
    "name", ["../x", "flows/../../x", "/etc/passwd", "flows/.hidden", "data/presszero.db", "flows/a\x00b", "x" * 400]
)
def test_strays_are_refused(name: str) -> None:
    with pytest.raises(Refused):
        snapshot.bounded({"config.yaml": b"", name: b""})

"""What `check` prints for a reader: errors first, one line a flow for steps without a test, numbers in their grammar."""

from __future__ import annotations

import json

import pytest

from presszero.cli.check_ import show
from presszero.errors import Finding, Place

FLOW = "flows/a.yaml"
STEPS = [Finding(Place(FLOW, n), "PZ327", {"id": f"s{n}"}) for n in range(1, 9)]
FOUND = [*STEPS, Finding(Place("flows/b.yaml", 3), "PZ327", {"id": "one"}), Finding(Place("flows/z.yaml", 9), "PZ117")]


def test_errors_first_and_a_line_a_flow(capsys: pytest.CaptureFixture[str]) -> None:
    show(FOUND, "en", "text")
    lines = capsys.readouterr().out.splitlines()
    assert [line[0] for line in lines[:3]] == ["✗", "!", "!"]
    assert 'the step "s1", "s2", "s3", "s4", "s5 (and 3 more)"' in lines[1]
    assert 'the step "one"' in lines[2]
    assert lines[3:] == ["1 error, 9 warnings."]


def test_json_stays_whole(capsys: pytest.CaptureFixture[str]) -> None:
    show(FOUND, "ru", "json")
    assert len(json.loads(capsys.readouterr().out)) == len(FOUND)

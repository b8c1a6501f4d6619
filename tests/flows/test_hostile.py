"""Whatever is done to the files, loading and the rules end in time, and every error has a place that exists."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from presszero.check.lint import lint
from presszero.flows import load_files
from tests.flows.desks import KNOWN, files

DESK = files()
NAMES = sorted(DESK)
PIECES = st.sampled_from(
    [
        "",
        " ",
        "  ",
        "\n",
        ": ",
        "- ",
        "{",
        "}",
        "[",
        "]",
        '"',
        "'",
        ", ",
        "${",
        "}",
        "|",
        "#",
        "&a",
        "*a",
        "!",
        "end",
        "id",
        "go",
    ]
    + [
        "say",
        "menu",
        "go: end",
        "{flow: to_operator}",
        "{step: line}",
        "null",
        "ru",
        "а",
        "😀",
        "\u202e",
        "\x00",
        "\t",
        "9" * 40,
    ]
)
EDITS = st.lists(st.tuples(st.sampled_from(NAMES), st.floats(0, 1), st.integers(0, 30), PIECES), min_size=1, max_size=4)


def _apply(edits: list[tuple[str, float, int, str]]) -> dict[str, str]:
    texts = dict(DESK)
    for name, where, length, new in edits:
        at = int(where * len(texts[name]))
        texts[name] = texts[name][:at] + new + texts[name][at + length :]
    return texts


@settings(max_examples=150, deadline=3000)
@given(EDITS)
def test_any_edit_ends_in_findings_with_places(edits: list[tuple[str, float, int, str]]) -> None:
    texts = _apply(edits)
    loaded = load_files({name: text.encode("utf-8", "replace") for name, text in texts.items()}, KNOWN)
    found = [*loaded.findings, *lint(loaded)]
    assert (loaded.flows is None) == any(f.severity == "error" for f in loaded.findings)
    for finding in found:
        text = texts.get(finding.place.file)
        assert text is not None
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        assert 0 <= finding.place.line <= len(lines)
        assert finding.line("ru")
        assert finding.line("en")


WORDS = st.sampled_from(
    ["id", "say", "menu", "ask", "when", "if", "go", "end", "a", "options", "value", "label", "ru", "en", "text"]
)
TREE = st.recursive(
    WORDS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(WORDS | st.sampled_from(["steps", "slots", "all", "not"]), inner, max_size=5)
    ),
    max_leaves=30,
)


@settings(max_examples=80, deadline=3000)
@given(st.dictionaries(st.sampled_from(["flow", "title", "slots", "steps", "starts_on", "publish", "format"]), TREE))
def test_any_tree_in_place_of_a_flow(tree: dict[str, object]) -> None:
    import json

    texts = DESK | {"flows/odd.yaml": json.dumps(tree, ensure_ascii=False)}
    loaded = load_files({name: text.encode() for name, text in texts.items()}, KNOWN)
    lint(loaded)
    assert all(f.place.line for f in loaded.findings)


def _large(lines: int) -> dict[str, str]:
    flow = DESK["flows/no_connection.yaml"]
    texts, count = dict(DESK), sum(t.count("\n") for t in DESK.values())
    number = 0
    while count < lines:
        number += 1
        name = f"copy_{number}"
        body = flow.replace("flow: no_connection", f"flow: {name}").replace("[no_connection]", f"[{name}]")
        for phrase in (
            "нет интернета",
            "не работает интернет",
            "пропал вай-фай",
            'no internet"',
            "internet is down",
            "wifi is not",
        ):
            body = body.replace(f'"{phrase}', f'"{name} {phrase}')
        texts[f"flows/{name}.yaml"] = body
        count += body.count("\n")
    return texts


def test_six_thousand_lines_are_checked_in_time(tmp_path: Path) -> None:
    (tmp_path / "flows").mkdir()
    for name, text in _large(6000).items():
        (tmp_path / name).write_text(text, "utf-8")
    code = (
        "import sys, time, resource\nfrom pathlib import Path\nfrom presszero.flows import load\nfrom presszero.check.lint import lint\n"
        "loaded = load(Path(sys.argv[1]))\nfound = lint(loaded)\nassert loaded.flows is not None, loaded.findings[:3]\n"
        "assert not [f for f in found if f.severity == 'error'], found[:3]\n"
        "used = resource.getrusage(resource.RUSAGE_SELF)\nprint(used.ru_utime + used.ru_stime)\n"
    )
    path = str(Path(sys.modules["presszero"].__file__ or "").parent.parent)
    run = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": path},
    )
    assert run.returncode == 0, run.stderr
    assert float(run.stdout) < 1.5


def test_many_faults_are_told_in_time() -> None:
    texts = {name: text.replace("ru:", "rus:").replace("advice", "advise2", 1) for name, text in _large(6000).items()}
    started = time.process_time()
    loaded = load_files({name: text.encode() for name, text in texts.items()}, KNOWN)
    found = lint(loaded)
    assert time.process_time() - started < 10
    assert len(loaded.findings) + len(found) > 1000

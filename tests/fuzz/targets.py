"""What a fuzzer throws bytes at: every reader of a desk's files. Each must answer, in time, with places."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from presszero import config, handoff
from presszero.check.lint import lint
from presszero.check.script import load as load_scripts
from presszero.errors import Finding, Place
from presszero.flows import load_files
from presszero.kb.load import load as load_articles
from presszero.nlu.phrases import files as phrases
from presszero.source.layout import laid_out, same
from presszero.source.read import read

LIMIT = 1.0  # seconds of our own time for one file, on a machine that has nothing else to do
NOMINAL = 0.12  # seconds that `_yardstick` takes there


def _yardstick() -> float:
    began = time.process_time()
    found = [str(number) for number in range(1_000_000)]
    return (time.process_time() - began) * (len(found) / 1_000_000)


WHOLE = {"PZ107", "PZ125", "PZ180", "PZ317"}  # of the file as a whole
ROOT = Path(__file__).resolve().parents[2]
COMMON = (ROOT / "flows/_common.yaml").read_bytes()
PERSON = (ROOT / "flows/to_operator.yaml").read_bytes()


def flow(data: bytes) -> list[Finding]:
    """As a flow."""
    given = {"flows/_common.yaml": COMMON, "flows/to_operator.yaml": PERSON, "flows/x.yaml": data}
    loaded = load_files(given)
    return [*loaded.findings, *lint(loaded)]


def common(data: bytes) -> list[Finding]:
    """As what flows share."""
    return list(load_files({"flows/_common.yaml": data, "flows/to_operator.yaml": PERSON}).findings)


def _in(name: str, data: bytes) -> Path:
    root = Path(tempfile.mkdtemp(prefix="presszero-fuzz-"))
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_bytes(data)
    return root


def _removed(root: Path) -> None:
    for path in sorted(root.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    root.rmdir()


def part(name: str, data: bytes) -> list[Finding]:
    """As another file of the desk."""
    root = _in(name, data)
    try:
        if name == "config.yaml":
            return config.load(root, {})[1]
        if name.startswith("handoff/"):
            return [f for f in handoff.load(root, ("ru", "en"))[1] if f.place.file == name]
        if name.startswith("nlu/"):
            return phrases(root).findings
        if name.startswith("kb/"):
            import datetime as dt

            return load_articles(root, ("ru", "en"), dt.date(2027, 1, 1))[1]
        return load_scripts(root)[1]
    finally:
        _removed(root)


PARTS_OF_A_DESK = ("config.yaml", "handoff/hours.yaml", "handoff/queues.yaml", "handoff/sla.yaml",
                   "handoff/categories.yaml", "nlu/ru/x.yml", "kb/ru/x.md", "tests/dialogues/x.yaml")  # fmt: skip


def layout(data: bytes) -> None:
    """Laid out, a file means what it meant; a second time nothing changes."""
    before = read(data, "flows/x.yaml").tree
    if before is None:
        return
    made = laid_out(data.decode("utf-8"))
    after = read(made.encode(), "flows/x.yaml").tree
    assert after is not None, made
    assert same(before, after), made
    assert laid_out(made) == made


def thrown(data: bytes, names: Iterable[str] = PARTS_OF_A_DESK) -> int:
    """Throws bytes at every reader; gives how many findings there were. Raises AssertionError."""
    lines = data.count(b"\n") + data.count(b"\r") + 2
    count = 0
    for name in ("flows/x.yaml", "flows/_common.yaml", *names):
        found, took = _timed(data, name)
        for _ in range(2):  # another worker's load is no hang of ours: it would hang again
            if took >= LIMIT:
                found, took = _timed(data, name)
        if took >= LIMIT:
            took /= max(1.0, _yardstick() / NOMINAL)
        assert took < LIMIT, f"{name}: {took:.2f} s"
        for finding in found:
            _placed(finding, name, lines)
        count += len(found)
    return count


def _timed(data: bytes, name: str) -> tuple[list[Finding], float]:
    began = time.process_time()
    found = flow(data) if name == "flows/x.yaml" else common(data) if "_common" in name else part(name, data)
    return found, time.process_time() - began


def _placed(finding: Finding, name: str, lines: int) -> None:
    place: Place = finding.place
    assert place.file, finding
    if place.file == name and finding.code not in WHOLE:
        assert 1 <= place.line <= lines, finding
        assert place.column >= 1, finding
    for lang in ("ru", "en"):
        assert finding.sentence(lang).strip(), finding

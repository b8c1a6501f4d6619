"""How long `presszero check` takes, start included: the demo, and a desk of 6,000 lines made of it. `python -m bench.check`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("flows", "handoff", "kb", "nlu", "tests/dialogues")
LINES = 6000
GOAL = 1.5


def desk(to: Path, lines: int) -> int:
    """The demo in a folder, with copies of its flows under other names until its flows have so many lines; how many."""
    for name in FOLDERS:
        shutil.copytree(ROOT / name, to / name)
    shutil.copy(ROOT / "config.yaml", to)
    sources = [p for p in sorted((ROOT / "flows").glob("*.yaml")) if p.stem not in {"_common", "to_operator", "verify"}]
    count = sum(_lines(p) for p in (to / "flows").glob("*.yaml"))
    copies = 0
    while count < lines:
        for path in sources:
            if count >= lines:
                break
            copies += 1
            name = f"{path.stem}_{copies}"
            text = path.read_text("utf-8").replace(f"flow: {path.stem}\n", f"flow: {name}\n", 1)
            (to / "flows" / f"{name}.yaml").write_text(_unstarted(text), "utf-8")
            count += _lines(to / "flows" / f"{name}.yaml")
    return count


def _unstarted(text: str) -> str:
    """A flow without the phrases that start it: two copies would clash."""
    kept, inside = [], False
    for line in text.splitlines():
        inside = line == "starts_on:" or (inside and line.startswith(" "))
        if not inside:
            kept.append(line)
    return "\n".join(kept) + "\n"


def _lines(path: Path) -> int:
    return path.read_text("utf-8").count("\n")


def seconds(folder: Path, rounds: int = 5, *, changed: bool = True) -> tuple[float, float]:
    """The medians of some runs: on the clock, and of the processor. ``changed``: nothing of an earlier run is used."""
    command = [sys.executable, "-m", "presszero", "check", str(folder)]
    found: list[tuple[float, float]] = []
    data = Path(tempfile.mkdtemp())
    for _ in range(rounds):
        if changed:
            shutil.rmtree(data, ignore_errors=True)
        started = time.perf_counter()
        before = os.times()
        done = subprocess.run(
            command,
            capture_output=True,
            check=False,
            env=os.environ | {"PRESSZERO_LANG": "en", "PRESSZERO_DATA": str(data)},
        )
        after = os.times()
        work = after.children_user - before.children_user + after.children_system - before.children_system
        found.append((time.perf_counter() - started, work))
        if b" 0 errors" not in b" " + done.stdout.splitlines()[-1]:
            raise SystemExit(done.stdout.decode()[-2000:] + done.stderr.decode())
    shutil.rmtree(data, ignore_errors=True)
    return median(one for one, _ in found), median(work for _, work in found)


def main() -> int:
    """Measures; 1 when the large desk took longer than the goal."""
    print(f"the demo: {' s, processor '.join(f'{n:.2f}' for n in seconds(ROOT))} s")
    with tempfile.TemporaryDirectory() as folder:
        count = desk(Path(folder), LINES)
        took, work = seconds(Path(folder))
        again, _ = seconds(Path(folder), changed=False)
    print(f"{count} lines of flows: {took:.2f} s, processor {work:.2f} s (goal: {GOAL} s)")
    print(f"the same, unchanged since: {again:.2f} s")
    return 0 if min(took, work) <= GOAL else 1


if __name__ == "__main__":
    sys.exit(main())

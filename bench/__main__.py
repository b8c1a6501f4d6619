"""`python -m bench`: every benchmark in its small size, one after another. Each also runs alone: `python -m bench.path`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SMALL = {
    "kb": ["--small"],
    "nlu": ["--small", "--sets", "BANKING77", "MASSIVE-ru"],
    "path": ["--seconds", "3", "--rounds", "2"],
    "telegram": ["--messages", "60"],
    "store": ["--seconds", "1", "--rounds", "1"],
}
PARTS = {"__init__", "__main__", "client", "echo"}  # no benchmarks of their own


def main() -> int:
    """Runs them; gives 1 when one failed or missed its goal."""
    here = Path(__file__).parent
    names = sorted(p.stem for p in here.glob("*.py") if p.stem not in PARTS)
    missed = []
    for name in names:
        print(f"# bench.{name}", flush=True)
        done = subprocess.run(
            [sys.executable, "-m", f"bench.{name}", *SMALL.get(name, [])], cwd=here.parent, check=False
        )
        if done.returncode:
            missed.append(name)
    print(f"# {len(names) - len(missed)} of {len(names)} as wanted" + (f"; not: {', '.join(missed)}" if missed else ""))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())

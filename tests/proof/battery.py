"""Takes every safety of the demo away, one at a time: each is refused by a rule, or refuted by a dialogue that really shows it.

`python -m tests.proof.battery` prints the table; a sample runs with the other tests.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import yaml

from presszero import desk, flows
from presszero.check.dialogues import play_all
from presszero.check.lint import lint
from presszero.check.prove import prove
from presszero.check.rehearse import rehearse
from presszero.check.script import load as load_scripts
from presszero.cli.proving import starting_words
from presszero.desk import Desk
from presszero.flows.model import Known, Loaded
from presszero.runtime.content import Content
from tests.proof.mutants import Files, Mutant, mutants

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Verdict:
    """What became of a mutant: ``refused`` by codes, ``shown`` by a dialogue, ``refuted`` without one, or ``survived``."""

    mutant: Mutant
    kind: str
    why: str = ""


class Demo:
    """The demo desk, read and trained once."""

    def __init__(self) -> None:
        self.desk: Desk = desk.read(ROOT, os.environ)
        self.phrases: Mapping[tuple[str, str], str] = starting_words(self.desk)

    @cached_property
    def content(self) -> Content:
        """What the runtime needs."""
        return desk.content(self.desk, ROOT / "data" / "models")

    @cached_property
    def files(self) -> Files:
        """The flows as they are written."""
        return {p.relative_to(ROOT).as_posix(): p.read_text("utf-8") for p in sorted((ROOT / "flows").glob("*.yaml"))}

    def load(self, mutant: Mutant) -> Loaded:
        """The flows with a mutant's file in the place of its own."""
        people, config = self.desk.handoff, self.desk.config
        assert people is not None
        assert config is not None
        known = Known(
            queues=frozenset(people.queues),
            categories=frozenset(people.categories),
            calendars=frozenset(people.calendars),
            services=config.services,
            intents=frozenset(p.intent for p in self.desk.phrases.trained),
            languages=config.languages,
        )
        return flows.load_files({n: t.encode() for n, t in {**self.files, mutant.file: mutant.text}.items()}, known)

    def judge(self, mutant: Mutant) -> Verdict:
        """What the rules, the proof and the player say."""
        loaded = self.load(mutant)
        codes = sorted({f.code for f in (*loaded.findings, *lint(loaded)) if f.severity == "error"})
        if codes:
            return Verdict(mutant, "refused", " ".join(codes))
        return self.refute(mutant, loaded)

    def refute(self, mutant: Mutant, loaded: Loaded) -> Verdict:
        """What the proof and the player say, whatever the rules say."""
        faults = prove(loaded.draft).faults
        if not faults:
            return Verdict(mutant, "survived")
        tests = [rehearse(loaded.draft, fault, "ru", self.phrases) for fault in faults]
        scripts = [t.script(f"t{n}") for n, t in enumerate(tests) if t.shown]
        why = f"{faults[0].kind} at {'/'.join(faults[0].node)}"
        return Verdict(mutant, "shown" if self.fails(scripts, loaded) else "refuted", why)

    def fails(self, scripts: Sequence[dict[str, object]], loaded: Loaded) -> bool:
        """Whether one of the dialogues, played by the real runtime, comes to its last line and not past it."""
        with tempfile.TemporaryDirectory() as folder:
            tests = Path(folder) / "tests" / "dialogues"
            tests.mkdir(parents=True)
            (tests / "t.yaml").write_text(yaml.safe_dump({"tests": list(scripts)}, allow_unicode=True), "utf-8")
            made, findings = load_scripts(Path(folder))
        assert not findings, [f.line() for f in findings]
        content = replace(self.content, flows=loaded.draft)
        played = asyncio.run(play_all(made, content))
        return any(p.failure is not None and p.failure.place == p.script.talk[-1].place for p in played)


def main(least: int = 0) -> int:
    """The whole table."""
    demo = Demo()
    verdicts = [demo.judge(m) for m in mutants(demo.files)]
    kinds = ("refused", "shown", "refuted", "survived")
    table = Counter((v.mutant.operator, v.kind) for v in verdicts)
    print(f"{'operator':22}" + "".join(f"{kind:>10}" for kind in kinds))
    for operator in dict.fromkeys(v.mutant.operator for v in verdicts):
        print(f"{operator:22}" + "".join(f"{table[operator, kind]:>10}" for kind in kinds))
    print(f"{'all':22}" + "".join(f"{sum(v.kind == kind for v in verdicts):>10}" for kind in kinds))
    for verdict in verdicts:
        if verdict.kind in {"refuted", "survived"}:
            print(f"{verdict.kind}  {verdict.mutant}  {verdict.why}")
    codes = Counter(v.why for v in verdicts if v.kind == "refused")
    print("refused by: " + ", ".join(f"{code} {count}" for code, count in codes.most_common()))
    return 0 if len(verdicts) > least else 1


if __name__ == "__main__":
    sys.exit(main())

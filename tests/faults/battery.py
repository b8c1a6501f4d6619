"""Every operator at every fitting place of the demo: what was detected, at the right line, with the right suggestion.

`make faults` runs all of it; the tests run a seeded sample.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from zlib import crc32

from presszero import config, desk, handoff
from presszero.check.declared import undeclared
from presszero.check.lint import lint
from presszero.check.script import load as load_scripts
from presszero.config.model import Config
from presszero.errors import Finding
from presszero.flows import Known, load_files
from presszero.handoff import Handoff
from tests.faults.operators import CONFIG, FLOWS, HANDOFF, TESTS, Mutation, Names, Operator, sheet

ROOT = Path(__file__).resolve().parents[2]
ENV = {"SITE_SECRET": "a long word", "BILLING_URL": "https://billing.example", "BILLING_TOKEN": "t"}
AREAS: dict[str, tuple[str, tuple[Operator, ...]]] = {
    "flows": ("flows/*.yaml", FLOWS),
    "handoff": ("handoff/*.yaml", HANDOFF),
    "config": ("config.yaml", CONFIG),
    "tests": ("tests/dialogues/*.yaml", TESTS),
}


@dataclass
class Score:
    """What came of it; ``survivors`` with what was said instead."""

    places: int = 0
    detected: int = 0
    typos: int = 0
    suggested: int = 0
    noise: int = 0  # faults that gave findings beside the right one
    by: Counter[str] = field(default_factory=Counter)
    survivors: list[str] = field(default_factory=list)
    unhelpful: list[str] = field(default_factory=list)
    noisy: list[str] = field(default_factory=list)


def mutations(per_place: float = 1.0, seed: int = 1) -> Iterator[Mutation]:
    """Every fault, or a seeded share of them with each operator at least once."""
    names = Names(frozenset(_names()))
    for pattern, operators in AREAS.values():
        pages = [sheet(p.relative_to(ROOT).as_posix(), p.read_text("utf-8")) for p in sorted(ROOT.glob(pattern))]
        for number, operator in enumerate(operators):
            chance = Random(crc32(f"{seed} {pattern} {number}".encode()))
            found = [mutation for page in pages for mutation in operator(page, names, chance)]
            if per_place < 1 and found:
                found = chance.sample(found, max(1, round(len(found) * per_place)))
            yield from found


def _names() -> Iterator[str]:
    found = desk.read(ROOT, ENV)
    for name, flow in found.flows.draft.flows.items():
        yield name
        yield from flow.steps
        yield from flow.slots
    yield from found.flows.draft.services
    yield from (found.handoff.queues if found.handoff else ())
    yield from (found.handoff.categories if found.handoff else ())
    yield from [
        "say",
        "menu",
        "ask",
        "set",
        "when",
        "call",
        "http",
        "kb",
        "ticket",
        "operator",
        "wait",
        "tag",
        "go",
        "yes",
        "no",
        "end",
    ]


class Bench:
    """Checks the demo with one file changed, by no more of the machine than that file needs."""

    def __init__(self) -> None:
        self.desk = desk.read(ROOT, ENV)
        assert not self.desk.errors
        self.files = {p.relative_to(ROOT).as_posix(): p.read_bytes() for p in ROOT.glob("flows/*.yaml")}
        settings, people = self.desk.config, self.desk.handoff
        assert isinstance(settings, Config)
        assert isinstance(people, Handoff)
        self.known = Known(
            queues=frozenset(people.queues),
            categories=frozenset(people.categories),
            calendars=frozenset(people.calendars),
            services=settings.services,
            channels=frozenset({"web", "rest"}),
            languages=settings.languages,
        )
        self.temporary = Path(tempfile.mkdtemp(prefix="faults-"))
        for name in ("handoff", "tests/dialogues"):
            shutil.copytree(ROOT / name, self.temporary / name)
        shutil.copy(ROOT / "config.yaml", self.temporary)
        self.before = {area: set(self._found(area)) for area in AREAS}

    def close(self) -> None:
        shutil.rmtree(self.temporary)

    def found(self, mutation: Mutation) -> list[Finding]:
        """What is said of the fault that was not said before."""
        area = "config" if mutation.file == "config.yaml" else mutation.file.split("/")[0]
        if area == "flows":
            kept, self.files[mutation.file] = self.files[mutation.file], mutation.text.encode()
            try:
                found = self._found(area)
            finally:
                self.files[mutation.file] = kept
        else:
            path = self.temporary / mutation.file
            kept = path.read_bytes()
            path.write_text(mutation.text, "utf-8")
            try:
                found = self._found(area)
            finally:
                path.write_bytes(kept)
        return sorted(f for f in set(found) if replace(f) not in self.before[area])

    def _found(self, area: str) -> list[Finding]:
        match area:
            case "flows":
                loaded = load_files(self.files, self.known)
                return [*loaded.findings, *lint(loaded)]
            case "handoff":
                return handoff.load(self.temporary, ("ru", "en"))[1]
            case "config":
                return config.load(self.temporary, ENV)[1]
            case _:
                return [
                    *load_scripts(self.temporary)[1],
                    *undeclared(self.temporary, self.desk.flows.draft, self.desk.handoff),
                ]


def run(chosen: Iterable[Mutation]) -> Score:
    """Applies each fault and judges what is said."""
    score = Score()
    bench = Bench()
    for mutation in chosen:
        _judge(score, mutation, bench.found(mutation))
    bench.close()
    return score


def _judge(score: Score, mutation: Mutation, found: list[Finding]) -> None:
    here = [f for f in found if f.place.file == mutation.file]
    right = [f for f in here if f.code in mutation.codes and f.place.line in mutation.lines]
    score.places += 1
    score.by[mutation.operator] += 1
    if not right:
        said = "; ".join(f"{f.place} {f.code}" for f in found[:3]) or "nothing"
        score.survivors.append(f"{mutation}: {said}")
        return
    score.detected += 1
    errors = [f for f in found if f.severity == "error"]
    if len(errors) > 1:
        score.noise += 1
        score.noisy.append(f"{mutation}: {', '.join(f'{f.place.line} {f.code}' for f in errors[:4])}")
    if mutation.meant:
        score.typos += 1
        if any(_suggests(f, mutation.meant) for f in right):
            score.suggested += 1
        else:
            score.unhelpful.append(f"{mutation} ({mutation.meant}): {right[0].sentence('en')} {right[0].hint('en')}")


def _suggests(finding: Finding, meant: str) -> bool:
    """Whether the hint says "Did you mean …?" with the name that was there; of ``flow/step`` with either part."""
    said = re.search(r'Did you mean "([^"]+)"', finding.hint("en"))
    return bool(said) and (meant == said[1] or meant in said[1].split("/"))


def told(score: Score) -> str:
    """The score as a table."""
    rows = [f"{count:5}  {name}" for name, count in score.by.most_common()]
    return "\n".join(
        [
            f"{len(score.by)} operators, {score.places} places",
            f"detected with the right code and line: {score.detected / score.places:.1%}",
            f"the right suggestion for a typo: {score.suggested}/{score.typos} = {score.suggested / max(score.typos, 1):.1%}",
            f"more than one error for one fault: {score.noise}",
            *rows,
            "not detected:",
            *score.survivors,
            "not suggested:",
            *score.unhelpful[:40],
            "more than one error:",
            *score.noisy[:40],
        ]
    )


if __name__ == "__main__":
    share = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
    print(told(run(mutations(share))))

"""Which steps, options and exits the dialogue tests went through, by what they counted; and the ones they never did.

An exit that only the engine gives (the inherited give-up, what follows a person by default) is nobody's to cover.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from presszero.check.graph import exits
from presszero.dialogue.flow import Ask, Call, FlowSet, Kb, Menu, Say, Set, Ticket, Verb, Wait
from presszero.dialogue.tally import passages
from presszero.errors import Place
from presszero.flows.model import Loaded
from presszero.folders import data_folder

Kind = Literal["step", "option", "exit"]
FILE = "coverage.json"


@dataclass(frozen=True, slots=True)
class Part:
    """Something that a test can go through."""

    kind: Kind
    place: Place
    flow: str
    step: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """All parts, and those that were gone through."""

    parts: tuple[Part, ...]
    covered: frozenset[Part]

    @property
    def missing(self) -> tuple[Part, ...]:
        """Never gone through, by place."""
        return tuple(sorted((p for p in self.parts if p not in self.covered), key=lambda p: (p.place, p.name)))

    def share(self, kind: Kind) -> tuple[int, int]:
        """How many of a kind were gone through, and of how many."""
        own = [p for p in self.parts if p.kind == kind]
        return sum(p in self.covered for p in own), len(own)


def measure(loaded: Loaded, counts: Mapping[str, int]) -> Coverage:
    """What was gone through, by the totals of `dialogue/tally.py`."""
    seen = passages(counts)
    parts = tuple(_parts(loaded))
    covered = {p for p in parts if (found := seen.get((p.flow, p.step))) and (not p.name or found.exits.get(p.name, 0))}
    return Coverage(parts, frozenset(covered))


def _parts(loaded: Loaded) -> Iterator[Part]:
    flows = loaded.flows or loaded.draft
    for flow in flows.flows.values():
        for step, verb in flow.steps.items():
            yield Part("step", loaded.place(flow.name, step), flow.name, step)
            options = {o.value for o in verb.options} if isinstance(verb, Menu) else set[str]()
            for name in written(flows, verb):
                at = ("options", name) if name in options else (_key(name),)
                yield Part(
                    "option" if name in options else "exit", loaded.place(flow.name, step, *at), flow.name, step, name
                )


def written(flows: FlowSet, verb: Verb) -> list[str]:
    """The exits that an author wrote, where there is more than one way out."""
    if isinstance(verb, Say | Set | Call | Wait) or (isinstance(verb, Ticket) and verb.what != "find"):
        return []
    own = {"give_up", "not_found", "left", "returned", "resolved"}
    found = [e.name for e in exits(flows, verb) if e.name not in own or getattr(verb, e.name, None) is not None]
    if isinstance(verb, Menu) and verb.options_from and not (verb.none_of_these or verb.give_up):
        found.remove("empty")
    return found if len(found) > 1 or isinstance(verb, Menu | Ask | Kb) else []


def _key(name: str) -> str:
    return "when" if name.startswith("if ") else name


def keep(root: Path, coverage: Coverage) -> None:
    """Remembers which steps were gone through, for `check`; a data folder that cannot be written is no fault of a test."""
    steps = sorted({(p.flow, p.step) for p in coverage.covered if p.kind == "step"})
    try:
        folder = data_folder(root)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / FILE).write_text(json.dumps({"steps": steps}, ensure_ascii=False), encoding="utf-8")
    except OSError:
        return


def covered(root: Path) -> set[tuple[str, str]] | None:
    """The steps that the last whole `presszero test` went through; None when there was none."""
    try:
        found = json.loads((data_folder(root) / FILE).read_text(encoding="utf-8"))
        return {(str(flow), str(step)) for flow, step in found["steps"]}
    except (OSError, ValueError, KeyError, TypeError):
        return None

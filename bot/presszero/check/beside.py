"""The numbers of live conversations beside the lines of a flow's file: of each step, option and exit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from presszero.check.coverage import written
from presszero.check.picture.numbers import line_of
from presszero.dialogue.flow import FlowSet, Menu
from presszero.dialogue.tally import Passage
from presszero.flows.model import Loaded

Numbers = Mapping[tuple[str, str], Passage]


def beside(loaded: Loaded, flows: FlowSet, name: str, numbers: Numbers, lang: str) -> dict[int, str]:
    """What stands beside which line."""
    found: dict[int, list[str]] = {}
    for step, verb in flows.flows[name].steps.items():
        passage = numbers.get((name, step), Passage())
        found.setdefault(loaded.place(name, step).line, []).append(line_of(passage, lang))
        options = {o.value for o in verb.options} if isinstance(verb, Menu) else set[str]()
        for out in written(flows, verb):
            if out == "next":
                continue
            place = loaded.place(name, step, *_where(out, option=out in options))
            several = out.startswith("if ")
            shown = f"{out}: {passage.exits.get(out, 0)}" if several else str(passage.exits.get(out, 0))
            if place.line != loaded.place(name, step).line:
                found.setdefault(place.line, []).append(f"→ {shown}")
    return {line: ", ".join(parts) for line, parts in found.items()}


def _where(out: str, *, option: bool) -> tuple[str, ...]:
    if option:
        return ("options", out)
    return ("when",) if out.startswith("if ") else (out,)


def printed(text: str, notes: Mapping[int, str]) -> Iterator[str]:
    """The file with its numbers in a column before the lines."""
    width = max((len(note) for note in notes.values()), default=0)
    for number, line in enumerate(text.splitlines(), 1):
        yield f"{notes.get(number, ''):>{width}} │ {line}".rstrip()

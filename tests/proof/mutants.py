"""The demo desk with one safety taken away: at every place there is one to take."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

Files = dict[str, str]


@dataclass(frozen=True)
class Mutant:
    """What was taken away, where, and the file without it."""

    operator: str
    file: str
    line: int
    what: str
    text: str

    def __str__(self) -> str:
        return f"{self.operator}: {self.file}:{self.line} {self.what.strip()}"


_LINES = {
    "give_up": r"^ *give_up: .*\n",
    "out_of_hours": r"^    out_of_hours: .*\n",
    "nobody": r"^    nobody: .*\n",
    "else": r"^    else: .*\n",
    "exit failed": r"^    failed: .*\n",
    "exit not_found": r"^    not_found: .*\n",
    "exit nothing": r"^    nothing: .*\n",
    "exit several": r"^    several: .*\n",
}
_INSTEAD = {
    "counter": (r"\{step: (\w+), max: \d+, then: [^}]+\}", r"\1"),
    "failing exit to end": (r"^(    (?:failed|not_found|nothing|out_of_hours|dont_know): ).*$", r"\1end"),
    "nobody to end": (r"^(    nobody: \{after: \w+, go: )\w+\}", r"\1end}"),
}
_TICKET = re.compile(r"^    ticket: create\n(?:    \w+: .*\n)*", re.MULTILINE)


def mutants(files: Files) -> Iterator[Mutant]:
    """Every one of them."""
    for file, text in files.items():
        for operator, pattern in _LINES.items():
            for found in re.finditer(pattern, text, re.MULTILINE):
                yield _made(operator, file, text, found, "")
        for operator, (pattern, instead) in _INSTEAD.items():
            for found in re.finditer(pattern, text, re.MULTILINE):
                if found[0] != found.expand(instead):
                    yield _made(operator, file, text, found, found.expand(instead))
        for found in _TICKET.finditer(text):
            said = '    say: {ru: "Записали.", en: "Noted."}\n'
            go = re.search(r"^    go: .*\n", found[0], re.MULTILINE)
            yield _made("ticket", file, text, found, said + (go[0] if go else ""))
            if file == "flows/to_operator.yaml":  # nothing names the number: only the proof can tell
                bare = re.sub(
                    r"\$\{t\.\w+\}", "1", text[: found.start()] + said + (go[0] if go else "") + text[found.end() :]
                )
                yield Mutant("ticket, unnamed", file, text.count("\n", 0, found.start()) + 1, "ticket: create", bare)


def _made(operator: str, file: str, text: str, found: re.Match[str], instead: str) -> Mutant:
    line = text.count("\n", 0, found.start()) + 1
    what = found[0].splitlines()[0]
    return Mutant(operator, file, line, what, text[: found.start()] + instead + text[found.end() :])

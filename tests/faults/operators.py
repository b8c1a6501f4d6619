"""What people do wrong to files of a desk, mechanically, at every place of the demo where it can be done.

An operator gives Mutations: the file with the fault in it, the codes that name it rightly, the lines it may stand at, and
for a mistyped name the name that should be suggested.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from tests.faults.slips import slip

Codes = frozenset[str]


@dataclass(frozen=True)
class Mutation:
    operator: str
    file: str
    text: str
    codes: Codes
    lines: frozenset[int]
    meant: str = ""

    def __str__(self) -> str:
        return f"{self.operator} {self.file}:{min(self.lines)}"


@dataclass(frozen=True)
class Sheet:
    """One file as lines, and the line on which each line's step begins."""

    file: str
    lines: tuple[str, ...]

    @property
    def steps(self) -> list[int]:
        here, found = 0, []
        for number, line in enumerate(self.lines):
            here = number if re.match(r"  - id: ", line) else here
            found.append(here)
        return found

    def end(self, number: int) -> int:
        """The line after the step that a line stands in."""
        steps = self.steps
        return next((n for n in range(number + 1, len(self.lines)) if steps[n] != steps[number]), len(self.lines))

    def swapped(self, number: int, *lines: str) -> str:
        """The file with one line replaced by others."""
        return "\n".join((*self.lines[:number], *lines, *self.lines[number + 1 :])) + "\n"


def sheet(file: str, text: str) -> Sheet:
    return Sheet(file, tuple(text.rstrip("\n").split("\n")))


@dataclass(frozen=True)
class Names:
    """Every name of the desk: a slip must not make another of them."""

    all: frozenset[str]


Operator = Callable[[Sheet, Names, Random], Iterator[Mutation]]


def typo(operator: str, pattern: str, codes: str) -> Operator:
    """A slip in what the pattern's group holds."""
    compiled = re.compile(pattern)

    def find(page: Sheet, names: Names, chance: Random) -> Iterator[Mutation]:
        for number, line in enumerate(page.lines):
            for hit in compiled.finditer(line):
                wrong = slip(hit[1], names.all, chance)
                text = page.swapped(number, line[: hit.start(1)] + wrong + line[hit.end(1) :])
                yield Mutation(operator, page.file, text, frozenset(codes.split()), frozenset({number + 1}), hit[1])

    return find


def swap(operator: str, pattern: str, put: str, codes: str, *, entry: bool = False) -> Operator:
    """What the pattern finds, put otherwise; ``entry``: the finding stands at the entry's first line."""
    compiled = re.compile(pattern)

    def find(page: Sheet, _names: Names, _chance: Random) -> Iterator[Mutation]:
        for number, line in enumerate(page.lines):
            for hit in compiled.finditer(line):
                made = line[: hit.start()] + hit.expand(put) + line[hit.end() :]
                at = set(range(number + 1, number + 2 + put.count("\n"))) | ({_entry(page, number)} if entry else set())
                yield Mutation(
                    operator,
                    page.file,
                    page.swapped(number, *made.split("\n")),
                    frozenset(codes.split()),
                    frozenset(at),
                )

    return find


def _entry(page: Sheet, number: int) -> int:
    """The first line within the entry of a file of handoff."""
    return next(n for n in range(number, -1, -1) if not page.lines[n].startswith(" ")) + 2


def drop(operator: str, pattern: str, codes: str) -> Operator:
    """A line taken out of a step; the finding stands at the step or at its verb."""
    compiled = re.compile(pattern)

    def find(page: Sheet, _names: Names, _chance: Random) -> Iterator[Mutation]:
        steps = page.steps
        for number, line in enumerate(page.lines):
            if compiled.match(line):
                last = next(
                    (n for n in range(number + 1, page.end(number)) if not page.lines[n].startswith("      ")),
                    page.end(number),
                )
                text = "\n".join((*page.lines[:number], *page.lines[last:])) + "\n"
                at = frozenset(range(steps[number] + 1, page.end(number) + 1))
                yield Mutation(operator, page.file, text, frozenset(codes.split()), at)

    return find


def last_go(page: Sheet, _names: Names, _chance: Random) -> Iterator[Mutation]:
    """The last step of a file loses its ``go``."""
    start = page.steps[-1]
    body = page.lines[start:]
    if any(re.match(r"    (say|ticket|set|wait|http|kb):", line) for line in body):
        for number in range(start, len(page.lines)):
            if page.lines[number].startswith("    go: "):
                text = "\n".join((*page.lines[:number], *page.lines[number + 1 :])) + "\n"
                yield Mutation("falls off", page.file, text, frozenset({"PZ302"}), frozenset({start + 1}))


def again(page: Sheet, _names: Names, _chance: Random) -> Iterator[Mutation]:
    """A step's id stands at the next step too."""
    ids = [n for n, line in enumerate(page.lines) if re.match(r"  - id: ", line)]
    for first, second in pairwise(ids):
        text = page.swapped(second, page.lines[first])
        yield Mutation("repeated id", page.file, text, frozenset({"PZ203"}), frozenset({second + 1}))


def island(page: Sheet, _names: Names, _chance: Random) -> Iterator[Mutation]:
    """A step after one that leads elsewhere."""
    for number, line in enumerate(page.lines):
        if _ends(page, number):
            lost = ["  - id: lost_step", '    say: {ru: "Сюда не попасть.", en: "Nobody gets here."}', "    go: end"]
            text = page.swapped(number, line, *lost)
            yield Mutation("unreachable", page.file, text, frozenset({"PZ301"}), frozenset({number + 2}))


def _ends(page: Sheet, number: int) -> bool:
    below = page.lines[number + 1 : page.end(number)]
    return bool(re.match(r"    go: (end|\{flow)", page.lines[number])) and not any(line.strip() for line in below)


def twice(page: Sheet, _names: Names, _chance: Random) -> Iterator[Mutation]:
    """A key of a step stands twice."""
    for number, line in enumerate(page.lines):
        if re.match(r"    (go|save|category|queue|skip_on|optional|failed|nothing): ", line):
            text = page.swapped(number, line, line)
            yield Mutation("duplicate key", page.file, text, frozenset({"PZ102"}), frozenset({number + 2}))


def option_twice(page: Sheet, _names: Names, _chance: Random) -> Iterator[Mutation]:
    """An option has the value of the one above."""
    for number in range(1, len(page.lines)):
        one, other = (re.match(r"(      - \{value: )(\w+)(.*)", page.lines[n]) for n in (number - 1, number))
        if one and other:
            text = page.swapped(number, other[1] + one[2] + other[3])
            yield Mutation("option's value twice", page.file, text, frozenset({"PZ235"}), frozenset({number + 1}))


def label_twice(page: Sheet, _names: Names, _chance: Random) -> Iterator[Mutation]:
    """An option has the words of the one above."""
    label = re.compile(r"label: \{ru: \"[^\"]*\", en: \"[^\"]*\"\}")
    for number in range(1, len(page.lines)):
        one, other = (label.search(page.lines[n]) for n in (number - 1, number))
        if one and other:
            text = page.swapped(number, page.lines[number].replace(other[0], one[0]))
            yield Mutation("label twice", page.file, text, frozenset({"PZ312"}), frozenset({number, number + 1}))


def conflict(page: Sheet, _names: Names, _chance: Random) -> Iterator[Mutation]:
    """A merge left its marks."""
    for number, line in enumerate(page.lines):
        if re.match(r"    (say|text): \{", line):
            text = page.swapped(number, "<<<<<<< mine", line, "=======", line, ">>>>>>> theirs")
            yield Mutation("conflict", page.file, text, frozenset({"PZ111"}), frozenset({number + 1}))


KEYS = "text|options|save|with|failed|nothing|category|fields|notify|queue|invalid|optional|dont_know|else|not_found|priority"
_RU = r"[А-Яа-яё]"
FLOWS: tuple[Operator, ...] = (
    typo("key of a step", rf"^    ({KEYS}):", "PZ181 PZ182"),
    typo("key of an option", r"[{,] (label|also|go): ", "PZ181"),
    typo("verb", r"^    (say|menu|ask|when|call|http|kb|ticket|operator|wait):", "PZ201"),
    typo("key of a file", r"^(title|queue|starts_on|slots|publish|listed|steps):", "PZ181"),
    typo("step in go", r"\bgo: (?!end\b)([a-z_]{2,})", "PZ208"),
    typo(
        "step in an exit",
        r"^    (?:failed|nothing|not_found|several|else|dont_know|out_of_hours): (?!end\b)([a-z_]{3,})",
        "PZ208",
    ),
    typo("step in a counted jump", r"\{step: ([a-z_]+)", "PZ208"),
    typo("flow", r"\{flow: ([a-z_]+)", "PZ209"),
    typo("called flow", r"^    call: ([a-z_]+)", "PZ209"),
    typo("slot", r"^    ask: ([a-z_]+)", "PZ212"),
    typo("slot's type", r"\btype: ([a-z_]+)", "PZ184"),
    typo("queue", r"^(?:    )?queue: ([a-z]+)", "PZ232"),
    typo("category", r"^    category: ([a-z_/]+)", "PZ233"),
    typo("service", r"^    http: ([a-z_.]+)", "PZ229"),
    typo("parameter", r"^    with: \{([a-z_]+):", "PZ230 PZ231"),
    typo("value in a text", r"\$\{([a-z_]+\.[a-z_]+)", "PZ217"),
    typo("name in a condition", r"if: \{([a-z_]+\.[a-z_]+):", "PZ224"),
    typo(
        "value in a condition", r"if: \{(?!line|customer|tag|lang|channel|filled|open)[a-z_]+: ([a-z_]{3,})\}", "PZ225"
    ),
    typo("notice", r"notify: \[([a-z_]+)", "PZ184"),
    typo("ticket's act", r"^    ticket: ([a-z]+)", "PZ184"),
    drop("no else", r"    else: ", "PZ307 PZ302"),
    drop("no failed", r"    failed: ", "PZ303"),
    drop("no nothing", r"    nothing: ", "PZ304"),
    drop("no out_of_hours", r"    out_of_hours: ", "PZ305"),
    drop("no nobody", r"    nobody: ", "PZ306"),
    drop("no expires", r"    expires: ", "PZ318"),
    drop("no skip_on", r"    skip_on: ", "PZ319"),
    drop("no text", r"    text:", "PZ182"),
    drop("no options", r"    options:", "PZ234"),
    swap("a language less", r', en: "[^"]*"\}', "}", "PZ214"),
    swap("Russian left out", r'\{ru: "[^"]*", ', "{", "PZ214"),
    swap("a plural form less", r"(\$\{[a-z_.]+\|[^|}]+\|[^|}]+)\|[^|}]+\}", r"\1}", "PZ219"),
    swap("a value in one language", r'(en: "[^"$]*)\$\{[a-z_.]+[^}]*\}([^"$]*")', r"\1it\2", "PZ218"),
    swap("hole with a sum", r"\$\{([a-z_]+\.[a-z_]+)\}", r"${\1 + 1}", "PZ216"),
    swap("hole not closed", r'\$\{([a-z_.]+)\}([^"]*")', r"${\1\2", "PZ216"),
    swap("Latin letter", rf"({_RU}{{2,}})о({_RU}{{2,}})", r"\1o\2", "PZ220"),
    swap("English under ru", r'ru: "[^"$]{20,}"', 'ru: "Please restart the router now"', "PZ250"),
    swap("quote lost at the end", r'(en: "[^"]*)"(\}?)$', r"\1\2", "PZ117 PZ118 PZ101"),
    swap("quote lost at the start", r'^(\s+ru: )"([^"]*)"$', r'\1\2"', "PZ131 PZ112 PZ114"),
    swap("brace lost", r"^(    (?:say|text): \{.*)\}$", r"\1", "PZ118"),
    swap("no quotes, comma", r'ru: "([^":,#{}\[\]]+), ([^":#{}\[\]]+)", en', r"ru: \1, \2, en", "PZ115 PZ112"),
    swap("no quotes, colon", r'(?<=\{)ru: "([^":#,{}\[\]]+): ([^":#,{}\[\]]+)"', r"ru: \1: \2", "PZ112"),
    swap("tag", r'\bru: "([^"]{6,})"(?=, en)', r"ru: !важно \1", "PZ104 PZ115"),
    swap("anchor", r'\bru: "([^",:]{6,})"(?=, en)', r"ru: &x \1", "PZ103"),
    swap("tab", r"^    (say|menu|ask|http|kb|ticket|go|save)", "\t\\1", "PZ105"),
    swap("indent less", r"^    (go|save|failed|nothing|category)(: )", r"   \1\2", "PZ120 PZ101 PZ121"),
    swap("no space after a colon", r"^    (go|save|category|queue|ask|http): ", r"    \1:", "PZ121"),
    swap("control character", rf'(ru: "{_RU}{{3}})', "\\1\x01", "PZ110"),
    swap("invisible character", rf'(ru: "{_RU}{{3}})', "\\1\u200b", "PZ123"),
    swap("duration", r"\b(wait|after|fresh|once_per|expires): \d+[smhd]", r"\1: soon", "PZ186"),
    swap("min above max", r"min: \d+, max: (\d+)", r"min: 99, max: \1", "PZ213"),
    swap("jump without then", r"(\{step: [a-z_]+, max: \d+), then: (?:[a-z_]+|\{[^}]*\})\}", r"\1}", "PZ211"),
    swap("jump without max", r"(\{step: [a-z_]+), max: \d+(, then)", r"\1\2", "PZ211"),
    swap("format", r"^format: 1$", "format: 2", "PZ190"),
    swap("no notices", r"notify: \[.*\]", "notify: []", "PZ321"),
    swap("option without a label", r', label: \{ru: "[^"]*", en: "[^"]*"\}', "", "PZ182"),
    swap("option without a value", r"\{value: \w+, ", "{", "PZ182"),
    swap("label too long", r'(label: \{ru: ")[^"]*"', r"\g<1>" + "очень длинная надпись " * 4 + '"', "PZ221"),
    swap("word of the engine", r'(label: \{ru: ")[^"]*"', r'\1Назад"', "PZ313"),
    swap("empty text", r'(say: \{ru: ")[^"]*"', r'\1"', "PZ183"),
    swap("two verbs", r"^    (ask|http|kb|wait): (.*)$", r"    \1: \2" + "\n    call: verify", "PZ202"),
    swap("empty condition", r"if: \{[^}]*\}", "if: {}", "PZ227"),
    swap("capital in an id", r"^  - id: ([a-z])([a-z_]*)$", r"  - id: Z\1\2", "PZ204 PZ208"),
    last_go,
    again,
    island,
    twice,
    option_twice,
    label_twice,
    conflict,
)
HANDOFF: tuple[Operator, ...] = (
    typo(
        "key of handoff",
        r"^  (title|queue|sla|priority|words|hours|limit|calendar|reply|resolve|zone|week|text):",
        "PZ181 PZ182 PZ614",
    ),
    typo("queue of a category", r"^  queue: ([a-z]+)", "PZ612"),
    typo("deadline of a category", r"^  sla: ([a-z]+)", "PZ613"),
    typo("calendar", r"^  (?:hours|calendar): ([a-z_]+)", "PZ611"),
    typo("priority", r"^  priority: ([a-z]+)", "PZ184"),
    typo("zone", r"^  zone: ([A-Za-z/]+)", "PZ189"),
    swap("category without a deadline", r"^  sla: .*$", "  # no sla", "PZ614", entry=True),
    swap("hours", r'"(\d\d):(\d\d)-', r'"\1.\2-', "PZ601"),
    swap("title in one language", r', en: "[^"]*"\}', "}", "PZ188"),
    swap("days in a deadline", r"(reply|resolve): \d+h", r"\1: 2d", "PZ618"),
)
CONFIG: tuple[Operator, ...] = (
    typo("key of a call", r"^        (get|post|takes|gives|timeout|retry|personal):", "PZ181 PZ706 PZ710"),
    typo("type of a parameter", r"takes: \{[a-z]+: ([a-z]+)", "PZ184"),
    typo("path's hole", r"/\{([a-z]+)\}", "PZ710"),
    swap("POST that is repeated", r"^(        post: .*)$", "\\1\n        retry: 2", "PZ708"),
    swap("timeout", r"timeout: \d+s", "timeout: 5m", "PZ707"),
    swap("secret in the file", r"(token|secret): env\.[A-Z_]+", r"\1: a1b2c3d4e5f6", "PZ701"),
)
TESTS: tuple[Operator, ...] = (
    typo("line of a test", r"^      - (user|press|bot|buttons|ticket|handoff|ended): ", "PZ801"),
    typo("step of a test", r"^      - at: ([a-z_]{4,})", "PZ806"),
    typo("category of a test", r"category: ([a-z_]+/[a-z_]+)", "PZ806"),
    typo("queue of a test", r"^      - handoff: (?!any|yes)([a-z]+)", "PZ806"),
    typo("service of a test", r"services: \{([a-z_.]+):", "PZ806"),
    typo("key of a test", r"^    (lang|clock|services|customer|talk):", "PZ801 PZ802 PZ807"),
    swap("language of a test", r"lang: (ru|en)$", "lang: de", "PZ806 PZ807"),
)

"""The examples of docs/checks/*.txt: for each code of `presszero check` why it is said, a wrong and a right file.

Read by `docs/codes.py`, which makes the pages of them, and by `tests/check/test_examples.py`, which checks that the
wrong one gives this very code and the right one nothing.
"""  # noqa: INP001

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).with_name("checks")
STEPS = "flows/example.yaml"

FRAME = """\
format: 1
flow: example
title: {ru: "Пример", en: "Example"}
queue: tech
starts_on: {intents: [example]}
slots:
  contract: {type: digits, min: 6, max: 10, remember: customer}
  number: {type: digits, min: 4, max: 8}
  score: {type: rating, min: 1, max: 5}
  story: {type: text, min: 2}
steps:
"""
CONFIG = """\
format: 1
name: {ru: "Стол", en: "Desk"}
languages: [ru, en]
zone: Europe/Moscow
channels: {web: on, voice: VOICE}
services:
  billing:
    base: https://billing.example
    calls:
      line: {get: "/lines/{contract}", takes: {contract: digits}, gives: {outage: yes_no, eta_h: number}}
      tariffs: {get: /tariffs, gives: {items: list}}
      account: {get: "/accounts/{contract}", takes: {contract: digits}, gives: {debt: number}, personal: yes}
"""
SAID = {
    "example": (
        ["покажи пример", "дай образец", "хочу посмотреть", "как это выглядит", "приведи случай"],
        ["show me the sample", "give one instance", "what does it look like", "let me see it", "a case in point"],
    ),
    "greeting": (
        ["привет", "здравствуйте", "добрый день", "доброе утро", "хай"],
        ["hello", "good morning", "hi there", "good evening", "hey"],
    ),
}
DESK = {
    "flows/_common.yaml": "format: 1\ngive_up: {flow: to_operator}\nhome: welcome\nverify: verify\n",
    "flows/welcome.yaml": """\
format: 1
flow: welcome
title: {ru: "Начало", en: "Start"}
starts_on:
  intents: [greeting]
  phrases: {ru: ["что вы умеете"], en: ["what can you do"]}
steps:
  - id: hello
    say: {ru: "Здравствуйте!", en: "Hello!"}
    go: end
""",
    "flows/verify.yaml": """\
format: 1
flow: verify
title: {ru: "Проверка", en: "Check"}
steps:
  - id: sign_in
    say: {ru: "Войдите на сайте.", en: "Sign in on the site."}
    go: end
""",
    "flows/to_operator.yaml": """\
format: 1
flow: to_operator
title: {ru: "Оператор", en: "Operator"}
steps:
  - id: hand
    operator: here
    out_of_hours: note
    nobody: {after: 5m, go: note}
  - id: note
    ticket: create
    category: callback
    go: end
""",
    "handoff/hours.yaml": 'format: 1\nsupport:\n  zone: Europe/Moscow\n  week: {mon-sun: "09:00-21:00"}\n',
    "handoff/queues.yaml": """\
format: 1
tech:
  title: {ru: "Техподдержка", en: "Technical support"}
  hours: support
  default: yes
""",
    "handoff/sla.yaml": """\
format: 1
usual:
  title: {ru: "Обычный вопрос", en: "Usual question"}
  calendar: support
  reply: 1h
  resolve: 16h
""",
    "handoff/categories.yaml": """\
format: 1
callback:
  title: {ru: "Звонок", en: "Call back"}
  queue: tech
  sla: usual
  default: yes
""",
    "kb/ru/start.md": "---\ntitle: Начало\n---\nЗдесь всё начинается.\n",
    "kb/en/start.md": "---\ntitle: Start\n---\nEverything begins here.\n",
    "kb/ru/office.md": "---\ntitle: Про офис\naudience: [business]\n---\nОфис на третьем этаже.\n",
    "kb/en/office.md": "---\ntitle: The office\naudience: [business]\n---\nThe office is on the third floor.\n",
    "kb/ru/img/door.gif": "GIF89a\x01\x01\x01\x01;;;;",  # 257 × 257, and in letters one of 16 705 × 16 705
    "kb/ru/img/wall.gif": "GIF89aAAAA;;;;",
}


@dataclass
class Example:
    """One code: ``kind`` is a file of the desk, or ``steps`` of a flow; ``line`` is of the wrong text, 0 = the file."""

    code: str
    kind: str
    flags: frozenset[str]
    why: dict[str, str] = field(default_factory=dict)
    bad: str = ""
    good: str = ""
    good_kind: str = ""
    before: str = ""  # what was published last, where that matters
    marked: int | None = None

    @property
    def line(self) -> int:
        """The line that the finding stands at: as marked, else the first that the right text has otherwise."""
        if self.marked is not None:
            return self.marked
        pairs = zip(self.bad.split("\n"), self.good.split("\n"), strict=False)
        return next(n for n, (one, other) in enumerate(pairs, 1) if one != other)

    @property
    def line_of_file(self) -> int:
        """The same in the whole file."""
        return self.line + (FRAME.count("\n") if self.kind == "steps" and self.line else 0)

    def file(self, *, good: bool = False) -> str:
        """The file that the wrong or the right text stands in."""
        kind = self.good_kind or self.kind if good else self.kind
        return STEPS if kind == "steps" else kind


def examples() -> dict[str, Example]:
    """Every example by its code."""
    found: dict[str, Example] = {}
    for path in sorted(FOLDER.glob("*.txt")):
        for part in re.split(r"^§ ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            one = _example(part)
            if one.code in found:
                raise ValueError(f"{one.code} has two examples")
            found[one.code] = one
    return dict(sorted(found.items()))


def _example(part: str) -> Example:
    head, *blocks = re.split(r"^§", part, flags=re.MULTILINE)
    first, *lines = head.splitlines()
    code, rest = first.split(" ", 1)
    known = ("voice", "tested", "untwinned", "played", "proved", "published", "evaluated", "reviewed", "imported")
    flags = frozenset(word for word in rest.split() if word in known)
    kind = " ".join(word for word in rest.split() if word not in known)
    one = Example(code, kind, flags, {line[:2]: line[3:] for line in lines})
    for block in blocks:
        name, _, body = block.partition("\n")
        word, _, more = name.partition(" ")
        if word == "bad":
            one.bad, one.marked = body, int(more) if more else one.marked
        elif word == "before":
            one.before = body
        elif word == "good":
            one.good, one.good_kind = body, more
        else:
            one.marked = int(more)
    return one


def desk(root: Path, example: Example, *, good: bool) -> None:
    """Writes the desk with the example in it."""
    voice = "on" if "voice" in example.flags else "no"
    files = {"config.yaml": CONFIG.replace("VOICE", voice), STEPS: FRAME + _STILL} | DESK
    for name, said in SAID.items():
        for lang, phrases in zip(("ru", "en"), said, strict=True):
            lines = "".join(f"      - {phrase}\n" for phrase in phrases)
            files[f"nlu/{lang}/{name}.yml"] = f"nlu:\n  - intent: {name}\n    examples: |\n{lines}"
    if example.file(good=good).startswith("flows/") and example.file(good=good) not in files:
        files.pop(STEPS)  # one flow answers to the example's phrases
    if example.file(good=good).startswith("kb/ru/") and "untwinned" not in example.flags:
        twin = example.file(good=good).replace("kb/ru/", "kb/en/", 1)
        files.setdefault(twin, "---\ntitle: When we are open\n---\nFrom 9 to 21.\n")
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    _put(root, example, good=good)


_STILL = '  - id: hello\n    say: {ru: "Привет", en: "Hello"}\n    go: end\n'


def _put(root: Path, example: Example, *, good: bool) -> None:
    """Puts the example's own text in its place, with what cannot stand on a page spelt out."""
    path = root / example.file(good=good)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = example.good if good else example.bad
    path.unlink(missing_ok=True)
    if text.startswith("<no file>"):
        return
    if text.startswith("<folder>"):
        path.mkdir()
        return
    if text.startswith("<link out of the desk>"):
        (root.parent / "outside.md").write_text("---\ntitle: X\n---\nX\n", encoding="utf-8")
        path.symlink_to(root.parent / "outside.md")
        return
    path.write_bytes(content(example, good=good))


def content(example: Example, *, good: bool) -> bytes:
    """The bytes of the file."""
    text = example.good if good else example.bad
    encoding = "cp1251" if "<windows-1251>" in text else "utf-8"
    text = text.replace("<windows-1251>", "")
    if example.kind == "steps" and not (good and example.good_kind):
        lines = (line[5:] if line.startswith("<top>") else f"  {line}" if line else "" for line in text.split("\n"))
        text = FRAME + "\n".join(lines)
    text = text.replace("<tab>", "\t").replace("<NUL>", "\0").replace("<soft hyphen>", "\u00ad")
    text = text.replace("<1 MiB of comments>", "# a comment\n" * 90_000).replace("<40 brackets>", "[" * 40)
    text = text.replace("<510 letters>", "ы" * 510).replace("<300 KiB of text>", "A line of text.\n" * 20_000)
    text = text.replace("<20 001 phrases>", "\n      - ".join(f"доставка {n}" for n in range(20_001)))
    return _workbook(text) if text.startswith("<workbook>") else text.encode(encoding)


def _workbook(text: str) -> bytes:
    """A spreadsheet of rows that are written as lines."""
    from openpyxl import Workbook  # type: ignore[import-untyped]

    book, held = Workbook(), io.BytesIO()
    for line in text.splitlines()[1:]:
        book.active.append(line.split(";"))
    book.save(held)
    return held.getvalue()

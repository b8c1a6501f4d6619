"""The fenced blocks of a Markdown page: what kind each is, and which file of a desk it stands for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "docs").glob("*/*.md")],
    key=lambda path: path.relative_to(ROOT).as_posix(),
)
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_STEP = re.compile(r"# flows/[\w./-]+ › (\w+)\n")
_FILE = re.compile(r"(?:---\n)?# ((?:flows|nlu|kb|handoff|tests/dialogues)/[\w./-]+|config\.yaml)\b")


@dataclass(frozen=True)
class Block:
    page: str
    line: int
    kind: str
    body: str

    @property
    def file(self) -> str:
        """The file of a desk that the block's first line names."""
        found = _FILE.match(self.body)
        return found[1] if found else ""

    @property
    def is_steps(self) -> bool:
        return self.kind == "yaml" and self.body.startswith("# steps of a flow\n")

    @property
    def step(self) -> str:
        """The step of that file in whose place these stand."""
        found = _STEP.match(self.body)
        return found[1] if found else ""

    @property
    def is_talk(self) -> bool:
        """A test of the steps shown before it."""
        return self.kind == "yaml" and self.body.startswith("# a test of these steps\n")

    @property
    def is_services(self) -> bool:
        return self.kind == "yaml" and self.body.startswith("# services of config.yaml\n")

    @property
    def lang(self) -> str:
        return "ru" if "/ru/" in self.page or self.page.endswith(".ru.md") else "en"

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


def blocks(path: Path) -> list[Block]:
    text = path.read_text(encoding="utf-8")
    name = path.relative_to(ROOT).as_posix()
    return [Block(name, text.count("\n", 0, f.start()) + 1, f[1], f[2]) for f in _FENCE.finditer(text)]


FRAME = """\
format: 1
flow: {name}
title: {{ru: "Пример", en: "Example"}}
queue: tech
slots:
  contract: {{type: digits, min: 6, max: 10}}
  phone: phone
  score: {{type: rating, min: 1, max: 5}}
steps:
{steps}"""
TAIL = {
    "done": '  - id: done\n    say: {ru: "Готово.", en: "Done."}\n    go: end\n',
    "person": "  - id: person\n    go: {flow: to_operator}\n",
}


def put(root: Path, block: Block) -> str:
    """Puts a block where its first line says, into a desk's folder; its file's name."""
    name, text = framed(block) if block.is_steps else (block.file, block.body)
    if block.is_services:
        name = "config.yaml"
        before = (root / name).read_text(encoding="utf-8")
        assert before.count("\nservices:\n") == 1
        text = before.replace("\nservices:\n", "\nservices:\n" + block.body.partition("\n")[2])
    elif block.step:
        before = (root / name).read_text(encoding="utf-8")
        steps = block.body.partition("\n")[2]
        text, found = re.subn(
            rf"^  - id: {block.step}\n.*?(?=^\n*  - id: |\Z)", lambda _: steps, before, flags=re.MULTILINE | re.DOTALL
        )
        assert found == 1, f"{block}: no step {block.step}"
    assert name, f"{block}: the first line names no file of a desk"
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return name


def framed(block: Block) -> tuple[str, str]:
    """A block of steps as a whole file: the flow around it is the one that the page describes."""
    name = f"shown_{block.line}"
    steps = "".join(f"  {line}\n" if line else "\n" for line in block.body.splitlines()[1:])
    steps += "".join(tail for step, tail in TAIL.items() if re.search(rf"\b{step}\b", block.body))
    return f"flows/{name}.yaml", FRAME.format(name=name, steps=steps)

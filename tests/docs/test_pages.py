"""What the pages say about the repository is so: links, names of files, commands, dependencies, the table of codes."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from argparse import _SubParsersAction
from pathlib import Path
from typing import get_args

import pytest

from presszero.check.script import LINES
from presszero.cli.parser import parser
from presszero.diagnostics import rules
from presszero.dialogue.flow import SlotType
from presszero.flows.steps import VERBS
from tests.docs.blocks import PAGES, ROOT, blocks

_LINK = re.compile(r"(?<![`\\])\[[^\]]*\]\(([^)\s]+)\)")
_NAMED = re.compile(r"`((?:[a-z_]+/)+[\w-]+\.(?:py|yaml|yml|md|js|sql|css))`")
HOMES = (ROOT, ROOT / "bot" / "presszero")  # pages about the code name files as seen from the package
IDS = [path.relative_to(ROOT).as_posix() for path in PAGES]


def _text(path: Path) -> str:
    return re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)


@pytest.mark.parametrize("path", PAGES, ids=IDS)
def test_links_lead_somewhere(path: Path) -> None:
    for link in _LINK.findall(_text(path)):
        if "://" in link:
            continue
        file, _, part = link.partition("#")
        target = (path.parent / file).resolve() if file else path
        assert target.exists(), f"{path.name}: {link}"
        if part and target.suffix == ".md":
            assert part in _anchors(target), f"{path.name}: {link}"


def _anchors(path: Path) -> set[str]:
    """Where a link may point in a page: its headings as the usual renderers name them."""
    headings = re.findall(r"^#+ (.+)$", _text(path), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", PAGES, ids=IDS)
def test_named_files_are_there(path: Path) -> None:
    """A file that a desk may have (flows/…) is one of the demo desk's, or shown on the page."""
    shown = {block.file for block in blocks(path)}
    missing = [
        n for n in _NAMED.findall(_text(path)) if n not in shown and not any((home / n).exists() for home in HOMES)
    ]
    assert not missing


def test_something_was_looked_at() -> None:
    assert len(PAGES) > 20
    assert sum(len(_LINK.findall(_text(path))) for path in PAGES) > 50
    assert sum(len(_NAMED.findall(_text(path))) for path in PAGES) > 30


def test_every_page_has_its_twin() -> None:
    english, russian = (sorted(p.name for p in (ROOT / "docs" / lang).glob("*.md")) for lang in ("en", "ru"))
    assert english == russian
    assert english


@pytest.mark.parametrize("name", sorted(p.name for p in (ROOT / "docs" / "en").glob("*.md")))
def test_twins_show_the_same(name: str) -> None:
    """As many blocks of each kind, and as many headings."""
    shown = []
    for lang in ("en", "ru"):
        path = ROOT / "docs" / lang / name
        headings = re.findall(r"^#+ ", _text(path), re.MULTILINE)
        shown.append((headings, [block.kind for block in blocks(path)]))
    assert shown[0] == shown[1]


def test_the_table_of_codes_is_current() -> None:
    spec = importlib.util.spec_from_file_location("codes", ROOT / "docs" / "codes.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    written = (ROOT / "docs" / "codes.md").read_text(encoding="utf-8")
    assert written == module.page(), "python docs/codes.py"
    assert all(f"| {code} |" in written for code in rules())


@pytest.mark.parametrize("page", ["README.md", "README.ru.md"])
def test_the_readme_names_every_command(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    commands = next(a.choices for a in parser()._actions if isinstance(a, _SubParsersAction))
    assert commands
    assert not [name for name in commands if f"`{name}" not in text and f"`presszero {name}" not in text]


@pytest.mark.parametrize("page", ["README.md", "README.ru.md"])
def test_the_readme_lists_every_feature_once(page: str) -> None:
    rows = re.findall(r"^\| (F\d\d(?:[ ,–F\d]*)) \|", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE)
    found: list[int] = []
    for row in rows:
        numbers = [int(n) for n in re.findall(r"F(\d\d)", row)]
        found += range(numbers[0], numbers[1] + 1) if "–" in row else numbers
    assert sorted(found) == list(range(1, 62))


def test_every_dependency_is_accounted_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    named = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = [re.split(r"[\[><=!~; ]", each)[0].lower() for each in named]
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
    assert len(names) > 30
    assert not [
        name for name in names if f" {name} |" not in text and f" {name}," not in text and f", {name} |" not in text
    ]


def test_decision_records_are_short_and_whole() -> None:
    records = sorted((ROOT / "docs" / "adr").glob("0*.md"))
    assert [int(path.name[:4]) for path in records] == list(range(1, len(records) + 1))
    index = (ROOT / "docs" / "adr" / "README.md").read_text(encoding="utf-8")
    for path in records:
        text = path.read_text(encoding="utf-8")
        assert text.startswith(f"# {path.name[:4]}. ")
        assert path.name in index
        assert all(f"**{part}.**" in text for part in ("Context", "Decision", "Consequences"))
        assert len(text.split()) < 400


def test_the_architecture_names_every_package() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    packages = [p.parent.name for p in (ROOT / "bot" / "presszero").glob("*/__init__.py")]
    assert len(packages) > 10
    assert not [name for name in packages if f"{name}/" not in text]


def test_contributors_are_told_of_every_folder_of_tests() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    folders = [path.parent.name for path in (ROOT / "tests").glob("*/__init__.py")]
    assert len(folders) > 10
    assert not [name for name in folders if f"`tests/{name}`" not in text]


def test_administrators_are_told_of_every_name_in_the_log() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "bot" / "presszero").rglob("*.py"))
    names = set(re.findall(r"\bPZ-[A-Z]+\b", code))
    assert len(names) > 5
    for lang in ("en", "ru"):
        text = (ROOT / "docs" / lang / "admin.md").read_text(encoding="utf-8")
        assert not [name for name in names if f"`{name}`" not in text]


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_leads_are_told_of_every_verb_slot_and_line_of_a_test(lang: str) -> None:
    text = (ROOT / "docs" / lang / "lead.md").read_text(encoding="utf-8")
    verbs = (ROOT / "docs" / lang / "verbs.md").read_text(encoding="utf-8")
    assert not [verb for verb in VERBS if f"\n## {verb}\n" not in verbs or f"**{verb}**" not in verbs]
    assert not [kind for kind in get_args(SlotType) if not re.search(rf"[` ]{kind}[` ]", text)]
    assert not [line for line in LINES if f"`{line}: " not in text]

"""Loads `flows/`: the one loader of check, test, chat, run and the editor.

Every fault of the whole set is told in one go. It must never give back flows that any of its rules refuses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from presszero.dialogue.flow import Common, Flow, FlowSet
from presszero.dialogue.text import Text
from presszero.errors import Finding, Place
from presszero.flows.common import common, languages
from presszero.flows.flow import flow
from presszero.flows.model import FlowPhrase, Known, Loaded, Where
from presszero.flows.outline import Outline, broken, join, outline
from presszero.flows.page import Desk, Page
from presszero.flows.words import engine_words
from presszero.source.read import read, unreadable
from presszero.source.tree import Node

FOLDER = "flows"
COMMON = f"{FOLDER}/_common.yaml"


def load(root: Path, known: Known = Known()) -> Loaded:  # noqa: B008 - frozen
    """Loads the flows of the desk in ``root``."""
    files, findings = contents(root)
    return load_files(files, known, within(root), findings)


def contents(root: Path) -> tuple[dict[str, bytes], list[Finding]]:
    """The files of `flows/`, and those that cannot be read."""
    files: dict[str, bytes] = {}
    findings: list[Finding] = []
    for path in sorted((root / FOLDER).rglob("*.y*ml")):
        name = path.relative_to(root).as_posix()
        if path.parent != root / FOLDER:
            findings.append(Finding(Place(name), "PZ251", {"where": f"{FOLDER}/{path.name}"}))
            continue
        if path.suffix != ".yaml":
            findings.append(Finding(Place(name), "PZ240"))
            continue
        try:
            files[name] = path.read_bytes()
        except OSError as error:
            findings.append(unreadable(name, error))
            files[name] = b""
    return files, findings


def within(root: Path) -> Callable[[str], bool]:
    """Whether the desk has a file of a name."""
    return lambda name: _within(root, name)


def load_files(
    files: Mapping[str, bytes],
    known: Known = Known(),  # noqa: B008 - frozen
    exists: Callable[[str], bool] = lambda _: True,
    findings: Iterable[Finding] = (),
) -> Loaded:
    """Loads flows from bytes: names as ``flows/no_connection.yaml``."""
    found = list(findings)
    unread = {f.place.file for f in found if f.code == "PZ125"}
    trees: dict[str, Node | None] = {}
    for name, data in files.items():
        reading = read(data, name)
        found.extend(reading.findings)
        trees[name] = None if name in unread else _map(reading.tree, found)
    outlines = {
        _stem(f): outline(_stem(f), t, known.services) if t else broken(_stem(f), files[f]) for f, t in trees.items()
    }
    outlines.pop(_stem(COMMON), None)
    join(outlines)
    desk = Desk(known, languages(trees.get(COMMON), known.languages), outlines, exists)
    return _compile(trees, desk, found)


def _map(tree: Node | None, found: list[Finding]) -> Node | None:
    if tree is None or tree.kind == "map":
        return tree
    code = "PZ252" if tree.kind == "list" else "PZ206" if tree.empty else "PZ121"
    found.append(Finding(tree.place, code, {"key": tree.text.split(":")[0][:40]}))
    return None


def _compile(trees: dict[str, Node | None], desk: Desk, found: list[Finding]) -> Loaded:
    shared = trees.pop(COMMON, None)
    kept = _Kept(found)
    made: dict[str, Flow] = {}
    for file, tree in trees.items():
        if tree is not None:
            page = Page(file, desk, desk.outlines[_stem(file)])
            made[page.flow], said = flow(page, tree)
            kept.take(page, said)
    inherited, words = _common(shared, desk, kept)
    draft = FlowSet(made, inherited, dict(desk.known.services or {}), kept.starts(made), words)
    findings = tuple(sorted(set(kept.findings)))
    bad = any(f.severity == "error" for f in findings)
    voice = "voice" in (desk.known.channels or ())
    return Loaded(
        None if bad else draft, findings, draft, kept.places, tuple(kept.phrases), frozenset(kept.unsure), voice
    )


class _Kept:
    """What is gathered from page to page."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        self.places: dict[Where, Place] = {}
        self.phrases: list[FlowPhrase] = []
        self.unsure: set[str] = set()

    def take(self, page: Page, phrases: list[FlowPhrase]) -> None:
        """Keeps what a page gave."""
        self.findings.extend(page.found)
        self.places |= page.places
        self.phrases += phrases
        if page.unsure:
            self.unsure.add(page.flow)

    def starts(self, flows: dict[str, Flow]) -> dict[str, str]:
        """Intent → flow; an intent starts one flow."""
        found: dict[str, str] = {}
        for name, each in flows.items():
            for intent in each.intents:
                other = found.setdefault(intent, name)
                if other != name:
                    where = (name, "", "intent", intent)
                    place = self.places.get(where) or self.places[name, "", "starts_on"]
                    self.findings.append(Finding(place, "PZ237", {"intent": intent, "other": other}))
        return found


def _common(shared: Node | None, desk: Desk, kept: _Kept) -> tuple[Common, dict[str, Text]]:
    if shared is None:
        if not any(f.place.file == COMMON for f in kept.findings):
            kept.findings.append(Finding(Place(COMMON), "PZ238"))
        return Common(languages=desk.languages), engine_words()
    page = Page(COMMON, desk, Outline(""))
    made = common(page, shared)
    kept.take(page, [])
    return made


def _stem(file: str) -> str:
    return file.rpartition("/")[2].removesuffix(".yaml")


def _within(root: Path, name: str) -> bool:
    path = (root / name).resolve()
    return path.is_relative_to(root.resolve()) and path.is_file()

"""Articles of other systems: a Markdown tree, an HTML page, CSV or XLSX of questions and answers, exports of Zendesk and Chatwoot.

It reads and proposes; writing is the caller's. A row that cannot be read is a finding, and the others are still read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from presszero.errors import Finding, Place
from presszero.kb import drafting
from presszero.kb.from_exports import exported
from presszero.kb.from_markdown import ENDINGS, file, tree
from presszero.kb.from_page import page, parts
from presszero.kb.from_tables import csv, xlsx
from presszero.kb.item import Item, Proposed
from presszero.kb.load import MAX_BYTES
from presszero.kb.mending import Links, pictures
from presszero.kb.source import Source

__all__ = ["Item", "Proposed", "propose", "read"]
MOST_BYTES = 64 * 1024 * 1024
_READERS = {".csv": csv, ".tsv": csv, ".txt": csv, ".json": exported, ".xlsx": xlsx, ".html": page, ".htm": page}


def read(
    source: Path, languages: Sequence[str], lang: str = "", *, split: bool = False
) -> tuple[list[Item], list[Finding]]:
    """The articles of a source. ``lang``: their language where nothing says it; ``split``: each heading is an article."""
    reading = Source(source if source.is_dir() else source.parent, languages, lang)
    found = _items(reading, source)
    if split:
        found = (part for item in found for part in parts(item))
    items = [pictures(item, reading) for item in found if _fits(item, reading)]
    return items, sorted(reading.findings)


def _items(reading: Source, path: Path) -> Iterable[Item]:
    place = Place(str(path), 1, 1)
    if path.is_dir():
        return tree(reading, path)
    ending = path.suffix.lower()
    if not path.is_file():
        reading.fault(place, "PZ540", why="no such file")
    elif ending not in _READERS and ending not in ENDINGS:
        reading.fault(place, "PZ540", why=f"{ending or path.name}?")
    elif path.stat().st_size > MOST_BYTES:
        reading.fault(place, "PZ515", limit=str(MOST_BYTES // 1024))
    else:
        return _READERS[ending](reading, path) if ending in _READERS else file(reading, path, (path.name,))
    return ()


def _fits(item: Item, reading: Source) -> bool:
    """Whether it can be an article."""
    if not item.title.strip() or not (item.body.strip() or item.text):
        reading.fault(item.where if item.title.strip() else item.place, "PZ541")
        return False
    if max(len(item.body.encode()), len(item.text.encode())) > MAX_BYTES:
        reading.fault(item.where, "PZ515", limit=str(MAX_BYTES // 1024))
        return False
    return True


def propose(root: Path, items: Iterable[Item]) -> tuple[list[Proposed], list[Finding]]:
    """The files of the articles and their pictures, beside those the desk has."""
    findings: list[Finding] = []
    named = _named(root, list(items), findings)
    there = {path.stem for path in (root / "kb").rglob("*.md")}
    links = Links([(item, Path(name).stem) for item, name in named], there, findings)
    made: dict[str, Proposed] = {}
    for item, name in named:
        text = _text(links.mended(item))
        state = _state(root / name, text.encode())
        if state == "differs":
            findings.append(Finding(item.place, "PZ543", {"title": item.title, "file": name}))
        made[name] = Proposed(name, state, item.where, text, whole=bool(item.text))
        for picture in item.pictures:
            at = _beside(name, picture.address)
            made[at] = Proposed(at, _state(root / at, picture.path.read_bytes()), item.where, copy=picture.path)
    return list(made.values()), sorted(findings)


def _named(root: Path, items: Sequence[Item], findings: list[Finding]) -> list[tuple[Item, str]]:
    """Each article with the file it becomes: where an article of this name is already, else where it wants to lie."""
    there = {
        (p.relative_to(root).parts[1], p.stem): p.relative_to(root).as_posix() for p in (root / "kb").rglob("*.md")
    }
    taken: dict[str, dict[str, Item]] = {}
    said: dict[tuple[str, str, str], Item] = {}
    shared: dict[str, str] = {}
    found: list[tuple[Item, str]] = []
    for item in items:
        own = taken.setdefault(item.lang, {})
        again = None if item.path else said.setdefault((item.lang, *_says(item)), item)
        if again and again is not item:
            findings.append(Finding(item.place, "PZ554", {"other": str(again.place)}))
            continue
        slug = Path(item.path).stem if item.path else item.name or shared.get(item.same, "")
        if slug in own and (item.path or item.name):
            findings.append(Finding(item.place, "PZ510", {"slug": slug, "other": str(own[slug].place)}))
            continue
        slug = slug if slug and slug not in own else drafting.slug(item.title, own)
        if item.same:
            shared.setdefault(item.same, slug)
        own[slug] = item
        name = there.get((item.lang, slug), f"kb/{item.lang}/{item.path or f'{slug}.md'}")
        found.append((item, name))
    return found


def _says(item: Item) -> tuple[str, str]:
    return item.title, item.body


def _text(item: Item) -> str:
    if item.text:
        return item.text
    return drafting.article(
        item.title,
        item.body,
        phrasings=item.questions,
        tags=item.tags,
        owner=item.owner,
        starts=item.starts,
        ends=item.ends,
    )


def _state(path: Path, data: bytes) -> str:
    if not path.is_file():
        return "new"
    return "same" if path.stat().st_size == len(data) and path.read_bytes() == data else "differs"


def _beside(name: str, address: str) -> str:
    """Where a picture lies that an article shows at a relative address."""
    parts: list[str] = []
    for part in (*name.split("/")[:-1], *address.split("/")):
        if part == "..":
            parts = parts[:-1]
        elif part not in {"", "."}:
            parts.append(part)
    return "/".join(parts)

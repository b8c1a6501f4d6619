"""A tree of Markdown: ours as it is, that of Hugo, Jekyll or Docusaurus with its fields read as ours, pictures beside the text.

A file that is ours stays as it is to the byte. What a field of another tool says and ours cannot is named.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from presszero.errors import Finding, Place
from presszero.kb import drafting, front
from presszero.kb.from_tables import ALL
from presszero.kb.item import Item
from presszero.kb.load import MAX_BYTES
from presszero.kb.markdown import SLUG
from presszero.kb.source import Source
from presszero.source.tree import Node

ENDINGS = {".md", ".markdown"}
_OWN_ONLY = {"audience", "boost", "related", "questions", "review_by", "effective_from", "effective_to"}
_TITLE = ("title", "sidebar_label")
_TAGS = ("tags", "categories", "category", "keywords")
_OWNER = ("owner", "author", "authors")
_LANG = ("lang", "locale", "language")
_DATES = {"publishDate": "starts", "expiryDate": "ends"}
_READ = {*_TITLE, *_TAGS, *_OWNER, *_LANG, *_DATES, "slug", "id", "draft", "published"}
_HEADING = re.compile(r"\s*(?:#\s+(.+?)\s*#*|([^\n#\s-].*)\n=+)[ \t]*(?:\n|$)")
_FOREIGN = re.compile(r"\{\{[<%].*?[%>]\}\}|(?m:^:::+[^\n]*$|^import [^\n]+ from [^\n]+$)|\{% [^\n]*? %\}")
_CLOSED = ("private", "unlisted", "protected", "password", "internal", "hidden")
_LEAF = {"index", "_index", "readme"}  # named by their folder


def tree(source: Source, path: Path) -> Iterator[Item]:
    """The articles of a folder."""
    home = path.resolve()
    root = path / "kb" if (path / "kb").is_dir() else path
    source.home = root
    for each in sorted(root.rglob("*")):
        if each.suffix.lower() not in ENDINGS or not each.is_file():
            continue
        if not each.resolve().is_relative_to(home):
            source.fault(Place(str(each), 1, 1), "PZ519")
        elif each.stat().st_size > MAX_BYTES:
            source.fault(Place(str(each), 1, 1), "PZ515", limit=str(MAX_BYTES // 1024))
        else:
            yield from file(source, each, each.relative_to(root).parts)


def file(source: Source, path: Path, parts: Sequence[str]) -> Iterator[Item]:
    """The article of a file; ``parts``: where it stands in its tree."""
    raw = source.raw(path)
    if raw is None:
        return
    text = raw.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    head = _head(source, text, str(path))
    if head is None:
        return
    fields, body, line, own = head
    title = next((said for key in _TITLE if (said := _text(fields.get(key)))), "")
    if _text(fields.get("draft")) == "true" or _text(fields.get("published")) == "false":
        source.fault(Place(str(path), 1, 1), "PZ544", title=title or path.stem)
        return
    if not own and _closed(fields):
        source.fault(Place(str(path), 1, 1), "PZ545", title=title or path.stem)
        return
    for key in fields.keys() - {*_READ, *front.KEYS} if not own else ():
        source.fault(_place(fields[key], path, text, key), "PZ548", key=key)
    if not own:
        title, body, line = _headed(title, body, line)
        body = _unmarked(source, body, Place(str(path), line, 1))
    stem, below, folder = _named(source, path, parts)
    said = "".join([said for key in _LANG if (said := _text(fields.get(key)))][:1])
    lang = source.language(said or folder, body, Place(str(path), 1, 1))
    given = _text(fields.get("slug")) or _text(fields.get("id"))
    if lang:
        yield Item(
            Place(str(path), 1, 1),
            title or path.stem,
            body,
            lang,
            tuple(_several(fields.get("questions"))),
            tuple(dict.fromkeys(tag for key in _TAGS for tag in _several(fields.get(key)))),
            path="/".join([*(drafting.slug(part) for part in below), f"{_slug(given, stem, title)}.md"]),
            text=raw if own else "",
            ids=tuple(dict.fromkeys(name for name in (path.stem.lower(), stem.lower(), given) if name)),
            owner=", ".join(said for key in _OWNER for said in _several(fields.get(key)))[:100],
            starts=_day(fields.get("publishDate")),
            ends=_day(fields.get("expiryDate")),
            text_place=Place(str(path), line, 1),
        )


def _closed(fields: Mapping[str, Any]) -> bool:
    """Whether not everybody could read it there."""
    told = {key.lower(): _text(value).lower() for key, value in fields.items()}
    for_some = any(told.get(key, "false") not in {"false", ""} for key in _CLOSED)
    return "audience" in told or for_some or any(told.get(key, "public") not in ALL for key in ("visibility", "access"))


def _unmarked(source: Source, body: str, place: Place) -> str:
    """The body without shortcodes, fences of notes and imports, which other tools read and a page here would show."""
    for found in _FOREIGN.finditer(body):
        line = place.line + body.count("\n", 0, found.start())
        column = found.start() - body.rfind("\n", 0, found.start())
        source.fault(Place(place.file, line, column), "PZ548", key=" ".join(found[0].split())[:60])
    return _FOREIGN.sub("", body)


def _headed(title: str, body: str, line: int) -> tuple[str, str, int]:
    """The title and the body without the page's own heading, which is the title."""
    heading = _HEADING.match(body)
    named = " ".join((heading[1] or heading[2]).split()) if heading else ""
    if heading is None or title not in {"", named}:
        return title, body, line
    return named, body[heading.end() :], line + body.count("\n", 0, heading.end())


def _slug(given: str, stem: str, title: str) -> str:
    """The name of an article: its own when it can be an address, else one made of its title."""
    names = (given.strip("/").rpartition("/")[2].lower(), stem.lower())
    return next((name for name in names if SLUG.fullmatch(name)), "") or drafting.slug(title or stem)


def _head(source: Source, text: str, name: str) -> tuple[Mapping[str, Any], str, int, bool] | None:
    """The fields by name, the body, the line it begins on, and whether the file is ours; None when it cannot be read."""
    toml = re.match(r"\+\+\+[ \t]*\n(.*?\n)?\+\+\+[ \t]*(?:\n|$)", text, re.DOTALL)
    if toml:
        try:
            fields = tomllib.loads(toml[1] or "")
        except tomllib.TOMLDecodeError as error:
            where = re.search(r"line (\d+), column (\d+)", str(error))
            place = Place(name, int(where[1]) + 1 if where else 1, int(where[2]) if where else 1)
            source.fault(place, "PZ502")
            return None
        return fields, text[toml.end() :], text.count("\n", 0, toml.end()) + 1, False
    parts = front.split(text)
    if parts is None:
        return {}, text, 1, False
    faults: list[Finding] = []
    reading = front.Front(parts.head, name, faults)
    keys = {key.text: node for key, node in reading.node.pairs}
    own = keys.keys() <= {*front.KEYS} or bool(keys.keys() & _OWN_ONLY)
    wrong = [f for f in faults if f.severity == "error"]
    if wrong:
        source.findings += wrong
        return None
    return keys, parts.body, parts.body_line, own and bool(keys.keys() & {"title", *_OWN_ONLY})


def _named(source: Source, path: Path, parts: Sequence[str]) -> tuple[str, Sequence[str], str]:
    """The file's own name, the folders it stands in, and the language that the first folder or the ending names."""
    named = parts[0].lower() if len(parts) > 1 else ""
    below = list(parts[1:-1] if named in source.languages else parts[:-1])
    stem, _, ending = path.stem.rpartition(".")
    if stem and ending.lower() in source.languages:
        named = ending.lower()
    else:
        stem = path.stem
    if stem.lower() in _LEAF and below:
        stem = below[-1]
    return stem, below, named if named in source.languages else ""


def _place(value: Any, path: Path, text: str, key: str) -> Place:
    if isinstance(value, Node):
        return value.place
    found = re.search(rf"(?m)^\[?{re.escape(key)}\b", text)
    return Place(str(path), text.count("\n", 0, found.start()) + 1 if found else 1, 1)


def _text(value: Any) -> str:
    if isinstance(value, Node):
        return " ".join(value.text.split()) if value.kind == "text" else ""
    return str(value).lower() if isinstance(value, bool) else str(value) if isinstance(value, str | int | date) else ""


def _several(value: Any) -> Iterator[str]:
    if isinstance(value, Node) and value.kind == "list":
        yield from (said for node in value.items if (said := _text(node)))
    elif isinstance(value, list):
        yield from (said for each in value if (said := _text(each)))
    elif said := _text(value):
        yield from (part.strip() for part in said.split(",") if part.strip())


def _day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(_text(value)[:10])
    except ValueError:
        return None

"""What an imported article points at: pictures beside it are brought, links to its neighbours are led to the new names.

A link that leads nowhere here loses its address and keeps its words; each is named, nothing is lost in silence.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

from presszero.errors import Finding, Place
from presszero.kb import markdown
from presszero.kb.front import split
from presszero.kb.item import Brought, Item
from presszero.kb.pictures import MOST, SIDE, look
from presszero.kb.source import Source

_FOREIGN = re.compile(r"https?://[^/]+/.*?articles/([\w-]+)")
_NUMBER = re.compile(r"(\d+)-")


def pictures(item: Item, source: Source) -> Item:
    """The article with the pictures that lie beside it; addresses of the others are taken out."""
    found: dict[str, Brought] = {}
    body = item.text or item.body
    for address, line, column in _addresses(item, images=True):
        path = _file(address, Path(item.place.file), source.home)
        if path is None:
            source.fault(_at(item, address, line, column), "PZ552", address=address[:120])
            body = _without(body, address)
        else:
            found[address] = Brought(_plain(address), path)
    return _with(item, body, tuple(found.values()))


def _file(address: str, page: Path, home: Path) -> Path | None:
    """The picture at a relative address, if it lies in the source's folder and can be shown."""
    if page.suffix.lower() not in {".md", ".markdown", ".html", ".htm"}:
        return None  # a table and an export lie beside nothing
    path = page.parent / _plain(address)
    try:
        inside = path.resolve().is_relative_to(home.resolve()) and not path.is_symlink()
        if address.startswith("/") or not inside or not path.is_file() or path.stat().st_size > MOST:
            return None
        seen = look(path.read_bytes())
    except (OSError, ValueError):
        return None
    return path if seen and all(0 < side <= SIDE for side in seen[1:]) else None


def _plain(address: str) -> str:
    return unquote(re.split(r"[?#]", address)[0])


class Links:
    """The links of all articles that are brought together; ``there``: the names of those the desk has."""

    def __init__(self, named: Iterable[tuple[Item, str]], there: Collection[str], findings: list[Finding]) -> None:
        self._known: dict[str, str] = {}
        self._slugs = set(there)
        self._findings = findings
        for item, slug in named:
            self._slugs.add(slug)
            for each in item.ids:
                self._known.setdefault(each.lower(), slug)

    def mended(self, item: Item) -> Item:
        """The article with links that lead somewhere."""
        body = item.text or item.body
        for address, line, column in _addresses(item, images=False):
            kind, value, anchor = markdown.target(address)
            if kind == "web":
                number = _FOREIGN.match(address)
                slug = self._slug(number[1]) if number else ""
                body = _led(body, address, slug) if slug else body
            elif self._lost(item, kind, value):
                path, _, anchor = unquote(address).partition("#")
                stem = Path(path.partition("?")[0].rstrip("/")).stem
                slug = self._slug(Path(path).parent.name if stem in {"index", "_index"} else stem)
                if slug:
                    body = _led(body, address, slug + (f"#{anchor}" if anchor else ""))
                else:
                    self._findings.append(
                        Finding(_at(item, address, line, column), "PZ552", {"address": address[:120]})
                    )
                    body = _without(body, address)
        return _with(item, body, item.pictures)

    def _lost(self, item: Item, kind: str, value: str) -> bool:
        """Whether it leads nowhere here: to no article, or to a page of the site that it came from."""
        return value not in self._slugs if kind == "article" else value.startswith("/") and not item.text

    def _slug(self, name: str) -> str:
        name = name.lower()
        number = _NUMBER.match(name)
        return self._known.get(name) or (self._known.get(number[1], "") if number else "")


def _addresses(item: Item, *, images: bool) -> Iterator[tuple[str, int, int]]:
    """Each relative address of a picture, or each of a link, once, and where it stands in the body."""
    seen: set[str] = set()
    body = _body(item)
    lines = body.split("\n")
    for block, token in markdown.inline(markdown.parse(body)):
        address = markdown.address(token)
        relative = markdown.target(address)[0] in {"article", "page"}
        if (token.type == "image") != images or address in seen or (images and not relative):
            continue
        seen.add(address)
        first, last = block.map or (0, len(lines))
        line = next((n for n in range(first, last) if address in lines[n]), first)
        yield address, line, max(0, lines[line].find(address)) + 1


def _body(item: Item) -> str:
    text = item.text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    parts = split(text) if text else None
    return parts.body if parts else item.body


def _at(item: Item, address: str, line: int, column: int) -> Place:
    """A place of the body in the source, where the source has the same lines or the same address."""
    where, ending = item.where, Path(item.where.file).suffix.lower()
    if ending in {".md", ".markdown"}:
        return Place(where.file, where.line + line, column)
    text = Path(where.file).read_bytes().decode(errors="replace") if ending in {".html", ".htm"} else ""
    at = text.find(address)
    return Place(where.file, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)) if at > 0 else where


def _with(item: Item, body: str, found: tuple[Brought, ...]) -> Item:
    return replace(item, text=body, pictures=found) if item.text else replace(item, body=body, pictures=found)


def _written(address: str) -> str:
    return rf"\(\s*<?{re.escape(address)}>?(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"


def _led(body: str, address: str, to: str) -> str:
    return re.sub(rf"\]{_written(address)}", lambda _: f"]({to})", body)


def _without(body: str, address: str) -> str:
    """The words of a link, or of a picture, without it."""
    return re.sub(rf"!?\[((?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]{_written(address)}", lambda m: m[1], body)

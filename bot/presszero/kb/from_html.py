"""HTML of other systems as Markdown: headings, lists, links, emphasis, pictures, tables. Scripts, styles and forms are left out.

What comes out is plain Markdown text: whatever was active in the page is gone, and the portal's own guards stand behind it.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise

_BLOCKS = {"p", "div", "section", "article", "main", "header", "footer", "figure", "figcaption", "address", "dd", "dt"}
_DROPPED = {"script", "style", "noscript", "template", "svg", "iframe", "object", "form", "nav", "head", "button"}
_MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*", "code": "`"}
_HEADINGS = {f"h{n}": f"\n\n{'#' * max(2, n)} " for n in range(1, 7)} | {"summary": "\n\n## "}
_OPENED = dict.fromkeys((*_BLOCKS, "details"), "\n\n") | _HEADINGS
_OPENED |= {"br": "\n", "hr": "\n\n---\n\n", "pre": "\n\n```\n", "blockquote": "\n\n> "}
_CLOSED = dict.fromkeys((*_BLOCKS, *_HEADINGS, "blockquote"), "\n\n") | {"pre": "\n```\n\n"}
_INSIDE = {"a", "table", *_MARKS}  # what is inside must be known before it can be written
_SPECIAL = re.compile(r"([\\`*_\[\]<>])")
_ROW, _CELL = "\x01", "\x02"
DEEPEST, DEEPEST_LIST = 40, 12
LONGEST_TAG = 2000  # characters, where another begins inside it


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.title = ""
        self._lists: list[int | None] = []  # the next number, None for bullets
        self._dropped: list[str] = []
        self._open: list[tuple[str, int, str]] = []  # a tag of _INSIDE, where it began, its address
        self._pre = False
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_title = self._in_title or tag == "title"
        if self._dropped or tag in _DROPPED:
            if tag in _DROPPED and len(self._dropped) < DEEPEST:
                self._dropped.append(tag)
            return
        self._pre = self._pre or tag == "pre"
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and "a" in self._nearest():
            self._close("a")  # as browsers do: there is no link in a link
        if tag in _INSIDE and not (self._pre and tag != "a"):
            if len(self._open) >= DEEPEST:
                return
            self._open.append((tag, len(self.out), given.get("href", "").strip()))
        else:
            self.out.append(_OPENED[tag] if tag in _OPENED else self._begun(tag, given))

    def _nearest(self) -> list[str]:
        """What is open inside the nearest table."""
        names = [name for name, _, _ in self._open]
        return names[len(names) - names[::-1].index("table") :] if "table" in names else names

    def _begun(self, tag: str, given: dict[str, str]) -> str:
        """What a tag begins with that needs more than its name."""
        if tag in {"ul", "ol"}:
            self._lists.append(1 if tag == "ol" else None)
            return "\n"
        if tag == "li":
            return self._line()
        if tag == "img":
            address = _address(given.get("src", ""))
            return f"![{_plain(given.get('alt', ''))}]({address})" if address else _plain(given.get("alt", ""))
        return {"tr": _ROW, "td": _CELL, "th": _CELL}.get(tag, "")

    def _line(self) -> str:
        number = self._lists[-1] if self._lists else None
        indent = "   " * min(max(0, len(self._lists) - 1), DEEPEST_LIST)
        if number is None:
            return f"\n{indent}- "
        self._lists[-1] = number + 1
        return f"\n{indent}{number}. "

    def handle_endtag(self, tag: str) -> None:
        self._in_title = self._in_title and tag != "title"
        if self._dropped:
            if tag == self._dropped[-1]:
                self._dropped.pop()
            return
        self._pre = self._pre and tag != "pre"
        if tag in _INSIDE:
            self._close(tag)
        elif tag in {"ul", "ol"} and self._lists:
            self._lists.pop()
            self.out.append("\n" if self._lists else "\n\n")
        else:
            self.out.append(_CLOSED.get(tag, ""))

    def _close(self, tag: str) -> None:
        """Writes what stood inside; a tag that was never opened closes nothing."""
        at = next((n for n in range(len(self._open) - 1, -1, -1) if self._open[n][0] == tag), None)
        if at is None:
            return
        _, start, href = self._open[at]
        del self._open[at:]
        inside = "".join(self.out[start:])
        del self.out[start:]
        self.out.append(_table(inside) if tag == "table" else _around(tag, inside, href))

    def finish(self) -> None:
        """Closes what the page left open."""
        while self._open:
            self._close(self._open[-1][0])

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title = self.title or " ".join(data.split())
        elif not self._dropped:
            self.out.append(data if self._pre else _plain(re.sub(r"[\s\x00-\x1f]+", " ", data)))


def markdown(html: str) -> tuple[str, str]:
    """The page's title ("" when it has none) and its text as Markdown."""
    reader = _Reader()
    reader.feed(_tamed(html.replace(_ROW, "").replace(_CELL, "")))
    reader.close()
    reader.finish()
    text = re.sub(rf"[{_ROW}{_CELL}]", "\n", "".join(reader.out))
    text = re.sub(r"(?<![ \t])[ \t]+\n", "\n", text)
    text = re.sub(r"\n[ \t]+(?=[^\s\-\d])", "\n", text)
    text = re.sub(r"(?m)^#+ *$", "", text)  # a heading of nothing
    text = re.sub(r"\n{3,}", "\n\n", text).strip()
    first = re.match(r"#+ (.+)", text)
    return reader.title or (_unplain(first[1]) if first else ""), text


def _tamed(html: str) -> str:
    """The page without comments and declarations, and without a "<" that begins no tag: the parser looks for the end of each."""
    parts = html.split("<!--")
    shown = parts[0] + "".join(part.partition("-->")[2] if "-->" in part else part for part in parts[1:])
    text = re.sub(rf"<[!?][^>]{{0,{LONGEST_TAG}}}>", "", shown)
    made, last, end = list[str](), 0, 0
    begins = [found.start() for found in re.finditer("<", text)]
    for at, after in pairwise([*begins, len(text)]):
        if 0 <= end < at:
            end = text.find(">", at)
        if end < 0 or (after < end and end - at > LONGEST_TAG):
            made += [text[last:at], "&lt;"]
            last = at + 1
    return "".join([*made, text[last:]])


def _around(tag: str, inside: str, href: str) -> str:
    """Emphasis or a link around words; around blocks or nothing there is none."""
    words = inside.strip()
    if not words or (tag in _MARKS and "\n\n" in words):
        return inside
    before, after = inside[: len(inside) - len(inside.lstrip())], inside[len(inside.rstrip()) :]
    if tag in _MARKS:
        mark = _MARKS[tag]
        held = words.replace("\n", " ")
        return f"{before}{mark}{_unplain(held) if tag == 'code' else held}{mark}{after}"
    address = _address(href)
    return f"{before}[{' '.join(words.split())}]({address}){after}" if address else inside


def _table(inside: str) -> str:
    """A table of Markdown; one of a single column is a box around text."""
    rows = [[" ".join(cell.split()) for cell in row.split(_CELL)[1:]] for row in inside.split(_ROW) if _CELL in row]
    width = max(map(len, rows), default=0)
    if width < 2:
        return "\n\n" + re.sub(rf"[{_ROW}{_CELL}]", "\n\n", inside) + "\n\n"
    full = [[cell.replace("|", r"\|") for cell in (*row, *[""] * (width - len(row)))] for row in rows]
    lines = [f"| {' | '.join(row)} |" for row in full]
    return "\n\n" + "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]]) + "\n\n"


def _plain(text: str) -> str:
    return re.sub(r"^(\s*)#", r"\1\\#", _SPECIAL.sub(r"\\\1", text))


def _unplain(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text).strip()


def _address(address: str) -> str:
    """An address as Markdown can hold it; one that could act is left out."""
    if re.match(r"\s*(?:javascript|data|vbscript|file)\s*:", re.sub(r"[\x00-\x20]", "", address), re.IGNORECASE):
        return ""
    return address.replace(" ", "%20").replace("(", "%28").replace(")", "%29").replace("\n", "")

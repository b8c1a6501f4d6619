"""HTML of other systems as Markdown: headings, lists, links, emphasis, pictures, tables. Scripts, styles and forms are left out.

What comes out is plain Markdown text: whatever was active in the page is gone, and the portal's own guards stand behind it.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BLOCKS = {"p", "div", "section", "article", "main", "header", "footer", "figure", "figcaption", "address", "dd", "dt"}
_DROPPED = {"script", "style", "noscript", "template", "svg", "iframe", "object", "form", "nav", "head", "button"}
_MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*", "code": "`"}
_HEADINGS = {f"h{n}": f"\n\n{'#' * max(2, n)} " for n in range(1, 7)} | {"summary": "\n\n## "}
_OPENED = dict.fromkeys((*_BLOCKS, "details", "table"), "\n\n") | _MARKS | _HEADINGS
_OPENED |= {"br": "\n", "hr": "\n\n---\n\n", "pre": "\n\n```\n", "blockquote": "\n\n> "}
_CLOSED = dict.fromkeys((*_BLOCKS, *_HEADINGS, "blockquote", "table"), "\n\n") | _MARKS | {"pre": "\n```\n\n"}
_SPECIAL = re.compile(r"([\\`*_\[\]<>])")
DEEPEST = 40


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.title = ""
        self._lists: list[int | None] = []  # the next number, None for bullets
        self._dropped: list[str] = []
        self._links: list[str] = []
        self._heading = ""
        self._pre = False
        self._in_title = False
        self._cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_title = self._in_title or tag == "title"
        if self._dropped or tag in _DROPPED:
            if tag in _DROPPED and len(self._dropped) < DEEPEST:
                self._dropped.append(tag)
            return
        self._pre = self._pre or tag == "pre"
        given = {name: value or "" for name, value in attrs}
        self.out.append(_OPENED[tag] if tag in _OPENED else self._begun(tag, given))

    def _begun(self, tag: str, given: dict[str, str]) -> str:
        """What a tag begins with that needs more than its name."""
        if tag in {"ul", "ol"}:
            self._lists.append(1 if tag == "ol" else None)
            return "\n"
        if tag == "li":
            return self._line()
        if tag == "a":
            self._links.append(given.get("href", "").strip())
            return "["
        if tag == "img":
            return f"![{_plain(given.get('alt', ''))}]({_address(given.get('src', ''))})"
        if tag == "tr":
            self._cells = 0
            return "\n"
        if tag in {"td", "th"}:
            self._cells += 1
            return " — " if self._cells > 1 else ""
        return ""

    def _line(self) -> str:
        number = self._lists[-1] if self._lists else None
        indent = "   " * max(0, len(self._lists) - 1)
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
        if tag == "a" and self._links:
            self.out.append(f"]({_address(self._links.pop())})")
        elif tag in {"ul", "ol"} and self._lists:
            self._lists.pop()
            self.out.append("\n" if self._lists else "\n\n")
        else:
            self.out.append(_CLOSED.get(tag, ""))

    def handle_data(self, data: str) -> None:
        if self._in_title and not self.title:
            self.title = " ".join(data.split())
        if self._dropped:
            return
        self.out.append(data if self._pre else _plain(re.sub(r"\s+", " ", data)))


def markdown(html: str) -> tuple[str, str]:
    """The page's title ("" when it has none) and its text as Markdown."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    text = "".join(reader.out)
    text = re.sub(r"\[\]\([^)]*\)", "", text)  # a link around nothing
    text = re.sub(r"\[([^\]]*)\]\(\)", r"\1", text)
    text = re.sub(r"[ \t]+\n", "\n", text)
    text = re.sub(r"(?<!\*)\*{4}(?!\*)", "", text)  # emphasis of nothing
    text = re.sub(r"\n[ \t]+(?=[^\s\-\d])", "\n", text)
    text = re.sub(r"\n{3,}", "\n\n", text).strip()
    first = re.match(r"#+ (.+)", text)
    return reader.title or (_unplain(first[1]) if first else ""), text


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _unplain(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text).strip()


def _address(address: str) -> str:
    """An address as Markdown can hold it; one that could act is left out."""
    if re.match(r"\s*(?:javascript|data|vbscript|file)\s*:", re.sub(r"[\x00-\x20]", "", address), re.IGNORECASE):
        return ""
    return address.replace(" ", "%20").replace("(", "%28").replace(")", "%29").replace("\n", "")

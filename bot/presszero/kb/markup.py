"""HTML that an article's author meant as HTML: pages and answers show it as it is typed, so its author is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from presszero.errors import Finding, Place

if TYPE_CHECKING:
    from markdown_it.token import Token

_TAGS = "a abbr b big blockquote br button center code details div em embed font form h1 h2 h3 h4 h5 h6 hr i iframe img input li"
_MORE = "link mark object ol p pre s script section small span strike strong style sub summary sup svg table tbody td th tr u ul video"
_TAG = re.compile(rf"</?(?:{'|'.join(f'{_TAGS} {_MORE}'.split())})\b[^<>\n]*>?", re.IGNORECASE)


def markup(tokens: list[Token], body: str, first_line: int, file: str) -> Iterator[Finding]:
    """The first tag of each paragraph of a body that begins on ``first_line`` of the file; code may hold any."""
    lines = body.split("\n")
    for block in tokens:
        shown = "".join(child.content for child in block.children or () if child.type == "text")
        tag = _TAG.search(shown)
        if tag and block.map:
            at = next((n for n in range(*block.map) if tag[0] in lines[n]), block.map[0])
            place = Place(file, first_line + at, max(lines[at].find(tag[0]), 0) + 1)
            yield Finding(place, "PZ537", {"tag": tag[0][:40]})

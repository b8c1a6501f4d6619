"""The Markdown of articles: one parser, heading ids, and what its links point at.

Raw HTML is text here. The parser accepts every address, so that ``check`` can name the unsafe ones;
``page`` is what keeps them out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Literal

from presszero.lang.words import words

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

SAFE = ("http", "https", "mailto", "tel")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SCHEME = re.compile(r"\s*([a-zA-Z][a-zA-Z0-9+.\-\s]*):")
_ARTICLE = re.compile(rf"(?:\.\.?/)*({SLUG.pattern})(?:\.md)?(#.*)?")


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.validateLink = _any_address  # type: ignore[method-assign]
    parser.normalizeLink = str  # type: ignore[method-assign,assignment]
    return parser


def parse(body: str) -> list[Token]:
    """The tokens of a body; headings carry their id, and none is above the page's own (h1 becomes h2)."""
    tokens = _parser().parse(body)
    seen: Counter[str] = Counter()
    for at, token in enumerate(tokens):
        if token.type not in {"heading_open", "heading_close"}:
            continue
        token.tag = "h2" if token.tag == "h1" else token.tag
        if token.type == "heading_open":
            token.attrSet("id", _anchor(tokens[at + 1].content, seen))
    return tokens


def _any_address(url: str) -> bool:  # noqa: ARG001 (the parser's signature)
    return True


def render(tokens: list[Token]) -> str:
    """HTML as the parser makes it: not yet safe, see ``page``."""
    parser = _parser()
    return str(parser.renderer.render(tokens, parser.options, {}))


def _anchor(heading: str, seen: Counter[str]) -> str:
    # the prefix keeps headings from taking the ids of the page around the article
    name = "s-" + ("-".join(words(heading))[:60].rstrip("-") or "section")
    seen[name] += 1
    return name if seen[name] == 1 else f"{name}-{seen[name]}"


def inline(tokens: list[Token]) -> Iterator[tuple[Token, Token]]:
    """Each link or image of the text with the block it stands in."""
    for block in tokens:
        for token in block.children or ():
            if token.type in {"link_open", "image"}:
                yield block, token


def address(token: Token) -> str:
    """Where a link or an image points, as written."""
    return str(token.attrGet("src" if token.type == "image" else "href") or "")


def target(href: str) -> tuple[Literal["article", "page", "web", "unsafe"], str, str]:
    """What an address is, with the article's slug (or the scheme, or the address) and the ``#anchor``."""
    scheme = _SCHEME.match(href)
    if scheme:
        name = re.sub(r"\s", "", scheme[1]).lower()
        return ("web", href, "") if name in SAFE else ("unsafe", f"{name}:", "")
    if re.match(r"\s*[/\\]{2}", href):
        return "unsafe", "//", ""
    if href.startswith(("/", "#")) or not href:
        return "page", href, ""
    article = _ARTICLE.fullmatch(href)
    return ("article", article[1], article[2] or "") if article else ("article", href, "")

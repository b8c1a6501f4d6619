"""An article's body as safe HTML for the portal.

Two guards: links and pictures are rewritten or become plain text in the parsed text, then nh3 lets through the listed
tags, attributes and schemes only.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from presszero.kb import markdown

if TYPE_CHECKING:
    import nh3
    from markdown_it.token import Token

HEADINGS = ("h2", "h3", "h4", "h5", "h6")
TAGS = {*HEADINGS, "p", "br", "hr", "em", "strong", "code", "pre", "blockquote", "ul", "ol", "li", "a", "img"}
TAGS |= {"table", "thead", "tbody", "tr", "th", "td"}


class Shown(NamedTuple):
    """Where a picture is, and its size in pixels."""

    src: str
    width: int
    height: int


def html(body: str, url: Callable[[str], str], picture: Callable[[str], Shown | None] = lambda _: None) -> str:
    """Safe HTML; ``url`` gives the address of an article's page by its slug, or "" when there is none to show.

    ``picture`` gives a picture by its address in the text; what is not shown stays as its words.
    """
    tokens = markdown.parse(body)
    for block in tokens:
        if block.children:
            block.children = _kept(block.children, url, picture)
    return str(_cleaner().clean(markdown.render(tokens)))


def _kept(tokens: list[Token], url: Callable[[str], str], picture: Callable[[str], Shown | None]) -> list[Token]:
    """The tokens of a line: a link that leads nowhere for this reader is its words only, and so is a picture."""
    kept: list[Token] = []
    dropped: list[bool] = []
    for token in tokens:
        if token.type == "link_open":
            address = _address(markdown.address(token), url)
            token.attrSet("href", address)
            dropped.append(not address)
        if token.type == "image":
            _draw(token, picture(markdown.address(token)))
        if token.type in {"link_open", "link_close"} and (dropped[-1] if token.type == "link_open" else dropped.pop()):
            continue
        kept.append(token)
    return kept


def _draw(token: Token, shown: Shown | None) -> None:
    if shown is None:
        token.type, token.tag, token.children = "text", "", None
        return
    for name, value in (("src", shown.src), ("width", shown.width), ("height", shown.height), ("loading", "lazy")):
        token.attrSet(name, value)


def _address(href: str, url: Callable[[str], str]) -> str:
    kind, value, anchor = markdown.target(href)
    if kind == "unsafe":
        return ""
    if kind == "article":
        page = url(value)
        return page + anchor if page else ""
    return value


@cache
def _cleaner() -> nh3.Cleaner:
    import nh3

    attributes = {heading: {"id"} for heading in HEADINGS}
    attributes |= {
        "a": {"href", "title"},
        "img": {"src", "alt", "title", "width", "height", "loading"},
        "ol": {"start"},
    }
    return nh3.Cleaner(tags=TAGS, attributes=attributes, url_schemes=set(markdown.SAFE), link_rel="noopener noreferrer")

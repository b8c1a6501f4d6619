"""An article's body as safe HTML for the portal.

Two guards: links are rewritten or dropped in the parsed text, then nh3 lets through the listed tags, attributes and
schemes only.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from presszero.kb import markdown

if TYPE_CHECKING:
    import nh3

HEADINGS = ("h2", "h3", "h4", "h5", "h6")
TAGS = {*HEADINGS, "p", "br", "hr", "em", "strong", "code", "pre", "blockquote", "ul", "ol", "li", "a", "img"}
TAGS |= {"table", "thead", "tbody", "tr", "th", "td"}


def html(body: str, url: Callable[[str], str]) -> str:
    """Safe HTML; ``url`` gives the address of an article's page by its slug, or "" when there is none to show."""
    tokens = markdown.parse(body)
    for _, token in markdown.inline(tokens):
        address = _address(markdown.address(token), url, image=token.type == "image")
        name = "src" if token.type == "image" else "href"
        if address:
            token.attrSet(name, address)
        else:
            token.attrs.pop(name, None)
    return str(_cleaner().clean(markdown.render(tokens)))


def _address(href: str, url: Callable[[str], str], *, image: bool) -> str:
    kind, value, anchor = markdown.target(href)
    if kind == "unsafe":
        return ""
    if kind == "article":
        page = "" if image else url(value)
        return page + anchor if page else ""
    return value


@cache
def _cleaner() -> nh3.Cleaner:
    import nh3

    attributes = {heading: {"id"} for heading in HEADINGS}
    attributes |= {"a": {"href", "title"}, "img": {"src", "alt", "title"}, "ol": {"start"}}
    return nh3.Cleaner(tags=TAGS, attributes=attributes, url_schemes=set(markdown.SAFE), link_rel="noopener noreferrer")

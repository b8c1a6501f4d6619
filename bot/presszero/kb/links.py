"""What articles point at: links inside the text, pictures, ``related``, twins in the other languages.

An article that exists in any language may be linked from every language: its readers see the one there is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from presszero.errors import Finding, Place
from presszero.kb import markdown
from presszero.kb.article import Article, Group
from presszero.kb.pictures import Wanted
from presszero.source.tree import Node

if TYPE_CHECKING:
    from markdown_it.token import Token


@dataclass(frozen=True, slots=True)
class Link:
    """A link or image of a body: its place, what it is (``markdown.target``) and where it points."""

    place: Place
    kind: str
    value: str
    picture: Wanted | None = None
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as read, with what must be checked against the others."""

    article: Article
    related: tuple[Node, ...]
    links: tuple[Link, ...]


def links(tokens: list[Token], body: str, first_line: int, file: str) -> tuple[Link, ...]:
    """The links of a body that begins on ``first_line`` of the file."""
    lines = body.split("\n")
    found = []
    for block, token in markdown.inline(tokens):
        href = markdown.address(token)
        kind, value, anchor = markdown.target(href)
        start, end = block.map or (0, len(lines))
        at = next((line for line in range(start, end) if href in lines[line]), start)
        place = Place(file, first_line + at, max(lines[at].find(href), 0) + 1)
        wanted = Wanted(place, href, token.content) if token.type == "image" else None
        found.append(Link(place, kind, value, wanted, anchor))
    return tuple(found)


def cross_check(
    drafts: Mapping[tuple[str, str], Draft], there: Collection[tuple[str, str]], languages: Sequence[str]
) -> list[Finding]:
    """Findings that need all the articles; ``there``: language and slug of all files, also of the unreadable ones."""
    slugs = {slug for _, slug in there}
    found: list[Finding] = []
    for draft in drafts.values():
        article = draft.article
        found += [Finding(n.place, "PZ512", {"slug": n.text}) for n in draft.related if n.text not in slugs]
        found += _leading(draft, slugs, drafts, languages)
        for lang in languages:
            if (lang, article.slug) not in there:
                found.append(Finding(Place(article.file, 1, 1), "PZ511", {"slug": article.slug, "lang": lang}))
    return found


def _leading(
    draft: Draft, slugs: Collection[str], drafts: Mapping[tuple[str, str], Draft], languages: Sequence[str]
) -> Iterator[Finding]:
    """Links of a body that lead nowhere, or not where every reader may go."""
    for link in draft.links:
        if link.kind == "unsafe":
            yield Finding(link.place, "PZ517", {"scheme": link.value})
        elif link.kind != "article" or link.picture:
            continue
        elif link.value not in slugs:
            yield Finding(link.place, "PZ513", {"slug": link.value})
        elif not _open_to_all(draft.article, link.value, drafts, languages):
            yield Finding(link.place, "PZ528", {"slug": link.value})
        elif not _headed(draft.article.lang, link, drafts):
            yield Finding(link.place, "PZ529", {"slug": link.value, "anchor": link.anchor})


def _headed(lang: str, link: Link, drafts: Mapping[tuple[str, str], Draft]) -> bool:
    """Whether the heading is there that a link names; an article that was not read, or is in no such language, is not judged."""
    there = drafts.get((lang, link.value))
    name = link.anchor.removeprefix("#")
    return name in {"", "top"} or there is None or any(section.anchor == name for section in there.article.sections)


def _open_to_all(
    article: Article, slug: str, drafts: Mapping[tuple[str, str], Draft], languages: Sequence[str]
) -> bool:
    """Whether whoever reads an article may read the one it links to: it is for everybody, or for the same readers."""
    order = sorted(languages, key=lambda lang: lang != article.lang)
    there = [draft.article.audience for lang in order if (draft := drafts.get((lang, slug)))]
    return not there or any(_implied(group, article.audience) for group in there)


def _implied(group: Group, audience: Group) -> bool:
    """Whether every reader of ``audience`` belongs to ``group``."""
    return all(any(name == own and few <= values for own, few in audience) for name, values in group)

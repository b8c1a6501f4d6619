"""A page of HTML as an article, or each of its headings as one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from presszero.errors import Place
from presszero.kb import markdown
from presszero.kb.from_html import markdown as read_html
from presszero.kb.item import Item
from presszero.kb.source import Source


def page(source: Source, path: Path) -> Iterator[Item]:
    """The page as one article."""
    text = source.text(path)
    if text is None:
        return
    title, body = read_html(text)
    said = re.search(r"<html[^>]*\blang=[\"']?([\w-]+)", text, re.IGNORECASE)
    body = re.sub(rf"\A#+ {re.escape(title)}\s*\n", "", body)
    place = Place(str(path), text.count("\n", 0, said.start()) + 1 if said else 1, 1)
    lang = source.language(said[1] if said else "", body, place)
    if lang:
        yield Item(Place(str(path), 1, 1), title or path.stem, body, lang)


def parts(item: Item) -> Iterator[Item]:
    """Each heading of an article as an article, where there are several of one level; what stands before them stays its own."""
    if item.text:
        yield item  # ours: its author has said what is one article
        return
    tokens = markdown.parse(item.body)
    heads = [(t, tokens[at + 1].content) for at, t in enumerate(tokens) if t.type == "heading_open" and not t.level]
    counts = Counter(token.markup for token, _ in heads)
    level = next((mark for mark in sorted(counts) if counts[mark] > 1), "")
    chosen = [(token.map or [0, 0], words) for token, words in heads if token.markup == level]
    if not chosen:
        yield item
        return
    lines = item.body.split("\n")
    before = "\n".join(lines[: chosen[0][0][0]]).strip()
    if before:
        yield replace(item, body=before)
    ends = [start for (start, _), _ in chosen[1:]] + [len(lines)]
    whole = item.where.file.lower().endswith((".md", ".markdown"))
    for ((start, text), words), end in zip(chosen, ends, strict=True):
        line = item.where.line + start if whole else item.where.line
        place = Place(item.where.file, line, 1)
        title = re.sub(r"\\(.)|[*`]", lambda m: m[1] or "", words)
        yield replace(
            item, place=place, text_place=None, title=title, body="\n".join(lines[text:end]).strip(), path="", ids=()
        )

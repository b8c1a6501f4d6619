"""Exports of articles, .json: of Zendesk (``body`` is HTML) and of Chatwoot (``content`` is Markdown).

Drafts and what not everybody may read there are left out and named, with all their translations.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from presszero.errors import Place
from presszero.kb.from_html import markdown
from presszero.kb.item import Item
from presszero.kb.markdown import SLUG
from presszero.kb.source import Source

_UNPUBLISHED = {"draft", "archived", 0, 2}


def exported(source: Source, path: Path) -> Iterator[Item]:
    """The articles of an export."""
    text = source.text(path)
    if text is None:
        return
    try:
        data = json.loads(text.rstrip())
    except (ValueError, RecursionError) as error:
        line, column = getattr(error, "lineno", 1), getattr(error, "colno", 1)
        source.fault(Place(str(path), line, column), "PZ540", why=getattr(error, "msg", type(error).__name__))
        return
    found = _listed(data)
    if found is None:
        source.fault(Place(str(path), 1, 1), "PZ540", why='"articles": []?')
        return
    sections = {_id(each.get("id")): str(each.get("name") or "") for each in _maps(data, "sections")}
    further: dict[str, list[dict[str, Any]]] = {}
    for each in _maps(data, "translations"):
        further.setdefault(_id(each.get("source_id")), []).append(each)
    places = _places(text, str(path), len(found))
    for place, each in zip(places, found, strict=True):
        left_out = _left_out(each)
        if left_out:
            source.fault(place, left_out, title=_title(each)[:80] if isinstance(each, dict) else "")
        else:
            yield from _translated(source, each, place, sections, further)


def _left_out(each: Any) -> str:
    """The code of why an article is not brought, "" when it is."""
    if not isinstance(each, dict):
        return "PZ541"
    if each.get("draft") or each.get("status") in _UNPUBLISHED:
        return "PZ544"
    return "PZ545" if each.get("user_segment_id") is not None or each.get("user_segment_ids") else ""


def _translated(
    source: Source,
    each: Mapping[str, Any],
    place: Place,
    sections: Mapping[str, str],
    further: Mapping[str, list[dict[str, Any]]],
) -> Iterator[Item]:
    """An article and its translations, which share a name."""
    first = _item(source, each, place, sections)
    if first:
        yield first
    number = _id(each.get("id"))
    for other in (*_maps(each, "translations"), *(further.get(number, ()) if number else ())):
        said = {**each, **{key: other.get(key) for key in ("title", "body", "locale")}, "label_names": []}
        if other.get("locale") == each.get("locale"):
            continue
        if other.get("draft"):
            source.fault(place, "PZ544", title=_title(other)[:80])
            continue
        item = _item(source, said, place, {})
        if item:
            yield item


def _item(source: Source, each: Mapping[str, Any], place: Place, sections: Mapping[str, str]) -> Item | None:
    title = _title(each)
    raw = each.get("body") or each.get("content") or ""
    raw = raw if isinstance(raw, str) else ""
    body = markdown(raw)[1] if each.get("body") or raw.lstrip().startswith("<") else raw
    site = re.match(r"https://[\w.-]+(?=/)", str(each.get("html_url") or ""))
    body = re.sub(r"\]\((?=/[^/])", f"]({site[0]}", body) if site else body
    category = each.get("category")
    category = category if isinstance(category, dict) else {}
    labels = each.get("label_names")
    tags = [str(label) for label in labels] if isinstance(labels, list) else []
    tags += [str(named) for named in (category.get("name"), sections.get(_id(each.get("section_id")))) if named]
    lang = source.language(str(each.get("locale") or category.get("locale") or ""), f"{title} {body}", place)
    slug, number = str(each.get("slug") or "").lower(), _id(each.get("id"))
    same = _id(each.get("associated_article_id")) or number
    slug = slug if SLUG.fullmatch(slug) else ""
    if not lang:
        return None
    return Item(
        place,
        title,
        body,
        lang,
        tags=tuple(dict.fromkeys(tag for tag in tags if tag.strip())),
        name=slug if not each.get("associated_article_id") else "",
        ids=tuple(dict.fromkeys(name for name in (number, slug) if name)),
        same=same,
    )


def _id(value: Any) -> str:
    return str(value) if isinstance(value, str | int) else ""


def _title(each: Mapping[str, Any]) -> str:
    return " ".join(str(each.get("title") or each.get("name") or "").split())


def _listed(data: Any) -> list[Any] | None:
    if isinstance(data, list):
        return data
    for key in ("articles", "payload", "data") if isinstance(data, dict) else ():
        found = data.get(key)
        if isinstance(found, list):
            return found
        if isinstance(found, dict):
            return _listed(found)
    return None


def _maps(data: Any, key: str) -> list[dict[str, Any]]:
    found = data.get(key) if isinstance(data, dict) else None
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _places(text: str, file: str, number: int) -> list[Place]:
    """Where each article begins: the list that has so many values is looked for, and read again value by value."""
    decoder, at = json.JSONDecoder(), -1
    while (at := text.find("[", at + 1)) >= 0:
        starts: list[int] = []
        where = at + 1
        try:
            while True:
                where += len(text[where:]) - len(text[where:].lstrip()) if text[where : where + 1].isspace() else 0
                if text[where] == "]":
                    break
                starts.append(where)
                where = decoder.raw_decode(text, where)[1]
                while text[where] in " \t\n,":
                    where += 1
        except (ValueError, IndexError, RecursionError):
            continue
        if len(starts) == number:
            break
    else:
        starts = [0] * number
    found, line, last = [], 1, 0
    for start in starts:
        line += text.count("\n", last, start)
        last = start
        found.append(Place(file, line, start - text.rfind("\n", 0, start)))
    return found

"""Words a customer may say, per language: phrases that start a flow, other words of an option, universals."""

from __future__ import annotations

from collections.abc import Iterator

from presszero.errors import Place
from presszero.flows.page import Page
from presszero.flows.tongues import mixed
from presszero.source.tree import Node


def phrases(page: Page, node: Node) -> dict[str, tuple[tuple[str, Place], ...]]:
    """Language → phrases with their places; a desk of one language may write the bare list."""
    if node.kind != "map" and len(page.languages) == 1:
        return {page.languages[0]: tuple(_listed(page, node))}
    if node.kind != "map":
        page.fault(node, "PZ183", wanted_en="a list per language", wanted_ru="по списку на каждый язык")
        return {}
    found: dict[str, tuple[tuple[str, Place], ...]] = {}
    for key, value in node.pairs:
        if key.text in page.languages:
            found[key.text] = tuple(_listed(page, value))
        else:
            page.unknown(key.place, "PZ181", key.text, page.languages)
    return found


def bare(found: dict[str, tuple[tuple[str, Place], ...]]) -> dict[str, tuple[str, ...]]:
    """The phrases without their places."""
    return {lang: tuple(text for text, _ in listed) for lang, listed in found.items()}


def _listed(page: Page, node: Node) -> Iterator[tuple[str, Place]]:
    for item in node.items if node.kind == "list" else (node,):
        said = page.word(item)
        for _, word, letters in mixed(said):
            page.fault(item, "PZ220", word=word, letters=letters)
        if said:
            yield said, item.place

"""The engine's own sentences: shipped in words.yaml beside this module, reworded by a desk under ``texts:``."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from presszero.dialogue.text import Text
from presszero.errors import ContentError
from presszero.flows.model import Known
from presszero.flows.names import ANY, Names
from presszero.flows.outline import Outline
from presszero.flows.page import Desk, Page
from presszero.flows.texts import holes, text
from presszero.source.read import read_file
from presszero.source.tree import Node

LANGUAGES = ("ru", "en")


@cache
def engine_words() -> dict[str, Text]:
    """Every sentence by its key, in every language the engine speaks."""
    here = Path(__file__).parent
    own = Outline("", names=Names(unchecked=True))
    page = Page("words.yaml", Desk(Known(), LANGUAGES, {}, lambda _: False), own)
    found = {key.text: text(page, value, spoken=False) for key, value in read_file(here / "words.yaml", here).pairs}
    if page.found:
        raise ContentError(page.found)
    return found


def override(page: Page, node: Node | None) -> dict[str, Text]:
    """The desk's wording; it may show what the engine's sentence shows, and what is always known."""
    if node is None:
        return {}
    if node.kind != "map":
        page.fault(node, "PZ183", wanted_en="names with texts", wanted_ru="имена с текстами")
        return {}
    shipped = engine_words()
    found: dict[str, Text] = {}
    for key, value in node.pairs:
        if key.text not in shipped:
            page.unknown(key.place, "PZ181", key.text, shipped)
            continue
        for made in shipped[key.text].by.values():
            page.names.update(dict.fromkeys(holes(made), ANY))
        found[key.text] = text(page, value)
    return found

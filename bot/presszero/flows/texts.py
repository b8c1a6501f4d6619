"""Texts of a desk into Text and Template: holes, plurals in place, languages, channels' own variants.

A hole holds a name, never an expression. It must never let a text through that some customer would not get.
"""

from __future__ import annotations

import re

from presszero.dialogue.text import Hole, Template, Text
from presszero.errors import Place
from presszero.flows.names import CHANNELS, RESERVED
from presszero.flows.page import NOTHING, Page
from presszero.flows.tongues import mixed, other_tongue
from presszero.lang.plural import FORMS
from presszero.source.tree import Node

MOST_TEXT = 4096  # Telegram's message
MOST_LABEL = 64
_HOLE = re.compile(r"\$\{([^{}]*)\}")
_PATH = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)*")
_ALMOST = re.compile(r"\{\{?\s*[A-Za-z_][\w.]*\s*\}?\}|(?<![\w$])\$[A-Za-z_]\w+|%\([a-z_]\w*\)s")
_LETTER = re.compile(r"[^\W\d_]")
_NOT_SPOKEN = re.compile("https?://|www\\.|[\u2600-\u27bf\U0001f300-\U0001faff]")


def text(page: Page, node: Node, *, most: int = MOST_TEXT, spoken: bool = True) -> Text:
    """A text: a plain string, or one a language, with ``voice:`` and its kin inside."""
    if node.kind == "map":
        found = _by_language(page, node, most)
    elif node.kind == "text" and node.text.strip():
        found = _plain(page, node, "", most)
    else:
        page.fault(node, "PZ183", wanted_en="a text", wanted_ru="текст")
        return NOTHING
    if spoken and "voice" in (page.desk.known.channels or ()):
        _speakable(page, node, found)
    return Text(found)


def template(page: Page, node: Node) -> Template:
    """A value on one line: words with holes."""
    if node.kind == "text" and not node.empty:
        _length(page, node, MOST_TEXT)
        made = _template(page, node, "")
        own = node.text.strip()
        if not node.quoted and "." not in own and own not in RESERVED and own in page.names.shapes:
            page.fault(node, "PZ244", name=own)
        return made
    page.fault(node, "PZ183", wanted_en="a text", wanted_ru="текст")
    return ()


def _by_language(page: Page, node: Node, most: int) -> dict[str, Template]:
    by: dict[str, Template] = {}
    keys = (*page.languages, *CHANNELS)
    before = len(page.found)
    for key, value in node.pairs:
        if key.text in page.languages:
            by |= _one(page, value, key.text, "", most)
        elif key.text in CHANNELS:
            by |= _variant(page, key.text, value, most)
        elif not (key.text.isascii() and key.text.isidentifier()):
            page.fault(key, "PZ112", text=f"{key.text}: {value.text}")  # ``- Цена: 100`` is a map to YAML
            return by
        else:
            page.unknown(key.place, "PZ181", key.text, keys)
    if len(page.found) == before:  # a slip in a language's key or a hole is no second fault of the whole text
        _complete(page, node, set(by))
        _same_holes(page, node, by)
    return by


def _variant(page: Page, channel: str, node: Node, most: int) -> dict[str, Template]:
    """A channel's own wording."""
    prefix = f"{channel}."
    if node.kind != "map":
        if page.word(node):
            return _plain(page, node, prefix, most)
        return {}
    by: dict[str, Template] = {}
    before = len(page.found)
    for key, value in node.pairs:
        if key.text in page.languages:
            by |= _one(page, value, key.text, prefix, most)
        else:
            page.unknown(key.place, "PZ181", key.text, page.languages)
    if len(page.found) == before:
        _complete(page, node, {k.removeprefix(prefix) for k in by})
    return by


def _one(page: Page, node: Node, lang: str, prefix: str, most: int) -> dict[str, Template]:
    if not page.word(node):
        return {}
    _length(page, node, most)
    made = _template(page, node, lang)
    if other_tongue("".join(part for part in made if isinstance(part, str)), lang):
        page.fault(node, "PZ250", lang=lang)
    return {prefix + lang: made}


def _plain(page: Page, node: Node, prefix: str, most: int) -> dict[str, Template]:
    """A plain string: enough for a desk of one language, or where there is nothing to translate."""
    _length(page, node, most)
    only = page.languages[0]
    made = _template(page, node, only if len(page.languages) == 1 else "")
    words = "".join(part for part in made if isinstance(part, str))
    if len(page.languages) > 1 and _LETTER.search(words):
        page.fault(node, "PZ214", lang=", ".join(page.languages[1:]))
    return {prefix + lang: made for lang in page.languages}


def _complete(page: Page, node: Node, there: set[str]) -> None:
    missing = [lang for lang in page.languages if lang not in there]
    if missing:
        page.fault(node, "PZ214", lang=", ".join(missing))


def _same_holes(page: Page, node: Node, by: dict[str, Template]) -> None:
    """Each language shows the same values."""
    shown = {lang: holes(by[lang]) for lang in page.languages if lang in by}
    everything = set[str]().union(*shown.values())
    for lang, names in shown.items():
        if names != everything:
            where = node.get(lang) or node
            page.fault(where, "PZ218", lang=lang, names=", ".join(sorted(everything - names)))


def holes(made: Template) -> set[str]:
    """The dotted names a template shows."""
    return {".".join(part.path) for part in made if isinstance(part, Hole)}


def _template(page: Page, node: Node, lang: str) -> Template:
    if len(node.text) > MOST_TEXT:  # it is refused for that, and a megabyte of signs is not looked through
        return (node.text[:MOST_TEXT],)
    parts: list[str | Hole] = []
    last = 0
    for found in _HOLE.finditer(node.text):
        if found.start() > last:
            parts.append(node.text[last : found.start()])
        hole = _hole(page, found[1], lang, _at(node, found.start()))
        if hole:
            parts.append(hole)
        last = found.end()
    if last < len(node.text):
        parts.append(node.text[last:])
    for part in parts:
        if isinstance(part, str):
            _words(page, node, part)
    return tuple(parts)


def _hole(page: Page, inside: str, lang: str, at: Place) -> Hole | None:
    name, *forms = (part.strip() for part in inside.split("|"))
    if not _PATH.fullmatch(name):
        page.add(at, "PZ216", hole=f"${{{inside}}}")
        return None
    if page.names.find(name) is None:
        page.unknown(at, "PZ217", name, list(page.names.alike()))
    if forms and (not all(forms) or (lang and len(forms) != FORMS.get(lang, 2))):
        page.add(at, "PZ219", wanted=str(FORMS.get(lang, 2)), lang=lang, got=str(len(forms)))
    return Hole(tuple(name.split(".")), tuple(forms))


def _words(page: Page, node: Node, part: str) -> None:
    """What stands between the holes."""
    start = node.text.find(part)
    if "${" in part:
        page.add(_at(node, start + part.find("${")), "PZ216", hole=part[part.find("${") :][:30])
    elif ("{" in part or "$" in part or "%(" in part) and (almost := _ALMOST.search(part)):
        page.add(_at(node, start + almost.start()), "PZ223", hole=almost[0], name=almost[0].strip("{}$%()s "))
    if part.isascii():
        return
    for offset, word, letters in mixed(part):
        page.add(_at(node, start + offset), "PZ220", word=word, letters=letters)


def _at(node: Node, offset: int) -> Place:
    if "\n" in node.text:
        return node.place
    return Place(node.place.file, node.place.line, node.place.column + offset + node.quoted)


def _length(page: Page, node: Node, most: int) -> None:
    if len(node.text) > most:
        page.fault(node, "PZ221", size=str(len(node.text)), limit=str(most))


def _speakable(page: Page, node: Node, by: dict[str, Template]) -> None:
    for lang in page.languages:
        said = by.get(f"voice.{lang}") or by.get(lang) or ()
        if any(isinstance(part, str) and _NOT_SPOKEN.search(part) for part in said):
            page.fault(node, "PZ222", lang=lang)
            return

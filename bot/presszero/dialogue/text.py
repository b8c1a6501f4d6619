"""Texts as a support lead writes them: one per language and channel, with holes for values and plurals in place.

A hole is a name, never an expression. This module fills holes; it must never look anything up but names in the values it is given.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import msgspec

from presszero.lang.plural import plural_form

Values = Mapping[str, Any]


class Hole(msgspec.Struct, frozen=True):
    """``${line.debt}`` is ``path=("line", "debt")``; ``${line.eta_h|час|часа|часов}`` has ``forms`` too."""

    path: tuple[str, ...]
    forms: tuple[str, ...] = ()


Template = tuple[str | Hole, ...]


class Text(msgspec.Struct, frozen=True):
    """``by`` maps ``ru`` or ``voice.ru`` to a template; a channel's own text wins over the common one."""

    by: dict[str, Template]

    def template(self, lang: str, channel: str = "") -> Template:
        """The template for a reader: channel and language, then language, then any language there is."""
        found = self.by.get(f"{channel}.{lang}") or self.by.get(lang)
        if found is None:
            found = next((t for key, t in self.by.items() if "." not in key), ())
        return found

    def render(self, lang: str, values: Values, channel: str = "") -> str:
        """The text with its holes filled; a value that is not there prints as nothing."""
        return render(self.template(lang, channel), lang, values)


def plain(**by: str) -> Text:
    """A text without holes, for words that code supplies: ``plain(ru="Да", en="Yes")``."""
    return Text({lang: (words,) for lang, words in by.items()})


def lookup(values: Values, path: tuple[str, ...]) -> Any:
    """The value at a dotted name, or None."""
    found: Any = values
    for name in path:
        if not isinstance(found, Mapping):
            return None
        found = cast("Mapping[str, Any]", found).get(name)
    return found


def render(template: Template, lang: str, values: Values) -> str:
    """Fills a template."""
    return "".join(part if isinstance(part, str) else _fill(part, lang, values) for part in template)


def _fill(hole: Hole, lang: str, values: Values) -> str:
    shown = show(lookup(values, hole.path))
    if not hole.forms or not shown:
        return shown
    form = plural_form(shown, "ru" if len(hole.forms) == 3 else lang)
    return f"{shown} {hole.forms[min(form, len(hole.forms) - 1)]}"


def show(value: Any) -> str:
    """A value as a customer reads it: whole numbers without ``.0``, nothing for None, lists with commas."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, list | tuple):
        return ", ".join(show(v) for v in cast("list[Any]", value))
    return str(value)

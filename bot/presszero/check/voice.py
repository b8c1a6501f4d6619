"""Rules for a desk that is also answered by phone: how much can be heard at once, and numbers that were misheard."""

from __future__ import annotations

from collections.abc import Iterator

from presszero.check.graph import Graph
from presszero.dialogue.flow import Ask, Flow, Menu, Say, Verb
from presszero.dialogue.text import Hole, Template, Text
from presszero.errors import Finding
from presszero.flows.model import Loaded

MOST_OPTIONS = 5  # that one remembers while the others are read out
MOST_LETTERS = 300  # about twenty seconds of speech
_LONG_NUMBER = 5  # digits that are misheard or mistyped sooner or later
_HOLE = 6  # letters that a value takes, for want of the value


def heard(loaded: Loaded, _graph: Graph) -> Iterator[Finding]:
    """Menus too wide, texts too long, numbers that nobody reads back."""
    if not loaded.voice:
        return
    languages = loaded.draft.common.languages
    for flow in loaded.draft.flows.values():
        for verb in flow.steps.values():
            if isinstance(verb, Menu) and len(verb.options) > MOST_OPTIONS:
                yield Finding(loaded.place(flow.name, verb.id, "options"), "PZ331", {"count": str(len(verb.options))})
            yield from _long(loaded, flow, verb, languages)
            if isinstance(verb, Ask) and _is_id(flow, verb) and not _read_back(flow, verb):
                yield Finding(loaded.place(flow.name, verb.id, "ask"), "PZ334", {"slot": verb.slot})


def _long(loaded: Loaded, flow: Flow, verb: Verb, languages: tuple[str, ...]) -> Iterator[Finding]:
    if not isinstance(verb, Say | Menu | Ask):
        return
    options = verb.options if isinstance(verb, Menu) else ()
    for lang in languages:
        size = sum(_letters(text.template(lang, "voice")) for text in (verb.text, *(o.label for o in options)))
        if size > MOST_LETTERS:
            place = loaded.place(flow.name, verb.id, "say" if isinstance(verb, Say) else "text")
            yield Finding(place, "PZ333", {"size": str(size), "limit": str(MOST_LETTERS), "lang": lang})
            return


def _letters(template: Template) -> int:
    return sum(len(part) if isinstance(part, str) else _HOLE for part in template)


def _is_id(flow: Flow, verb: Ask) -> bool:
    slot = flow.slots.get(verb.slot)
    if slot is None or slot.type not in {"digits", "phone"}:
        return False
    return slot.type == "phone" or (slot.max or _LONG_NUMBER) >= _LONG_NUMBER


def _read_back(flow: Flow, asked: Ask) -> bool:
    """Whether another question shows the value, so that the customer can say no to it."""
    others = (v for v in flow.steps.values() if isinstance(v, Menu | Ask) and v is not asked)
    return any(_shows(verb.text, asked.slot) for verb in others)


def _shows(text: Text, slot: str) -> bool:
    return any(isinstance(part, Hole) and part.path[0] == slot for made in text.by.values() for part in made)

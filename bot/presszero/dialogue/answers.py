"""Reading an answer to the open question: a menu's line or a slot's value, or the reason why it is neither.

``Taken`` is an answer, ``Refused`` was meant as one and does not fit, None was not an answer to this question at all.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

from presszero.dialogue.flow import Ask, Menu, Slot, Target
from presszero.dialogue.parse import Parse
from presszero.dialogue.scene import Scene
from presszero.dialogue.slots import fits
from presszero.dialogue.verbs import options
from presszero.lang.fold import fold
from presszero.lang.match import match_option
from presszero.lang.politeness import bare
from presszero.lang.words import words

_PLACE = re.compile(r"(?:вариант|номер|пункт|option|number)?\s*№?\s*(\d{1,2})\s*[.)]?")
_DONT_KNOW = frozenset(
    fold(p)
    for p in (
        "не знаю",
        "незнаю",
        "не помню",
        "без понятия",
        "не могу найти",
        "нет под рукой",
        "не знаю номера",
        "не помню номер",
    )
    + (
        "i don't know",
        "i dont know",
        "dont know",
        "don't know",
        "no idea",
        "not sure",
        "i don't remember",
        "can't find it",
        "idk",
    )
)
_SKIP = frozenset(
    fold(p)
    for p in ("пропустить", "пропусти", "пропускаю", "дальше", "не хочу отвечать", "skip", "skip it", "next", "pass")
)
_KINDS = {"digits", "number", "phone", "email", "date", "time", "yes_no", "rating"}


class Taken(msgspec.Struct, frozen=True):
    """An answer: the value to keep (None keeps nothing) and where it leads (None = the step's next)."""

    value: Any
    target: Target | None = None


class Refused(msgspec.Struct, frozen=True):
    """Meant as an answer, but the slot does not take it."""


Reading = Taken | Refused | None


def read(scene: Scene, question: Menu | Ask, text: str, parse: Parse) -> Reading:
    """What a typed text says to the open question."""
    if isinstance(question, Menu):
        return read_menu(scene, question, text, parse)
    return read_slot(scene, question, text, parse)


def press(scene: Scene, question: Menu | Ask, value: str) -> Reading:
    """What a button of the open question says; None = there is no such button now."""
    if isinstance(question, Menu):
        if value == "?none" and question.none_of_these:
            return Taken(None, question.none_of_these)
        option = next((o for o in options(scene, question) if o.value == value), None)
        return Taken(option.value, option.go) if option else None
    if value == "?skip" and question.optional:
        return Taken(None)
    if value == "?dont_know" and question.dont_know:
        return Taken(None, question.dont_know)
    slot = scene.slot(question.slot)
    if slot and ((slot.type == "yes_no" and value in {"yes", "no"}) or (slot.type == "rating" and fits(slot, value))):
        return Taken(value)
    return None


def read_menu(scene: Scene, menu: Menu, text: str, parse: Parse) -> Reading:
    """A line of the menu by its place, its words, their forms, or near spelling."""
    lines = options(scene, menu)
    place = _PLACE.fullmatch(fold(text))
    if place:
        n = int(place[1])
        if 1 <= n <= len(lines):
            return Taken(lines[n - 1].value, lines[n - 1].go)
        if n == len(lines) + 1 and menu.none_of_these:
            return Taken(None, menu.none_of_these)
        return Refused()
    named = [_names(o) for o in lines]
    if menu.none_of_these:
        named.append([scene.word("none_of_these")])
    found = match_option(text, named)
    if found is None and parse.text:
        found = match_option(parse.text, named)
    if found is None:
        found = _by_yes_no(lines, parse)
    if found == len(lines):
        return Taken(None, menu.none_of_these)
    return Taken(lines[found].value, lines[found].go) if found is not None else None


def _names(option: Any) -> list[str]:
    # The other language's words count too: people mix, and a borrowed word is often the shortest.
    own = [t for key, template in option.label.by.items() for t in template if isinstance(t, str) and "." not in key]
    return own + [w for said in option.also.values() for w in said]


def _by_yes_no(lines: Any, parse: Parse) -> int | None:
    said = next((v.value for v in parse.values if v.kind == "yes_no"), None)
    return next((n for n, o in enumerate(lines) if said and o.value == said), None)


def read_slot(scene: Scene, ask: Ask, text: str, parse: Parse) -> Reading:
    """The value of the asked slot in a text."""
    plain = fold(bare(text)) or fold(text)
    if ask.optional and plain in _SKIP:
        return Taken(None)
    slot = scene.slot(ask.slot) or Slot(ask.slot)
    if plain in _DONT_KNOW and slot.type != "text":
        return Taken(None, ask.dont_know) if ask.dont_know else (Taken(None) if ask.optional else None)
    if plain in _DONT_KNOW and ask.dont_know:
        return Taken(None, ask.dont_know)
    if slot.type == "text":
        return Taken(text.strip()) if fits(slot, text.strip()) else Refused()
    if slot.type == "address":
        return _address(slot, text, parse)
    return read_value(slot, text, parse) if slot.type in _KINDS else None


def _address(slot: Slot, text: str, parse: Parse) -> Reading:
    said = words(text)
    looks = any(v.kind == "address" for v in parse.values) or (any(w.isdigit() for w in said) and len(said) > 1)
    return (Taken(text.strip()) if fits(slot, text.strip()) else Refused()) if looks else None


def read_value(slot: Slot, text: str, parse: Parse) -> Reading:
    """A value of the slot's kind in a text: the first that fits; Refused when there are only unfitting ones."""
    found = [v.value for v in parse.values if v.kind == slot.type]
    fitting = next((v for v in found if fits(slot, v)), None)
    if fitting is not None:
        return Taken(fitting)
    attempt = bool(found) or (
        slot.type in {"digits", "number", "phone", "rating", "time", "date"} and _mostly_digits(text)
    )
    return Refused() if attempt or (slot.type == "email" and "@" in text) else None


def _mostly_digits(text: str) -> bool:
    marks = [c for c in text if c.isalnum()]
    return bool(marks) and sum(c.isdigit() for c in marks) * 2 >= len(marks)


def takes_zero(scene: Scene, question: Menu | Ask | None) -> bool:
    """Whether ``0`` is an answer here rather than the operator: a number or rating whose range holds it."""
    if not isinstance(question, Ask):
        return False
    slot = scene.slot(question.slot)
    return slot is not None and slot.type in {"number", "rating"} and slot.min is not None and fits(slot, "0")

"""Rules about words: one phrase for two things, and words that the engine takes before any flow hears them."""

from __future__ import annotations

from collections.abc import Iterator

from presszero.check.graph import Graph
from presszero.check.known import CALL_PERSON
from presszero.dialogue.flow import FlowSet, Menu, Option, ToFlow
from presszero.errors import Finding
from presszero.flows.model import Loaded
from presszero.lang.fold import fold
from presszero.lang.words import stems


def _same(phrase: str) -> tuple[str, ...]:
    """Phrases that differ only in word forms, ё, case and signs are the same to understanding."""
    return stems(phrase) or (fold(phrase),)


def starts(loaded: Loaded, _graph: Graph) -> Iterator[Finding]:
    """Phrases that start two flows, or that never arrive."""
    first: dict[tuple[str, ...], str] = {}
    universal = loaded.draft.universal_words
    for phrase in loaded.phrases:
        other = first.setdefault(_same(phrase.text), phrase.flow)
        if other != phrase.flow:
            yield Finding(phrase.place, "PZ311", {"phrase": phrase.text, "other": other})
        taken = universal.get(fold(phrase.text))
        if taken and not _meant(loaded.draft, phrase.flow, taken):
            yield Finding(phrase.place, "PZ313", {"phrase": phrase.text, "universal": taken})


def _meant(flows: FlowSet, flow: str, universal: str) -> bool:
    """The universal leads there anyway."""
    return (universal == "operator" and flow == CALL_PERSON) or (universal == "restart" and flow == flows.common.home)


def options(loaded: Loaded, _graph: Graph) -> Iterator[Finding]:
    """Words that choose two options of a menu, or that never arrive."""
    universal = loaded.draft.universal_words
    for flow in loaded.draft.flows.values():
        for menu in flow.steps.values():
            if isinstance(menu, Menu):
                for option, code, values in _menu(loaded.draft, menu, universal):
                    yield Finding(loaded.place(flow.name, menu.id, "options", option.value), code, values)


def _menu(flows: FlowSet, menu: Menu, universal: dict[str, str]) -> Iterator[tuple[Option, str, dict[str, str]]]:
    first: dict[tuple[str, ...], str] = {}
    for option in menu.options:
        for word in _words(option):
            other = first.setdefault(_same(word), option.value)
            if other != option.value:
                yield option, "PZ312", {"phrase": word, "other": other}
            taken = universal.get(fold(word))
            to = option.go
            if taken and not (isinstance(to, ToFlow) and _meant(flows, to.flow, taken)):
                yield option, "PZ313", {"phrase": word, "universal": taken}


def _words(option: Option) -> list[str]:
    """What a customer may say for an option, in any language: people mix them."""
    labels = ["".join(p for p in made if isinstance(p, str)) for key, made in option.label.by.items() if "." not in key]
    also = [word for said in option.also.values() for word in said]
    return list(dict.fromkeys(word for word in (*labels, *also) if word.strip()))

"""Rules about words: one phrase for two things, and words that the engine takes before any flow hears them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from presszero.check.graph import Graph
from presszero.check.known import CALL_PERSON
from presszero.check.near import near
from presszero.dialogue.flow import FlowSet, Menu, Option, Set, Target, ToFlow, ToStep, Verb
from presszero.errors import Finding
from presszero.flows.model import FlowPhrase, Loaded
from presszero.lang.fold import fold
from presszero.lang.person import asks_for_person
from presszero.lang.politeness import bare
from presszero.lang.words import stems


def _same(phrase: str) -> tuple[str, ...]:
    """Phrases that differ only in word forms, ё, case and signs are the same to understanding."""
    return stems(phrase) or (fold(phrase),)


def starts(loaded: Loaded, _graph: Graph) -> Iterator[Finding]:
    """Phrases that start two flows, or that never arrive."""
    first: dict[tuple[str, ...], FlowPhrase] = {}
    for phrase in loaded.phrases:
        other = first.setdefault(_same(phrase.text), phrase)
        if other.flow != phrase.flow:
            yield Finding(phrase.place, "PZ311", {"phrase": phrase.text, "other": other.flow})
        taken = _taken(loaded.draft, phrase.text)
        if taken and not _meant(loaded.draft, phrase.flow, taken):
            yield Finding(phrase.place, "PZ313", {"phrase": phrase.text, "universal": taken})
    for one, other in near([(p.text, p.flow, p) for p in first.values()]):
        yield Finding(one.place, "PZ326", {"phrase": one.text, "like": other.text, "other": other.flow})


def _taken(flows: FlowSet, phrase: str) -> str:
    """The universal that takes a phrase, or nothing."""
    known = flows.universal_words
    found = known.get(fold(phrase)) or known.get(bare(phrase))
    return found or ("operator" if asks_for_person(phrase, flows.person_phrases) else "")


def _meant(flows: FlowSet, flow: str, universal: str) -> bool:
    """The universal leads there anyway."""
    return (universal == "operator" and flow == CALL_PERSON) or (universal == "restart" and flow == flows.common.home)


def options(loaded: Loaded, _graph: Graph) -> Iterator[Finding]:
    """Words that choose two options of a menu, or that never arrive."""
    for flow in loaded.draft.flows.values():
        for menu in flow.steps.values():
            if isinstance(menu, Menu):
                for value, code, values in _menu(loaded.draft, flow.steps, menu):
                    yield Finding(loaded.place(flow.name, menu.id, "options", value), code, values)


def _menu(flows: FlowSet, steps: Mapping[str, Verb], menu: Menu) -> Iterator[tuple[str, str, dict[str, str]]]:
    first: dict[tuple[str, ...], tuple[str, str]] = {}
    for option in menu.options:
        for word in _words(option):
            _, other = first.setdefault(_same(word), (word, option.value))
            if other != option.value:
                yield option.value, "PZ312", {"phrase": word, "other": other}
            taken = _taken(flows, word)
            if taken and not _leads_there(flows, steps, option.go or menu.next, taken):
                yield option.value, "PZ313", {"phrase": word, "universal": taken}
    for (one, value), (like, other) in near([(word, value, (word, value)) for word, value in first.values()]):
        yield value, "PZ326", {"phrase": one, "like": like, "other": other}


def _leads_there(flows: FlowSet, steps: Mapping[str, Verb], to: Target, universal: str) -> bool:
    """Whether an option does what the universal would do."""
    for _ in steps:
        step = steps.get(to.step) if isinstance(to, ToStep) else None
        if not isinstance(step, Set) or step.values:
            break
        to = step.next  # a step that only leads on
    return isinstance(to, ToFlow) and _meant(flows, to.flow, universal)


def _words(option: Option) -> list[str]:
    """What a customer may say for an option, in any language: people mix them."""
    labels = ["".join(p for p in made if isinstance(p, str)) for key, made in option.label.by.items() if "." not in key]
    also = [word for said in option.also.values() for word in said]
    return list(dict.fromkeys(word for word in (*labels, *also) if word.strip()))

"""What the bot has found out, in words: the question it asked and the answer as its button says it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from presszero.console.reader import Reader
from presszero.dialogue.flow import Ask, Flow, Menu
from presszero.dialogue.state import Frame, State
from presszero.dialogue.text import show
from presszero.runtime.mask import mask_cards

_OWN = {"queue"}  # what the engine itself keeps in a frame
_END = re.compile(r"[:?.!\n]")
LONGEST = 60


class Fact(NamedTuple):
    """A thing and what it is."""

    label: str
    value: str


def learned(reader: Reader, state: State) -> list[Fact]:
    """The values of the flows that are under way, each thing once, the newest."""
    found: dict[str, Fact] = {}
    for frame in state.frames:
        flow = reader.content.flows.flow(frame.flow, frame.version)
        found |= dict(_of_frame(reader, frame, flow))
    return list(found.values())


def _of_frame(reader: Reader, frame: Frame, flow: Flow | None) -> Iterator[tuple[str, Fact]]:
    for name, value in frame.values.items():
        if name in _OWN or value in (None, "", [], {}):
            continue
        question = _question(flow, name)
        if isinstance(question, Menu):
            option = next((o for o in question.options if o.value == value), None)
            shown = option.label.render(reader.lang, {}) if option else show(value)
            yield name, Fact(_short(question.text.render(reader.lang, {}), name), shown)
        else:
            yield name, Fact(label(reader, name, question), mask_cards(_show(reader, value)))


def _question(flow: Flow | None, name: str) -> Ask | Menu | None:
    for step in flow.steps.values() if flow else ():
        if (isinstance(step, Ask) and step.slot == name) or (isinstance(step, Menu) and step.save == name):
            return step
    return None


def _show(reader: Reader, value: Any) -> str:
    if isinstance(value, Mapping):
        parts = [f"{label(reader, str(k))} {_show(reader, v)}" for k, v in value.items() if v not in (None, "")]
        return ", ".join(parts)
    say = reader.words.gettext
    return {"yes": say("yes"), "no": say("no")}.get(str(value).lower(), show(value)[:500])


def _short(text: str, name: str) -> str:
    first = _END.split(text, maxsplit=1)[0].strip()
    return first if 0 < len(first) <= LONGEST else name


def label(reader: Reader, name: str, question: Ask | Menu | None = None) -> str:
    """The name of a slot or a fact in words; one we have no word for is named by its question, else by itself."""
    say = reader.words.gettext
    known = {
        "name": say("Name"),
        "contract": say("Contract"),
        "phone": say("Phone"),
        "email": say("E-mail"),
        "contact": say("Contact"),
        "address": say("Address"),
        "region": say("Region"),
        "segment": say("Segment"),
        "tariff": say("Tariff"),
        "number": say("Number"),
        "state": say("State"),
        "title": say("Title"),
        "article": say("Article"),
        "flow": say("Topic"),
        "question": say("Question"),
        "product": say("Product"),
        "url": say("Page"),
        "line": say("Line"),
        "outage": say("outage"),
        "eta_h": say("hours to repair"),
        "due": say("Due"),
        "last_question": say("Last question"),
        "lights": say("Lights"),
        "tried": say("Articles shown"),
    }
    if name in known:
        return known[name]
    return _short(question.text.render(reader.lang, {}), name) if question else name.replace("_", " ")

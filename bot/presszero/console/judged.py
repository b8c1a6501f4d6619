"""How the bot took a request: category, priority, queue, language and mood, each with who decided, how surely, and by which words.

It shows what was kept with the request when it was made; what people changed since stands beside it. Customers' words go
out as plain text in parts, never as markup.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import msgspec

from presszero.console.reader import Reader
from presszero.dialogue.state import State
from presszero.lang.words import words
from presszero.nlu.why import Reason, certainty
from presszero.runtime import routing
from presszero.runtime.mask import mask_cards
from presszero.store.base import Conversation, Ticket

log = logging.getLogger(__name__)
_TOKEN = re.compile(r"\S+")
_COUNTED = {"model", "text"}  # what was decided by likelihood; a rule is a rule


class Line(NamedTuple):
    """One thing that was decided: ``by`` whom, the customer's words that told it, how surely, and what else it could be."""

    label: str
    value: str
    by: str
    words: tuple[str, ...] = ()
    sure: str = ""
    other: str = ""


class Judged(NamedTuple):
    """The lines, and the text in parts: what decided for the category is marked."""

    title: str
    text: tuple[tuple[str, bool], ...]
    lines: tuple[Line, ...]


def judged(reader: Reader, ticket: Ticket) -> Judged | None:
    """Of a request; None for one that nothing was kept of."""
    try:
        told = msgspec.convert(ticket.guess.get("why", {}), dict[str, Reason])
    except msgspec.ValidationError:
        return None  # kept by another release
    return _judged(reader, told, str(ticket.guess.get("text", ""))) if told else None


def supposed(reader: Reader, conversation: Conversation, state: State) -> Judged | None:
    """Of a conversation without a request, by the last question: for whoever takes it."""
    text, lang = mask_cards(state.last_question), state.lang or reader.content.default_lang
    if not text.strip() or conversation.holder == "bot":
        return None
    about = routing.kind(reader.content, text, lang)
    urgency, whose = routing.priority(reader.content, text, about.category), routing.queue(reader.content, about)
    told = routing.reasons(reader.content, text, lang, about, urgency, whose)
    return _judged(reader, {str(name): reason for name, reason in told.items()}, text) if told else None


def _judged(reader: Reader, told: Mapping[str, Reason], text: str) -> Judged:
    say = reader.words.gettext
    labels = {
        "category": say("Category"),
        "priority": say("Priority"),
        "queue": say("Queue"),
        "language": say("Language"),
        "mood": say("Mood"),
    }
    lines = tuple(_line(reader, name, label, told[name]) for name, label in labels.items() if name in told)
    about = told.get("category")
    marked = {word for phrase in about.words for word in words(phrase)} if about else set[str]()
    return Judged(say("How the bot took it"), tuple(_parts(text, marked)), lines)


def _named(reader: Reader, kind: str, name: str) -> str:
    """A value as people say it."""
    say = reader.words.gettext
    if kind == "category":
        return category(reader, name)
    if kind in {"priority", "queue"}:
        return reader.priority(name) if kind == "priority" else reader.queue(name)
    known = {
        "angry": say("angry"),
        "worried": say("worried"),
        "pleased": say("pleased"),
        "neutral": say("calm"),
        "ru": say("Russian"),
        "en": say("English"),
    }
    return known.get(name, name)


def category(reader: Reader, name: str) -> str:
    """A category with its group."""
    group = reader.group(name)
    return f"{group} → {reader.category(name)}" if group else reader.category(name)


def _line(reader: Reader, name: str, label: str, reason: Reason) -> Line:
    say = reader.words.gettext
    by = {
        "flow": say("said by the dialogue"),
        "words": say("by the words"),
        "model": say("by phrases like it"),
        "category": say("by the category"),
        "text": say("by the words"),
        "conversation": say("as in the conversation"),
        "default": say("nothing told otherwise"),
    }.get(reason.by, reason.by)
    sure = {
        "sure": say("sure"),
        "likely": say("likely"),
        "unsure": say("unsure"),
        "guess": say("a guess"),
    }[certainty(reason.sure)]
    share = say("%(sure)s, %(n)d%%") % {"sure": sure, "n": round(100 * reason.sure)}
    counted = name == "mood" or reason.by in _COUNTED
    other = _named(reader, name, reason.other) if reason.other else ""
    behind = say("else: %(other)s, %(n)d%%") % {"other": other, "n": round(100 * reason.other_sure)} if other else ""
    quoted = tuple(say("“%(words)s”") % {"words": each} for each in reason.words)
    return Line(label, _named(reader, name, reason.value), by, quoted, share if counted else "", behind)


def _parts(text: str, marked: set[str]) -> Iterator[tuple[str, bool]]:
    """The text in parts, and whether each is marked."""
    at = 0
    for found in _TOKEN.finditer(text):
        if not marked.isdisjoint(words(found[0])):
            yield text[at : found.start()], False
            yield found[0], True
            at = found.end()
    yield text[at:], False

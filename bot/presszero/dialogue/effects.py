"""What a step wants done. Tells are stored and sent; one Ask at a time is answered by the runtime. Imperative, frozen, JSON."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from presszero.dialogue.state import State


class Button(msgspec.Struct, frozen=True):
    """A quick reply: its ``payload`` comes back in Pressed; ``digit`` is its key, empty for none."""

    label: str
    payload: str
    digit: str = ""


class Say(msgspec.Struct, frozen=True, tag="say"):
    """Words to the customer. ``article`` is the slug of the article they are from; ``links`` are (title, slug) pairs."""

    text: str
    buttons: tuple[Button, ...] = ()
    article: str = ""
    links: tuple[tuple[str, str], ...] = ()
    picture: str = ""
    file: str = ""
    link: str = ""
    kind: Literal["bot", "system"] = "bot"
    lang: str = ""
    wants: Literal["", "phone", "location"] = ""  # what a messenger's own button could answer with
    generated: bool = False  # a language model wrote it from the articles in ``links``


class SetTimer(msgspec.Struct, frozen=True, tag="timer"):
    """Fires ``seconds`` from now with this purpose and serial; a later one of the same purpose replaces it."""

    purpose: str
    serial: int
    seconds: float


class CancelTimer(msgspec.Struct, frozen=True, tag="cancel"):
    """No timer of this purpose any more."""

    purpose: str


class Remember(msgspec.Struct, frozen=True, tag="remember"):
    """Keep a value with the customer."""

    slot: str
    value: Any


class Label(msgspec.Struct, frozen=True, tag="label"):
    """Tag the customer."""

    tags: tuple[str, ...]


class Count(msgspec.Struct, frozen=True, tag="count"):
    """One more of something for the numbers: ``misunderstood``, ``started:flow``, ``metric:csat=5``; of steps: tally.py."""

    what: str


class Unqueue(msgspec.Struct, frozen=True, tag="unqueue"):
    """The customer no longer waits for a person."""


class Finish(msgspec.Struct, frozen=True, tag="finish"):
    """The conversation is settled; a new message begins another."""


Tell = Say | SetTimer | CancelTimer | Remember | Label | Count | Unqueue | Finish


class SearchKb(msgspec.Struct, frozen=True, tag="search"):
    """Which article answers this?"""

    id: str
    query: str
    lang: str


class OpenTicket(msgspec.Struct, frozen=True, tag="open"):
    """Write a ticket; what is empty the classifier and the routing fill."""

    id: str
    category: str = ""
    priority: str = ""
    queue: str = ""
    fields: dict[str, str] = {}
    notify: tuple[str, ...] = ("accepted", "status_changed", "resolved")
    text: str = ""  # the customer's words, for the classifier and the title
    flow: str = ""


class UpdateTicket(msgspec.Struct, frozen=True, tag="update"):
    """Change fields of a ticket, or its category or priority."""

    id: str
    number: int
    fields: dict[str, str] = {}
    category: str = ""
    priority: str = ""


class FindTicket(msgspec.Struct, frozen=True, tag="find"):
    """One of this customer's own tickets by number, or the newest open one when there is no number."""

    id: str
    number: int | None = None


class HandOff(msgspec.Struct, frozen=True, tag="handoff"):
    """Put the conversation before people. ``brief``: what the operator should see first, name → value."""

    id: str
    queue: str = ""
    flow: str = ""
    brief: dict[str, str] = {}
    text: str = ""  # the customer's last words, for routing
    patient: bool = False  # the flow itself says what happens when nobody comes: queue even if nobody is there yet


class StartCall(msgspec.Struct, frozen=True, tag="call"):
    """Call a service after the commit; the answer is a later event with this id."""

    id: str
    call: str
    given: dict[str, str] = {}


Ask = SearchKb | OpenTicket | UpdateTicket | FindTicket | HandOff | StartCall


class Step(msgspec.Struct, frozen=True):
    """What came of an event: the new state, what to tell, and at most one thing to ask."""

    state: State
    tells: tuple[Tell, ...] = ()
    ask: Ask | None = None

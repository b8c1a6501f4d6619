"""What can happen to a conversation. Past tense, frozen, JSON. Each carries its moment and the facts that conditions may read."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from presszero.dialogue.knowledge import Answer
from presszero.dialogue.parse import NOT_UNDERSTOOD, Parse


class Facts(msgspec.Struct, frozen=True):
    """What is true outside the conversation at the moment of the event.

    ``customer``: name, segment, region, phone, email, contract …, ``verified`` (bool), and remembered slots as
    ``remembered``: slot → [value, at]. ``open``: calendars open now. ``page``: what the site's page passed.
    """

    channel: str = "web"
    default_lang: str = ""
    customer: dict[str, Any] = {}
    remembered: dict[str, tuple[Any, float]] = {}
    tags: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    page: dict[str, str] = {}
    desk: dict[str, str] = {}  # the desk's name by language


class _Event(msgspec.Struct, frozen=True, kw_only=True):
    at: float  # seconds since the epoch
    facts: Facts = Facts()


class Started(_Event, frozen=True, kw_only=True, tag="started"):
    """The customer opened the conversation and has said nothing yet."""


class Heard(_Event, frozen=True, kw_only=True, tag="heard"):
    """A text, understood beforehand."""

    text: str
    parse: Parse = NOT_UNDERSTOOD


class Pressed(_Event, frozen=True, kw_only=True, tag="pressed"):
    """A button: ``payload`` as the Say's button gave it."""

    payload: str
    label: str = ""


class Digits(_Event, frozen=True, kw_only=True, tag="digits"):
    """Keys of a telephone."""

    digits: str


class FileCame(_Event, frozen=True, kw_only=True, tag="file"):
    """A file, a place on the map or the customer's own number; ``file`` is its id in the store, or the value itself.

    ``caption``: what was written with it, and ``parse`` what that means.
    """

    file: str
    name: str = ""
    kind: Literal["file", "location", "contact"] = "file"
    caption: str = ""
    parse: Parse = NOT_UNDERSTOOD


class KbAnswered(_Event, frozen=True, kw_only=True, tag="kb"):
    """The knowledge base's answer to SearchKb."""

    id: str
    answer: Answer


class TicketAnswered(_Event, frozen=True, kw_only=True, tag="ticket"):
    """The answer to OpenTicket, UpdateTicket and FindTicket: ``ticket`` has number, title, state, category, due (text)."""

    id: str
    outcome: Literal["ok", "not_found", "several"] = "ok"
    ticket: dict[str, Any] = {}


class HandoffAnswered(_Event, frozen=True, kw_only=True, tag="handoff"):
    """The answer to HandOff: queued with a place and a wait, or nobody takes conversations now."""

    id: str
    outcome: Literal["queued", "out_of_hours", "nobody"]
    queue: dict[str, Any] = {}  # name, title, place, wait_min, opens


class CallAnswered(_Event, frozen=True, kw_only=True, tag="call"):
    """A service's answer; ``unknown`` = a POST whose effect is in doubt."""

    id: str
    outcome: Literal["ok", "not_found", "failed", "unknown"]
    data: dict[str, Any] = {}


class TimerFired(_Event, frozen=True, kw_only=True, tag="timer"):
    """A timer set by SetTimer; an outdated serial changes nothing."""

    purpose: str
    serial: int


class OperatorTook(_Event, frozen=True, kw_only=True, tag="took"):
    """A person took the conversation."""

    operator: str  # the name customers see


class OperatorSaid(_Event, frozen=True, kw_only=True, tag="said"):
    """A person answered: they hold the conversation from now on."""

    operator: str
    text: str


class OperatorReleased(_Event, frozen=True, kw_only=True, tag="released"):
    """The person gave the conversation back to the bot."""

    operator: str


class OperatorPassed(_Event, frozen=True, kw_only=True, tag="passed"):
    """The person put the conversation before the people of another queue."""

    operator: str
    queue: str


class OperatorResolved(_Event, frozen=True, kw_only=True, tag="resolved"):
    """The person settled it."""

    operator: str


class CustomerLeft(_Event, frozen=True, kw_only=True, tag="left"):
    """The customer no longer waits for a person."""


class TicketChanged(_Event, frozen=True, kw_only=True, tag="changed"):
    """A ticket of this conversation changed its state; the customer is told when the ticket says so."""

    ticket: dict[str, Any]
    told: bool = True


Event = (
    Started
    | Heard
    | Pressed
    | Digits
    | FileCame
    | KbAnswered
    | TicketAnswered
    | HandoffAnswered
    | CallAnswered
    | TimerFired
    | OperatorTook
    | OperatorSaid
    | OperatorReleased
    | OperatorPassed
    | OperatorResolved
    | CustomerLeft
    | TicketChanged
)

"""Flows as the core runs them: every text parsed, every target resolved, nothing left to look up by guess.

The loader makes these from YAML; the core only reads them.
"""

from __future__ import annotations

from functools import cached_property
from typing import Literal

import msgspec

from presszero.dialogue.conditions import Condition
from presszero.dialogue.text import Template, Text
from presszero.lang.fold import fold

# What a customer may say anywhere, whole message after politeness words; a desk adds its own in flows/_common.yaml.
ENGINE_PHRASES: dict[str, tuple[str, ...]] = {
    "back": ("назад", "вернуться", "вернись", "шаг назад", "предыдущий вопрос", "back", "go back", "previous", "*"),
    "restart": (
        "в начало",
        "сначала",
        "начать сначала",
        "начать заново",
        "главное меню",
        "меню",
        "старт",
        "/start",
        "/menu",
    )
    + ("start over", "restart", "start again", "main menu", "menu", "from the beginning"),
    "repeat": (
        "повтори",
        "повторите",
        "еще раз",
        "повторить",
        "не расслышал",
        "repeat",
        "again",
        "say again",
        "once more",
        "repeat that",
    ),
    "correct": (
        "исправить",
        "исправь",
        "исправьте",
        "ошибся",
        "ошиблась",
        "я ошибся",
        "я ошиблась",
        "хочу исправить",
        "не то",
    )
    + ("correct", "correction", "i made a mistake", "fix it", "change my answer", "wrong answer"),
    "lang:ru": ("русский", "по-русски", "на русском", "говори по-русски", "russian", "in russian", "/ru"),
    "lang:en": (
        "английский",
        "по-английски",
        "на английском",
        "english",
        "in english",
        "speak english",
        "english please",
        "/en",
    ),
}


class End(msgspec.Struct, frozen=True, tag="end"):
    """This flow is over."""


class ToStep(msgspec.Struct, frozen=True, tag="step"):
    """A step of this flow; ``max`` passes through this very jump, then ``then``."""

    step: str
    max: int = 0
    then: Target | None = None


class ToFlow(msgspec.Struct, frozen=True, tag="flow"):
    """Another flow in place of this one."""

    flow: str


Target = End | ToStep | ToFlow

SlotType = Literal[
    "text", "digits", "number", "phone", "email", "date", "time", "address", "yes_no", "rating", "file", "location"
]


class Slot(msgspec.Struct, frozen=True):
    """What a flow wants to know. ``min``/``max``: digits = how many, number/rating = range, text = length.

    ``remember``: ``customer`` keeps the value for later conversations while it is younger than ``fresh`` seconds.
    """

    name: str
    type: SlotType = "text"
    min: float | None = None
    max: float | None = None
    remember: Literal["", "customer"] = ""
    fresh: float = 30 * 86400.0


class Option(msgspec.Struct, frozen=True):
    """One line of a menu: its place is its digit; its label is its button; its label and ``also`` are its words."""

    value: str
    label: Text
    also: dict[str, tuple[str, ...]] = {}
    go: Target | None = None  # None = the menu's own next


class _Step(msgspec.Struct, frozen=True):
    id: str
    line: int
    next: Target  # the step's ``go``, or the step below it, or End


class Say(_Step, frozen=True, tag="say"):
    """Text, and a picture, file or link with it."""

    text: Text
    picture: str = ""
    file: str = ""
    link: str = ""


class Menu(_Step, frozen=True, tag="menu"):
    """A choice by digit, button or words; the chosen value is saved under ``save``."""

    text: Text
    save: str
    options: tuple[Option, ...] = ()
    options_from: tuple[str, ...] = ()  # path of a list of {value, label} in the values
    max: int = 8
    none_of_these: Target | None = None
    give_up: Target | None = None
    feedback: bool = False


class Metric(msgspec.Struct, frozen=True):
    """A survey question: counted under ``name``, asked at most once per ``once_per`` seconds."""

    name: str
    once_per: float = 0.0
    expires: float = 0.0


class Ask(_Step, frozen=True, tag="ask"):
    """A question that fills a slot."""

    slot: str
    text: Text
    invalid: tuple[Text, ...] = ()
    optional: bool = False
    dont_know: Target | None = None
    give_up: Target | None = None
    metric: Metric | None = None


class Set(_Step, frozen=True, tag="set"):
    """Gives values, tags the customer."""

    values: dict[str, Template] = {}
    tags: tuple[str, ...] = ()


class When(_Step, frozen=True, tag="when"):
    """The first case that holds is taken, else ``otherwise``."""

    cases: tuple[tuple[Condition, Target], ...]
    otherwise: Target


class Call(_Step, frozen=True, tag="call"):
    """Runs another flow and comes back."""

    flow: str
    given: dict[str, Template] = {}


class Http(_Step, frozen=True, tag="http"):
    """A call named in config.yaml, made outside the turn."""

    call: str
    given: dict[str, Template] = {}
    save: str = ""
    not_found: Target | None = None
    failed: Target | None = None


class Kb(_Step, frozen=True, tag="kb"):
    """Searches the articles, answers, asks whether it helped; ``next`` = it did not."""

    query: Text
    helped: Target
    several: Target | None = None
    nothing: Target | None = None


class Ticket(_Step, frozen=True, tag="ticket"):
    """Opens, changes or finds a ticket; what is left out the classifier fills."""

    what: Literal["create", "update", "find"]
    category: str = ""
    priority: str = ""
    queue: str = ""
    number: Template = ()
    fields: dict[str, Template] = {}
    notify: tuple[str, ...] = ()
    save: str = ""
    direct: bool = False  # a person has to do it: there was no article or service to try before
    not_found: Target | None = None
    several: Target | None = None


class Operator(_Step, frozen=True, tag="operator"):
    """Hands the conversation over. ``queue``: empty or ``here`` = the queue of the flow we came from, else routing."""

    text: Text | None = None
    queue: str = ""
    brief: tuple[str, ...] = ()
    out_of_hours: Target | None = None
    nobody_after: float = 0.0
    nobody: Target | None = None
    left: Target | None = None
    returned: Target | None = None
    resolved: Target | None = None


class Wait(_Step, frozen=True, tag="wait"):
    """Pauses for ``seconds``; any message skips it when ``skip_on`` says so."""

    seconds: float
    skip_on: Literal["", "any_message"] = ""


Verb = Say | Menu | Ask | Set | When | Call | Http | Kb | Ticket | Operator | Wait
Question = Menu | Ask


Policy = Literal["keep", "move", "restart"]


class Retired(msgspec.Struct, frozen=True):
    """A structure that is no longer published: what becomes of the people inside; ``until`` ends ``keep``."""

    policy: Policy = "move"
    until: float = 0.0


class Flow(msgspec.Struct, frozen=True):
    """One customer task. ``version`` is the hash of its structure (ids, verbs, exits, slots, options)."""

    name: str
    title: Text
    steps: dict[str, Verb]  # in the file's order
    first: str
    version: str = ""
    file: str = ""
    queue: str = ""
    intents: tuple[str, ...] = ()
    phrases: dict[str, tuple[str, ...]] = {}
    slots: dict[str, Slot] = {}
    listed: bool = True  # may be offered as "did you mean"
    in_flight: Policy | Literal[""] = ""  # people inside when a changed structure is published; nothing said = keep
    drain: float = 86400.0  # seconds that they may stay on the old one


class Universals(msgspec.Struct, frozen=True):
    """Phrases of the desk for each universal and language; the engine has its own beside them."""

    phrases: dict[str, dict[str, tuple[str, ...]]] = {}  # name → lang → phrases


class Common(msgspec.Struct, frozen=True):
    """What every flow inherits from ``flows/_common.yaml``."""

    languages: tuple[str, ...] = ("ru", "en")
    universals: Universals = Universals()
    misunderstood: tuple[Text, ...] = ()
    give_up: Target = ToFlow("to_operator")
    silence_chat: float = 1800.0
    silence_voice: float = 6.0
    reminder: Text | None = None
    home: str = ""  # the flow that greets and that ``restart`` goes to
    verify: str = ""  # the flow that makes a customer verified


class Service(msgspec.Struct, frozen=True):
    """A call of config.yaml as flows see it: what it takes and gives, never an address."""

    name: str  # ``billing.line``
    takes: dict[str, str] = {}
    gives: dict[str, str] = {}
    writes: bool = False  # a POST: never repeated by a correction
    personal: bool = False
    timeout: float = 5.0


class FlowSet(msgspec.Struct, frozen=True, dict=True):
    """Everything the core knows of a desk."""

    flows: dict[str, Flow]
    common: Common = Common()
    services: dict[str, Service] = {}
    starts: dict[str, str] = {}  # intent → the flow it starts
    words: dict[str, Text] = {}  # the engine's own sentences, by key
    kept: dict[tuple[str, str], Flow] = {}  # other versions that people stand in, with today's words
    retired: dict[tuple[str, str], Retired] = {}  # versions that were replaced; one kept but not retired stays for good

    def flow(self, name: str, version: str = "") -> Flow | None:
        """The flow, in the version asked for while it is kept, else as published."""
        now = self.flows.get(name)
        if version and (now is None or now.version != version):
            return self.kept.get((name, version), now)
        return now

    def starting(self, intent: str) -> Flow | None:
        """The flow that an intent starts."""
        return self.flows.get(self.starts.get(intent, ""))

    @cached_property
    def universal_words(self) -> dict[str, str]:
        """Folded phrase → the universal it calls: the engine's own and the desk's, of every language."""
        found = {fold(phrase): name for name, phrases in ENGINE_PHRASES.items() for phrase in phrases}
        for name, by_lang in self.common.universals.phrases.items():
            found |= {fold(phrase): name for phrases in by_lang.values() for phrase in phrases}
        return found

    @cached_property
    def person_phrases(self) -> tuple[str, ...]:
        """The desk's own words for the operator."""
        return tuple(p for phrases in self.common.universals.phrases.get("operator", {}).values() for p in phrases)

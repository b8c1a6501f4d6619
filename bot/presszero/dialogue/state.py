"""Where one conversation stands. Frozen and JSON through and through: it is stored after every turn and replayed as it is."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from presszero.dialogue.knowledge import Answer

Holder = Literal["bot", "queue", "person"]


class Answered(msgspec.Struct, frozen=True):
    """A question of this frame that was answered, newest last: what ``back`` and corrections go through."""

    step: str
    slot: str  # the slot or menu name it filled
    skipped: bool = False  # known beforehand, never asked


class Frame(msgspec.Struct, frozen=True):
    """One flow that is under way. ``why`` says how it came onto the stack, so that the end of it knows where to return."""

    flow: str
    version: str
    step: str
    why: Literal["start", "digress", "call"] = "start"
    queue: str = ""  # of the flow that this one stands in for, when it names none itself
    values: dict[str, Any] = {}  # slots, menu choices, results
    answered: tuple[Answered, ...] = ()
    passes: dict[str, int] = {}  # counted jumps: "step>target" → passes made
    fixed: int = 0  # answers before this index are behind a ticket or a POST: ``back`` stops there
    tickets: tuple[int, ...] = ()  # tickets opened by this frame
    posted: bool = False  # a POST was made by this frame


class Choice(msgspec.Struct, frozen=True):
    """One line of an offer of the engine's own."""

    value: str
    label: str


class Offer(msgspec.Struct, frozen=True):
    """A small question of the engine itself, beside the flow's: did it help, did you mean, which answer to correct."""

    kind: Literal["helped", "articles", "flows", "correct", "contact"]
    choices: tuple[Choice, ...] = ()
    about: str = ""  # slug of the article, number of the ticket


class Pending(msgspec.Struct, frozen=True):
    """What the conversation is waiting for besides a message.

    ``call``: a service's answer; ``kb`` ``ticket`` ``find`` ``update`` ``handoff``: an answer of the runtime inside this turn.
    """

    kind: Literal["call", "kb", "ticket", "update", "find", "handoff"]
    id: str
    why: str = ""  # who asked: "step" (the step that stands), "place" (an answer in place), "person" (the engine's own handoff)
    text: str = ""
    guesses: tuple[str, ...] = ()  # flows to offer when the articles know nothing either
    answer: Answer | None = None  # what is shown when a generated answer does not come
    origin: str = ""  # of a generated answer: the ``why`` of the search that it is for


class State(msgspec.Struct, frozen=True):
    """One conversation. ``frames[-1]`` is the flow that speaks."""

    lang: str = ""
    holder: Holder = "bot"
    frames: tuple[Frame, ...] = ()
    asking: bool = False  # the top frame's step is a question that has been asked
    offer: Offer | None = None
    pending: Pending | None = None
    later: tuple[str, ...] = ()  # what came while a call was pending: Heard and Pressed as JSON
    misses: int = 0  # misunderstood in a row
    timers: dict[str, int] = {}  # purpose → serial of the timer that counts
    serial: int = 0  # makes ids of calls and timers unique in the conversation
    last_question: str = ""
    tried: tuple[str, ...] = ()  # articles shown, newest last
    said: tuple[str, ...] = ()  # what the bot last said, for ``repeat``
    queue: str = ""  # the queue that holds, while holder is queue or person
    parked: bool = False  # reminded once and not heard since
    owed: bool = False  # somebody spoke and has heard nothing yet
    since: float = 0.0  # when the step that stands was come to
    hops: int = 0  # verbs run since somebody last spoke: bounded
    tickets: tuple[int, ...] = ()  # open tickets of this conversation
    surveys: dict[str, float] = {}  # metric → when it was last asked
    closing: bool = False  # a person settled it; over as soon as the last words (a survey) are said
    ended: bool = False

    @property
    def top(self) -> Frame | None:
        """The frame that speaks, if any flow is under way."""
        return self.frames[-1] if self.frames else None

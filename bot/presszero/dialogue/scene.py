"""One call of `step` in the making: the state as it changes, what was told, what is asked.

A Scene lives for one event and never leaves the core; everything that goes in and comes out of it is frozen.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from presszero.dialogue.effects import Ask, Button, CancelTimer, Count, Remember, Say, SetTimer, Tell
from presszero.dialogue.events import Event, Facts
from presszero.dialogue.flow import Flow, FlowSet, Slot, Verb
from presszero.dialogue.state import Frame, Pending, State
from presszero.dialogue.tally import SHORTEST, bound
from presszero.dialogue.text import Text

VERIFIED = frozenset(
    {"verified", "name", "segment", "region", "phone", "email", "contract"}
)  # only a signed token says these
MOST_HOPS = 60  # verbs between two words of somebody; the demo's longest path takes a dozen
HOPS_OF_AN_ASK = 4  # an article, a ticket, a call weigh more: some twelve of them at most


class Scene:
    """The state under way and what came of it so far."""

    def __init__(self, flows: FlowSet, state: State, event: Event) -> None:
        self.flows = flows
        self.state = state
        self.event = event
        self.tells: list[Tell] = []
        self.ask: Ask | None = None

    # reading

    @property
    def facts(self) -> Facts:
        """What is true outside."""
        return self.event.facts

    @property
    def top(self) -> Frame | None:
        """The frame that speaks."""
        return self.state.top

    @property
    def flow(self) -> Flow | None:
        """The flow of the top frame."""
        top = self.state.top
        return self.flows.flow(top.flow, top.version) if top else None

    @property
    def verb(self) -> Verb | None:
        """The step the top frame stands on."""
        flow, top = self.flow, self.state.top
        return flow.steps.get(top.step) if flow and top else None

    def slot(self, name: str) -> Slot | None:
        """A slot of the top flow."""
        flow = self.flow
        return flow.slots.get(name) if flow else None

    def values(self) -> Mapping[str, Any]:
        """Every name a flow may read here."""
        facts, state = self.facts, self.state
        # What a customer once typed must never pass for what was verified of them.
        typed = {name: value for name, (value, _) in facts.remembered.items() if name not in VERIFIED}
        customer = typed | facts.customer
        told = {name: value for name, (value, _) in facts.remembered.items()} | self._told() | facts.customer
        own = state.frames[-1].values if state.frames else {}
        return {
            "customer": customer,
            "told": told,  # what we may write into a request: typed or verified, never a key to anything personal
            "page": facts.page,
            "tags": facts.tags,
            "open": facts.open,
            "channel": facts.channel,
            "lang": state.lang,
            "last_question": state.last_question,
            "desk": {"name": facts.desk.get(state.lang, "")},
        } | own

    def _told(self) -> dict[str, Any]:
        """Values given in this conversation for slots that are remembered."""
        found: dict[str, Any] = {}
        for frame in self.state.frames:
            flow = self.flows.flow(frame.flow, frame.version)
            slots = flow.slots if flow else {}
            found |= {n: v for n, v in frame.values.items() if n in slots and slots[n].remember == "customer"}
        return found

    def find(self, name: str) -> Any:
        """A value by name, looked for from the top frame down: what an operator's brief is made of."""
        if name == "last_question":
            return self.state.last_question
        if name == "tried":
            return self.state.tried
        return next((f.values[name] for f in reversed(self.state.frames) if name in f.values), None)

    # changing

    def change(self, **fields: Any) -> None:
        """Changes the state."""
        self.state = replace(self.state, **fields)

    def change_top(self, **fields: Any) -> None:
        """Changes the top frame."""
        *below, top = self.state.frames
        self.change(frames=(*below, replace(top, **fields)))

    def keep(self, name: str, value: Any) -> None:
        """Gives a value a name in the top frame, and keeps it with the customer when its slot says so."""
        top = self.state.top
        if top is None:
            return
        self.change_top(values={**top.values, name: value})
        slot = self.slot(name)
        if slot and slot.remember == "customer":
            self.tells.append(Remember(name, value))

    def serial(self) -> int:
        """A number not used in this conversation before."""
        self.change(serial=self.state.serial + 1)
        return self.state.serial

    def put(self, ask: Ask, pending: Pending) -> None:
        """Asks the runtime for something; the scene stops here."""
        self.ask = ask
        self.change(pending=pending, hops=self.state.hops + HOPS_OF_AN_ASK)

    def hop(self) -> bool:
        """Counts a verb; False when there were too many without anybody speaking."""
        self.change(hops=self.state.hops + 1)
        return self.state.hops <= MOST_HOPS

    # telling

    def word(self, key: str, extra: Mapping[str, Any] | None = None) -> str:
        """One of the engine's own sentences."""
        text = self.flows.words.get(key)
        return self.render(text, extra) if text else ""

    def render(self, text: Text, extra: Mapping[str, Any] | None = None) -> str:
        """A text in the customer's language and for the channel, holes filled."""
        values = self.values()
        return text.render(self.state.lang, {**values, **extra} if extra else values, self.facts.channel)

    def say(self, text: str, *buttons: Button, **more: Any) -> None:
        """Says something, unless there is nothing to say."""
        if text or more.get("picture") or more.get("file"):
            self.tells.append(Say(text, buttons, lang=self.state.lang, **more))

    def say_word(self, key: str, *buttons: Button, **extra: Any) -> None:
        """Says one of the engine's own sentences."""
        self.say(self.word(key, extra), *buttons)

    def say_system(self, key: str, **extra: Any) -> None:
        """A line across the conversation: what happened to it, said by nobody."""
        self.say(self.word(key, extra), kind="system")

    def person_button(self) -> Button:
        """The key 0."""
        return Button(self.word("call_person"), "!operator", "0")

    def count(self, what: str) -> None:
        """One more of something."""
        self.tells.append(Count(what))

    def count_here(self, kind: str, more: str = "") -> None:
        """One more of something at the step that stands."""
        top = self.state.top
        if top:
            self.count(f"{kind}:{top.flow}/{top.step}{more and '/'}{more}")

    def came(self) -> None:
        """Somebody came to the step that stands."""
        self.count_here("in")
        self.change(since=self.event.at)

    def left(self, way: str) -> None:
        """The step that stands is left by this exit."""
        self.count_here("out", way)
        took = self.event.at - self.state.since
        if self.state.since and took >= SHORTEST:
            self.count_here("time", str(bound(took)))

    @property
    def spoke(self) -> bool:
        """Whether anything was said to the customer."""
        return any(isinstance(t, Say) for t in self.tells)

    # timers

    def set_timer(self, purpose: str, seconds: float) -> None:
        """Sets the timer of a purpose."""
        serial = self.serial()
        self.change(timers={**self.state.timers, purpose: serial})
        self.tells.append(SetTimer(purpose, serial, seconds))

    def cancel_timer(self, purpose: str) -> None:
        """Cancels the timer of a purpose, if it is set."""
        if purpose in self.state.timers:
            self.change(timers={p: s for p, s in self.state.timers.items() if p != purpose})
            self.tells.append(CancelTimer(purpose))

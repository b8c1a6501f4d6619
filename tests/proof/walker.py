"""A customer, a desk and its services by chance: what may happen next to a conversation, likely things more often."""

from __future__ import annotations

import random
from typing import Any

from presszero.dialogue import effects, events
from presszero.dialogue.events import Event, Facts
from presszero.dialogue.flow import FlowSet
from presszero.dialogue.knowledge import Answer, Passage
from presszero.dialogue.parse import Guess, Parse, Value
from presszero.dialogue.state import State

VALUES = (
    Value("digits", "654321", 0, 6),
    Value("number", "2", 0, 1),
    Value("yes_no", "yes", 0, 2),
    Value("yes_no", "no", 0, 2),
    Value("rating", "4", 0, 1),
    Value("rating", "1", 0, 1),
    Value("date", "2026-11-30", 0, 3),
    Value("time", "18:00", 0, 3),
    Value("phone", "+79000000042", 0, 3),
    Value("email", "a@example.org", 0, 3),
    Value("address", "Лесная 14", 0, 3),
)
SAID = ("да", "нет", "1", "2", "не знаю", "пропустить", "Лесная 14", "всё не так", "??", "назад", "исправить", "я имел в виду 654321", "повтори", "в начало", "0", "оператор")  # fmt: skip


class Walker:
    """Chance with a memory of the buttons in sight."""

    def __init__(self, seed: int, flows: FlowSet) -> None:
        self.chance = random.Random(seed)
        self.flows = flows
        self.buttons: list[str] = []

    def saw(self, tells: tuple[effects.Tell, ...]) -> None:
        """Remembers the buttons that were shown."""
        shown = [b.payload for t in tells if isinstance(t, effects.Say) for b in t.buttons]
        self.buttons = shown or self.buttons

    def facts(self) -> Facts:
        """What is true outside."""
        some = self.chance.choice
        return Facts(
            channel=some(["web", "voice", "rest"]),
            customer=some([{}, {"verified": True, "contract": "555666"}]),
            remembered=some([{}, {}, {"contract": ("555666", 0.0)}]),
            tags=some([(), ("vip",)]),
            open=some([(), ("support",)]),
        )

    def event(self, state: State, at: float) -> Event:
        """Something that happens."""
        facts, pick = self.facts(), self.chance.random()
        if state.pending is not None and pick < 0.7:
            return self._called(state, at, facts)
        if state.holder != "bot" and pick < 0.6:
            return self._people(state, at, facts)
        if not state.frames and state.holder == "bot" and pick < 0.8:
            return self._heard(at, facts, likely=0.9)
        if self.buttons and pick < 0.5:
            return events.Pressed(at=at, facts=facts, payload=self.chance.choice(self.buttons))
        if pick < 0.9:
            return self._heard(at, facts)
        if pick < 0.93:
            return events.FileCame(at=at, facts=facts, file="f1")
        if pick < 0.95:
            return events.Started(at=at, facts=facts)
        purpose = self.chance.choice(["silence", "wait", "nobody", "call", "working"])
        return events.TimerFired(at=at, facts=facts, purpose=purpose, serial=state.timers.get(purpose, -1))

    def _called(self, state: State, at: float, facts: Facts) -> Event:
        outcome: Any = self.chance.choice(["ok", "ok", "not_found", "failed"])
        data = {
            "outage": self.chance.choice(["yes", "no"]),
            "eta_h": self.chance.choice([1, 2, 3]),
            "debt": self.chance.choice([0, 5]),
            "blocked": self.chance.choice(["yes", "no"]),
            "possible": self.chance.choice(["yes", "no"]),
            "ready": self.chance.choice(["yes", "no"]),
            "items": self.chance.choice([[], [{"value": "a", "label": "A"}]]),
        }
        return events.CallAnswered(
            at=at, facts=facts, id=state.pending.id if state.pending else "", outcome=outcome, data=data
        )

    def _people(self, state: State, at: float, facts: Facts) -> Event:
        made: list[Event] = [
            events.OperatorTook(at=at, facts=facts, operator="Анна"),
            events.OperatorReleased(at=at, facts=facts, operator="Анна"),
            events.OperatorResolved(at=at, facts=facts, operator="Анна"),
            events.CustomerLeft(at=at, facts=facts),
            events.Pressed(at=at, facts=facts, payload="!note"),
            events.TimerFired(at=at, facts=facts, purpose="nobody", serial=state.timers.get("nobody", -1)),
        ]
        return self.chance.choice(made)

    def _heard(self, at: float, facts: Facts, likely: float = 0.1) -> Event:
        intents = sorted(self.flows.starts)
        intent = self.chance.choice(intents) if intents and self.chance.random() < likely else None
        values = tuple(self.chance.sample(VALUES, self.chance.randint(0, 3)))
        text = "вопрос" if intent else self.chance.choice(SAID)
        parse = Parse(
            text=text,
            intent=intent,
            band="act" if intent else self.chance.choice(["none", "offer"]),
            known=2,
            ranking=(Guess(intent, 0.5),) if intent else (),
            values=values,
        )
        return events.Heard(at=at, facts=facts, text=text, parse=parse)

    def reply(self, ask: effects.Ask, event: Event) -> Event:
        """What the runtime answers inside a turn."""
        at, facts, some = event.at, event.facts, self.chance.choice
        match ask:
            case effects.SearchKb():
                kind: Any = some(["answer", "suggest", "none"])
                pages = (Passage("a", "A", "…", "ru"), Passage("b", "B", "…", "ru"))
                found = {"answer": pages[:1], "suggest": pages, "none": ()}[kind]
                return events.KbAnswered(at=at, facts=facts, id=ask.id, answer=Answer(kind, found))
            case effects.HandOff():
                how: Any = some(["queued", "out_of_hours", "nobody"])
                return events.HandoffAnswered(at=at, facts=facts, id=ask.id, outcome=how, queue={"name": "tech"})
            case _:
                outcome: Any = "ok" if isinstance(ask, effects.OpenTicket) else some(["ok", "not_found", "several"])
                ticket = {
                    "number": 7,
                    "title": "-",
                    "category": "-",
                    "due": "14:06",
                    "state": some(["new", "open", "waiting", "resolved"]),
                }
                return events.TicketAnswered(at=at, facts=facts, id=ask.id, outcome=outcome, ticket=ticket)

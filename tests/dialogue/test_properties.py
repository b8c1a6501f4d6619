"""Whatever happens to a conversation, the core answers, ends its turn as promised, and can be stored and replayed."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from presszero.dialogue import effects, events
from presszero.dialogue.effects import Step
from presszero.dialogue.events import Event, Facts
from presszero.dialogue.flow import FlowSet
from presszero.dialogue.knowledge import Answer, Passage
from presszero.dialogue.parse import Guess, Parse, Value
from presszero.dialogue.state import State
from presszero.dialogue.step import step
from tests.dialogue.sets import demo, flow_sets

MOST_ROUNDS = 60
PEOPLE = (events.Started, events.Heard, events.Pressed, events.Digits, events.FileCame)
TEXTS = [
    "нет интернета", "привет", "да", "нет", "1", "2", "9", "0", "оператор", "назад", "в начало", "повтори", "исправить", "english",
    "я имел в виду 654321", "555666", "красный", "не знаю", "пропустить", "завтра в 6 вечера", "+7 900 000-00-42", "a@example.org",
    "my internet is down", "human please", "*", "#", "", "   ", "ывапролд", "1" * 40, "спасибо", "меню", "no, I meant 777888", "5",
]  # fmt: skip
FACTS = st.builds(
    Facts,
    channel=st.sampled_from(["web", "voice", "rest"]),
    customer=st.sampled_from([{}, {"verified": True, "name": "М"}]),
    remembered=st.sampled_from([{}, {"contract": ("555666", 0.0)}]),
    open=st.sampled_from([(), ("support",)]),
)


def parses(flows: FlowSet) -> st.SearchStrategy[Parse]:
    intents = sorted(flows.starts) or ["x"]
    guesses = st.lists(st.sampled_from(intents), max_size=3, unique=True).map(
        lambda names: tuple(Guess(n, 0.5) for n in names)
    )
    values = st.lists(
        st.sampled_from([Value("digits", "654321", 0, 6), Value("number", "5", 0, 1), Value("yes_no", "yes", 0, 2), Value("rating", "4", 0, 1),
                         Value("date", "2026-11-30", 0, 3), Value("phone", "+79000000042", 0, 3), Value("address", "Лесная 14", 0, 3)]),
        max_size=3,
    ).map(tuple)  # fmt: skip
    return st.builds(
        Parse,
        text=st.sampled_from(TEXTS),
        lang=st.sampled_from([None, "ru", "en"]),
        known=st.integers(0, 6),
        intent=st.one_of(st.none(), st.sampled_from(intents)),
        band=st.sampled_from(["act", "offer", "none"]),
        ranking=guesses,
        values=values,
    )


def payloads(flows: FlowSet) -> st.SearchStrategy[str]:
    fixed = ["!operator", "!back", "!restart", "!repeat", "!correct", "!lang:en", "!bot", "!note", "!end", "!zzz", "a/b/c", "", "!offer/helped/yes",
             "!offer/helped/no", "!offer/articles/?none", "!offer/articles/no-internet", "!offer/flows/x", "!offer/correct/contract"]  # fmt: skip
    own = [
        f"{f.name}/{s.id}/{o.value}"
        for f in flows.flows.values()
        for s in f.steps.values()
        for o in getattr(s, "options", ())
    ]
    return st.sampled_from(fixed + own)


def outer(flows: FlowSet) -> st.SearchStrategy[Any]:
    """Events from outside: a constructor that gets the moment, the facts and the state."""
    return st.one_of(
        st.just(lambda at, facts, _s: events.Started(at=at, facts=facts)),
        st.builds(lambda t, p: lambda at, f, _s: events.Heard(at=at, facts=f, text=t, parse=p), st.sampled_from(TEXTS), parses(flows)),
        st.builds(lambda p: lambda at, f, _s: events.Pressed(at=at, facts=f, payload=p), payloads(flows)),
        st.builds(lambda d: lambda at, f, _s: events.Digits(at=at, facts=f, digits=d), st.sampled_from(["0", "1", "2#", "*", "555666#"])),
        st.just(lambda at, f, _s: events.FileCame(at=at, facts=f, file="f1")),
        st.builds(
            lambda purpose: lambda at, f, s: events.TimerFired(at=at, facts=f, purpose=purpose, serial=s.timers.get(purpose, -1)),
            st.sampled_from(["silence", "wait", "nobody", "working", "call"]),
        ),
        st.just(lambda at, f, _s: events.OperatorTook(at=at, facts=f, operator="Анна")),
        st.just(lambda at, f, _s: events.OperatorSaid(at=at, facts=f, operator="Анна", text="да")),
        st.just(lambda at, f, _s: events.OperatorReleased(at=at, facts=f, operator="Анна")),
        st.just(lambda at, f, _s: events.OperatorPassed(at=at, facts=f, operator="Анна", queue="tech")),
        st.just(lambda at, f, _s: events.OperatorResolved(at=at, facts=f, operator="Анна")),
        st.just(lambda at, f, _s: events.CustomerLeft(at=at, facts=f)),
        st.just(lambda at, f, _s: events.TicketChanged(at=at, facts=f, ticket={"number": 1, "state": "open"})),
        st.builds(
            lambda outcome: lambda at, f, s: events.CallAnswered(
                at=at, facts=f, id=s.pending.id if s.pending else "c0", outcome=outcome, data={"outage": "yes", "eta_h": 3, "items": [{"value": "a", "label": "A"}], "text": "Проверьте кабель [1].", "cited": [0]}
            ),
            st.sampled_from(["ok", "not_found", "failed", "unknown"]),
        ),
    )  # fmt: skip


ANSWERS = st.sampled_from(["answer", "suggest", "none"])


def replied(ask: effects.Ask, event: Event, kind: str) -> Event:
    """The runtime's answer to an ask, of one kind or another."""
    at, facts = event.at, event.facts
    passage = Passage("no-internet", "Нет интернета", "Проверьте кабель.", "ru")
    match ask:
        case effects.SearchKb():
            asked = "вопрос" if facts.channel == "rest" else ""  # there a language model writes the answers
            found: Any = Answer(kind, () if kind == "none" else (passage,), asked=asked)  # type: ignore[arg-type]
            return events.KbAnswered(at=at, facts=facts, id=ask.id, answer=found)
        case effects.OpenTicket() | effects.UpdateTicket() | effects.FindTicket():
            outcome: Any = {"answer": "ok", "suggest": "several", "none": "not_found"}[kind]
            if isinstance(ask, effects.OpenTicket):
                outcome = "ok"
            return events.TicketAnswered(
                at=at, facts=facts, id=ask.id, outcome=outcome, ticket={"number": 7, "due": "14:06"}
            )
        case effects.HandOff():
            how: Any = {"answer": "queued", "suggest": "out_of_hours", "none": "nobody"}[kind]
            return events.HandoffAnswered(
                at=at, facts=facts, id=ask.id, outcome=how, queue={"name": "tech", "place": 1, "wait_min": 3}
            )
        case _:
            raise AssertionError(ask)


def play(flows: FlowSet, script: list[tuple[Any, Facts, str]]) -> list[Step]:
    """Plays a script of outer events; checks every promise on the way."""
    state, steps = State(), []
    for n, (make, facts, kind) in enumerate(script):
        event = make(float(n * 100 + 1), facts, state)
        tells: list[effects.Tell] = []
        taken = step(flows, state, event)
        for _ in range(MOST_ROUNDS):
            steps.append(taken)
            tells += taken.tells
            if taken.ask is None or isinstance(taken.ask, effects.StartCall):
                break
            taken = step(flows, taken.state, replied(taken.ask, event, kind))
        else:
            pytest.fail("the turn never stopped asking")
        state = ends_well(state, taken.state, event, tells)
    return steps


def ends_well(before: State, after: State, event: Event, tells: list[effects.Tell]) -> State:
    """A turn ends by saying, asking, handing over, silent because a person holds, or with something pending that has a deadline."""
    if isinstance(event, PEOPLE) and before.holder == "bot":
        said = any(isinstance(t, effects.Say) for t in tells)
        pending = after.pending is not None and "call" in after.timers
        waiting = "wait" in after.timers
        assert said or pending or waiting or after.holder != "bot", (event, after)
    if after.pending is not None:
        assert after.pending.kind == "call", after.pending
        assert "call" in after.timers
    assert len(after.frames) <= 10
    assert msgspec.json.decode(msgspec.json.encode(after), type=State) == after
    return after


SLOW = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
SCRIPT_SIZE = 14


@SLOW
@given(st.data())
def test_random_events_over_the_demo_flows_always_end_well(data: st.DataObject) -> None:
    flows = demo()
    script = data.draw(st.lists(st.tuples(outer(flows), FACTS, ANSWERS), max_size=SCRIPT_SIZE))
    play(flows, script)


@SLOW
@given(st.data())
def test_random_events_over_generated_flow_sets_always_end_well(data: st.DataObject) -> None:
    flows = data.draw(flow_sets())
    script = data.draw(st.lists(st.tuples(outer(flows), FACTS, ANSWERS), max_size=SCRIPT_SIZE))
    play(flows, script)


@SLOW
@given(st.data())
def test_the_same_events_give_the_same_states(data: st.DataObject) -> None:
    flows = demo()
    script = data.draw(st.lists(st.tuples(outer(flows), FACTS, ANSWERS), max_size=8))
    assert play(flows, script) == play(flows, script)


@SLOW
@given(st.data())
def test_the_operator_is_one_message_away_from_every_state(data: st.DataObject) -> None:
    flows = data.draw(st.one_of(st.just(demo()), flow_sets()))
    script = data.draw(st.lists(st.tuples(outer(flows), FACTS, ANSWERS), max_size=SCRIPT_SIZE))
    state = State()
    for n, (make, facts, kind) in enumerate(script):
        event = make(float(n + 1), facts, state)
        taken = step(flows, state, event)
        for _ in range(MOST_ROUNDS):
            if taken.ask is None or isinstance(taken.ask, effects.StartCall):
                break
            taken = step(flows, taken.state, replied(taken.ask, event, kind))
        state = taken.state
    if state.holder == "person":
        return
    word = data.draw(st.sampled_from(["оператор", "позовите человека", "human", "talk to a human please"]))
    asked = events.Heard(at=9999.0, facts=Facts(channel="web"), text=word)
    taken = step(flows, state, asked)
    handed, tickets = False, 0
    for _ in range(MOST_ROUNDS):
        handed = handed or isinstance(taken.ask, effects.HandOff)
        tickets += isinstance(taken.ask, effects.OpenTicket)
        if taken.ask is None or isinstance(taken.ask, effects.StartCall):
            break
        taken = step(flows, taken.state, replied(taken.ask, asked, "answer"))
    assert handed or tickets, taken.state
    assert taken.state.holder == "queue" or tickets

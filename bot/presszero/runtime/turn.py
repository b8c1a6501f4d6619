"""THE turn: state and event in, one transaction out.

It reads, understands, steps, answers what the core asks, and commits everything at once. It never makes a call over a socket and
never says anything before it is remembered.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from presszero.dialogue import effects, events, generated
from presszero.dialogue.effects import StartCall, Step, Tell
from presszero.dialogue.events import Event, Facts
from presszero.dialogue.flow import Http
from presszero.dialogue.state import State
from presszero.dialogue.step import step
from presszero.runtime import missed
from presszero.runtime.answers import Answers
from presszero.runtime.clock import Clock
from presszero.runtime.content import Content
from presszero.runtime.facts import facts
from presszero.runtime.versions import counted
from presszero.runtime.words import say_to_message
from presszero.store.base import (
    CallStart,
    Committed,
    Conversation,
    Customer,
    CustomerEdit,
    Duplicate,
    HolderSet,
    Inbound,
    NewMessage,
    Stale,
    Store,
    TimerSet,
    Turn,
)

log = logging.getLogger(__name__)
MOST_ASKS = 24
_decode = msgspec.json.Decoder(State)
_encode = msgspec.json.Encoder()


class Extra(msgspec.Struct, frozen=True):
    """What a turn writes besides what the core tells: the incoming message itself, who took the conversation."""

    inbound: Inbound | None = None
    held: Sequence[int] = ()  # messages that had been held and are taken now
    messages: Sequence[NewMessage] = ()
    rank: int = 0  # in the outbox: 1 for notices
    operator_id: int | None = None
    page: dict[str, str] | None = None
    customer: CustomerEdit | None = None
    call_done: str = ""
    timer_done: str = ""
    lang: str = ""


class Done(msgspec.Struct, frozen=True):
    """A turn that is on disk."""

    committed: Committed
    state: State
    calls: bool
    timers: bool
    delivers: bool
    refused: bool = False  # a button that answers nothing any more


def state_of(conversation: Conversation) -> State:
    """Where a conversation stands."""
    return _decode.decode(conversation.state) if conversation.state else State()


async def run(
    store: Store,
    content: Content,
    clock: Clock,
    conversation: Conversation,
    customer: Customer,
    make: Callable[[State, Facts, float], Event | None],
    extra: Extra,
) -> Done | Duplicate | Stale:
    """Runs one event through a conversation and commits what came of it. ``make`` may give None: only ``extra`` is written."""
    at = clock.now()
    before = state_of(conversation)
    seen = facts(content, conversation, customer, at, extra.lang or conversation.lang)
    event = make(before, seen, at)
    answers = Answers(store, content, conversation, customer, before)
    tells: list[Tell] = []
    after, call = (before, None) if event is None else await _steps(content, before, event, answers, tells)
    turn = _write(content, conversation, before, after, tells, call, answers, extra, at)
    turn = _with_missed(turn, before, event, customer)
    if isinstance(event, events.CallAnswered):
        turn = msgspec.structs.replace(turn, messages=_with_answer(content, before, event, turn.messages))
    committed = await store.commit_turn(turn)
    if not isinstance(committed, Committed):
        return committed
    delivers = any(m.deliver for m in turn.messages)
    refused = effects.Count("stale_press") in tells
    return Done(committed, after, bool(turn.calls), bool(turn.timers), delivers, refused)


async def _steps(
    content: Content, state: State, event: Event, answers: Answers, tells: list[Tell]
) -> tuple[State, StartCall | None]:
    """Steps the core until it asks nothing more; a call to a service is for after the commit."""
    taken = _guarded(content, state, event)
    tells.extend(taken.tells)
    for _ in range(MOST_ASKS):
        if taken.ask is None:
            return taken.state, None
        if isinstance(taken.ask, StartCall):
            return taken.state, taken.ask
        answer = await answers.answer(taken.ask, taken.state, event)
        taken = _guarded(content, taken.state, answer)
        tells.extend(taken.tells)
    log.error("PZ-BOUND a turn asked more than %d times; frames %s", MOST_ASKS, [f.flow for f in taken.state.frames])
    lost = _lost(content, taken.state, event)
    tells.extend(t for t in lost.tells if isinstance(t, effects.Say))
    return lost.state if lost.ask is None else State(lang=lost.state.lang, serial=lost.state.serial), None


def _guarded(content: Content, state: State, event: Event) -> Step:
    """A step that cannot take the customer down with it: our own fault leads to a person, and is logged with its place."""
    try:
        return step(content.flows, state, event)
    except Exception:
        top = state.top
        log.exception("PZ-STEP a step failed at %s", f"{top.flow}/{top.step}" if top else "idle")
    return _lost(content, state, event)


def _lost(content: Content, state: State, event: Event) -> Step:
    """The flow is given up: say so and call a person; when even that fails, the way to one is a button."""
    clean = State(lang=state.lang, holder=state.holder, serial=state.serial, queue=state.queue, tickets=state.tickets)
    words = content.flows.words.get("broken")
    sorry = effects.Say(words.render(state.lang or content.default_lang, {}) if words else "", lang=state.lang)
    try:
        call = step(content.flows, clean, events.Pressed(at=event.at, facts=event.facts, payload="!operator"))
        return msgspec.structs.replace(call, tells=(sorry, *call.tells))
    except Exception:
        log.exception("PZ-STEP a person could not be called either")
    button = content.flows.words.get("call_person")
    label = button.render(state.lang or content.default_lang, {}) if button else "0"
    return Step(clean, (msgspec.structs.replace(sorry, buttons=(effects.Button(label, "!operator", "0"),)),))


def _write(  # noqa: C901 - one case a tell
    content: Content,
    conversation: Conversation,
    before: State,
    after: State,
    tells: Sequence[Tell],
    call: StartCall | None,
    answers: Answers,
    extra: Extra,
    at: float,
) -> Turn:
    """Everything the turn writes."""
    deliver = conversation.channel.partition(":")[0] in content.pushed
    messages = [m for m in extra.messages if m.who != "operator"]
    timers: dict[str, TimerSet] = {}
    cancels = {extra.timer_done} if extra.timer_done else set()
    remembered: dict[str, tuple[Any, float]] = {}
    tags: list[str] = []
    counts: list[str] = []
    for tell in tells:
        match tell:
            case effects.Say():
                messages.append(say_to_message(content, tell, deliver=deliver, rank=extra.rank))
            case effects.SetTimer(purpose, serial, seconds):
                timers[purpose] = TimerSet(purpose, serial, at + seconds)
                cancels.discard(purpose)
            case effects.CancelTimer(purpose):
                timers.pop(purpose, None)
                cancels.add(purpose)
            case effects.Remember(slot, value):
                remembered[slot] = (value, at)
            case effects.Label(more):
                tags.extend(more)
            case effects.Count(what):
                counts.append(what)
            case effects.Unqueue() | effects.Finish():
                pass
    said = [m for m in extra.messages if m.who == "operator"]
    messages += [msgspec.structs.replace(m, deliver=deliver) for m in said]  # after the line that says who joined
    edit = extra.customer
    if remembered or tags:
        edit = CustomerEdit(edit.facts if edit else {}, remembered, tuple(tags))
    return Turn(
        conversation_id=conversation.id,
        version=conversation.version,
        state=_encode.encode(after),
        at=at,
        inbound=extra.inbound,
        held=extra.held,
        messages=messages,
        holder=_holder(conversation, before, after, answers, extra, at),
        lang=after.lang,
        title=_title(conversation, after),
        page=extra.page,
        tickets=answers.opened,
        edits=answers.edits,
        timers=tuple(timers.values()),
        cancels=tuple(cancels),
        calls=(CallStart(call.id, call.call, call.given, f"{conversation.id}-{call.id}"),) if call else (),
        call_done=extra.call_done,
        customer=edit,
        counts=[*counts, *_of_publication(content, conversation, before, after, counts, extra)],
        ended=after.ended,
        questions=answers.asked,
        feedback=_feedback(counts),
        handed=bool(answers.opened) or "operator_asked" in counts or (before.holder, after.holder) == ("bot", "queue"),
    )


def _with_missed(turn: Turn, before: State, event: Event | None, customer: Customer) -> Turn:
    """The turn with what was said and not understood: its counts, and its words where no article was asked."""
    more = missed.marks(before, event, turn.counts)
    said = None if turn.questions else missed.unasked(before, event, turn.counts, customer)
    if not more and said is None:
        return turn
    questions = [said] if said else turn.questions
    return msgspec.structs.replace(turn, counts=[*turn.counts, *more], questions=questions)


def _feedback(counts: Sequence[str]) -> str:
    """Whether the customer said of an article that it helped."""
    said = {name.partition(":")[0] for name in counts} & {"helped", "not_helped", "none_fit"}
    return "" if not said else "yes" if "helped" in said else "no"


def _of_publication(
    content: Content, conversation: Conversation, before: State, after: State, counts: Sequence[str], extra: Extra
) -> list[str]:
    """What is counted for the set that is published, so that two of them can be compared."""
    heard = extra.inbound is not None or bool(extra.held)
    handed = before.holder == "bot" and after.holder == "queue"
    first = heard and conversation.last_seq == 0
    return counted(content.publication, counts, first=first, heard=heard, handed=handed)


def _with_answer(
    content: Content, before: State, event: events.CallAnswered, messages: Sequence[NewMessage]
) -> Sequence[NewMessage]:
    """What a service answered is kept with the line it led to, for whoever makes a test of the conversation.

    Of a generated answer: what it cost, and why it was not shown.
    """
    if (
        messages
        and before.pending is not None
        and (before.pending.id, before.pending.why) == (event.id, generated.CALL)
    ):
        made = {"outcome": event.outcome, "why": event.data.get("why", ""), **event.data.get("made", {})}
        return [msgspec.structs.replace(messages[0], body={**messages[0].body, "made": made}), *messages[1:]]
    top = before.top
    flow = content.flows.flow(top.flow, top.version) if top else None
    verb = flow.steps.get(top.step) if flow and top else None
    if not messages or not isinstance(verb, Http) or before.pending is None or before.pending.id != event.id:
        return messages
    answer = {"call": verb.call, "outcome": event.outcome, "data": event.data}
    first, *rest = messages
    return [msgspec.structs.replace(first, body={**first.body, "answer": answer}), *rest]


def _holder(
    conversation: Conversation, before: State, after: State, answers: Answers, extra: Extra, at: float
) -> HolderSet | None:
    if after.holder == before.holder and (after.holder != "queue" or after.queue == before.queue):
        return None
    if after.holder == "person":
        # The deadline stands until somebody has answered, not until somebody has taken.
        answered = any(m.who == "operator" for m in extra.messages)
        return HolderSet("person", extra.operator_id, before.queue, due_at=None if answered else conversation.due_at)
    if after.holder == "queue":
        # Of one that was passed on the deadline stands until somebody has answered; then it begins anew.
        due = answers.reply_due or conversation.due_at or answers.due_now(conversation.title, at)
        return HolderSet("queue", None, after.queue, answers.brief, due)
    return HolderSet("bot")


def _title(conversation: Conversation, after: State) -> str:
    return conversation.title or after.last_question[:120]

"""The core: `step(flows, state, event) -> Step`. Pure: the same arguments give the same Step, always.

A turn ends by saying, asking, handing over, silent because a person holds, or with a pending call or timer that has a deadline.
"""

from __future__ import annotations

from typing import assert_never

import msgspec

from presszero.dialogue import events, generated, hear, offers, person
from presszero.dialogue.effects import Finish, Say, Step
from presszero.dialogue.events import Event
from presszero.dialogue.flow import FlowSet, Http, Ticket
from presszero.dialogue.moves import go
from presszero.dialogue.scene import Scene
from presszero.dialogue.state import Pending, State
from presszero.dialogue.universals import home, said_by
from presszero.dialogue.verbs import ask_again, run
from presszero.dialogue.versions import bring

_BY_PEOPLE = (
    events.Started,
    events.Heard,
    events.Pressed,
    events.Digits,
    events.FileCame,
)


def step(flows: FlowSet, state: State, event: Event) -> Step:
    """What an event does to a conversation."""
    scene = Scene(flows, state, event)
    if not state.lang:
        scene.change(lang=event.facts.default_lang or flows.common.languages[0])
    if isinstance(event, _BY_PEOPLE):
        if state.ended:  # what was settled is over: whoever speaks again begins anew
            scene.state = State(lang=scene.state.lang, serial=state.serial, surveys=state.surveys)
        if state.parked:
            scene.count_here("back")
        scene.change(hops=0, parked=False, owed=state.holder == "bot")
        scene.cancel_timer("silence")
    if _begins_again(scene, event):
        run(scene)
    else:
        _take(scene, event)
    _take_later(scene)
    _settle(scene, event)
    return Step(scene.state, tuple(scene.tells), scene.ask)


def _begins_again(scene: Scene, event: Event) -> bool:
    """Whether the question that this answers is no more, after a publication; what works anywhere works here too."""
    if scene.state.holder != "bot" or not isinstance(event, (*_BY_PEOPLE, events.CallAnswered, events.TimerFired)):
        return False
    if isinstance(event, events.TimerFired) and event.purpose in {"silence", "working"}:
        return False
    if not bring(scene):
        return False
    if isinstance(event, events.Heard):
        return not said_by(scene, event.text, event.parse)
    return not (isinstance(event, events.Pressed) and event.payload[:1] == "!" and event.payload[:7] != "!offer/")


def _take(scene: Scene, event: Event) -> None:  # noqa: C901 - one case an event
    match event:
        case events.Started():
            if not scene.state.frames and scene.state.holder == "bot":
                home(scene)
        case events.Heard():
            hear.heard(scene, event)
        case events.Pressed():
            hear.pressed(scene, event)
        case events.Digits():
            hear.digits(scene, event)
        case events.FileCame():
            hear.file_came(scene, event)
        case events.KbAnswered() | events.TicketAnswered() | events.HandoffAnswered() | events.CallAnswered():
            _answered(scene, event)
        case events.TimerFired():
            _fired(scene, event)
        case _:
            _by_desk(scene, event)


Desk = (
    events.OperatorTook
    | events.OperatorSaid
    | events.OperatorReleased
    | events.OperatorPassed
    | events.OperatorResolved
    | events.CustomerLeft
    | events.TicketChanged
)
Answer = events.KbAnswered | events.TicketAnswered | events.HandoffAnswered | events.CallAnswered


def _by_desk(scene: Scene, event: Desk) -> None:  # noqa: C901 - one case an event
    match event:
        case events.OperatorTook(operator=name) | events.OperatorSaid(operator=name):
            person.took(scene, name)
        case events.OperatorReleased(operator=name):
            if scene.state.holder == "person":
                person.released(scene, name)
        case events.OperatorPassed(operator=name, queue=queue):
            person.passed(scene, name, queue)
        case events.OperatorResolved(operator=name):
            person.resolved(scene, name)
        case events.CustomerLeft():
            if scene.state.holder == "queue":
                person.left_queue(scene, note=False)
        case events.TicketChanged(ticket=ticket, told=told):
            if told:
                done = ticket.get("state") == "resolved"
                scene.say_system("ticket_resolved" if done else "ticket_status_changed", t=ticket)
        case _:
            assert_never(event)


def _answered(scene: Scene, event: Answer) -> None:
    """An answer to what is pending; any other id is of something that was given up meanwhile."""
    pending = scene.state.pending
    if pending is None or pending.id != event.id:
        return
    scene.change(pending=None)
    match event:
        case events.KbAnswered(answer=answer):
            if not generated.begins(scene, pending, answer) and not offers.kb_answered(
                scene, pending.why, pending.text, pending.guesses, answer
            ):
                hear.miss(scene)
        case events.TicketAnswered():
            _ticket(scene, event, pending.why)
        case events.HandoffAnswered():
            person.handoff_answered(scene, event, pending.why)
        case events.CallAnswered():
            _call(scene, event, pending)
        case _:
            assert_never(event)


def _ticket(scene: Scene, event: events.TicketAnswered, why: str) -> None:
    number = event.ticket.get("number")
    if event.outcome == "ok" and isinstance(number, int) and number not in scene.state.tickets:
        scene.change(tickets=(*scene.state.tickets, number)[-20:])
    if why in {"out_of_hours", "nobody"}:
        person.written_down(scene, event, why)
        return
    verb, top = scene.verb, scene.top
    if not isinstance(verb, Ticket) or top is None:
        run(scene)
        return
    if event.outcome == "ok":
        scene.keep(verb.save or "t", event.ticket)
        if verb.what == "create" and isinstance(number, int) and scene.top:
            own = scene.top.tickets if number in scene.top.tickets else (*scene.top.tickets, number)
            scene.change_top(tickets=own, fixed=len(scene.top.answered))
        go(scene, verb.next)
    else:
        several = event.outcome == "several" and verb.several
        go(scene, several or verb.not_found or verb.next, "several" if several else "not_found")
    run(scene)


def _call(scene: Scene, event: events.CallAnswered, pending: Pending) -> None:
    scene.cancel_timer("call")
    scene.cancel_timer("working")
    if pending.why == generated.CALL:
        if not generated.answered(scene, pending, event):
            hear.miss(scene)
        return
    verb = scene.verb
    if not isinstance(verb, Http):
        run(scene)
        return
    if event.outcome == "ok":
        if verb.save:
            scene.keep(verb.save, event.data)
        go(scene, verb.next)
    else:
        scene.count(f"call_{event.outcome}:{verb.call}")
        missing = verb.not_found if event.outcome == "not_found" else None
        go(scene, missing or verb.failed or verb.next, "not_found" if missing else "failed")
    run(scene)


def _fired(scene: Scene, event: events.TimerFired) -> None:  # noqa: C901 - one case a purpose
    if scene.state.timers.get(event.purpose) != event.serial:
        return
    scene.change(timers={p: s for p, s in scene.state.timers.items() if p != event.purpose})
    match event.purpose:
        case "silence":
            if scene.facts.channel == "voice":
                hear.silent(scene)
            elif scene.state.holder == "bot" and scene.state.asking and not scene.state.parked:
                reminder = scene.flows.common.reminder
                scene.count_here("drop")
                scene.say(scene.render(reminder) if reminder else scene.word("reminder"))
                scene.change(parked=True)
        case "wait":
            hear.after_wait(scene)
        case "nobody":
            person.nobody_came(scene)
        case "working":
            if scene.state.pending is not None:
                scene.say_word("generated_wait" if generated.awaited(scene) else "working")
        case "call":
            pending = scene.state.pending
            if pending is not None and pending.kind == "call":
                late = events.CallAnswered(at=event.at, facts=event.facts, id=pending.id, outcome="failed")
                _answered(scene, late)
        case _:
            return


def _take_later(scene: Scene) -> None:
    """Texts that came while a call was pending, in order, as soon as nothing is pending."""
    while scene.state.later and scene.ask is None and scene.state.pending is None and "wait" not in scene.state.timers:
        if scene.state.holder != "bot":
            scene.change(later=())
            return
        first, *rest = scene.state.later
        scene.change(later=tuple(rest))
        waited = msgspec.json.decode(first, type=events.Heard | events.Pressed)
        if isinstance(waited, events.Heard):
            hear.understand(scene, waited.text, waited.parse)
        else:
            hear.press(scene, waited.payload)


def _asked(scene: Scene) -> bool:
    return scene.ask is not None


def _pay(scene: Scene) -> None:
    """Whoever spoke hears something, unless a call or a pause is under way."""
    state = scene.state
    if scene.spoke or state.holder != "bot":
        scene.change(owed=False)
    elif state.owed and state.pending is None and "wait" not in state.timers:
        scene.change(owed=False)
        ask_again(scene)
        if not scene.spoke and not _asked(scene):
            scene.say_word("anything_else", scene.person_button())


def _settle(scene: Scene, event: Event) -> None:
    """The promises of the end of a turn."""
    if _asked(scene):
        return
    _pay(scene)
    if _asked(scene):
        return
    said = tuple(t.text for t in scene.tells if isinstance(t, Say) and t.kind == "bot")
    if said:
        scene.change(said=said[-4:])
    if scene.state.closing and not scene.state.frames and scene.state.holder == "bot":
        scene.tells.append(Finish())
        scene.change(ended=True)
    voice = scene.facts.channel == "voice"
    asked = scene.state.asking or (voice and scene.state.offer is not None)
    waits = asked and scene.state.holder == "bot" and not scene.state.parked
    if waits and scene.spoke and isinstance(event, (*_BY_PEOPLE, *_BY_ANSWERS)):
        scene.set_timer("silence", scene.flows.common.silence_voice if voice else scene.flows.common.silence_chat)


_BY_ANSWERS = (
    events.KbAnswered,
    events.TicketAnswered,
    events.HandoffAnswered,
    events.CallAnswered,
    events.TimerFired,
)

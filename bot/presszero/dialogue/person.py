"""The way to a person: the universal, the queue, who holds, and what follows when nobody is there.

Nothing here asks understanding, articles or services: it works when all of them are broken.
"""

from __future__ import annotations

from presszero.dialogue import effects, events
from presszero.dialogue.effects import Button
from presszero.dialogue.flow import Operator, Target
from presszero.dialogue.moves import digress, drop_to_top, end_flow, go, queue_here, resume
from presszero.dialogue.scene import Scene
from presszero.dialogue.state import Pending
from presszero.dialogue.verbs import ask_again, hand_off, run

HANDOFF_FLOW = "to_operator"


def call_person(scene: Scene) -> None:
    """The operator universal: from any state, at once."""
    scene.count("operator_asked")
    drop_pending(scene)
    scene.change(offer=None, misses=0, later=())
    if scene.state.holder == "queue":
        hand_off(scene, scene.state.queue, {}, "", "place")
        return
    scene.count_here("person")
    flow = scene.flows.flow(HANDOFF_FLOW)
    # The flow only supplies the words around the handoff: whatever an author put before it is skipped here,
    # and one that hands nothing over is not asked at all.
    handing = next((s.id for s in flow.steps.values() if isinstance(s, Operator)), "") if flow else ""
    if flow is None or not handing:
        scene.change(asking=False)
        hand_off(scene, queue_here(scene), {}, scene.top.flow if scene.top else "")
        return
    if any(f.flow == HANDOFF_FLOW for f in scene.state.frames):
        while scene.top and scene.top.flow != HANDOFF_FLOW:
            scene.change(frames=scene.state.frames[:-1])
        scene.change(frames=scene.state.frames[:-1], asking=False)
    digress(scene, flow, step=handing)
    run(scene)


def drop_pending(scene: Scene) -> None:
    """Whatever was awaited is awaited no more: a late answer finds no one by its id."""
    scene.change(pending=None)
    for purpose in ("call", "working", "wait"):
        scene.cancel_timer(purpose)


def handoff_answered(scene: Scene, event: events.HandoffAnswered, why: str) -> None:
    """The queue took the conversation, or nobody takes any now."""
    verb = scene.verb if why == "step" else None
    own = verb if isinstance(verb, Operator) else None
    if scene.top:
        scene.change_top(values={**scene.top.values, "queue": event.queue})
    if event.outcome == "queued":
        _queued(scene, event, own)
        return
    way = _nobody_exit(own, event.outcome)
    if way is not None:
        go(scene, *way)
        run(scene)
    else:
        write_down(scene, event.outcome)


def _nobody_exit(verb: Operator | None, outcome: str) -> tuple[Target, str] | None:
    """Where it goes on without a person, and the name of that exit; one stands in for the other."""
    names = ("out_of_hours", "nobody") if outcome == "out_of_hours" else ("nobody", "out_of_hours")
    found = ((getattr(verb, name, None), name) for name in names)
    return next(((target, name) for target, name in found if target is not None), None)


def _queued(scene: Scene, event: events.HandoffAnswered, own: Operator | None) -> None:
    first = scene.state.holder == "bot"
    scene.change(holder="queue", queue=str(event.queue.get("name", "")), asking=False)
    known = {"queue": event.queue}
    text = scene.render(own.text, known) if own and own.text else ""
    if not text:
        text = scene.word("queued" if event.queue.get("place") else "queued_unknown", known)
    # The web chat has a card for the queue; everywhere else the ways out of it are buttons.
    ways = (Button(scene.word("leave_message"), "!note"), Button(scene.word("back_to_bot"), "!bot"))
    scene.say(text, *(() if scene.facts.channel == "web" else ways))
    if first and own and own.nobody_after:
        scene.set_timer("nobody", own.nobody_after)


def write_down(scene: Scene, outcome: str) -> None:
    """The engine's own last resort: a ticket at once."""
    ask_id = f"t{scene.serial()}"
    queue = scene.state.queue or queue_here(scene)
    origin = scene.top.flow if scene.top else ""
    ask = effects.OpenTicket(ask_id, queue=queue, text=scene.state.last_question, flow=origin)
    scene.put(ask, Pending("ticket", ask_id, outcome))


def written_down(scene: Scene, event: events.TicketAnswered, outcome: str) -> None:
    """The engine's own ticket is in: say so and go back to where the customer was."""
    scene.say_word("out_of_hours_note" if outcome == "out_of_hours" else "nobody_note", t=event.ticket)
    if scene.top and scene.top.flow == HANDOFF_FLOW:
        end_flow(scene)
    run(scene)


# people act


def took(scene: Scene, operator: str) -> None:
    """A person holds the conversation from now on."""
    if scene.state.holder == "person":
        return
    drop_pending(scene)
    scene.cancel_timer("nobody")
    scene.cancel_timer("silence")
    scene.change(holder="person", offer=None, later=())
    scene.say_system("person_joined", operator={"name": operator})
    scene.count("handoff_taken")


def released(scene: Scene, operator: str) -> None:
    """The person gave the conversation back: the flow goes on after ``returned``."""
    scene.change(holder="bot", queue="", hops=0)
    scene.say_system("person_left", operator={"name": operator})
    _go_on(scene, "returned")


def passed(scene: Scene, operator: str, queue: str) -> None:
    """The person put the conversation before other people: it waits in their queue."""
    drop_pending(scene)
    scene.cancel_timer("silence")
    scene.change(holder="queue", queue=queue, offer=None, later=())
    scene.say_system("person_passed", operator={"name": operator})
    scene.count("transferred")


def resolved(scene: Scene, operator: str) -> None:
    """The person settled it: what was under way before is over."""
    scene.change(holder="bot", queue="", hops=0, closing=True)
    scene.say_system("resolved", operator={"name": operator})
    scene.count("resolved")
    verb = scene.verb
    if isinstance(verb, Operator):
        drop_to_top(scene)
        scene.change(asking=False)
        go(scene, verb.resolved, "resolved")
        run(scene)
    else:
        scene.change(frames=(), asking=False, offer=None)


def left_queue(scene: Scene, *, note: bool) -> None:
    """The customer no longer waits: back to the bot, or a message is left for people."""
    if scene.state.holder == "person":
        return
    scene.cancel_timer("nobody")
    scene.change(holder="bot", queue=scene.state.queue if note else "", hops=0)
    scene.tells.append(effects.Unqueue())
    verb = scene.verb
    own = verb if isinstance(verb, Operator) else None
    if not note:
        _go_on(scene, "left")
    elif own and (way := _nobody_exit(own, "nobody")):
        go(scene, *way)
        run(scene)
    else:
        write_down(scene, "nobody")


def nobody_came(scene: Scene) -> None:
    """The promised time passed and nobody took the conversation."""
    if scene.state.holder == "queue":
        scene.count("nobody_came")
        left_queue(scene, note=True)


def _go_on(scene: Scene, exit_name: str) -> None:
    verb = scene.verb
    if isinstance(verb, Operator):
        target: Target | None = getattr(verb, exit_name)
        go(scene, target, exit_name)
    elif scene.top is not None:
        resume(scene)
    scene.change(asking=False)
    run(scene)
    if not scene.spoke:
        ask_again(scene)

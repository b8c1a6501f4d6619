"""Running steps: one function a verb. Each gives the target to go to, or None when the conversation waits there."""

from __future__ import annotations

from typing import Any, assert_never, cast

from presszero.dialogue import effects, flow
from presszero.dialogue.conditions import holds
from presszero.dialogue.effects import Button
from presszero.dialogue.flow import Option, Target, Verb
from presszero.dialogue.moves import MOST_FRAMES, end_flow, go, queue_here, start_flow
from presszero.dialogue.scene import Scene
from presszero.dialogue.state import Answered, Pending
from presszero.dialogue.text import Text, lookup, render, show
from presszero.lang.words import words


def run(scene: Scene) -> None:
    """Runs steps until something is awaited or nothing is left to run."""
    while scene.ask is None and not scene.state.asking and scene.state.pending is None and scene.state.offer is None:
        if scene.top is None or "wait" in scene.state.timers or scene.state.holder != "bot":
            return
        verb = scene.verb
        if verb is None or not scene.hop():
            escape(scene, "moved" if verb is None else "bound")
            return
        way = execute(scene, verb)
        if way is not None:
            go(scene, *way)


def escape(scene: Scene, why: str) -> None:
    """The flow cannot go on: say so, count it with its place, and call a person instead of standing still."""
    top = scene.top
    scene.count(f"{why}:{top.flow}/{top.step}" if top else why)
    scene.say_word("flow_moved" if why == "moved" else "broken")
    scene.change(frames=(), asking=False, offer=None, hops=0)
    hand_off(scene, queue="", brief={}, origin=top.flow if top else "")


Way = tuple[Target, str]  # where it goes on, and the name of the exit


def execute(scene: Scene, verb: Verb) -> Way | None:  # noqa: C901 - one case a verb
    """Runs one step."""
    match verb:
        case flow.Say():
            scene.say(scene.render(verb.text), picture=verb.picture, file=verb.file, link=verb.link)
            return verb.next, "next"
        case flow.Menu():
            return _menu(scene, verb)
        case flow.Ask():
            return _ask(scene, verb)
        case flow.Set():
            return _set(scene, verb)
        case flow.When():
            values = scene.values()
            held = (
                (target, f"if {n}") for n, (condition, target) in enumerate(verb.cases, 1) if holds(condition, values)
            )
            return next(held, (verb.otherwise, "else"))
        case flow.Call():
            return _call(scene, verb)
        case flow.Http():
            _http(scene, verb)
            return None
        case flow.Kb():
            search(scene, scene.render(verb.query), "step")
            return None
        case flow.Ticket():
            _ticket(scene, verb)
            return None
        case flow.Operator():
            _operator(scene, verb)
            return None
        case flow.Wait():
            scene.set_timer("wait", verb.seconds)
            return None
        case _:
            assert_never(verb)


# questions


def options(scene: Scene, menu: flow.Menu) -> tuple[Option, ...]:
    """The lines of a menu, also when they come from a service's list."""
    if not menu.options_from:
        return menu.options
    rows = lookup(scene.values(), menu.options_from)
    listed = cast("list[Any]", rows) if isinstance(rows, list | tuple) else []
    found = [_option(row) for row in listed if row]
    return tuple(found[: menu.max])


def _option(row: Any) -> Option:
    pair = cast("dict[str, Any]", row) if isinstance(row, dict) else {"value": row, "label": row}
    value, label = pair.get("value"), pair.get("label")
    name = show(label if label is not None else value)
    return Option(show(value if value is not None else label), Text({"": (name,)}))


def _menu(scene: Scene, menu: flow.Menu) -> Way | None:
    lines = options(scene, menu)
    if not lines:
        return menu.none_of_these or menu.give_up or scene.flows.common.give_up, "empty"
    scene.say(scene.render(menu.text), *buttons(scene, menu))
    scene.change(asking=True)
    return None


def buttons(scene: Scene, question: flow.Menu | flow.Ask) -> list[Button]:
    """The quick replies of a question."""
    top = scene.top
    at = f"{top.flow}/{question.id}/" if top else ""
    return _menu_buttons(scene, question, at) if isinstance(question, flow.Menu) else _ask_buttons(scene, question, at)


def _menu_buttons(scene: Scene, menu: flow.Menu, at: str) -> list[Button]:
    lines = options(scene, menu)
    found = [Button(scene.render(o.label), at + o.value, str(n) if n < 10 else "") for n, o in enumerate(lines, 1)]
    if menu.none_of_these:
        found.append(Button(scene.word("none_of_these"), at + "?none", str(len(lines) + 1)))
    return found


def _ask_buttons(scene: Scene, ask: flow.Ask, at: str) -> list[Button]:
    slot = scene.slot(ask.slot)
    found: list[Button] = []
    if slot and slot.type == "yes_no":
        found += [Button(scene.word("yes"), at + "yes", "1"), Button(scene.word("no"), at + "no", "2")]
    if slot and slot.type == "rating":
        low, high = int(slot.min or 1), int(slot.max or 5)
        found += [
            Button(str(n), at + str(n), str(n) if 0 < n < 10 else "") for n in range(low, min(high, low + 10) + 1)
        ]
    hash_key = "#" if scene.facts.channel == "voice" else ""  # an empty entry
    if ask.optional:
        found.append(Button(scene.word("skip"), at + "?skip", hash_key))
    elif ask.dont_know:
        found.append(Button(scene.word("dont_know"), at + "?dont_know", hash_key))
    return found


def wants(scene: Scene, question: flow.Menu | flow.Ask | None) -> str:
    """What the question could be answered with by a messenger's own button: a phone number, a place on the map."""
    slot = scene.slot(question.slot) if isinstance(question, flow.Ask) else None
    return slot.type if slot and slot.type in {"phone", "location"} else ""


def _ask(scene: Scene, ask: flow.Ask) -> Way | None:
    if _known(scene, ask):
        return ask.next, "next"
    scene.say(scene.render(ask.text), *buttons(scene, ask), wants=wants(scene, ask))
    scene.change(asking=True)
    if ask.metric:
        scene.change(surveys={**scene.state.surveys, ask.metric.name: scene.event.at})
    return None


def _known(scene: Scene, ask: flow.Ask) -> bool:
    """Whether the answer is known and fresh; a question that is come back to is asked again."""
    top = scene.top
    if top is None:
        return False
    if any(a.step == ask.id for a in top.answered):
        kept = tuple(a for a in top.answered if a.step != ask.id)
        scene.change_top(answered=kept, values={k: v for k, v in top.values.items() if k != ask.slot})
        return False
    if ask.metric and _surveyed(scene, ask.metric):
        return True
    slot = scene.slot(ask.slot)
    value = top.values.get(ask.slot)
    if value is None and slot and slot.remember == "customer":
        kept_value, at = scene.facts.remembered.get(ask.slot, (None, 0.0))
        value = kept_value if scene.event.at - at <= slot.fresh else None
        if value is None:
            value = scene.facts.customer.get(ask.slot)
    if value is None:
        return False
    scene.change_top(
        values={**top.values, ask.slot: value}, answered=(*top.answered, Answered(ask.id, ask.slot, skipped=True))
    )
    return True


def _surveyed(scene: Scene, metric: flow.Metric) -> bool:
    _, remembered_at = scene.facts.remembered.get(f"metric:{metric.name}", (None, 0.0))
    last = max(scene.state.surveys.get(metric.name, 0.0), remembered_at)
    return bool(last) and scene.event.at - last < metric.once_per


# values and other flows


def _set(scene: Scene, verb: flow.Set) -> Way:
    values = scene.values()
    for name, template in verb.values.items():
        scene.keep(name, render(template, scene.state.lang, values))
    if verb.tags:
        scene.tells.append(effects.Label(verb.tags))
    return verb.next, "next"


def _call(scene: Scene, verb: flow.Call) -> Way | None:
    called = scene.flows.flow(verb.flow)
    if called is None or len(scene.state.frames) >= MOST_FRAMES:
        return verb.next, "next"
    values = scene.values()
    given = {name: render(template, scene.state.lang, values) for name, template in verb.given.items()}
    start_flow(scene, called, "call", dict(given))
    return None


# what the runtime is asked for


def _http(scene: Scene, verb: flow.Http) -> None:
    values = scene.values()
    given = {name: render(template, scene.state.lang, values) for name, template in verb.given.items()}
    call_id = f"c{scene.serial()}"
    service = scene.flows.services.get(verb.call)
    if service and service.writes:
        posted(scene)
    scene.put(effects.StartCall(call_id, verb.call, given), Pending("call", call_id, "step"))
    scene.set_timer("working", 2.0)
    # The worker answers long before; this is the promise that a lost answer cannot hold a customer for good.
    scene.set_timer("call", (service.timeout if service else 5.0) * 4 + 60.0)


def posted(scene: Scene) -> None:
    """A POST is on its way: answers before it can no longer be taken back."""
    top = scene.top
    if top:
        scene.change_top(posted=True, fixed=len(top.answered))


def search(scene: Scene, query: str, why: str, guesses: tuple[str, ...] = ()) -> None:
    """Asks the articles."""
    ask_id = f"k{scene.serial()}"
    scene.put(effects.SearchKb(ask_id, query, scene.state.lang), Pending("kb", ask_id, why, query, guesses))


def _ticket(scene: Scene, verb: flow.Ticket) -> None:
    values = scene.values()
    lang = scene.state.lang
    fields = {k: v for k, t in verb.fields.items() if (v := render(t, lang, values))}
    number = "".join(c for c in render(verb.number, lang, values) if c.isdigit())[:12]
    ask_id = f"t{scene.serial()}"
    top = scene.top
    opened = top.tickets if top else ()
    if verb.what == "find":
        scene.put(effects.FindTicket(ask_id, int(number) if number else None), Pending("find", ask_id, "step"))
    elif verb.what == "update" or opened:
        # A corrected answer changes the ticket that this flow has opened; it never opens a second one.
        target = int(number) if number else (opened[-1] if opened else (scene.state.tickets or (0,))[-1])
        scene.put(
            effects.UpdateTicket(ask_id, target, fields, verb.category, verb.priority),
            Pending("update", ask_id, "step"),
        )
    else:
        origin = top.flow if top else ""
        queue = verb.queue or queue_here(scene)
        ask = effects.OpenTicket(ask_id, verb.category, verb.priority, queue, fields, text=_words(scene), flow=origin)
        if verb.notify:
            ask = effects.OpenTicket(
                ask_id, verb.category, verb.priority, queue, fields, verb.notify, _words(scene), origin
            )
        scene.put(ask, Pending("ticket", ask_id, "step"))


def _words(scene: Scene) -> str:
    """What the customer said, for the title and the classifier: the question that began it and the free texts."""
    said = [scene.state.last_question]
    for frame in scene.state.frames:
        said += [v for v in frame.values.values() if isinstance(v, str) and len(words(v)) > 2]
    return " ".join(dict.fromkeys(s for s in said if s))[:1000]


def _operator(scene: Scene, verb: flow.Operator) -> None:
    queue = verb.queue if verb.queue not in {"", "here"} else queue_here(scene)
    brief = {name: show(found) for name in verb.brief if (found := scene.find(name))}
    top = scene.top
    hand_off(scene, queue, brief, top.flow if top else "", "step", patient=bool(verb.nobody_after))


def hand_off(
    scene: Scene, queue: str, brief: dict[str, str], origin: str, why: str = "person", *, patient: bool = False
) -> None:
    """Puts the conversation before people."""
    ask_id = f"h{scene.serial()}"
    scene.put(
        effects.HandOff(ask_id, queue, origin, brief, scene.state.last_question, patient),
        Pending("handoff", ask_id, why),
    )


def ask_again(scene: Scene) -> None:
    """Puts the open question once more, or ends what cannot be asked."""
    if scene.top is None:
        return
    if scene.state.offer is None and scene.state.pending is None:
        scene.change(asking=False)
        if scene.verb is None:
            end_flow(scene)
        run(scene)

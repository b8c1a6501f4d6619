"""People inside a flow while another version of it is published: they finish, are moved, begin again, or get a person.

It happens when the flow next speaks, so that publishing touches no conversation, and it must never leave a frame on a
version that nobody has any more.
"""

from __future__ import annotations

import re
from typing import Any

from presszero.dialogue.flow import Ask, Flow, Http, Kb, Menu, Retired, Slot, Wait
from presszero.dialogue.scene import Scene
from presszero.dialogue.slots import fits
from presszero.dialogue.state import Frame

_LOOKS = {
    "digits": re.compile(r"\d+"),
    "phone": re.compile(r"\+?\d{5,15}"),
    "email": re.compile(r"\S+@\S+"),
    "date": re.compile(r"\d{4}-\d\d-\d\d"),
    "time": re.compile(r"\d\d?:\d\d"),
    "yes_no": re.compile("yes|no"),
}


def bring(scene: Scene) -> bool:
    """Brings the flow that speaks to a version that may run. True when its open question is gone: then ``run`` goes on."""
    top = scene.top
    if top is None:
        return False
    now, key = scene.flows.flows.get(top.flow), (top.flow, top.version)
    if now is not None and now.version == top.version:
        return False
    gone = scene.flows.retired.get(key)
    if key in scene.flows.kept and (gone is None or (gone.policy == "keep" and scene.event.at < gone.until)):
        return False
    if now is not None and (gone or Retired()).policy == "restart":
        _restart(scene, top, now)
        return True
    if now is not None and top.step in now.steps:
        return _move(scene, top, now)
    # No such step any more: a frame without one is led to a person by ``run``.
    _forget_question(scene)
    scene.change_top(version=now.version if now else "")
    scene.count(f"version_gone:{top.flow}/{top.step}")
    return True


def _restart(scene: Scene, top: Frame, now: Flow) -> None:
    _forget_question(scene)
    frame = Frame(now.name, now.version, now.first, top.why, top.queue, tickets=top.tickets)
    scene.change(frames=(*scene.state.frames[:-1], frame), misses=0)
    scene.say_word("flow_restarted")
    scene.count(f"version_restarted:{top.flow}")


def _move(scene: Scene, top: Frame, now: Flow) -> bool:
    """The same step of the new version, with what still fits; True when it is another kind of step."""
    values = {name: value for name, value in top.values.items() if _still_fits(now, name, value)}
    answered = tuple(a for a in top.answered if a.step in now.steps and (a.slot in values or a.slot not in top.values))
    fixed = min(top.fixed, len(answered))
    scene.change_top(version=now.version, values=values, answered=answered, fixed=fixed)
    scene.count(f"version_moved:{top.flow}")
    verb, state = now.steps[top.step], scene.state
    pending = state.pending
    calls = pending is not None and pending.kind == "call" and (pending.origin or pending.why) == "step"
    caller = Kb if pending is not None and pending.origin else Http
    other = (
        (state.asking and not isinstance(verb, Menu | Ask))
        or ("wait" in state.timers and not isinstance(verb, Wait))
        or (calls and not isinstance(verb, caller))
    )
    if other:
        _forget_question(scene)
    return other


def _forget_question(scene: Scene) -> None:
    scene.change(asking=False, offer=None, pending=None, later=())
    for purpose in ("call", "working", "wait"):
        scene.cancel_timer(purpose)


def _still_fits(now: Flow, name: str, value: Any) -> bool:
    slot = now.slots.get(name)
    if slot is not None:
        return _fits(slot, value)
    menu = next((s for s in now.steps.values() if isinstance(s, Menu) and s.save == name), None)
    return menu is None or bool(menu.options_from) or value in {option.value for option in menu.options}


def _fits(slot: Slot, value: Any) -> bool:
    if not isinstance(value, str):
        return slot.type not in _LOOKS
    looks = _LOOKS.get(slot.type)
    return (looks is None or looks.fullmatch(value) is not None) and fits(slot, value)

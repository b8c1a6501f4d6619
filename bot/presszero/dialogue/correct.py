"""Corrections: "no, I meant 654321", "I got the address wrong", or a value that can only be meant for an earlier question.

The newest answer that fits is changed, what was filled after it is dropped, and the flow runs again from there.
"""

from __future__ import annotations

import re

from presszero.dialogue.answers import Taken, read_menu, read_value
from presszero.dialogue.effects import Button
from presszero.dialogue.flow import Menu
from presszero.dialogue.moves import go
from presszero.dialogue.parse import Parse
from presszero.dialogue.scene import Scene
from presszero.dialogue.state import Answered, Choice, Offer
from presszero.dialogue.text import show
from presszero.dialogue.verbs import ask_again, run
from presszero.lang.fold import fold

_PHRASE = re.compile(
    r"\b(?:я имела? в виду|имела? в виду|я ошиб(?:ся|лась)|ошиб(?:ся|лась|ка)|неправильн\w+|неверн\w+"
    r"|исправ\w+|опечат\w+|вернее|точнее|поправ\w+"
    r"|i meant?|meant to|wrong|mistake|typo|correction|rather|sorry,? it'?s|actually)\b"
)
_OPENING = re.compile(r"(?:(?:нет|ой|стоп|no|oops|wait|sorry)\W+)?(?:" + _PHRASE.pattern.removeprefix(r"\b") + ")")
_NAMES = {
    "address": ("адрес", "address"),
    "phone": ("телефон", "phone"),
    "email": ("почт", "mail"),
    "date": ("дат", "день", "дн", "date", "day"),
    "time": ("врем", "time"),
    "digits": ("номер", "договор", "number", "contract"),
}
_KINDS = frozenset(_NAMES) | {"number", "rating"}


def correction(scene: Scene, text: str, parse: Parse) -> bool:
    """Takes a text as a correction of an earlier answer; False when it is not one."""
    top = scene.top
    if top is None or not any(not a.skipped or a.slot in top.values for a in top.answered):
        return False
    said = phrased(text)
    found = _meant(scene, text, parse, said=said)
    if found:
        return apply(scene, found[0], found[1])
    if said:
        named = _named(scene, fold(text))
        if named:
            return ask_once_more(scene, named)
    return False


def phrased(text: str, *, opening: bool = False) -> bool:
    """Whether a text says that it corrects something; ``opening`` = only when it begins so, as inside a free text."""
    folded = fold(text)
    return bool(_OPENING.match(folded) if opening else _PHRASE.search(folded))


def _meant(scene: Scene, text: str, parse: Parse, *, said: bool) -> tuple[Answered, str] | None:
    """The earlier answer that a value in the text replaces. Without a correction phrase it must be the only one that fits."""
    top = scene.top
    if top is None:
        return None
    fitting: list[tuple[Answered, str]] = []
    for answer in reversed(top.answered):
        value = _value_for(scene, answer, text, parse, said=said)
        if value is not None and show(top.values.get(answer.slot)) != value:
            fitting.append((answer, value))
    return fitting[0] if len(fitting) == 1 or (said and fitting) else None


def _value_for(scene: Scene, answer: Answered, text: str, parse: Parse, *, said: bool) -> str | None:
    flow = scene.flow
    question = flow.steps.get(answer.step) if flow else None
    if isinstance(question, Menu):
        if not said and text.strip().isdigit():
            return None  # a bare digit is about the menu in front, never about an earlier one
        reading = read_menu(scene, question, text, parse)
        return reading.value if isinstance(reading, Taken) else None
    slot = scene.slot(answer.slot)
    if slot is None or slot.type not in _KINDS:
        return None
    if slot.type == "address":
        return next((v.value for v in parse.values if v.kind == "address"), None)
    reading = read_value(slot, text, parse)
    return reading.value if isinstance(reading, Taken) else None


def _named(scene: Scene, text: str) -> Answered | None:
    """The earlier answer that is called by its name: "I got the address wrong"."""
    top = scene.top
    for answer in reversed(top.answered if top else ()):
        slot = scene.slot(answer.slot)
        stems = _NAMES.get(slot.type, ()) if slot else ()
        if any(stem in text for stem in stems):
            return answer
    return None


def apply(scene: Scene, answer: Answered, value: str) -> bool:
    """Changes an earlier answer and runs the flow again from there."""
    if not _may_change(scene, answer):
        return True
    _drop_from(scene, answer)
    top = scene.top
    flow = scene.flow
    question = flow.steps.get(answer.step) if flow else None
    if top is None or question is None:
        return False
    scene.keep(answer.slot, value)
    if scene.top:
        scene.change_top(answered=(*scene.top.answered, Answered(answer.step, answer.slot)), step=answer.step)
    scene.say_word("corrected", value=value)
    scene.change(asking=False, offer=None, misses=0)
    option = next((o for o in question.options if o.value == value), None) if isinstance(question, Menu) else None
    go(scene, (option.go if option else None) or question.next, value if option else "next")
    run(scene)
    return True


def ask_once_more(scene: Scene, answer: Answered) -> bool:
    """Puts an earlier question again."""
    if not _may_change(scene, answer):
        return True
    _drop_from(scene, answer)
    scene.change_top(step=answer.step)
    scene.change(asking=False, offer=None, misses=0)
    run(scene)
    return True


def _may_change(scene: Scene, answer: Answered) -> bool:
    """A POST is never repeated: behind one, a person is offered instead."""
    top = scene.top
    if top and top.posted and top.answered.index(answer) < top.fixed:
        scene.say_word("cannot_correct", scene.person_button())
        ask_again(scene)
        return False
    return True


def _drop_from(scene: Scene, answer: Answered) -> None:
    top = scene.top
    if top is None:
        return
    at = top.answered.index(answer)
    gone = {a.slot for a in top.answered[at:]}
    scene.change_top(
        answered=top.answered[:at],
        values={k: v for k, v in top.values.items() if k not in gone},
        passes={},
        fixed=min(top.fixed, at),
    )


def list_answers(scene: Scene) -> None:
    """Bare "correct": the answers of this flow as buttons."""
    top = scene.top
    asked = [a for a in (top.answered if top else ()) if top and show(top.values.get(a.slot))]
    if top is None or not asked:
        scene.say_word("nothing_to_correct", scene.person_button())
        ask_again(scene)
        return
    choices = tuple(Choice(a.step, show(top.values.get(a.slot))[:60]) for a in asked[-5:])
    scene.change(offer=Offer("correct", choices))
    buttons = [Button(c.label, f"!offer/correct/{c.value}", str(n)) for n, c in enumerate(choices, 1)]
    scene.say_word("correct_which", *buttons)


def chosen(scene: Scene, step: str) -> None:
    """An answer was picked from the list."""
    top = scene.top
    answer = next((a for a in reversed(top.answered if top else ()) if a.step == step), None)
    scene.change(offer=None)
    if answer is None:
        ask_again(scene)
    else:
        ask_once_more(scene, answer)

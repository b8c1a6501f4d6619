"""What a customer may say or press anywhere: operator, back, restart, repeat, correct, language."""

from __future__ import annotations

from presszero.dialogue.answers import takes_zero
from presszero.dialogue.correct import list_answers
from presszero.dialogue.flow import Ask, Menu
from presszero.dialogue.moves import end_flow, start_flow
from presszero.dialogue.parse import Parse
from presszero.dialogue.person import call_person, drop_pending
from presszero.dialogue.scene import Scene
from presszero.dialogue.verbs import ask_again, run
from presszero.lang.fold import fold
from presszero.lang.person import asks_for_person
from presszero.lang.politeness import bare


def said_by(scene: Scene, text: str, parse: Parse) -> str:
    """The universal a text calls, or nothing."""
    typed = fold(text)
    if typed == "0":
        verb = scene.verb if scene.state.asking else None
        return "" if takes_zero(scene, verb if isinstance(verb, Menu | Ask) else None) else "operator"
    phrases = scene.flows.person_phrases
    if asks_for_person(text, phrases) or (parse.text and parse.text != text and asks_for_person(parse.text, phrases)):
        return "operator"
    known = scene.flows.universal_words
    found = known.get(typed) or known.get(bare(text))
    if not found and parse.repairs:
        found = known.get(bare(parse.text))
    return found or ""


def universal(scene: Scene, name: str) -> None:
    """Does what a universal says."""
    if name == "operator":
        call_person(scene)
        return
    scene.count(f"universal:{name}")
    drop_pending(scene)
    scene.change(later=())
    match name:
        case "restart":
            restart(scene)
        case "back":
            back(scene)
        case "repeat":
            repeat(scene)
        case "correct":
            list_answers(scene)
        case _ if name.startswith("lang:"):
            language(scene, name.removeprefix("lang:"))
        case _ if name.startswith("flow:"):
            named(scene, name.removeprefix("flow:"))
        case _:
            ask_again(scene)


def home(scene: Scene) -> None:
    """The flow that greets, or a greeting when the desk has none."""
    flow = scene.flows.flow(scene.flows.common.home)
    if flow:
        start_flow(scene, flow, "start")
        run(scene)
    else:
        scene.say_word("hello", scene.person_button())


def named(scene: Scene, name: str) -> None:
    """A link from outside names a task: it begins, if it is one that customers may see."""
    flow = scene.flows.flow(name)
    if flow is None or not flow.listed:
        restart(scene)
        return
    scene.change(frames=(), asking=False, offer=None, misses=0)
    start_flow(scene, flow, "start")
    run(scene)


def restart(scene: Scene) -> None:
    """Everything under way is left; open tickets stay open."""
    scene.change(frames=(), asking=False, offer=None, misses=0)
    home(scene)


def back(scene: Scene) -> None:
    """The previous question of this flow, never across a ticket or a POST."""
    if scene.state.offer:
        scene.change(offer=None)
    top = scene.top
    asked = [n for n, a in enumerate(top.answered) if n >= top.fixed and not a.skipped] if top else []
    if top and asked:
        answer = top.answered[asked[-1]]
        gone = {a.slot for a in top.answered[asked[-1] :]}
        values = {k: v for k, v in top.values.items() if k not in gone}
        scene.change_top(step=answer.step, answered=top.answered[: asked[-1]], values=values)
        scene.change(asking=False, misses=0)
        run(scene)
    elif top and top.why == "digress" and not top.fixed:
        scene.change(asking=False)
        end_flow(scene)
        run(scene)
    else:
        scene.say_word("no_back")
        if top:
            ask_again(scene)
        else:
            home(scene)


def repeat(scene: Scene) -> None:
    """The open question again, or what was last said."""
    if scene.top and scene.state.asking:
        ask_again(scene)
        return
    if not scene.state.said:
        scene.say_word("nothing_to_repeat", scene.person_button())
    for text in scene.state.said:
        scene.say(text)


def language(scene: Scene, lang: str) -> None:
    """Speaks another language of the desk from now on; no name means the next one."""
    known = scene.flows.common.languages
    if not lang and known:
        lang = known[(known.index(scene.state.lang) + 1) % len(known) if scene.state.lang in known else 0]
    if lang in scene.flows.common.languages:
        scene.change(lang=lang)
    scene.say_word("language_set")
    if scene.top:
        ask_again(scene)

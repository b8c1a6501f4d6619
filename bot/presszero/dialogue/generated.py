"""An answer that a language model writes from the passages found: asked for as a pending call, shown with its sources.

Whatever goes wrong, the customer gets what they would have got without it; and nobody waits who does not want to.
"""

from __future__ import annotations

from typing import Any, cast

from msgspec.structs import replace

from presszero.dialogue import effects, events, offers
from presszero.dialogue.flow import Kb
from presszero.dialogue.knowledge import Answer, Passage
from presszero.dialogue.person import drop_pending
from presszero.dialogue.scene import Scene
from presszero.dialogue.state import Pending

CALL = "generated"  # the name of the call and the reason of its Pending; services have a dot in theirs
SPENT = "generated_cost"  # the count of a day's cost, in millionths of whatever the prices are in
WAIT = 1.0  # seconds after which the customer is told that it takes a while
LONGEST = 60.0  # a lost answer holds nobody longer; the worker's own limit is far below


def begins(scene: Scene, pending: Pending, answer: Answer) -> bool:
    """Asks for a generated answer, where one is wanted and something verbatim would be shown."""
    verb = scene.verb
    in_step = pending.why == "step" and isinstance(verb, Kb)
    by_author = in_step and isinstance(verb, Kb) and verb.several is not None and len(answer.passages) > 1
    may_suggest = (in_step and not by_author) or (not in_step and scene.top is None)
    if not answer.asked or pending.why == "picked" or not (answer.kind == "answer" or may_suggest):
        return False
    call = f"c{scene.serial()}"
    kept = replace(answer, asked="")
    why = "step" if in_step else "place"
    scene.put(
        effects.StartCall(call, CALL, {"question": answer.asked, "lang": scene.state.lang}),
        Pending("call", call, CALL, pending.text, pending.guesses, kept, why),
    )
    scene.set_timer("working", WAIT)
    scene.set_timer("call", LONGEST)
    return True


def awaited(scene: Scene) -> bool:
    """Whether a generated answer is awaited."""
    pending = scene.state.pending
    return pending is not None and pending.why == CALL


def answered(scene: Scene, pending: Pending, event: events.CallAnswered) -> bool:
    """Shows it, or what would have been shown without it; False = there is nothing to show."""
    answer = pending.answer or Answer("none")
    cited = _cited(answer, event.data.get("cited"))
    text = event.data.get("text")
    if event.outcome == "ok" and isinstance(text, str) and text and cited:
        _say(scene, text, cited)
        if pending.origin == "step" and isinstance(scene.verb, Kb):
            offers.offer_helped(scene, cited[0].article)
        else:
            offers.after_place(scene, cited[0].article)
        return True
    scene.count(f"not_generated:{event.data.get('why') or event.outcome}")
    return offers.kb_answered(scene, pending.origin, pending.text, pending.guesses, answer)


def give_way(scene: Scene) -> None:
    """The customer goes on before it came: the passage at once, and nothing later."""
    pending = scene.state.pending
    drop_pending(scene)
    if pending is None or pending.answer is None:
        return
    scene.count("not_generated:went_on")
    if pending.origin == "step":
        offers.kb_answered(scene, pending.origin, pending.text, pending.guesses, pending.answer)
    elif pending.answer.kind == "answer":
        offers.say_passage(scene, pending.answer.passages[0])


def _cited(answer: Answer, told: Any) -> tuple[Passage, ...]:
    """The passages that the answer names, in its order."""
    numbers = cast("list[Any]", told or [])
    fit = [n for n in numbers if isinstance(n, int) and 0 <= n < len(answer.passages)]
    return tuple(answer.passages[n] for n in fit) if len(fit) == len(numbers) else ()


def _say(scene: Scene, text: str, cited: tuple[Passage, ...]) -> None:
    links = tuple((p.title, p.article) for p in cited)
    note = scene.word("generated_note" if len(cited) == 1 else "generated_note_several")
    scene.say(f"{text}\n\n{note}", article=cited[0].article, links=links, generated=True)
    titles = [p.title for p in cited]
    scene.change(tried=(*[t for t in scene.state.tried if t not in titles], *titles)[-8:])
    for passage in cited:
        scene.count(f"shown:{passage.article}")
    scene.count("kb_answer")
    scene.count("generated")

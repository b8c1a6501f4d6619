"""The engine's own small questions: did the article help, which of these articles, did you mean one of these flows."""

from __future__ import annotations

from msgspec.structs import replace

from presszero.dialogue import correct
from presszero.dialogue.effects import Button, Count
from presszero.dialogue.flow import Kb
from presszero.dialogue.knowledge import Answer, Passage
from presszero.dialogue.moves import digress, go
from presszero.dialogue.parse import Parse
from presszero.dialogue.scene import Scene
from presszero.dialogue.state import Choice, Offer
from presszero.dialogue.verbs import ask_again, run, search
from presszero.lang.fold import fold
from presszero.lang.match import match_option

_ALSO = {
    ("helped", "yes"): (
        "помогло",
        "уже помогло",
        "получилось",
        "заработало",
        "it helped",
        "helped",
        "it works",
        "works now",
    ),
    ("helped", "no"): (
        "не помогло",
        "не помогает",
        "не получилось",
        "did not help",
        "didn't help",
        "does not help",
        "nope",
        "not really",
    ),
}


def say_passage(scene: Scene, passage: Passage, *buttons: Button) -> None:
    """A verbatim passage with the link to its article."""
    scene.say(passage.text, *buttons, article=passage.article, links=((passage.title, passage.article),))
    tried = (*[t for t in scene.state.tried if t != passage.title], passage.title)[-8:]
    scene.change(tried=tried)
    scene.count(f"shown:{passage.article}")


def offer_helped(scene: Scene, slug: str) -> None:
    """Asks whether the article helped."""
    choices = (Choice("yes", scene.word("yes")), Choice("no", scene.word("no")))
    scene.change(offer=Offer("helped", choices, slug), asking=False)
    scene.say_word("did_help", *choice_buttons("helped", choices), scene.person_button())


def offer_articles(scene: Scene, answer: Answer) -> None:
    """Up to three articles that may fit."""
    choices = tuple(Choice(p.article, p.title) for p in answer.passages[:3])
    scene.change(offer=Offer("articles", (*choices, Choice("?none", scene.word("none_of_these")))), asking=False)
    links = tuple((p.title, p.article) for p in answer.passages[:3])
    offer = scene.state.offer
    word = "several" if len(links) > 1 else "one_article"
    scene.say_word(word, *choice_buttons("articles", offer.choices if offer else ()), scene.person_button())
    for title, _ in links:
        scene.change(tried=(*[t for t in scene.state.tried if t != title], title)[-8:])


def offer_flows(scene: Scene, names: tuple[str, ...]) -> bool:
    """Did you mean: up to three flows and the operator."""
    flows = [f for n in names if (f := scene.flows.flow(n)) and f.listed][:3]
    if not flows:
        return False
    choices = tuple(Choice(f.name, scene.render(f.title)) for f in flows)
    scene.change(offer=Offer("flows", choices))
    scene.say_word("did_you_mean", *choice_buttons("flows", choices), scene.person_button())
    return True


def choice_buttons(kind: str, choices: tuple[Choice, ...]) -> list[Button]:
    """The quick replies of an offer."""
    return [Button(c.label, f"!offer/{kind}/{c.value}", str(n)) for n, c in enumerate(choices, 1)]


def answer_by_text(scene: Scene, text: str, parse: Parse) -> bool:
    """Takes a typed answer to the open offer; False when it is none."""
    offer = scene.state.offer
    if offer is None:
        return False
    typed = fold(text).rstrip(".)")
    if typed.isdigit() and 1 <= int(typed[:3]) <= len(offer.choices):
        return take(scene, offer.kind, offer.choices[int(typed) - 1].value)
    found = match_option(text, [[c.label, *_ALSO.get((offer.kind, c.value), ())] for c in offer.choices])
    if found is None:
        said = next((v.value for v in parse.values if v.kind == "yes_no"), "")
        found = next((n for n, c in enumerate(offer.choices) if said and c.value == said), None)
    return found is not None and take(scene, offer.kind, offer.choices[found].value)


def take(scene: Scene, kind: str, value: str) -> bool:
    """Takes a choice of the open offer; False when that offer is not open or has no such choice."""
    offer = scene.state.offer
    if offer is None or offer.kind != kind or all(c.value != value for c in offer.choices):
        return False
    scene.change(offer=None, misses=0)
    match kind:
        case "helped":
            _helped(scene, offer, helped=value == "yes")
        case "articles":
            _article(scene, offer, value)
        case "flows":
            flow = scene.flows.flow(value)
            if flow:
                digress(scene, flow)
            run(scene)
        case _:
            correct.chosen(scene, value)
    return True


def _helped(scene: Scene, offer: Offer, *, helped: bool) -> None:
    scene.count(f"{'helped' if helped else 'not_helped'}:{offer.about}")
    verb = scene.verb
    if isinstance(verb, Kb):
        if helped:
            scene.say_word("glad")
        go(scene, verb.helped if helped else verb.next, "helped" if helped else "next")
        run(scene)
        return
    if helped:
        scene.say_word("glad")
    else:
        scene.say_word("not_helped", scene.person_button())
    if not _greets(scene):
        ask_again(scene)


def _article(scene: Scene, offer: Offer, value: str) -> None:
    if value == "?none":
        scene.count("none_fit")
        verb = scene.verb
        if isinstance(verb, Kb):
            go(scene, verb.next)
            run(scene)
            return
        scene.say_word("not_helped", scene.person_button())
        ask_again(scene)
        return
    title = next((c.label for c in offer.choices if c.value == value), value)
    search(scene, title, "picked")


def kb_answered(scene: Scene, why: str, query: str, guesses: tuple[str, ...], answer: Answer) -> bool:
    """Goes on after the articles answered; False = nothing in place, the text was not understood."""
    verb = scene.verb
    if why == "picked":
        _picked(scene, query, answer)
        return True
    if why == "step" and isinstance(verb, Kb):
        _step_answered(scene, verb, answer)
        return True
    if answer.kind == "answer":
        say_passage(scene, answer.passages[0])
        scene.tells.append(Count("kb_answer"))
        after_place(scene, answer.passages[0].article)
        return True
    if answer.kind == "suggest" and not _stands(scene):
        offer_articles(scene, answer)
        return True
    return bool(guesses) and offer_flows(scene, guesses)


def _stands(scene: Scene) -> bool:
    return scene.top is not None


def after_place(scene: Scene, slug: str) -> None:
    """After an answer in place: the open question again, or whether it helped when nothing but the greeting's menu is open."""
    greeting = _greets(scene)
    if _stands(scene) and scene.state.offer is None and not greeting:
        ask_again(scene)
    else:
        offer_helped(scene, slug)
        scene.change(asking=greeting)


def _greets(scene: Scene) -> bool:
    """Whether only the greeting's menu is open: put again it would push an answer out of sight, and it can still be pressed."""
    return scene.state.asking and [f.flow for f in scene.state.frames] == [scene.flows.common.home]


def _picked(scene: Scene, title: str, answer: Answer) -> None:
    wanted = next((p for p in answer.passages if p.title == title), answer.passages[0] if answer.passages else None)
    if wanted is None:
        scene.say_word("not_helped", scene.person_button())
        ask_again(scene)
        return
    say_passage(scene, replace(wanted, title=title))
    offer_helped(scene, wanted.article)


def _step_answered(scene: Scene, verb: Kb, answer: Answer) -> None:
    # The author asked for an article here: a single one that may fit is shown rather than asked about.
    if answer.kind == "answer" or (answer.kind == "suggest" and len(answer.passages) == 1):
        say_passage(scene, answer.passages[0])
        offer_helped(scene, answer.passages[0].article)
    elif answer.kind == "suggest" and verb.several is None:
        offer_articles(scene, answer)
    else:
        way = "several" if answer.kind == "suggest" else "nothing"
        go(scene, getattr(verb, way) or verb.next, way)
        run(scene)

"""Who takes a message, in order: a person, a button, universals, a correction, an answer, another flow, an article, or nobody."""

from __future__ import annotations

import msgspec

from presszero.dialogue import answers, events, generated, offers
from presszero.dialogue.answers import Refused, Taken
from presszero.dialogue.correct import correction, phrased
from presszero.dialogue.effects import Button, Remember
from presszero.dialogue.flow import Ask, Flow, Menu, ToFlow, Wait
from presszero.dialogue.moves import digress, go
from presszero.dialogue.parse import Parse, Value
from presszero.dialogue.person import HANDOFF_FLOW, call_person, left_queue, resolved
from presszero.dialogue.scene import Scene
from presszero.dialogue.slots import fits
from presszero.dialogue.state import Answered
from presszero.dialogue.text import Text
from presszero.dialogue.universals import home, said_by, universal
from presszero.dialogue.verbs import ask_again, buttons, run, search, wants
from presszero.lang.person import mentions_person
from presszero.lang.words import words

NODS = frozenset((
    "ок", "окей", "хорошо", "ладно", "понял", "поняла", "понятно", "спасибо", "сейчас", "попробую", "пробую",
    "жду", "ждем", "угу", "ага", "давайте", "да", "ok", "okay", "fine", "sure", "thanks", "thank", "you", "i",
    "will", "try", "it", "now", "got", "alright", "yes", "trying", "waiting",
))  # fmt: skip
_TAKES_NUMBER = frozenset({"phone", "digits", "text"})  # questions that a number sent with a button answers
_SENTENCE = 4  # words from which a caption is taken for a question of its own
MOST_LATER = 10  # texts kept in order while a call is pending


def heard(scene: Scene, event: events.Heard) -> None:
    """Takes a text."""
    if scene.state.holder == "person":
        return
    said = said_by(scene, event.text, event.parse)
    if scene.state.holder == "queue":
        _heard_in_queue(scene, said)
        return
    _language(scene, event)
    if said:
        universal(scene, said)
        return
    if _waits(scene, event):
        return
    if "wait" in scene.state.timers:
        if not _skips_wait(scene):
            _keep_for_later(scene, event)
            return
        if scene.state.asking and set(words(event.text)) <= NODS:
            return  # "ok, I will try" ends the pause; it does not answer what is asked after it
    understand(scene, event.text, event.parse)


def _heard_in_queue(scene: Scene, said: str) -> None:
    # What is written in the queue is for the person who will come; only a way out of the queue acts.
    if said == "operator":
        call_person(scene)
    elif said in {"back", "restart"}:
        left_queue(scene, note=False)


def _waits(scene: Scene, event: events.Heard) -> bool:
    """Whether what is awaited comes first; a generated answer never does, unless the words only say "ok, waiting"."""
    if generated.awaited(scene):
        if not (scene.state.asking or scene.state.offer) and set(words(event.text)) <= NODS:
            return True
        generated.give_way(scene)
        return False
    if scene.state.pending is not None:
        _keep_for_later(scene, event)
        return True
    return False


def _keep_for_later(scene: Scene, event: events.Heard | events.Pressed) -> None:
    if len(scene.state.later) < MOST_LATER:
        scene.change(later=(*scene.state.later, msgspec.json.encode(event).decode()))


def _skips_wait(scene: Scene) -> bool:
    verb = scene.verb
    if isinstance(verb, Wait) and verb.skip_on == "any_message":
        after_wait(scene)
        return True
    return False


def after_wait(scene: Scene) -> None:
    """Goes on after a pause that is over or was skipped."""
    scene.cancel_timer("wait")
    verb = scene.verb
    if isinstance(verb, Wait):
        go(scene, verb.next)
        run(scene)


def _language(scene: Scene, event: events.Heard) -> None:
    """The customer's language follows a sentence of at least three known words; one borrowed word never changes it."""
    parse, state = event.parse, scene.state
    if parse.lang is None or parse.lang == state.lang or parse.lang not in scene.flows.common.languages:
        return
    if not _written_in(event.text, parse.lang):
        return  # what was mended from another layout says nothing about the language
    first = not state.said and not state.frames
    if parse.known >= 3 or (first and parse.known >= 1 and _only_in(event.text, parse.lang)):
        scene.change(lang=parse.lang)


def _written_in(text: str, lang: str) -> bool:
    return any(_script(c) == lang for c in text)


def _only_in(text: str, lang: str) -> bool:
    """Whether every letter is of the language's script and it is more than one borrowed word."""
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and all(_script(c) == lang for c in letters)


def _script(letter: str) -> str:
    return (
        "ru"
        if "а" <= letter.lower() <= "я" or letter in "ёЁ"
        else "en"
        if letter.isascii() and letter.isalpha()
        else ""
    )


def understand(scene: Scene, text: str, parse: Parse) -> None:
    """Takes a text that no universal took."""
    verb = scene.verb if scene.state.asking else None
    question = verb if isinstance(verb, Menu | Ask) else None
    if phrased(text, opening=_free(scene, question)) and correction(scene, text, parse):
        return
    if offers.answer_by_text(scene, text, parse):
        return
    reading = answers.read(scene, question, text, parse) if question else None
    if question and isinstance(reading, Taken):
        if _free(scene, question) and mentions_person(text):
            scene.say_word("if_person_needed", scene.person_button())
        answer(scene, question, reading)
    elif correction(scene, text, parse):
        return
    elif isinstance(reading, Refused):
        miss(scene)
    else:
        _elsewhere(scene, text, parse)


def _free(scene: Scene, question: Menu | Ask | None) -> bool:
    slot = scene.slot(question.slot) if isinstance(question, Ask) else None
    return slot is not None and slot.type == "text"


def answer(scene: Scene, question: Menu | Ask, taken: Taken) -> None:
    """Keeps an answer and goes on."""
    name = question.save if isinstance(question, Menu) else question.slot
    if taken.value is not None and name:
        scene.keep(name, taken.value)
        top = scene.top
        if top:
            scene.change_top(answered=(*top.answered, Answered(question.id, name)))
    if isinstance(question, Ask) and question.metric and taken.value is not None:
        scene.count(f"metric:{question.metric.name}={taken.value}")
        scene.tells.append(Remember(f"metric:{question.metric.name}", taken.value))
    scene.change(asking=False, misses=0, offer=None)
    go(scene, taken.target or question.next, _way(question, taken))
    run(scene)


def _way(question: Menu | Ask, taken: Taken) -> str:
    """The name of the exit that an answer takes."""
    if isinstance(question, Menu):
        return "none_of_these" if taken.value is None else "next" if question.options_from else str(taken.value)
    return "next" if taken.value is not None else "dont_know" if taken.target is not None else "skip"


def _elsewhere(scene: Scene, text: str, parse: Parse) -> None:
    """The text is about something else: another flow, an article in place, or nothing that is known."""
    if len(words(text)) > 1 or not scene.state.last_question:
        scene.change(last_question=text.strip()[:500])
    # Digits alone name no task, whatever a model makes of them.
    acts = parse.band == "act" and any(c.isalpha() for c in text)
    flow = scene.flows.starting(parse.intent) if parse.intent and acts else None
    top = scene.top
    if flow and _only_yes_or_no(text, parse):
        flow = None
    if flow and not (top and top.flow == flow.name):
        digress(scene, flow, _told(flow, parse))
        scene.change(misses=0)
        run(scene)
        return
    if flow and _insists(scene):
        return
    if parse.intent == "operator" and acts and not mentions_person(text):
        call_person(scene)
        return
    _lost(scene, text, parse, search_it=flow is None)


def _lost(scene: Scene, text: str, parse: Parse, *, search_it: bool) -> None:
    """No flow is meant: an article in place, flows to choose from, or nothing understood."""
    # Over an open question its own options stand: a guess in their place would lose them.
    may_guess = parse.band == "offer" and parse.known > 0 and scene.state.misses == 0 and not scene.state.asking
    guesses = _guesses(scene, parse) if may_guess else ()
    if _only_yes_or_no(text, parse) and not scene.state.asking and scene.top is None:
        scene.say_word("anything_else", scene.person_button())
    elif search_it and _worth_searching(text):
        search(scene, text, "place", guesses)
    elif not (guesses and offers.offer_flows(scene, guesses)):
        miss(scene)


def _only_yes_or_no(text: str, parse: Parse) -> bool:
    return len(words(text)) <= 2 and any(v.kind == "yes_no" for v in parse.values)


def _insists(scene: Scene) -> bool:
    """The customer says again what this flow is about: an article did not help then, and a question is put once more."""
    if scene.state.offer and scene.state.offer.kind == "helped":
        return offers.take(scene, "helped", "no")
    if scene.state.offer or not scene.state.asking or scene.state.misses:
        return False
    scene.change(misses=1)
    ask_again(scene)
    return True


def _told(flow: Flow, parse: Parse) -> dict[str, str]:
    """What the sentence that starts a flow tells already: a slot whose kind it holds exactly one fitting value of."""
    told: dict[str, str] = {}
    for slot in flow.slots.values():
        if slot.type in {"digits", "phone", "email", "date", "time"}:
            same = [v.value for v in parse.values if v.kind == slot.type and fits(slot, v.value)]
            if len(same) == 1 and sum(s.type == slot.type for s in flow.slots.values()) == 1:
                told[slot.name] = same[0]
    return told


def _guesses(scene: Scene, parse: Parse) -> tuple[str, ...]:
    flows = [scene.flows.starting(g.intent) for g in parse.ranking[:5]]
    return tuple(dict.fromkeys(f.name for f in flows if f and f.listed))[:3]


def _worth_searching(text: str) -> bool:
    said = words(text)
    return any(len(w) > 2 and not w.isdigit() for w in said)


def miss(scene: Scene) -> None:
    """Not understood: tapered texts with the open question's buttons, then the give-up of the step or the desk."""
    misses = scene.state.misses + 1
    scene.change(misses=misses)
    scene.count("misunderstood")
    scene.count_here("miss")
    verb = scene.verb if scene.state.asking else None
    question = verb if isinstance(verb, Menu | Ask) else None
    texts = _tapered(scene, question)
    if misses > len(texts):
        scene.change(misses=0, asking=False, offer=None)
        scene.count("gave_up")
        _give_up(scene, question)
        return
    shown: list[Button] = []
    if scene.state.offer:
        shown = offers.choice_buttons(scene.state.offer.kind, scene.state.offer.choices)
    elif question:
        shown = buttons(scene, question)
    asked = question if scene.state.offer is None else None
    scene.say(texts[misses - 1], *shown, scene.person_button(), wants=wants(scene, asked))


def silent(scene: Scene) -> None:
    """Nothing was said into the telephone: the question once more, then as when nothing is understood."""
    state = scene.state
    if state.holder != "bot" or not (state.asking or state.offer):
        return
    if state.misses or state.offer:
        miss(scene)
        return
    reminder = scene.flows.common.reminder
    scene.change(misses=1)
    scene.count_here("drop")
    scene.say(scene.render(reminder) if reminder else scene.word("reminder"))
    ask_again(scene)


def _tapered(scene: Scene, question: Menu | Ask | None) -> list[str]:
    common: list[Text] = list(scene.flows.common.misunderstood)
    texts = [scene.render(t) for t in common] or [scene.word("misunderstood_1"), scene.word("misunderstood_2")]
    if isinstance(question, Ask):
        own = [scene.render(t) for t in question.invalid]
        slot = scene.slot(question.slot)
        if not own and slot:
            own = [t for t in [scene.word(f"invalid_{slot.type}")] if t]
        texts = own + texts[len(own) :]
    return [t for t in texts if t] or [scene.word("broken") or "?"]


def _give_up(scene: Scene, question: Menu | Ask | None) -> None:
    target = (question.give_up if question else None) or scene.flows.common.give_up
    if isinstance(target, ToFlow) and target.flow == HANDOFF_FLOW:
        if question:
            scene.left("give_up")
        call_person(scene)
        return
    go(scene, target, "give_up")
    run(scene)


def pressed(scene: Scene, event: events.Pressed) -> None:
    """Takes a button."""
    payload = event.payload
    if scene.state.holder == "person":
        if payload == "!end":
            resolved(scene, "")
        else:
            scene.count("stale_press")
        return
    if scene.state.holder == "queue":
        _pressed_in_queue(scene, payload)
        return
    if payload.startswith("!") and not payload.startswith("!offer/"):
        universal(scene, payload[1:])
        return
    if generated.awaited(scene):
        generated.give_way(scene)
    elif scene.state.pending is not None:
        _keep_for_later(scene, event)
        return
    _skips_wait(scene)
    press(scene, payload)


def _pressed_in_queue(scene: Scene, payload: str) -> None:
    if payload in {"!bot", "!note"}:
        left_queue(scene, note=payload == "!note")
    elif payload == "!operator":
        call_person(scene)
    elif payload.startswith("!lang:"):
        universal(scene, payload[1:])
    else:
        scene.count("stale_press")


def press(scene: Scene, payload: str) -> None:
    """A button of an offer or of the open question; any other is out of date and gets the current question."""
    if payload.startswith("!offer/"):
        kind, _, value = payload.removeprefix("!offer/").partition("/")
        if offers.take(scene, kind, value):
            return
    else:
        flow, _, rest = payload.partition("/")
        step, _, value = rest.partition("/")
        top, verb = scene.top, scene.verb
        if scene.state.asking and top and isinstance(verb, Menu | Ask) and (top.flow, top.step) == (flow, step):
            reading = answers.press(scene, verb, value)
            if isinstance(reading, Taken):
                answer(scene, verb, reading)
                return
    stale(scene)


def stale(scene: Scene) -> None:
    """The press came too late: the current question again."""
    scene.count("stale_press")
    scene.say_word("stale")
    if scene.state.offer:
        offer = scene.state.offer
        scene.say_word(
            "several" if offer.kind == "articles" else "did_help" if offer.kind == "helped" else "did_you_mean",
            *offers.choice_buttons(offer.kind, offer.choices),
            scene.person_button(),
        )
    elif scene.top:
        ask_again(scene)
    else:
        home(scene)


def digits(scene: Scene, event: events.Digits) -> None:
    """Keys of a telephone: 0 is the operator, * goes back, # ends an entry."""
    typed = event.digits.rstrip("#")
    key = _key(scene, event.digits)
    if key:
        press(scene, key)
        return
    values = tuple(
        Value(kind, typed, 0, len(typed)) for kind in ("digits", "number", "rating", "phone") if typed.isdigit()
    )
    heard(scene, events.Heard(at=event.at, facts=event.facts, text=typed, parse=Parse(text=typed, values=values)))


def _key(scene: Scene, typed: str) -> str:
    """The button that a single key is, where a question is answered by buttons rather than by digits."""
    state, verb = scene.state, scene.verb
    free = state.asking and state.holder == "bot" and state.pending is None and state.offer is None
    if not free or not isinstance(verb, Ask):
        return ""
    slot = scene.slot(verb.slot)
    if typed != "#" and not (slot and slot.type == "yes_no"):
        return ""
    return next((b.payload for b in buttons(scene, verb) if b.digit == typed.rstrip("#") or b.digit == typed), "")


def _says_something(scene: Scene, caption: events.Heard) -> bool:
    """Whether a caption is more than a name for the picture: "my receipts" is no miss."""
    verb = scene.verb if scene.state.asking else None
    question = verb if isinstance(verb, Menu | Ask) else None
    reading = answers.read(scene, question, caption.text, caption.parse) if question else None
    means = caption.parse.band == "act"
    long = len(words(caption.text)) >= _SENTENCE
    return bool(means or long or isinstance(reading, Taken) or said_by(scene, caption.text, caption.parse))


def file_came(scene: Scene, event: events.FileCame) -> None:
    """A file, a place, a number: the answer to a question that asks for one, else kept for people."""
    if scene.state.holder != "bot":
        return
    verb = scene.verb if scene.state.asking else None
    slot = scene.slot(verb.slot) if isinstance(verb, Ask) else None
    written = events.Heard(at=event.at, facts=event.facts, text=event.caption, parse=event.parse)
    if event.kind == "contact":
        if slot and slot.type in _TAKES_NUMBER:
            heard(scene, written)
        else:
            scene.say_word("contact_kept")
            ask_again(scene)
        return
    if isinstance(verb, Ask) and slot and slot.type in {"file", "location"}:
        answer(scene, verb, Taken(event.file))
        return
    scene.say_word("place_kept" if event.kind == "location" else "file_kept", scene.person_button())
    if event.kind == "file" and _says_something(scene, written):
        heard(scene, written)  # what is written under a picture is a message like any other
    elif not event.caption:
        ask_again(scene)

"""Verbs, exits and conditions in words that a lead reads, ru and en."""

from __future__ import annotations

from presszero.dialogue.conditions import All, AnyOf, Compare, Condition, Filled, Is, Not, Open, Tag
from presszero.dialogue.flow import Ask, Call, Http, Kb, Menu, Operator, Say, Set, Ticket, Verb, Wait, When

VERBS: dict[type, tuple[str, str]] = {
    Say: ("say", "текст"),
    Menu: ("menu", "меню"),
    Ask: ("ask", "вопрос"),
    Set: ("set", "значение"),
    When: ("when", "условие"),
    Call: ("call", "сценарий"),
    Http: ("service", "сервис"),
    Kb: ("article", "статья"),
    Ticket: ("ticket", "заявка"),
    Operator: ("operator", "оператор"),
    Wait: ("wait", "пауза"),
}
JUMP = ("jump", "переход")  # a step with nothing but ``go``
TICKETS = {"create": ("create", "создать"), "update": ("update", "изменить"), "find": ("find", "найти")}
EXITS = {
    "else": ("else", "иначе"),
    "give_up": ("gave up", "не поняли"),
    "dont_know": ("don't know", "не знает"),
    "skip": ("skip", "пропуск"),
    "none_of_these": ("none of these", "ничего из этого"),
    "empty": ("nothing to choose", "выбирать не из чего"),
    "not_found": ("not found", "не найдено"),
    "failed": ("failed", "сбой"),
    "helped": ("helped", "помогло"),
    "several": ("several fit", "подходит несколько"),
    "nothing": ("nothing found", "ничего не нашлось"),
    "out_of_hours": ("out of hours", "нерабочее время"),
    "nobody": ("nobody came", "никто не пришёл"),
    "left": ("customer left", "клиент ушёл из очереди"),
    "returned": ("given back", "вернули боту"),
    "resolved": ("resolved", "решено"),
}
_COMPARE = {"below": "<", "above": ">", "at_least": "≥", "at_most": "≤"}


def one(pair: tuple[str, str], lang: str) -> str:
    """The word of a language."""
    return pair[lang == "ru"]


def verb_word(verb: Verb, lang: str) -> str:
    """What a step does, in a word."""
    return one(JUMP if jump(verb) else VERBS[type(verb)], lang)


def jump(verb: Verb) -> bool:
    """Whether the step only leads on."""
    return (isinstance(verb, Set) and not verb.values and not verb.tags) or (isinstance(verb, When) and not verb.cases)


def exit_word(verb: Verb, name: str, lang: str) -> str:
    """An exit in words: an option by its label, a case by its condition."""
    if isinstance(verb, Menu):
        label = next((o.label for o in verb.options if o.value == name), None)
        if label is not None:
            return label.render(lang, {}) or name
    if isinstance(verb, When) and name.startswith("if "):
        return condition(verb.cases[int(name[3:]) - 1][0], lang)
    if jump(verb):
        return ""
    if name == "next":
        return one(("did not help", "не помогло"), lang) if isinstance(verb, Kb) else ""
    return one(EXITS[name], lang) if name in EXITS else name


def condition(what: Condition, lang: str) -> str:  # noqa: C901 - one case a condition
    """A condition in words."""
    match what:
        case All(of):
            return one((" and ", " и "), lang).join(_inner(c, lang) for c in of)
        case AnyOf(of):
            return one((" or ", " или "), lang).join(_inner(c, lang) for c in of)
        case Not(of):
            return f"{one(('not', 'не'), lang)} ({condition(of, lang)})"
        case Open(calendar):
            return f"{one(('open:', 'открыто:'), lang)} {calendar}"
        case Tag(tags):
            return f"{one(('tag', 'метка'), lang)} {' / '.join(tags)}"
        case Filled(path):
            return f"{'.'.join(path)} {one(('known', 'известно'), lang)}"
        case Is(path, values):
            return f"{'.'.join(path)} = {' / '.join(values)}"
        case Compare(path, how, number):
            return f"{'.'.join(path)} {_COMPARE[how]} {number:g}"


def _inner(what: Condition, lang: str) -> str:
    text = condition(what, lang)
    return f"({text})" if isinstance(what, All | AnyOf) else text

"""The verbs that speak with the customer: say, menu, ask."""

from __future__ import annotations

from presszero.dialogue.flow import Ask, Menu, Metric, Option, Say
from presszero.dialogue.text import Text
from presszero.flows.keys import STEP_KEYS
from presszero.flows.page import NOTHING, Page
from presszero.flows.part import Part
from presszero.flows.phrases import bare, phrases
from presszero.flows.step import At
from presszero.flows.targets import exit_to, target
from presszero.flows.texts import MOST_LABEL, text
from presszero.source.fields import Fields
from presszero.source.tree import Node

MOST_OPTIONS = 30
MOST_VALUE = 32
MOST_PAYLOAD = 64  # bytes of Telegram's callback_data: ``flow/step/value``


def say(page: Page, f: Fields, at: At) -> Say:
    """``say``: a text, and a picture, file or link with it."""
    said = f.get("say")
    words = text(page, said) if said is not None else NOTHING
    picture, file = (_media(page, f, key) for key in ("picture", "file"))
    return Say(at.id, at.line, at.next, words, picture, file, f.text("link", ""))


def menu(page: Page, f: Fields, at: At) -> Menu:
    """``menu``: a choice, saved under the menu's name."""
    named = f.get("menu")
    name = page.name(named) if named is not None else ""
    given = f.get("save")
    save = page.name(given) if given is not None else name
    listed, source = f.get("options"), f.get("options_from")
    if (listed is None) == (source is None):
        page.unsure = True
        if not (f.slipped("options", STEP_KEYS) or f.slipped("options_from", STEP_KEYS)):
            page.add(f.at("menu"), "PZ234")
    return Menu(
        at.id,
        at.line,
        at.next,
        text=asked(page, f),
        save=save,
        options=_options(page, listed, at) if listed is not None else (),
        options_from=_source(page, source) if source is not None else (),
        max=int(f.number("max", 8, 1, MOST_OPTIONS)),
        none_of_these=exit_to(page, f, "none_of_these"),
        give_up=exit_to(page, f, "give_up"),
        feedback=f.yes("feedback"),
    )


def ask(page: Page, f: Fields, at: At) -> Ask:
    """``ask``: fills a slot."""
    slot = f.get("ask")
    invalid = f.get("invalid")
    return Ask(
        at.id,
        at.line,
        at.next,
        slot=_slot(page, slot) if slot is not None else "",
        text=asked(page, f),
        invalid=_tapered(page, invalid) if invalid is not None else (),
        optional=f.yes("optional"),
        dont_know=exit_to(page, f, "dont_know"),
        give_up=exit_to(page, f, "give_up"),
        metric=_metric(page, f),
    )


def _slot(page: Page, node: Node) -> str:
    return page.known(node, "PZ212", None if page.names.unchecked and not page.own.slots else page.own.slots)


def asked(page: Page, f: Fields) -> Text:
    """The words of a question."""
    found = f.get("text", needed=True)
    return text(page, found) if found is not None else NOTHING


def _tapered(page: Page, node: Node) -> tuple[Text, ...]:
    return tuple(text(page, n) for n in (node.items if node.kind == "list" else (node,)))


def _metric(page: Page, f: Fields) -> Metric | None:
    name = f.get("metric")
    once, expires = f.seconds("once_per", 0.0), f.seconds("expires", 0.0)
    if name is not None:
        return Metric(page.name(name), once, expires)
    for key in ("once_per", "expires"):
        if f.has(key):
            page.add(f.at(key), "PZ245", key=key)
    return None


def _media(page: Page, f: Fields, key: str) -> str:
    """A picture or file: an address, or a file of the desk."""
    found = f.text(key, "")
    if found and "://" not in found and not page.desk.exists(found):
        page.add(f.at(key), "PZ239", name=found)
    return found


def _source(page: Page, node: Node) -> tuple[str, ...]:
    name = page.word(node)
    shape = page.names.find(name) if name else None
    if name and shape is None:
        page.unknown(node.place, "PZ224", name, [n for n, s in page.names.shapes.items() if s.kind in {"list", "any"}])
    elif shape is not None and shape.kind not in {"list", "any"}:
        page.fault(node, "PZ236", name=name)
    return tuple(name.split(".")) if name else ()


def _options(page: Page, node: Node, at: At) -> tuple[Option, ...]:
    if node.kind != "list" or not node.items:
        page.fault(node, "PZ183", wanted_en="a list of options", wanted_ru="список вариантов")
        return ()
    found: list[Option] = []
    seen: set[str] = set()
    for item in node.items:
        option = _option(page, item, at)
        if option.value in seen:
            page.fault(item.get("value") or item, "PZ235", value=option.value)
            page.unsure = True
        elif not option.value:
            page.unsure = True
        else:
            page.places[page.flow, at.id, "options", option.value] = item.place
            found.append(option)
        seen.add(option.value)
    return tuple(found)


def _option(page: Page, node: Node, at: At) -> Option:
    with Part(node, page) as f:
        named = f.get("value", needed=True)
        value = page.token(named) if named is not None else ""
        label = f.get("label", needed=True)
        also = f.get("also")
        go = f.get("go")
        payload = len(f"{page.flow}/{at.id}/{value}".encode())
        if len(value) > MOST_VALUE or payload > MOST_PAYLOAD:
            page.add(f.at("value"), "PZ221", size=str(max(len(value), payload)), limit=str(MOST_VALUE))
        return Option(
            value,
            text(page, label, most=MOST_LABEL, spoken=False) if label is not None else NOTHING,
            bare(phrases(page, also)) if also is not None else {},
            target(page, go) if go is not None else None,
        )

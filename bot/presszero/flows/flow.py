"""One file of `flows/`: a customer's task."""

from __future__ import annotations

from datetime import date
from typing import Literal, cast

from presszero.dialogue.flow import Flow, Policy
from presszero.errors import Place
from presszero.flows.model import FlowPhrase
from presszero.flows.page import NOTHING, Page
from presszero.flows.part import Part
from presszero.flows.phrases import bare, phrases
from presszero.flows.slots import slots
from presszero.flows.steps import steps
from presszero.flows.texts import MOST_LABEL, text
from presszero.flows.version import version
from presszero.source.fields import Fields
from presszero.source.tree import Node

DAY = 86400.0
FORMAT = "1"


def flow(page: Page, node: Node) -> tuple[Flow, list[FlowPhrase]]:
    """The compiled flow and the phrases that start it."""
    page.places[(page.flow,)] = node.place
    with Part(node, page) as f:
        head(page, f)
        _name(page, f)
        title = f.get("title", needed=True)
        intents, found = _starts_on(page, f)
        kept, drain = _publish(page, f)
        queue = f.get("queue")
        own_slots = slots(page, f.get("slots"))
        made = steps(page, f.get("steps", needed=True))
        _review(page, f)
        first = next(iter(made), "")
        return Flow(
            page.flow,
            text(page, title, most=MOST_LABEL, spoken=False) if title is not None else NOTHING,
            made,
            first,
            version=version(first, own_slots, made),
            file=page.file,
            queue=page.known(queue, "PZ232", page.desk.known.queues) if queue is not None else "",
            intents=intents,
            phrases={lang: tuple(p.text for p in found if p.lang == lang) for lang in {p.lang for p in found}},
            slots=own_slots,
            listed=f.yes("listed", default=True),
            in_flight=kept,
            drain=drain,
        ), found


def head(page: Page, f: Fields) -> None:
    """The number of the language's format."""
    number = f.text("format", FORMAT)
    if number != FORMAT:
        page.add(f.at("format"), "PZ190", text=number)


def _name(page: Page, f: Fields) -> None:
    node = f.get("flow", needed=True)
    before = len(page.found)
    if node is not None and page.name(node, reserved=()) != page.flow and len(page.found) == before:
        page.fault(node, "PZ207", name=node.text.strip(), file=page.file)


def _starts_on(page: Page, f: Fields) -> tuple[tuple[str, ...], list[FlowPhrase]]:
    node = f.get("starts_on")
    if node is None:
        return (), []
    with Part(node, page) as inner:
        named, said = inner.get("intents"), inner.get("phrases")
        nodes = () if named is None else named.items if named.kind == "list" else (named,)
        listed = tuple((n.place, word) for n in nodes if (word := page.token(n)))
        found = phrases(page, said) if said is not None else {}
    page.places[page.flow, "", "starts_on"] = node.place
    intents = tuple(name for _, name in listed) or ((page.flow,) if any(bare(found).values()) else ())
    for place, name in listed:
        page.places[page.flow, "", "intent", name] = place
    _trained(page, listed, said=bool(found))
    first = intents[0] if intents else ""
    return intents, [FlowPhrase(first, lang, t, at, page.flow) for lang, each in found.items() for t, at in each]


def _trained(page: Page, listed: tuple[tuple[Place, str], ...], *, said: bool) -> None:
    """An intent that nothing teaches starts nothing; the phrases here teach the first one."""
    known = page.desk.known.intents
    for place, name in listed[1 if said else 0 :]:
        if known is not None and name not in known:
            page.unknown(place, "PZ243", name, known)


def _publish(page: Page, f: Fields) -> tuple[Policy | Literal[""], float]:
    """What becomes of people inside; a flow that says nothing keeps them, and is refused where that would lose somebody."""
    node = f.get("publish")
    if node is None:
        return "", DAY
    with Part(node, page) as inner:
        policy = inner.choice("in_flight", ("keep", "move", "restart"), "keep") or "keep"
        return cast("Policy", policy), inner.seconds("drain", DAY)


def _review(page: Page, f: Fields) -> None:
    written = f.text("review_by", "")
    f.get("owner")
    if not written:
        return
    try:
        due = date.fromisoformat(written)
    except ValueError:
        page.add(f.at("review_by"), "PZ247", text=written)
        return
    if page.desk.known.today is not None and due < page.desk.known.today:
        page.add(f.at("review_by"), "PZ249", date=written)

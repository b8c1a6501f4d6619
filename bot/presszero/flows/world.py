"""The verbs that ask others: http, kb, ticket, operator."""

from __future__ import annotations

from typing import Literal, cast

from presszero.dialogue.flow import End, Http, Kb, Operator, Service, Target, Ticket
from presszero.dialogue.text import Template
from presszero.flows.course import values
from presszero.flows.keys import STEP_KEYS
from presszero.flows.names import BRIEF
from presszero.flows.page import NOTHING, Page
from presszero.flows.part import Part
from presszero.flows.step import At
from presszero.flows.targets import exit_to, target
from presszero.flows.texts import template, text
from presszero.source.fields import Fields
from presszero.source.nearest import nearest
from presszero.source.tree import Node

What = Literal["create", "update", "find"]
NOTICES = ("accepted", "status_changed", "resolved")
PRIORITIES = ("low", "normal", "high", "urgent")


def http(page: Page, f: Fields, at: At) -> Http:
    """``http``: a call named in config.yaml."""
    services, named = page.desk.known.services, f.get("http")
    name = page.known(named, "PZ229", services) if named is not None else ""
    given = values(page, f, "with")
    service = services.get(name) if services else None
    if service is not None:
        _parameters(page, f, service, given)
    failed, not_found = exit_to(page, f, "failed"), exit_to(page, f, "not_found")
    return Http(
        at.id,
        at.line,
        at.next,
        call=name,
        given=given,
        save=saved(page, f),
        not_found=not_found or failed,
        failed=failed,
    )


def _parameters(page: Page, f: Fields, service: Service, given: dict[str, Template]) -> None:
    wanted = f.get("with")
    if wanted is not None and wanted.kind != "map":
        return
    strange = [name for name in given if name not in service.takes]
    for name in strange:
        place = (wanted.key(name) if wanted is not None else None) or f
        page.unknown(place.place, "PZ230", name, service.takes)
    meant = {nearest(name, service.takes) for name in strange}
    for name in service.takes:
        if name not in given and name not in meant and not f.slipped("with", STEP_KEYS):
            page.add(f.at("with") if wanted is not None else f.at("http"), "PZ231", name=name, call=service.name)


def kb(page: Page, f: Fields, at: At) -> Kb:
    """``kb``: searches the articles."""
    asked = f.get("kb")
    query = text(page, asked, spoken=False) if asked is not None else NOTHING
    helped, several, nothing = (exit_to(page, f, key) for key in ("helped", "several", "nothing"))
    return Kb(at.id, at.line, at.next, query=query, helped=helped or End(), several=several, nothing=nothing)


def ticket(page: Page, f: Fields, at: At) -> Ticket:
    """``ticket``: create, update or find."""
    what = f.choice("ticket", ("create", "update", "find")) or "create"
    known = page.desk.known
    number = f.get("number")
    if number is None and what == "update":
        page.add(f.at("ticket"), "PZ246")
    return Ticket(
        at.id,
        at.line,
        at.next,
        what=cast("What", what),
        category=_reference(page, f.get("category"), "PZ233", known.categories),
        priority=f.choice("priority", PRIORITIES, ""),
        queue=_reference(page, f.get("queue"), "PZ232", known.queues),
        number=template(page, number) if number is not None else (),
        fields=values(page, f, "fields"),
        notify=_notices(page, f, what),
        save=saved(page, f),
        direct=f.yes("direct"),
        not_found=exit_to(page, f, "not_found"),
        several=exit_to(page, f, "several"),
    )


def _notices(page: Page, f: Fields, what: str) -> tuple[str, ...]:
    """The customer hears of everything unless the author writes less."""
    listed = f.list("notify")
    for place, notice in listed:
        if notice not in NOTICES:
            page.unknown(place, "PZ184", notice, NOTICES)
    return tuple(n for _, n in listed) if f.has("notify") or what != "create" else NOTICES


def operator(page: Page, f: Fields, at: At) -> Operator:
    """``operator``: hands the conversation over; after a person comes ``go`` or the end, unless an exit says more."""
    queues = page.desk.known.queues
    here = f.get("operator")
    named = f.get("queue") or (here if here is not None and not here.empty else None)
    words = f.get("text")
    after, nobody = _nobody(page, f)
    return Operator(
        at.id,
        at.line,
        at.next,
        text=text(page, words) if words is not None else None,
        queue=_reference(page, named, "PZ232", None if queues is None else queues | {"here"}),
        brief=_brief(page, f),
        out_of_hours=exit_to(page, f, "out_of_hours"),
        nobody_after=after,
        nobody=nobody,
        left=exit_to(page, f, "left") or at.go,
        returned=exit_to(page, f, "returned") or at.go,
        resolved=exit_to(page, f, "resolved") or at.go,
    )


def _nobody(page: Page, f: Fields) -> tuple[float, Target | None]:
    found = f.get("nobody")
    if found is None:
        return 0.0, None
    with Part(found, page) as inner:
        after, go = inner.seconds("after"), inner.get("go", needed=True)
        return after, target(page, go) if go is not None else End()


def _brief(page: Page, f: Fields) -> tuple[str, ...]:
    """Names of any flow: an operator is called from everywhere."""
    everywhere = {n.partition(".")[0] for o in page.desk.outlines.values() for n in o.names.shapes} | BRIEF
    everywhere |= {n for o in page.desk.outlines.values() for n in o.names.open}
    listed = f.list("brief")
    readable = not any(o.broken for o in page.desk.outlines.values())
    for place, name in listed:
        if name not in everywhere and readable:
            page.unknown(place, "PZ242", name, everywhere)
    return tuple(n for _, n in listed)


def saved(page: Page, f: Fields) -> str:
    """The name under ``save``."""
    found = f.get("save")
    return page.name(found) if found is not None else ""


def _reference(page: Page, node: Node | None, code: str, among: frozenset[str] | None) -> str:
    return page.known(node, code, among) if node is not None else ""

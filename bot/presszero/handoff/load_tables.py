"""Reads the entries of `handoff/queues.yaml`, `sla.yaml`, `categories.yaml` and `templates.yaml`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import cast

from presszero.handoff.model import PRIORITIES, Category, Priority, Queue, ReplyTemplate, Sla, Times
from presszero.source.fields import Faults, Fields
from presszero.source.tree import Node


@dataclass(frozen=True, slots=True)
class Names:
    """What may be referred to: the keys of the files, before anything in them is judged. None = an unreadable file."""

    calendars: Collection[str] | None
    queues: Collection[str] | None
    slas: Collection[str] | None


def read_queue(name: str, node: Node, faults: Faults, known: Names) -> Queue:
    """One queue; whether it is the default is asked by ``defaults``."""
    with Fields(node, faults) as f:
        f.yes("default")
        return Queue(
            name,
            f.title(),
            _ref(f, "hours", "PZ611", known.calendars),
            int(f.number("limit", 6, 1, 100)),
            f.seconds("wait_each", 180.0),
        )


def read_sla(name: str, node: Node, faults: Faults, known: Names) -> Sla:
    """One promise."""
    with Fields(node, faults) as f:
        times = _times(f, faults)
        title = f.title()
        calendar = _ref(f, "calendar", "PZ611", known.calendars)
        own: dict[str, Times] = {}
        for priority in PRIORITIES:
            inner = f.get(priority)
            if inner is not None:
                with Fields(inner, faults) as g:
                    own[priority] = _times(g, faults)
        return Sla(name, title, calendar, times, own)


CATEGORY = ("title", "queue", "sla", "priority", "words", "default")


def read_category(name: str, node: Node, faults: Faults, known: Names, queue: str) -> Category:
    """One category; ``queue`` answers it when it names none."""
    with Fields(node, faults) as f:
        f.yes("default")
        if not f.has("sla"):
            f.get("sla")
            if not f.slipped("sla", CATEGORY):
                faults.add(f.place, "PZ614", name=name)
        return Category(
            name,
            f.title(),
            _ref(f, "queue", "PZ612", known.queues, queue),
            _ref(f, "sla", "PZ613", known.slas, ""),
            cast("Priority", f.choice("priority", PRIORITIES, "normal")),
            f.words("words"),
        )


def read_template(name: str, node: Node, faults: Faults) -> ReplyTemplate:
    """One reply template."""
    with Fields(node, faults) as f:
        return ReplyTemplate(name, f.title(), f.texts("text"))


def default(kind: str, node: Node, entries: Mapping[str, Node], faults: Faults) -> str:
    """The one entry with ``default: yes``."""
    marked = [n for n, entry in entries.items() if Fields(entry, Faults(())).yes("default")]
    if len(marked) != 1:
        faults.add(entries[marked[1]].place if marked else node.place, "PZ616" if marked else "PZ615", file=kind)
    return marked[0] if marked else ""


def _times(f: Fields, faults: Faults) -> Times:
    times = Times(_open_time(f, "reply", faults), _open_time(f, "resolve", faults))
    if 0 < times.resolve < times.reply:
        faults.add(f.at("resolve"), "PZ617")
    return times


def _open_time(f: Fields, key: str, faults: Faults) -> float:
    """A duration of open hours: a "day" of them could be 8 hours or 24, so it is refused."""
    found = f.seconds(key)
    if found and "d" in f.text(key, ""):
        faults.add(f.at(key), "PZ618", text=f.text(key, ""))
    return found


def _ref(f: Fields, key: str, code: str, known: Collection[str] | None, default: str | None = None) -> str:
    name = f.text(key, default)
    if f.has(key) and name and known is not None and name not in known:
        f.faults.unknown(f.at(key), code, name, known)
    return name

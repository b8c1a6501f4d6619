"""A ticket's deadline line by line: which time counted, which did not, and what is left of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from presszero.console.deadline import calendar_of
from presszero.console.reader import Reader
from presszero.store.base import Ticket

MOST = 8  # lines of stretches: a long promise names its first and last ones


class Line(NamedTuple):
    """``kind``: "" or sum; ``right``: what it comes to."""

    icon: str
    left: str
    right: str = ""
    kind: str = ""


class Explained(NamedTuple):
    """The promise in a sentence, and its lines."""

    title: str
    lines: tuple[Line, ...]


def explained(reader: Reader, ticket: Ticket) -> Explained | None:
    """Of the first answer while there was none, then of the solution."""
    first = ticket.replied_at is None
    due = ticket.reply_due if first else ticket.resolve_due
    if due is None:
        return None
    say = reader.words.gettext
    calendar = calendar_of(reader, ticket.category)
    promised = calendar.between(ticket.created_at, due)
    opening = say("Deadline: first answer in %(span)s") if first else say("Deadline: solution in %(span)s")
    lines = [Line("chat", say("%(moment)s request came in") % {"moment": reader.moment(ticket.created_at)})]
    stretches = list(_stretches(reader, ticket, due))
    if len(stretches) > MOST:
        stretches = [*stretches[: MOST // 2], Line("dots", "…"), *stretches[-MOST // 2 :]]
    lines += stretches
    lines.append(_sum(reader, ticket, due, promised))
    return Explained(opening % {"span": reader.span(promised)}, tuple(lines))


def _stretches(reader: Reader, ticket: Ticket, due: float) -> Iterator[Line]:
    """By the deadline that was promised, whatever became of the category since."""
    say = reader.words.gettext
    for start, end, counted in calendar_of(reader, ticket.category).stretches(ticket.created_at, due):
        last = reader.clock(end) if reader.day(start) == reader.day(end) else reader.moment(end)
        when = f"{reader.moment(start)}\u2060–\u2060{last}"
        if counted:
            yield Line("clock", say("%(when)s we work") % {"when": when}, reader.span(end - start))
        else:
            yield Line("pause", say("%(when)s closed") % {"when": when}, say("not counted"))


def _sum(reader: Reader, ticket: Ticket, due: float, promised: float) -> Line:
    say = reader.words.gettext
    done = ticket.resolved_at if ticket.state in {"resolved", "closed"} else None
    calendar = calendar_of(reader, ticket.category)
    spent = calendar.between(ticket.created_at, done or reader.now)
    of = say("%(spent)s of %(promised)s") % {"spent": reader.span(spent), "promised": reader.span(promised)}
    if (done or reader.now) > due:
        late = reader.span(max(calendar.between(due, done or reader.now), 60.0))
        return Line("alert", of, say("%(span)s late") % {"span": late}, "late")
    if done:
        return Line("check", of, say("in time"), "sum")
    return Line("clock", of, say("by %(moment)s") % {"moment": reader.moment(due)}, "sum")

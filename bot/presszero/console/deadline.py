"""A deadline as a badge: on time is grey, from three quarters of the time amber, late red; a word and an icon each time.

Time runs while the calendar is open, as in the promise itself.
"""

from __future__ import annotations

from typing import NamedTuple

from presszero.console.reader import Reader
from presszero.handoff import Calendar
from presszero.runtime.times import promise
from presszero.store.base import Conversation, Message, Ticket

SOON = 0.75


class Badge(NamedTuple):
    """``kind``: "" soon late; ``title``: the moment itself."""

    kind: str
    icon: str
    text: str
    title: str = ""


def of_conversation(reader: Reader, conversation: Conversation, last: Message | None) -> Badge | None:
    """Until a person should answer; with a person, who waits for whom."""
    say = reader.words.gettext
    if conversation.ended:
        return Badge("", "check", say("ended"))
    if conversation.holder == "bot":
        return Badge("", "bot", say("bot answers"))
    ours = last is None or last.who in {"customer", "system"}
    if conversation.holder == "person" and not ours:
        return Badge("", "pause", say("waiting for the customer"))
    if conversation.due_at is not None:
        start = conversation.queued_at or conversation.created_at
        return until(reader, start, conversation.due_at, _hours(reader, conversation.queue))
    if last is None:
        return None
    return Badge("", "clock", say("waits %(span)s") % {"span": reader.span(reader.now - last.at)})


def of_ticket(reader: Reader, ticket: Ticket) -> Badge | None:
    """Until the first answer, then until the solution."""
    say = reader.words.gettext
    if ticket.state in {"resolved", "closed"}:
        return Badge("", "check", say("solved"))
    if ticket.state == "waiting":
        return Badge("", "pause", say("waiting for the customer"))
    due = ticket.reply_due if ticket.replied_at is None else ticket.resolve_due
    return until(reader, ticket.created_at, due, calendar_of(reader, ticket.category)) if due else None


def calendar_of(reader: Reader, category: str) -> Calendar:
    """The calendar of a category's promise."""
    handoff = reader.content.handoff
    found = handoff.categories.get(category) or handoff.categories[handoff.default_category]
    return handoff.calendars[handoff.slas[found.sla].calendar]


def until(reader: Reader, start: float, due: float, calendar: Calendar) -> Badge:
    """The badge of a deadline."""
    say, now = reader.words.gettext, reader.now
    title = say("by %(moment)s") % {"moment": promise(due, now, reader.content.zone, reader.lang)}
    if now > due:
        late = say("%(span)s late") % {"span": reader.span(max(calendar.between(due, now), 60.0))}
        return Badge("late", "alert", late, title)
    if not calendar.open_at(now):
        return Badge("", "pause", title, say("closed now, this time does not count"))
    left, all_ = calendar.between(now, due), calendar.between(start, due)
    soon = all_ > 0 and 1 - left / all_ >= SOON
    kind, icon = ("soon", "hour") if soon else ("", "clock")
    return Badge(kind, icon, say("%(span)s left") % {"span": reader.span(left)}, title)


def _hours(reader: Reader, queue: str) -> Calendar:
    handoff = reader.content.handoff
    found = handoff.queues.get(queue) or handoff.queues[handoff.default_queue]
    return handoff.calendars[found.hours]

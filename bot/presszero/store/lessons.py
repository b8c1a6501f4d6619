"""Lessons: what a person said, what the machine made of it, and what an operator made of it instead. Texts are masked beforehand.

Nothing here teaches anything: a lesson is only a proposal until a lead has decided.
"""

from __future__ import annotations

from collections.abc import Sequence
from sqlite3 import Cursor
from typing import TYPE_CHECKING, Literal, Protocol

import msgspec

if TYPE_CHECKING:
    from presszero.store.base import Ticket
    from presszero.store.reader import Row

LessonState = Literal["proposed", "approved", "refused"]

_ADD = (
    "INSERT INTO lesson (ticket_number, conversation_id, at, by, lang, text, guess, confidence, means, category, state, "
    "decided_by, taught_text, taught_as, file) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'proposed', '', '', '', '') "
    "ON CONFLICT (ticket_number) DO UPDATE SET at = excluded.at, by = excluded.by, category = excluded.category "
    "WHERE state = 'proposed'"
)
_BACK = "DELETE FROM lesson WHERE ticket_number = ? AND guess = ? AND state = 'proposed'"
_DECIDE = (
    "UPDATE lesson SET state = ?, decided_at = ?, decided_by = ?, taught_text = ?, taught_as = ?, file = ? "
    "WHERE ticket_number = ? AND state = ?"
)
_LESSON = (
    "SELECT ticket_number, conversation_id, at, by, lang, text, guess, confidence, means, category, state, decided_at, "
    "decided_by, taught_text, taught_as, file FROM lesson "
)
ONE = _LESSON + "WHERE ticket_number = ?"
PROPOSED = _LESSON + "WHERE state = 'proposed' ORDER BY at, ticket_number LIMIT ?"
DECIDED = _LESSON + "WHERE state <> 'proposed' ORDER BY decided_at DESC, ticket_number DESC LIMIT ?"


class NewLesson(msgspec.Struct, frozen=True):
    """What was said, without personal data; the rest is told by the ticket and its change."""

    text: str
    lang: str


class Decision(msgspec.Struct, frozen=True):
    """What a lead made of a lesson. ``file``: the file that got the phrase; empty when it had it, or got none."""

    state: LessonState
    by: str = ""
    text: str = ""
    category: str = ""
    file: str = ""


class Lesson(msgspec.Struct, frozen=True):
    """A lesson. ``guess`` is the category before an operator changed it, ``means`` who had chosen it: flow, words, model, default.

    ``confidence``: what the model gave that category. ``taught_text`` and ``taught_as``: what a lead approved.
    """

    ticket_number: int
    conversation_id: int
    at: float
    by: str
    lang: str
    text: str
    guess: str
    confidence: float
    means: str
    category: str
    state: LessonState
    decided_at: float | None
    decided_by: str
    taught_text: str
    taught_as: str
    file: str


class Lessons(Protocol):
    """The part of a store that keeps lessons."""

    async def lessons(self, *, decided: bool, limit: int = 50) -> Sequence[Lesson]:
        """Those that wait, oldest first; or those decided, newest first."""
        ...

    async def lesson(self, ticket_number: int) -> Lesson | None:
        """The lesson of a ticket."""
        ...

    async def decide_lesson(self, ticket_number: int, was: LessonState, decision: Decision, at: float) -> bool:
        """Decides, or takes a decision back (``proposed``); False when the lesson is not in the state it was read in."""
        ...

    async def drop_lessons(self, before: float) -> None:
        """Forgets the lessons that were proposed before."""


def propose(cur: Cursor, before: Ticket, category: str, new: NewLesson, by: str, at: float) -> None:
    """A ticket's category was changed: one lesson a ticket, the last word counts; back to what it was is no lesson."""
    cur.execute(_BACK, (before.number, category))
    if cur.rowcount:
        return
    confidence = next((float(c) for name, c in before.guess.get("ranking", ()) if name == before.category), 0.0)
    means = str(before.guess.get("by", ""))
    cur.execute(
        _ADD,
        (
            *(before.number, before.conversation_id, at, by, new.lang, new.text),
            *(before.category, confidence, means, category),
        ),
    )


def decide(cur: Cursor, number: int, was: LessonState, decision: Decision, at: float) -> bool:
    """Decides, unless somebody else has."""
    when = None if decision.state == "proposed" else at
    made = (decision.state, when, decision.by, decision.text, decision.category, decision.file)
    cur.execute(_DECIDE, (*made, number, was))
    return cur.rowcount == 1


def drop(cur: Cursor, before: float) -> None:
    """Forgets old ones."""
    cur.execute("DELETE FROM lesson WHERE at < ?", (before,))


def lesson_of(row: Row) -> Lesson:
    """The lesson of a row."""
    return Lesson(*row)

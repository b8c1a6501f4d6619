"""Questions to the articles: their rows. A turn writes its own; the portal's come one by one."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from sqlite3 import Connection, Cursor

from presszero.dialogue.knowledge import PATIENCE
from presszero.errors import StoreError
from presszero.store.asked import NewQuestion, Question, Reply
from presszero.store.pack import mapping, names, pack, slots
from presszero.store.reader import Row

_ADD = (
    "INSERT INTO question (at, place, channel, conversation_id, customer_id, lang, text, searched, band, shown, "
    "chance, flow, intent, confidence, feedback) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '')"
)
_KEPT = (
    "SELECT text, lang, band, shown, chance, searched, flow, intent, confidence, id, at, place, channel, "
    "conversation_id, customer_id, feedback, handed_at FROM question WHERE at >= ? AND {} ORDER BY at DESC LIMIT ?"
)
SINCE, UNFIT = _KEPT.format("band <> 'unasked'"), _KEPT.format("intent = '' AND place = 'chat'")
_SAID = (
    "UPDATE question SET feedback = ? WHERE id = "
    "(SELECT max(id) FROM question WHERE conversation_id = ? AND shown <> '[]')"
)
_CAME = (
    "UPDATE question SET feedback = coalesce(nullif(?, ''), feedback), handed_at = coalesce(?, handed_at), "
    "conversation_id = coalesce(conversation_id, ?), customer_id = coalesce(customer_id, ?) "
    "WHERE id = ? AND place = 'portal'"
)
_HANDED = "UPDATE question SET handed_at = ?1 WHERE customer_id = ?2 AND handed_at IS NULL AND at BETWEEN ?3 AND ?1"
_REPLIES = (
    "SELECT DISTINCT m.conversation_id, m.at, m.text, u.facts, u.remembered FROM question q "
    "JOIN message m ON m.conversation_id = q.conversation_id AND m.who = 'operator' AND m.at BETWEEN q.at AND q.at + ? "
    "JOIN customer u ON u.id = q.customer_id WHERE q.id IN ({}) ORDER BY m.id DESC LIMIT ?"
)
MOST_IDS = 500


def add(cur: Cursor, new: NewQuestion, at: float, place: str, channel: str, of: tuple[int, int] | None = None) -> int:
    """Writes a question and gives its number; ``of``: its conversation and customer."""
    cur.execute(
        _ADD,
        (
            *(at, place, channel, *(of or (None, None)), new.lang, new.text, new.searched, new.band),
            *(pack(new.shown), new.chance, new.flow, new.intent, new.confidence),
        ),
    )
    assert cur.lastrowid is not None
    return cur.lastrowid


def came(cur: Cursor, number: int, feedback: str, handed_at: float | None, of: tuple[int, int] | None = None) -> None:
    """What came of a question of the portal; ``of``: the conversation and the customer of its request."""
    cur.execute(_CAME, (feedback, handed_at, *(of or (None, None)), number))


def said(cur: Cursor, conversation_id: int, feedback: str) -> None:
    """What the customer says of what was shown to the last question."""
    cur.execute(_SAID, (feedback, conversation_id))


def handed(cur: Cursor, customer_id: int, at: float) -> None:
    """The customer asks for a person, in whatever conversation: what they had read before did not do."""
    cur.execute(_HANDED, (at, customer_id, at - PATIENCE))


def drop(cur: Cursor, before: float) -> None:
    """Forgets old questions."""
    cur.execute("DELETE FROM question WHERE at < ?", (before,))


def question_of(row: Row) -> Question:
    """The question of a row."""
    text, lang, band, shown, chance, searched, flow, intent, confidence, *rest = row
    number, at, place, channel, conversation_id, customer_id, feedback, handed_at = rest
    return Question(
        *(text, lang, band, names(shown), chance, searched, flow, intent, confidence),
        id=number,
        at=at,
        place=place,
        channel=channel,
        conversation_id=conversation_id,
        customer_id=customer_id,
        feedback=feedback,
        handed_at=handed_at,
    )


def replies(db: Connection, numbers: Sequence[int], limit: int) -> list[Reply]:
    """Operators' lines after these questions, and what is known of whom they were written to."""
    asked = list(numbers)[:MOST_IDS]
    if not asked:
        return []
    sql = _REPLIES.format(", ".join("?" * len(asked)))
    rows = db.execute(sql, (PATIENCE, *asked, limit)).fetchall()
    return [Reply(row[0], row[1], row[2], mapping(row[3]), slots(row[4])) for row in rows]


def aside(path: Path, since: float, limit: int = 20_000, query: str = SINCE) -> list[Question]:
    """Questions of a database file, read beside a desk that runs. Raises StoreError."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as db:
            return [question_of(row) for row in db.execute(query, (since, limit))]
    except sqlite3.Error as error:
        raise StoreError(f"{path} cannot be read: {error}") from error

"""Lines of a conversation, as they are read; what became of each is in the outbox."""

from __future__ import annotations

from presszero.store.base import Message
from presszero.store.pack import mapping
from presszero.store.reader import Row

SENT = "CASE o.state WHEN 'begun' THEN 'queued' ELSE coalesce(o.state, '') END"
MESSAGE = f"m.id, m.conversation_id, m.seq, m.who, m.text, m.at, m.author, m.body, {SENT}"
_FROM = f"SELECT {MESSAGE} FROM message m LEFT JOIN outbox o ON o.message_id = m.id WHERE m.conversation_id = ? "  # noqa: S608
FORWARD = _FROM + "AND m.seq > ? AND (m.who <> 'note' OR ?) ORDER BY m.seq LIMIT ?"
BACKWARD = _FROM + "AND m.seq > ? AND (m.who <> 'note' OR ?) AND m.seq < ? ORDER BY m.seq DESC LIMIT ?"


def message_of(row: Row) -> Message:
    """The message of a row."""
    return Message(*[*row[:7], mapping(row[7]), row[8]])

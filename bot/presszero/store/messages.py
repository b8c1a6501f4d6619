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

_HISTORY = (
    f"SELECT {MESSAGE} FROM conversation c JOIN message m ON m.conversation_id = c.id "  # noqa: S608
    "LEFT JOIN outbox o ON o.message_id = m.id WHERE c.channel = ?1 AND c.peer = ?2 AND m.who <> 'note' AND m.id > ?3 "
    "AND c.customer_id = "
    "(SELECT customer_id FROM conversation WHERE channel = ?1 AND peer = ?2 ORDER BY id DESC LIMIT 1) "
)
HISTORY_FORWARD = _HISTORY + "ORDER BY m.id LIMIT ?4"
HISTORY_BACKWARD = _HISTORY + "AND m.id < ?4 ORDER BY m.id DESC LIMIT ?5"
OLDER = (
    "SELECT c.id FROM conversation c WHERE c.updated_at < ? "
    "AND EXISTS (SELECT 1 FROM message m WHERE m.conversation_id = c.id) LIMIT ?"
)
FILES_OF = "SELECT id FROM file WHERE conversation_id = ?"


def message_of(row: Row) -> Message:
    """The message of a row."""
    return Message(*[*row[:7], mapping(row[7]), row[8]])

"""What a message is called in a channel, both ways: which of ours a reply or an edit means, and which parts have arrived."""

from __future__ import annotations

from sqlite3 import Cursor

from presszero.lang.fold import fold
from presszero.store.messages import MESSAGE
from presszero.store.pack import mapping, pack

MESSAGE_OF = (
    f"SELECT {MESSAGE} FROM trace t JOIN message m ON m.id = t.message_id "  # noqa: S608 - a constant
    "LEFT JOIN outbox o ON o.message_id = m.id WHERE t.channel = ? AND t.peer = ? AND t.external_id = ?"
)
REFS = "SELECT channel, peer, external_id FROM trace WHERE message_id = ? ORDER BY channel, peer, part"
MOST_EDITS = 20


def add(cur: Cursor, channel: str, peer: str, message_id: int, refs: tuple[str, ...]) -> None:
    """A message's names, after those it has there; one that is taken stays whose it is."""
    row = cur.execute(
        "SELECT coalesce(max(part) + 1, 0) FROM trace WHERE message_id = ? AND channel = ? AND peer = ?",
        (message_id, channel, peer),
    ).fetchone()
    for part, ref in enumerate(refs, row[0]):
        cur.execute(
            "INSERT INTO trace (channel, peer, external_id, message_id, part) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT DO NOTHING",
            (channel, peer, ref, message_id, part),
        )


def edit(cur: Cursor, message_id: int, text: str, at: float) -> bool:
    """New words for what a customer or an operator wrote; the old ones stay with it for people. False: nothing changed."""
    row = cur.execute(
        "SELECT text, body FROM message WHERE id = ? AND who IN ('customer', 'operator', 'note')", (message_id,)
    ).fetchone()
    if row is None or row[0] == text:
        return False
    body = mapping(row[1])
    # What was said first always stays, and of the rest the latest.
    before = [*body.get("edited", []), {"text": row[0], "at": at}]
    body["edited"] = before if len(before) <= MOST_EDITS else [before[0], *before[1 - MOST_EDITS :]]
    cur.execute(
        "UPDATE message SET text = ?, body = ?, folded = ? WHERE id = ?", (text, pack(body), fold(text), message_id)
    )
    return True

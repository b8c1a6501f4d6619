"""What keeps a desk going: secrets, counts, reading marks, forgetting, throwing away what is old, copies."""

from __future__ import annotations

import secrets
import sqlite3
from pathlib import Path
from sqlite3 import Connection, Cursor

from presszero.store import tickets
from presszero.store.base import StoredFile

SECRET = "SELECT value FROM secret WHERE name = ?"  # noqa: S105 - a query
COUNTS = "SELECT name, sum(total) FROM count WHERE day >= ? GROUP BY name"
DAILY = "SELECT day, name, total FROM count WHERE day >= ? ORDER BY day"
FILE = "SELECT id, conversation_id, name, type, size, at FROM file WHERE id = ?"
OLD = 1000  # inbound rows thrown away in one transaction: short, so that no turn waits for it


def secret(cur: Cursor, name: str) -> bytes:
    """The secret, made now if there is none."""
    cur.execute(
        "INSERT INTO secret (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING", (name, secrets.token_bytes(32))
    )
    value: bytes = cur.execute(SECRET, (name,)).fetchone()[0]
    return value


def mark_read(cur: Cursor, conversation_id: int, read_seq: int | None, seen_seq: int | None) -> None:
    """Forward only, and not past the last message."""
    cur.execute(
        "UPDATE conversation SET read_seq = max(read_seq, min(last_seq, coalesce(?, 0))), "
        "seen_seq = max(seen_seq, min(last_seq, coalesce(?, 0))) WHERE id = ?",
        (read_seq, seen_seq, conversation_id),
    )


def add_file(cur: Cursor, file: StoredFile) -> None:
    """A file's row."""
    cur.execute(
        "INSERT INTO file (id, conversation_id, name, type, size, at) VALUES (?, ?, ?, ?, ?, ?)",
        (file.id, file.conversation_id, file.name, file.type, file.size, file.at),
    )


def forget(cur: Cursor, conversation_id: int) -> list[str]:
    """Deletes what was said; the ids of the files whose bytes must go too."""
    of = (conversation_id,)
    files = [row[0] for row in cur.execute("SELECT id FROM file WHERE conversation_id = ?", of)]
    cur.execute("DELETE FROM outbox WHERE message_id IN (SELECT id FROM message WHERE conversation_id = ?)", of)
    cur.execute("DELETE FROM trace WHERE message_id IN (SELECT id FROM message WHERE conversation_id = ?)", of)
    for table in ("message", "file", "timer", "call", "question", "lesson"):
        cur.execute(f"DELETE FROM {table} WHERE conversation_id = ?", of)  # noqa: S608 - constants
    cur.execute(
        "UPDATE conversation SET state = x'7b7d', brief = '{}', page = '{}', title = '', holder = 'bot', "
        "operator_id = NULL, queue = '', queued_at = NULL, due_at = NULL, ended = 1, "
        "version = version + 1 WHERE id = ?",
        of,
    )
    cur.execute(
        "UPDATE customer SET facts = '{}', remembered = '{}', tags = '[]', folded = '' "
        "WHERE NOT verified AND id = (SELECT customer_id FROM conversation WHERE id = ?)",
        of,
    )
    tickets.forget(cur, conversation_id)
    return files


def prune(cur: Cursor, before: float) -> int:
    """Throws away some old inbound rows and sign-ins; how many inbound rows went (fewer than ``OLD``: that was all)."""
    cur.execute("DELETE FROM session WHERE expires_at < ?", (before,))
    cur.execute(
        "DELETE FROM inbound WHERE id IN (SELECT id FROM inbound ORDER BY id LIMIT ?) AND at < ?", (OLD, before)
    )
    return cur.rowcount


def backup(db: Connection, path: Path) -> None:
    """A copy as of one moment, under its name only when it is whole."""
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    copy = sqlite3.connect(part)
    try:
        db.backup(copy)
    finally:
        copy.close()
    part.replace(path)


def check(db: Connection) -> list[str]:
    """What is wrong, in sentences."""
    found = [str(row[0]) for row in db.execute("PRAGMA quick_check") if row[0] != "ok"]
    found += [
        f"row {row[1]} of {row[0]} names a row of {row[2]} that is not there"
        for row in db.execute("PRAGMA foreign_key_check").fetchall()
    ]
    return found

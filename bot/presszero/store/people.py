"""Operators and their sign-ins. Only digests of tokens and hashes of passwords come here."""

from __future__ import annotations

from collections.abc import Mapping
from sqlite3 import Cursor
from typing import Any

from presszero.store.base import Operator
from presszero.store.pack import names
from presszero.store.reader import Row

OPERATOR = "p.id, p.name, p.shown, p.password, p.queues, p.disabled, p.lang, p.role"
ALL = f"SELECT {OPERATOR} FROM operator p ORDER BY p.name"  # noqa: S608 - a constant
BY_NAME = f"SELECT {OPERATOR} FROM operator p WHERE p.name = ?"  # noqa: S608 - a constant
BY_ID = f"SELECT {OPERATOR} FROM operator p WHERE p.id = ?"  # noqa: S608 - a constant
OF_SESSION = (
    f"SELECT {OPERATOR} FROM session s JOIN operator p ON p.id = s.operator_id "  # noqa: S608 - a constant
    "WHERE s.digest = ? AND s.expires_at > ? AND NOT p.disabled"
)
PRESENT = "SELECT id FROM operator WHERE present_at >= ? AND NOT away AND NOT disabled ORDER BY id"


def operator_of(row: Row) -> Operator:
    """The operator of a row."""
    return Operator(*[*row[:4], names(row[4]), row[5] == 1, row[6], row[7]])


def save(cur: Cursor, name: str, changes: Mapping[str, Any]) -> Operator:
    """Adds or changes an operator; ``changes`` are columns."""
    cur.execute(
        "INSERT INTO operator (name, shown, password, queues, disabled, lang, role, away, present_at) "
        "VALUES (?1, ?1, '', '[]', 0, 'ru', 'operator', 0, 0) ON CONFLICT (name) DO NOTHING",
        (name,),
    )
    if changes:
        columns = ", ".join(f"{column} = ?" for column in changes)
        cur.execute(f"UPDATE operator SET {columns} WHERE name = ?", (*changes.values(), name))  # noqa: S608 - our names
    found = operator_of(cur.execute(BY_NAME, (name,)).fetchone())
    if "password" in changes or changes.get("disabled"):
        cur.execute("DELETE FROM session WHERE operator_id = ?", (found.id,))
    return found


def add_session(cur: Cursor, digest: str, operator_id: int, expires_at: float) -> None:
    """A sign-in."""
    cur.execute(
        "INSERT INTO session (digest, operator_id, expires_at) VALUES (?, ?, ?)", (digest, operator_id, expires_at)
    )


def end_session(cur: Cursor, digest: str) -> bool:
    """Ends it; True if there was one."""
    cur.execute("DELETE FROM session WHERE digest = ?", (digest,))
    return cur.rowcount > 0


def touch(cur: Cursor, operator_id: int, at: float, away: bool | None) -> None:  # noqa: FBT001 - a job's arguments have no names
    """In the console now."""
    cur.execute(
        "UPDATE operator SET present_at = max(present_at, ?), away = coalesce(?, away) WHERE id = ?",
        (at, away, operator_id),
    )

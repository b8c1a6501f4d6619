"""What operators look at: the list by deadline, places in a queue, search. Plain SQL, read only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from sqlite3 import Connection

from presszero.lang.fold import fold
from presszero.store.base import QueueRow
from presszero.store.customers import CONVERSATION, CUSTOMER, both
from presszero.store.messages import MESSAGE, message_of
from presszero.store.reader import Row

_ROWS = (
    f"SELECT {CONVERSATION}, {CUSTOMER}, coalesce(p.shown, ''), {MESSAGE} FROM conversation c "  # noqa: S608 - constants
    "JOIN customer u ON u.id = c.customer_id LEFT JOIN operator p ON p.id = c.operator_id "
    "LEFT JOIN message m ON m.conversation_id = c.id AND m.seq = c.last_seq LEFT JOIN outbox o ON o.message_id = m.id "
)
_LIST = _ROWS + "WHERE c.holder IN ({holders}) {waiting} AND c.ended = ? AND (?2 IS NULL OR c.operator_id = ?2) "
_BY_DEADLINE = "ORDER BY c.due_at IS NULL, c.due_at, c.updated_at LIMIT ?3"
_NEWEST = "ORDER BY c.id DESC LIMIT ?3"  # walks back from the end and stops
_SEARCH = (
    _ROWS  # noqa: S608 - the words are given, never written in
    + "WHERE c.id IN (SELECT conversation_id FROM message WHERE {words} "
    + "UNION SELECT conversation_id FROM ticket WHERE number = ?1 OR ({words}) "
    + "UNION SELECT k.id FROM conversation k JOIN customer ON customer.id = k.customer_id WHERE {words}) "
    + "ORDER BY c.updated_at DESC LIMIT ?2"
)
PLACE = (
    "SELECT count(*) FROM conversation WHERE holder = 'queue' AND holder <> 'bot' AND queue = ?1 AND NOT ended AND "
    "(?2 IS NULL OR (queued_at, id) < (SELECT queued_at, id FROM conversation WHERE id = ?2))"
)
_HOLDERS = ("bot", "queue", "person")
_PHONE = re.compile(r"[\d\s()+-]{7,}")


def by_deadline(holder: Sequence[str], *, ended: bool) -> str:
    """The list's query: ended?, operator or None, limit. Holders by name, so that the small index serves."""
    wanted = [name for name in _HOLDERS if name in holder]
    sql = _LIST.format(
        holders=", ".join(f"'{name}'" for name in wanted), waiting="" if "bot" in wanted else "AND c.holder <> 'bot'"
    )
    return sql + (_NEWEST if ended else _BY_DEADLINE)


def rows_of(rows: Iterable[Row]) -> list[QueueRow]:
    """The list's lines of rows."""
    return [QueueRow(*both(row), message_of(row[27:]) if row[27] is not None else None, row[26]) for row in rows]


def search(db: Connection, text: str, limit: int) -> list[QueueRow]:
    """Conversations that have all the words in one message, in a ticket, or in what is known of the customer."""
    words = re.sub(r"\D", "", text) if _PHONE.fullmatch(text.strip()) else fold(text)
    asked = words.split()[:8]
    if not asked:
        return []
    has = " AND ".join(f"instr(folded, ?{i}) > 0" for i in range(3, 3 + len(asked)))
    number = re.fullmatch(r"\D{0,3}(\d{1,12})", text.strip())
    given = (int(number[1]) if number else None, limit, *asked)
    return rows_of(db.execute(_SEARCH.format(words=has), given).fetchall())

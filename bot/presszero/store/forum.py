"""What the forum desk keeps: the topic of a conversation with the line it was sent up to, and whose account in a messenger is whose.

``sent_seq`` and ``begun_seq`` are the whole of its memory: lines between them were being sent, or are in doubt.
"""

from __future__ import annotations

from collections.abc import Sequence
from sqlite3 import Cursor
from typing import TYPE_CHECKING, Protocol

import msgspec

if TYPE_CHECKING:
    from presszero.store.base import Operator


class Topic(msgspec.Struct, frozen=True):
    """A conversation's topic. ``thread_id`` begins with ``new`` until Telegram has told its number."""

    conversation_id: int
    account: str
    chat_id: str
    thread_id: str
    sent_seq: int = 0
    begun_seq: int = 0
    card: str = ""
    state: str = ""
    at: float = 0.0


class Forum(Protocol):
    """The store's part for the forum desk."""

    async def topic(self, conversation_id: int) -> Topic | None:
        """The topic of a conversation."""
        ...

    async def topic_at(self, account: str, chat_id: str, thread_id: str) -> Topic | None:
        """The topic with this number."""
        ...

    async def topic_before(self, conversation_id: int) -> Topic | None:
        """The newest topic of an earlier conversation of the same peer."""
        ...

    async def topics(self, account: str, without: Sequence[str] = ()) -> Sequence[Topic]:
        """The topics of an account, those in some states left out."""
        ...

    async def save_topic(self, topic: Topic) -> None:
        """Writes a topic; another conversation that had it loses it. Returns after it is durable."""

    async def handle(self, channel: str, external_id: str) -> Operator | None:
        """Whose account this is, unless they are disabled."""
        ...

    async def handles(self, channel: str) -> Sequence[tuple[str, Operator]]:
        """All accounts with their operators."""
        ...

    async def save_handle(self, channel: str, external_id: str, operator_id: int) -> None:
        """An account is an operator's from now on, and their only one there."""


_TOPIC = "conversation_id, account, chat_id, thread_id, sent_seq, begun_seq, card, state, at"
BY_CONVERSATION = f"SELECT {_TOPIC} FROM topic WHERE conversation_id = ?"  # noqa: S608 - a constant
BY_THREAD = f"SELECT {_TOPIC} FROM topic WHERE account = ? AND chat_id = ? AND thread_id = ?"  # noqa: S608 - a constant
OF_ACCOUNT = f"SELECT {_TOPIC} FROM topic WHERE account = ? ORDER BY at"  # noqa: S608 - a constant
BEFORE = (
    f"SELECT t.{_TOPIC.replace(', ', ', t.')} FROM conversation c JOIN conversation o "  # noqa: S608 - a constant
    "ON o.channel = c.channel AND o.peer = c.peer AND o.id < c.id AND o.customer_id = c.customer_id "
    "JOIN topic t ON t.conversation_id = o.id WHERE c.id = ? ORDER BY o.id DESC LIMIT 1"
)
_OPERATOR = "p.id, p.name, p.shown, p.password, p.queues, p.disabled, p.lang, p.role"
HANDLE = (
    f"SELECT {_OPERATOR} FROM handle h JOIN operator p ON p.id = h.operator_id "  # noqa: S608 - a constant
    "WHERE h.channel = ? AND h.external_id = ? AND NOT p.disabled"
)
HANDLES = (
    f"SELECT {_OPERATOR}, h.external_id FROM handle h JOIN operator p ON p.id = h.operator_id "  # noqa: S608 - a constant
    "WHERE h.channel = ? AND NOT p.disabled"
)


def save_topic(cur: Cursor, topic: Topic) -> None:
    """Writes it whole."""
    where = (topic.account, topic.chat_id, topic.thread_id, topic.conversation_id)
    cur.execute("DELETE FROM topic WHERE account = ? AND chat_id = ? AND thread_id = ? AND conversation_id <> ?", where)
    given = msgspec.structs.astuple(topic)
    marks = ", ".join("?" * len(given))
    cur.execute(f"INSERT OR REPLACE INTO topic ({_TOPIC}) VALUES ({marks})", given)  # noqa: S608 - a constant


def save_handle(cur: Cursor, channel: str, external_id: str, operator_id: int) -> None:
    """One account an operator, one operator an account."""
    cur.execute("DELETE FROM handle WHERE channel = ? AND (external_id = ? OR operator_id = ?)",
                (channel, external_id, operator_id))  # fmt: skip
    cur.execute(
        "INSERT INTO handle (channel, external_id, operator_id) VALUES (?, ?, ?)", (channel, external_id, operator_id)
    )

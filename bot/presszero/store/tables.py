"""Every table of a desk, one a noun: the only place where the shape of what is kept is written down.

`schema.sql` and the migrations are checked against it. The hot path never imports it (SQLModel costs a second to load):
it is for Alembic, for reports, and for the tests. Times are seconds since the epoch; JSON stands in text columns.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, Index, MetaData, PrimaryKeyConstraint, Text, UniqueConstraint, text
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Table(SQLModel, registry=registry(metadata=MetaData(naming_convention=NAMES))):
    """What all tables share: one metadata, so that constraints have names and Alembic can change them."""


def some(where: str) -> dict[str, Any]:
    """An index over the few rows that wait, on both engines."""
    return {"sqlite_where": text(where), "postgresql_where": text(where)}


def number(table: str) -> Any:
    """The id of a row of another table."""
    return ForeignKey(f"{table}.id")


class Customer(Table, table=True):
    """A person. ``folded``: the facts as they are searched."""

    __table_args__ = {"sqlite_autoincrement": True}
    id: int | None = Field(default=None, primary_key=True)
    facts: str = Field(sa_type=Text)
    remembered: str = Field(sa_type=Text)
    tags: str = Field(sa_type=Text)
    verified: bool
    folded: str = Field(sa_type=Text)
    created_at: float


class Identity(Table, table=True):
    """A verified name of a customer (``site:42``)."""

    key: str = Field(primary_key=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    at: float


class Operator(Table, table=True):
    """Somebody who answers."""

    __table_args__ = (UniqueConstraint("name"), {"sqlite_autoincrement": True})
    id: int | None = Field(default=None, primary_key=True)
    name: str
    shown: str
    password: str
    queues: str = Field(sa_type=Text)
    disabled: bool
    lang: str
    role: str
    away: bool
    present_at: float


class Session(Table, table=True):
    """A sign-in of an operator, by the digest of its token."""

    digest: str = Field(primary_key=True)
    operator_id: int = Field(foreign_key="operator.id", index=True)
    expires_at: float


class Conversation(Table, table=True):
    """One conversation and its state."""

    __table_args__ = (
        Index(None, "channel", "peer", "id"),
        Index("ix_conversation_waiting", "holder", "queue", "queued_at", **some("holder <> 'bot'")),
        {"sqlite_autoincrement": True},
    )
    id: int | None = Field(default=None, primary_key=True)
    channel: str
    peer: str
    customer_id: int = Field(foreign_key="customer.id", index=True)
    version: int
    state: bytes
    holder: str
    operator_id: int | None = Field(default=None, foreign_key="operator.id")
    queue: str
    brief: str = Field(sa_type=Text)
    lang: str
    title: str
    page: str = Field(sa_type=Text)
    queued_at: float | None = None
    due_at: float | None = None
    created_at: float
    updated_at: float
    last_seq: int
    read_seq: int
    seen_seq: int
    ended: bool


class Merge(Table, table=True):
    """A conversation that moved to a verified customer, and from whom: what is needed to take it back."""

    conversation_id: int = Field(primary_key=True, foreign_key="conversation.id")
    customer_id: int = Field(foreign_key="customer.id")  # before
    at: float
    undone: bool


class Message(Table, table=True):
    """One line of a conversation. ``folded``: its text as it is searched."""

    __table_args__ = (UniqueConstraint("conversation_id", "seq"), {"sqlite_autoincrement": True})
    id: int | None = Field(default=None, primary_key=True)
    conversation_id: int = Field(foreign_key="conversation.id")
    seq: int
    who: str
    text: str = Field(sa_type=Text)
    at: float
    author: str
    body: str = Field(sa_type=Text)
    folded: str = Field(sa_type=Text)


class Inbound(Table, table=True):
    """Which external ids were taken. Rows lie in the order of time, so the old ones are found without an index."""

    __table_args__ = (UniqueConstraint("channel", "external_id"),)
    id: int | None = Field(default=None, primary_key=True)
    channel: str
    external_id: str
    conversation_id: int = Field(foreign_key="conversation.id")
    at: float


class Ticket(Table, table=True):
    """A request. ``folded``: its title, contact and fields as they are searched."""

    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    conversation_id: int = Field(foreign_key="conversation.id", index=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    title: str = Field(sa_type=Text)
    category: str
    priority: str
    queue: str
    state: str = Field(index=True)
    owner_id: int | None = Field(default=None, foreign_key="operator.id")
    fields_: str = Field(sa_type=Text, sa_column_kwargs={"name": "fields"})
    notify: str = Field(sa_type=Text)
    guess: str = Field(sa_type=Text)
    reply_due: float | None = None
    resolve_due: float | None = None
    secret: str
    contact: str
    created_at: float
    updated_at: float
    replied_at: float | None = None
    resolved_at: float | None = None
    reopened: int
    lang: str
    folded: str = Field(sa_type=Text)


class TicketEvent(Table, table=True):
    """What happened to a ticket; ``what`` names the things that changed and their new values."""

    __tablename__ = "ticket_event"
    __table_args__ = {"sqlite_autoincrement": True}
    id: int | None = Field(default=None, primary_key=True)
    ticket_number: int = Field(foreign_key="ticket.number", index=True)
    at: float
    by: str
    what: str = Field(sa_type=Text)
    note: str = Field(sa_type=Text)


class Timer(Table, table=True):
    """One timer for each purpose of a conversation."""

    __table_args__ = (PrimaryKeyConstraint("conversation_id", "purpose"), {"sqlite_with_rowid": False})
    conversation_id: int = Field(foreign_key="conversation.id")
    purpose: str
    serial: int
    due_at: float = Field(index=True)


class Call(Table, table=True):
    """A service call that has no answer yet."""

    __table_args__ = (PrimaryKeyConstraint("conversation_id", "id"), {"sqlite_with_rowid": False})
    conversation_id: int = Field(foreign_key="conversation.id")
    id: str
    call: str
    given: str = Field(sa_type=Text)
    key: str
    attempts: int
    at: float = Field(index=True)


WAITING, LOST = "state IN ('queued', 'begun')", "state IN ('failed', 'in_doubt')"


class Outbox(Table, table=True):
    """What became of a message that a channel must carry. ``state``: queued, begun, sent, failed, in_doubt.

    ``rank``: whose turn it is when a channel is slow: 0 replies, 1 notices, 2 broadcasts.
    """

    __table_args__ = (
        Index("ix_outbox_waiting", "channel", "peer", "message_id", **some(WAITING)),
        Index("ix_outbox_lost", "message_id", **some(LOST)),
    )
    message_id: int = Field(primary_key=True, foreign_key="message.id", sa_column_kwargs={"autoincrement": False})
    channel: str
    peer: str
    state: str
    attempts: int
    due_at: float
    external_id: str
    why: str
    rank: int


class Trace(Table, table=True):
    """What a message is called in a channel, both ways: for replies, edits, and the parts that a long one went in."""

    __table_args__ = (PrimaryKeyConstraint("channel", "peer", "external_id"), {"sqlite_with_rowid": False})
    channel: str
    peer: str
    external_id: str
    message_id: int = Field(foreign_key="message.id", index=True)
    part: int


class Held(Table, table=True):
    """A message of a customer that waits for those that belong with it; ``key``: which do."""

    __table_args__ = (
        UniqueConstraint("channel", "external_id"),
        Index(None, "channel", "peer", "id"),
        {"sqlite_autoincrement": True},
    )
    id: int | None = Field(default=None, primary_key=True)
    channel: str
    external_id: str
    peer: str
    key: str
    due_at: float
    at: float
    incoming: str = Field(sa_type=Text)


class Blocked(Table, table=True):
    """A peer that does not want our messages."""

    __table_args__ = (PrimaryKeyConstraint("channel", "peer"), {"sqlite_with_rowid": False})
    channel: str
    peer: str
    at: float


class Link(Table, table=True):
    """A one-time code, by its digest, that joins another channel's peer to whoever asked for it."""

    digest: str = Field(primary_key=True)
    channel: str
    peer: str
    customer_id: int = Field(foreign_key="customer.id")
    expires_at: float


class Topic(Table, table=True):
    """A conversation as operators see it in a forum group: up to which line it was sent there."""

    __table_args__ = (UniqueConstraint("account", "chat_id", "thread_id"),)
    conversation_id: int = Field(
        primary_key=True, foreign_key="conversation.id", sa_column_kwargs={"autoincrement": False}
    )
    account: str
    chat_id: str
    thread_id: str
    sent_seq: int
    begun_seq: int  # above sent_seq: being sent, or in doubt after a crash
    card: str  # the id of the summary card there
    state: str  # what the icon shows
    at: float


class Handle(Table, table=True):
    """An operator's account in a messenger, by which they are known in the forum desk."""

    __table_args__ = (PrimaryKeyConstraint("channel", "external_id"), {"sqlite_with_rowid": False})
    channel: str
    external_id: str
    operator_id: int = Field(foreign_key="operator.id", index=True)


class File(Table, table=True):
    """An uploaded file; its bytes lie in the data folder under its id."""

    id: str = Field(primary_key=True)
    conversation_id: int = Field(foreign_key="conversation.id", index=True)
    name: str
    type: str
    size: int
    at: float


class Question(Table, table=True):
    """What somebody asked the articles, personal data masked, and what came of it. ``place``: chat or portal."""

    __table_args__ = (Index(None, "customer_id", "at"), Index(None, "conversation_id", "id"))
    id: int | None = Field(default=None, primary_key=True)
    at: float = Field(index=True)
    place: str
    channel: str
    conversation_id: int | None = Field(default=None, foreign_key="conversation.id")
    customer_id: int | None = Field(default=None, foreign_key="customer.id")
    lang: str
    text: str = Field(sa_type=Text)
    searched: str = Field(sa_type=Text)  # after repair, when that changed anything
    band: str  # answer, suggest, none, unasked
    shown: str = Field(sa_type=Text)  # JSON: slugs of the articles
    chance: float
    flow: str  # where the conversation stood
    intent: str
    confidence: float
    feedback: str  # yes, no, or nothing said
    handed_at: float | None = None  # when a person was asked for, or a request opened, within 72 h


class Lesson(Table, table=True):
    """What a person said, the category it was given, and the one an operator gave it. ``state``: proposed, approved, refused."""

    __table_args__ = (Index(None, "state", "at"),)
    ticket_number: int = Field(primary_key=True, foreign_key="ticket.number", sa_column_kwargs={"autoincrement": False})
    conversation_id: int = Field(foreign_key="conversation.id", index=True)
    at: float
    by: str
    lang: str
    text: str = Field(sa_type=Text)
    guess: str
    confidence: float
    means: str  # who chose the guess: flow, words, model, default
    category: str
    state: str
    decided_at: float | None = None
    decided_by: str
    taught_text: str = Field(sa_type=Text)
    taught_as: str
    file: str  # of the desk, that got the phrase


class Secret(Table, table=True):
    """A random secret of this desk."""

    name: str = Field(primary_key=True)
    value: bytes


class Count(Table, table=True):
    """How often something happened on a day (days since the epoch, UTC)."""

    __table_args__ = (PrimaryKeyConstraint("day", "name"), {"sqlite_with_rowid": False})
    day: int
    name: str
    total: int


class Source(Table, table=True):
    """A file of a publication, packed, by the digest of what is in it."""

    digest: str = Field(primary_key=True)
    body: bytes


class Publication(Table, table=True):
    """A set of files that was published; ``files`` and ``baseline`` are JSON."""

    __table_args__ = {"sqlite_autoincrement": True}
    id: int | None = Field(default=None, primary_key=True)
    at: float
    author: str
    note: str = Field(sa_type=Text)
    base: int | None = Field(default=None, foreign_key="publication.id")
    restores: int | None = Field(default=None, foreign_key="publication.id")
    share: int
    state: str
    format: int
    files: str = Field(sa_type=Text)
    baseline: str = Field(sa_type=Text)


class Structure(Table, table=True):
    """A version of a flow; ``policy`` is empty while it is published, then says what becomes of people inside."""

    __table_args__ = (PrimaryKeyConstraint("flow", "version"),)
    flow: str
    version: str
    compiled: bytes
    in_flight: str
    drain: float
    policy: str
    until: float


def schema(dialect: str = "sqlite") -> str:
    """The whole schema as SQL: what `schema.sql` must say."""
    from sqlalchemy.dialects import registry as dialects
    from sqlalchemy.schema import CreateIndex, CreateTable

    engine = dialects.load(dialect)()
    parts = []
    for table in Table.metadata.sorted_tables:
        parts.append(str(CreateTable(table).compile(dialect=engine)))
        parts += [str(CreateIndex(i).compile(dialect=engine)) for i in sorted(table.indexes, key=lambda i: str(i.name))]
    return "".join("\n".join(line.rstrip() for line in p.strip().splitlines()) + ";\n" for p in parts)

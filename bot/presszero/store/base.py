"""The one door to what is kept: the Store protocol and the records that pass through it.

A turn is one `commit_turn`: dedupe, state with its version, messages, tickets, timers, outbox, or nothing at all.
Written against by the runtime, the console and the store suite; no SQL and no engine shows through here.
Times are seconds since the epoch (float, UTC).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, Protocol

import msgspec

from presszero.store.asked import Asked, NewQuestion
from presszero.store.forum import Forum
from presszero.store.lessons import Lessons, NewLesson
from presszero.store.shelf import Shelf

Who = Literal["customer", "bot", "operator", "note", "system"]
TicketState = Literal["new", "open", "waiting", "resolved", "closed"]
Outcome = Literal["sent", "retry", "failed", "in_doubt"]


class Customer(msgspec.Struct, frozen=True):
    """A person as far as it is verified who they are.

    ``facts``: name, segment, phone …; ``remembered``: slot → (value, when).
    """

    id: int
    facts: dict[str, Any] = {}
    remembered: dict[str, tuple[Any, float]] = {}
    tags: tuple[str, ...] = ()
    verified: bool = False


class Conversation(msgspec.Struct, frozen=True):
    """One conversation: ``channel`` account (``web``, ``rest``, ``telegram:12345``) and ``peer`` (who talks there)."""

    id: int
    channel: str
    peer: str
    customer_id: int
    version: int
    state: bytes  # JSON of dialogue.State
    holder: Literal["bot", "queue", "person"] = "bot"
    operator_id: int | None = None
    queue: str = ""
    brief: dict[str, str] = {}
    lang: str = ""
    title: str = ""
    page: dict[str, str] = {}
    queued_at: float | None = None
    due_at: float | None = None  # when a person should have answered
    created_at: float = 0.0
    updated_at: float = 0.0
    last_seq: int = 0
    read_seq: int = 0  # read by the customer
    seen_seq: int = 0  # read by operators
    ended: bool = False


class Message(msgspec.Struct, frozen=True):
    """One line of a conversation. ``seq`` counts from 1 inside the conversation, notes included.

    ``body`` extras: ``buttons`` [{label,payload,digit}], ``links`` [{title,url}], ``file`` {id,name,type,size},
    ``picture``, ``client_id``.
    """

    id: int
    conversation_id: int
    seq: int
    who: Who
    text: str
    at: float
    author: str = ""  # the operator's name customers see
    body: dict[str, Any] = {}
    sent: Literal["", "queued", "sent", "failed", "in_doubt"] = ""  # of the outbox, where a channel has one


class NewMessage(msgspec.Struct, frozen=True):
    """A message to write in a turn; the store gives it its seq. ``deliver`` = put it into the outbox of the channel."""

    who: Who
    text: str
    author: str = ""
    body: dict[str, Any] = {}
    deliver: bool = False
    rank: int = 0  # in the outbox: 0 replies, 1 notices, 2 broadcasts
    ref: str = ""  # the channel's own id of a customer's message


class Inbound(msgspec.Struct, frozen=True):
    """What makes an incoming message itself: unique (channel account, external id)."""

    channel: str
    external_id: str


class NewHeld(msgspec.Struct, frozen=True):
    """A message to keep until those that belong with it (the same ``key``) have come; ``incoming`` is its JSON."""

    inbound: Inbound
    peer: str
    key: str
    at: float
    due_at: float
    incoming: bytes


class Held(msgspec.Struct, frozen=True):
    """A message that is held."""

    id: int
    key: str
    incoming: bytes


class Holding(msgspec.Struct, frozen=True):
    """A peer that messages are held of, and when they are due."""

    channel: str
    peer: str
    due_at: float


class NewTicket(msgspec.Struct, frozen=True):
    """A ticket to write, with a number reserved beforehand."""

    number: int
    title: str
    category: str
    priority: str
    queue: str
    fields: dict[str, str] = {}
    notify: tuple[str, ...] = ()
    guess: dict[str, Any] = {}  # category ranking of the classifier, for later correction
    reply_due: float | None = None
    resolve_due: float | None = None
    secret: str = ""  # of the request page's link
    contact: str = ""


class TicketEdit(msgspec.Struct, frozen=True):
    """A change of a ticket; None leaves a thing as it is."""

    number: int
    state: TicketState | None = None
    category: str | None = None
    priority: str | None = None
    queue: str | None = None
    owner_id: int | None = None  # 0 takes the owner away
    fields: dict[str, str] | None = None  # added to those there are
    contact: str | None = None
    note: str = ""  # for the ticket's history
    by: str = "bot"
    lesson: NewLesson | None = None  # what may be learned from a change of category


class Ticket(msgspec.Struct, frozen=True):
    """A request with an owner and a deadline."""

    number: int
    conversation_id: int
    customer_id: int
    title: str
    category: str
    priority: str
    queue: str
    state: TicketState
    owner_id: int | None
    fields: dict[str, str]
    notify: tuple[str, ...]
    guess: dict[str, Any]
    reply_due: float | None
    resolve_due: float | None
    secret: str
    contact: str
    created_at: float
    updated_at: float
    replied_at: float | None = None
    resolved_at: float | None = None
    reopened: int = 0
    lang: str = ""


class TimerSet(msgspec.Struct, frozen=True):
    """A timer to set: one per (conversation, purpose), a later one replaces it."""

    purpose: str
    serial: int
    due_at: float


class CallStart(msgspec.Struct, frozen=True):
    """A service call to be made after the commit; survives a restart."""

    id: str
    call: str
    given: dict[str, str]
    key: str  # idempotency key of a POST


class HolderSet(msgspec.Struct, frozen=True):
    """Who holds the conversation from this turn on.

    An empty ``queue`` or ``brief`` leaves what there is, unless the bot takes it back.
    """

    holder: Literal["bot", "queue", "person"]
    operator_id: int | None = None
    queue: str = ""
    brief: dict[str, str] = {}
    due_at: float | None = None


class CustomerEdit(msgspec.Struct, frozen=True):
    """What became known of the customer."""

    facts: dict[str, Any] = {}
    remembered: dict[str, tuple[Any, float]] = {}
    tags: tuple[str, ...] = ()


class Turn(msgspec.Struct, frozen=True):
    """Everything one turn writes, in one transaction, or nothing."""

    conversation_id: int
    version: int  # the version that was read; another in the store = Stale
    state: bytes
    at: float
    inbound: Inbound | None = None
    messages: Sequence[NewMessage] = ()
    holder: HolderSet | None = None
    lang: str = ""
    title: str = ""
    page: dict[str, str] | None = None
    tickets: Sequence[NewTicket] = ()
    edits: Sequence[TicketEdit] = ()
    timers: Sequence[TimerSet] = ()
    cancels: Sequence[str] = ()  # purposes
    calls: Sequence[CallStart] = ()
    call_done: str = ""  # the id of the call whose answer this turn took
    customer: CustomerEdit | None = None
    counts: Sequence[str] = ()
    ended: bool = False  # as it stands after this turn: a later turn without it opens the conversation again
    held: Sequence[int] = ()  # messages that were held and are taken now
    questions: Sequence[NewQuestion] = ()  # to the articles
    feedback: str = ""  # yes or no: whether what was shown to the last question helped
    handed: bool = False  # a person was asked for, or a request opened


class Committed(msgspec.Struct, frozen=True):
    """The turn is on disk: the messages it wrote, with their seqs."""

    messages: tuple[Message, ...]
    version: int


class Duplicate(msgspec.Struct, frozen=True):
    """This external id was taken before; nothing was written. ``conversation_id`` is where."""

    conversation_id: int


class Stale(msgspec.Struct, frozen=True):
    """Somebody else changed the conversation meanwhile; nothing was written: read again and run the turn again."""


class DueTimer(msgspec.Struct, frozen=True):
    """A timer whose time has come."""

    conversation_id: int
    purpose: str
    serial: int
    due_at: float


class DueCall(msgspec.Struct, frozen=True):
    """A service call to make. ``attempts`` counts those begun before this one (a crash may have cut the last)."""

    conversation_id: int
    id: str
    call: str
    given: dict[str, str]
    key: str
    attempts: int


class DueDelivery(msgspec.Struct, frozen=True):
    """A message to hand to a channel; ``attempts`` counts those begun before (since its last part arrived)."""

    id: int
    channel: str
    peer: str
    message: Message
    attempts: int
    rank: int = 0
    due_at: float = 0.0
    why: str = ""  # what came of the last attempt
    blocked: bool = False  # the peer does not want our messages


class Line(msgspec.Struct, frozen=True):
    """A peer that messages wait for, and the newest of them."""

    channel: str
    peer: str
    newest: int


class LinkEnd(msgspec.Struct, frozen=True):
    """What came of a one-time code; ``taken``: this peer is somebody else's already."""

    outcome: Literal["joined", "wrong", "taken"]
    customer: Customer | None = None


class Operator(msgspec.Struct, frozen=True):
    """Somebody who answers. ``password`` is a hash; ``queues`` empty = all."""

    id: int
    name: str  # signs in with it
    shown: str  # what customers see
    password: str
    queues: tuple[str, ...] = ()
    disabled: bool = False
    lang: str = "ru"
    role: Literal["operator", "lead", "admin"] = "operator"


class QueueRow(msgspec.Struct, frozen=True):
    """One line of the operators' list."""

    conversation: Conversation
    customer: Customer
    last: Message | None
    operator: str  # who holds, as shown


class StoredFile(msgspec.Struct, frozen=True):
    """A file's row; the bytes are in the data folder under its id."""

    id: str
    conversation_id: int
    name: str
    type: str
    size: int
    at: float


class Store(Shelf, Forum, Asked, Lessons, Protocol):
    """What every engine promises; the suite in tests/store runs against each of them."""

    async def open(self) -> None:
        """Opens or creates the database and brings it to the newest schema.

        Deliveries that were begun and not ended before are in doubt from now on.
        Raises ConfigError (in use by another process, newer schema, not a database).
        """

    async def close(self) -> None:
        """Finishes what is being written and closes."""

    # the turn
    async def conversation(
        self, channel: str, peer: str, at: float, *, idle: float = 86400.0, customer_key: str = ""
    ) -> tuple[Conversation, Customer]:
        """The open conversation of a peer, or a new one (after the last ended or was idle), with its customer.

        A conversation that people hold does not grow idle. ``customer_key`` is a verified identity (``site:42``) that
        joins conversations: those of the peer's anonymous customer move to the verified one. A peer alone joins
        nothing, and a peer that was somebody else before begins a new conversation.
        """
        ...

    async def latest(self, channel: str, peer: str, *, customer_key: str = "") -> tuple[Conversation, Customer] | None:
        """The last conversation of a peer, over or not; looking makes none. None when there was none, or it is another's."""
        ...

    async def add_link(
        self, digest: str, channel: str, peer: str, customer_id: int, at: float, expires_at: float
    ) -> None:
        """A one-time code, by its digest, with which another channel's peer is joined to this one's customer."""

    async def linker(self, digest: str, at: float) -> Customer | None:
        """Who asked for a code that is still good."""
        ...

    async def use_link(self, digest: str, channel: str, peer: str, at: float) -> LinkEnd:
        """Joins a peer to whoever asked for the code, once; `separate` takes it back."""
        ...

    async def spend_link(self, digest: str, at: float) -> Customer | None:
        """Uses a code up and joins nobody; whoever asked for it, None when it is no good."""
        ...

    async def load(self, conversation_id: int) -> tuple[Conversation, Customer] | None:
        """A conversation by id."""
        ...

    async def move_peer(self, channel: str, old: str, new: str) -> None:
        """What an anonymous peer wrote belongs to another peer from now on (they signed in); a verified customer's never moves."""

    async def taken(self, inbound: Inbound) -> int | None:
        """The conversation that already took this external id."""
        ...

    async def commit_turn(self, turn: Turn) -> Committed | Duplicate | Stale:
        """Writes a turn, all of it or nothing; returns after it is durable. Raises Busy or StoreError."""
        ...

    async def next_ticket_number(self) -> int:
        """A number never given before; gaps are allowed."""
        ...

    # what waits
    async def due_timers(self, at: float, limit: int = 100) -> Sequence[DueTimer]:
        """Timers due by ``at``, oldest first; each stays until a turn cancels, replaces or `drop_timer`s it."""
        ...

    async def drop_timer(self, conversation_id: int, purpose: str, serial: int) -> None:
        """Forgets a timer that changed nothing."""

    async def next_due(self) -> float | None:
        """When the next timer is due."""
        ...

    async def due_calls(self, limit: int = 100) -> Sequence[DueCall]:
        """Service calls that have no answer yet."""
        ...

    async def begin_call(self, conversation_id: int, id: str) -> None:  # noqa: A002 - the name in the protocol
        """Notes, durably, that an attempt at a call begins."""

    async def due_deliveries(self, at: float, limit: int = 100) -> Sequence[DueDelivery]:
        """The head of each peer's line in the outbox whose time has come (strict order within a peer)."""
        ...

    async def lines(self, after: int = 0) -> Sequence[Line]:
        """Peers that messages with a higher id than this wait for."""
        ...

    async def next_delivery(self, channel: str, peer: str) -> DueDelivery | None:
        """The head of a peer's line, due or not, unless it is on its way."""
        ...

    async def begin_delivery(self, id: int) -> None:  # noqa: A002 - the name in the protocol
        """Notes, durably, that an attempt begins; after a crash an attempt without an end is in doubt."""

    async def end_delivery(
        self,
        id: int,  # noqa: A002 - the name in the protocol
        outcome: Outcome,
        *,
        external_id: str = "",
        retry_at: float | None = None,
        why: str = "",
        parts: Sequence[str] = (),
    ) -> None:
        """What came of an attempt; ``failed`` = dead letter, ``in_doubt`` = sent, result unknown.

        ``parts``: the channel's ids of what arrived in it, as far as they are not noted yet.
        """

    async def parts(self, id: int) -> Sequence[str]:  # noqa: A002 - the name in the protocol
        """The channel's ids of the parts of a message that arrived, in order."""
        ...

    async def note_parts(self, id: int, parts: Sequence[str]) -> None:  # noqa: A002 - the name in the protocol
        """Notes, durably, that parts arrived and more are to go; `begin_delivery` comes again before the next."""

    async def resend(self, id: int, at: float) -> bool:  # noqa: A002 - the name in the protocol
        """A dead letter, or one in doubt, goes into its line again; True if it was one."""
        ...

    async def hurry(self, channel: str, at: float) -> None:
        """What waits for another try in this channel is due now."""

    async def block(self, channel: str, peer: str, at: float, *, blocked: bool) -> bool:
        """A peer does not want our messages, or does again; True if that is new. Open tickets' history says it."""
        ...

    async def blocked(self, channel: str, peer: str) -> float | None:
        """Since when a peer does not want our messages."""
        ...

    # what waits for more of its kind
    async def hold(self, new: NewHeld) -> bool:
        """Keeps a message without a turn; returns after it is durable. False when it was taken or held before."""
        ...

    async def held(self, channel: str, peer: str) -> Sequence[Held]:
        """What is held of a peer, in order."""
        ...

    async def holding(self, longest: float) -> Sequence[Holding]:
        """Whose messages are held, and when they are due: ``longest`` seconds after the first at the latest."""
        ...

    async def drop_held(self, id: int) -> None:  # noqa: A002 - the name in the protocol
        """Forgets a held message that no turn can take."""

    # what messages are called in channels
    async def traced(self, channel: str, peer: str, ref: str) -> Message | None:
        """The message that a channel knows by this id, either way."""
        ...

    async def trace(self, channel: str, peer: str, message_id: int, refs: Sequence[str]) -> None:
        """Notes what a message is called in a channel (several ids when it went in parts)."""

    async def refs(self, message_id: int) -> Sequence[tuple[str, str, str]]:
        """What a message is called: (channel, peer, id) each."""
        ...

    async def edit_message(self, message_id: int, text: str, at: float) -> bool:
        """A customer's new words for a message; ``body.edited`` keeps the old ones. True if anything changed."""
        ...

    # reading
    async def messages(
        self, conversation_id: int, *, after: int = 0, before: int | None = None, limit: int = 200, notes: bool = False
    ) -> Sequence[Message]:
        """Messages by seq, ascending; ``before`` + ``limit`` gives the last ones before it.

        Notes are only for operators.
        """
        ...

    async def history(
        self, channel: str, peer: str, *, after: int = 0, before: int | None = None, limit: int = 200
    ) -> Sequence[Message]:
        """What a peer wrote and read over its conversations, without notes, by id.

        Forward from ``after``; without it the last ones, before ``before`` if given.
        Only those of the customer it is now: who signs in as somebody else, or out, does not read on.
        """
        ...

    async def older(self, before: float, limit: int = 100) -> Sequence[int]:
        """Conversations that nobody touched since a moment and that still hold messages."""
        ...

    async def files(self, conversation_id: int) -> Sequence[str]:
        """The ids of a conversation's files."""
        ...

    async def ticket(self, number: int) -> Ticket | None:
        """A ticket by number."""
        ...

    async def tickets(
        self,
        *,
        conversation_id: int | None = None,
        customer_id: int | None = None,
        states: Sequence[TicketState] = (),
        queue: str = "",
        limit: int = 100,
    ) -> Sequence[Ticket]:
        """Tickets, newest first, of one conversation or customer or of all (for operators)."""
        ...

    async def ticket_history(self, number: int) -> Sequence[Mapping[str, Any]]:
        """What happened to a ticket: at, by, what (dict), note; oldest first."""
        ...

    async def rows(
        self,
        *,
        holder: Sequence[str] = ("queue", "person"),
        operator_id: int | None = None,
        ended: bool = False,
        limit: int = 200,
    ) -> Sequence[QueueRow]:
        """Conversations for the operators' list, by deadline; those that ended newest first."""
        ...

    async def place(self, queue: str, conversation_id: int | None = None) -> int:
        """How many wait in a queue before this conversation (before a newcomer when None)."""
        ...

    async def search(self, text: str, limit: int = 50) -> Sequence[QueueRow]:
        """Conversations and tickets by number, name, contact or words (for operators)."""
        ...

    async def dead_letters(self, limit: int = 100) -> Sequence[DueDelivery]:
        """Deliveries that failed for good or are in doubt, newest first."""
        ...

    async def dead_letter(self, id: int) -> DueDelivery | None:  # noqa: A002 - the name in the protocol
        """One of them."""
        ...

    async def talks(self, customer_id: int, limit: int = 50) -> Sequence[tuple[Conversation, float | None]]:
        """A customer's conversations over all channels, newest first; each with since when its peer blocks us."""
        ...

    # marks that are not turns
    async def mark_read(
        self, conversation_id: int, *, read_seq: int | None = None, seen_seq: int | None = None
    ) -> None:
        """The customer (read) or an operator (seen) has read up to here; never goes back, leaves the version alone."""

    async def edit_ticket(self, edit: TicketEdit, at: float) -> Ticket:
        """Changes a ticket from the console and writes its history; the customer is told by a turn.

        Raises StoreError if there is no such ticket.
        """
        ...

    async def customer_of(self, key: str) -> int | None:
        """The customer with a verified identity, ``site:42``; None when nobody has come with it yet."""
        ...

    async def save_customer(self, customer_id: int, edit: CustomerEdit) -> None:
        """Adds facts, remembered values and tags."""

    async def separate(self, conversation_id: int) -> bool:
        """Takes back that a conversation moved to a verified customer; True if it had."""
        ...

    async def forget_conversation(self, conversation_id: int) -> Sequence[str]:
        """Deletes messages, files' rows and values of a conversation at the customer's wish; the bot has it, ended.

        Tickets keep number, category, priority, queue, state and times. Returns the ids of the files whose bytes must
        go.
        """
        ...

    async def add_file(self, file: StoredFile) -> None:
        """The row of an uploaded file."""

    async def file(self, id: str) -> StoredFile | None:  # noqa: A002 - the name in the protocol
        """A file's row."""
        ...

    # people
    async def operators(self) -> Sequence[Operator]:
        """All operators by name."""
        ...

    async def operator(self, *, name: str = "", id: int = 0) -> Operator | None:  # noqa: A002 - the name in the protocol
        """One operator."""
        ...

    async def save_operator(
        self,
        name: str,
        *,
        shown: str | None = None,
        password: str | None = None,
        disabled: bool | None = None,
        queues: Sequence[str] | None = None,
        lang: str | None = None,
        role: str | None = None,
    ) -> Operator:
        """Adds or changes an operator; a new password or ``disabled`` ends their sessions."""
        ...

    async def add_session(self, digest: str, operator_id: int, expires_at: float) -> None:
        """A sign-in; only the digest of the token is kept. An ``once:`` digest is a login link."""

    async def session(self, digest: str, at: float) -> Operator | None:
        """Whose session it is, unless expired or disabled; slides nothing."""
        ...

    async def end_session(self, digest: str) -> bool:
        """Ends a session or uses up a login link; True if there was one."""
        ...

    async def present(self, at: float, within: float = 90.0) -> Sequence[int]:
        """Operators who were in the console within this many seconds and take conversations."""
        ...

    async def touch_operator(self, operator_id: int, at: float, *, away: bool | None = None) -> None:
        """The operator is in the console now; ``away`` stops or resumes taking conversations."""

    # service
    async def secret(self, name: str) -> bytes:
        """A random secret of this desk (32 bytes), made at first asking and kept in the database."""
        ...

    async def count(self, name: str, at: float, more: int = 1) -> None:
        """One more of something that is no part of a turn (a reader of an article says that it helped), or ``more`` of it."""

    async def counts(self, since: float) -> Mapping[str, int]:
        """Totals of the turns' counts since a moment (by day)."""
        ...

    async def daily(self, since: float) -> Sequence[tuple[int, str, int]]:
        """The same day by day: days since the epoch, name, total."""
        ...

    async def prune(self, before: float) -> int:
        """Throws away external ids taken before (30 days will do) and sign-ins that ended; how many ids."""
        ...

    async def backup(self, path: str) -> None:
        """A consistent copy of the database while it runs."""

    async def check(self) -> Sequence[str]:
        """Sentences about what is wrong with the database; empty when it is sound."""
        ...

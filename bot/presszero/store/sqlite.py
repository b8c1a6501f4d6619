"""The store on one SQLite file, for one process: reads at once on the loop's thread, writes through the one writer.

This module only says who does what; the SQL is with its noun (`customers`, `turns`, `tickets`, `waiting`, `people`, …).
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from presszero.errors import StoreError
from presszero.store import (
    customers,
    forum,
    held,
    lessons,
    links,
    lists,
    messages,
    outbox,
    people,
    publications,
    questions,
    schema,
    service,
    tickets,
    trace,
    turns,
    waiting,
)
from presszero.store.asked import NewQuestion, Question, Reply
from presszero.store.base import (
    Committed,
    Conversation,
    Customer,
    CustomerEdit,
    DueCall,
    DueDelivery,
    DueTimer,
    Duplicate,
    Held,
    Holding,
    Inbound,
    Line,
    LinkEnd,
    Message,
    NewHeld,
    Operator,
    Outcome,
    QueueRow,
    Stale,
    StoredFile,
    Ticket,
    TicketEdit,
    TicketState,
    Turn,
)
from presszero.store.connect import connect
from presszero.store.forum import Topic
from presszero.store.lessons import Decision, Lesson, LessonState
from presszero.store.lock import Lock
from presszero.store.pack import mapping, pack
from presszero.store.reader import Reader
from presszero.store.shelf import NewPublication, Publication, Standing, Structure
from presszero.store.writer import Writer

FIRST_TICKET = 1001


class SqliteStore:
    """What `base.Store` promises. ``busy``: how long to wait, in seconds, while another program holds the file.

    ``durable=False`` is for plays of dialogue tests only: a crash of the machine may lose everything.
    """

    def __init__(self, path: Path, *, busy: float = 2.0, durable: bool = True) -> None:
        self._path, self._busy, self._durable = path, busy, durable
        self._secrets: dict[str, bytes] = {}
        self._number = FIRST_TICKET
        self._parts = AsyncExitStack()
        self._reader: Reader
        self._writer: Writer

    async def open(self) -> None:
        """Takes the file, brings it to the newest schema, and doubts what a crash cut."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        async with AsyncExitStack() as parts:
            lock = Lock(self._path)
            parts.callback(lock.release)
            await asyncio.to_thread(schema.prepare, self._path, self._busy)
            self._reader = Reader(self._path, self._busy)
            parts.callback(self._reader.close)
            self._writer = Writer(connect(self._path, self._busy, write=True, durable=self._durable))
            parts.push_async_callback(self._writer.close)
            await self._writer.do(outbox.doubt)
            newest = self._reader.one("SELECT coalesce(max(number), 0) FROM ticket")
            self._number = max(FIRST_TICKET, newest[0] + 1 if newest else 0)
            self._parts = parts.pop_all()

    async def close(self) -> None:
        """Finishes what is being written and closes."""
        await self._parts.aclose()

    @property
    def commits(self) -> int:
        """How many transactions were committed since opening: fewer than turns under load."""
        return self._writer.commits

    # the turn

    async def conversation(
        self, channel: str, peer: str, at: float, *, idle: float = 86400.0, customer_key: str = ""
    ) -> tuple[Conversation, Customer]:
        """The open conversation of a peer; one that is there costs a read only."""
        row = self._reader.one(customers.LAST_OF_PEER, channel, peer)
        if row is not None:
            last = customers.both(row)
            key = customer_key or customers.link_key(channel, peer)
            if customers.is_open(last[0], at, idle) and self._is(last[1].id, key, vouched=bool(customer_key)):
                return last
        return await self._writer.do(customers.arrive, customers.Arrival(channel, peer, at, idle, customer_key))

    async def latest(self, channel: str, peer: str, *, customer_key: str = "") -> tuple[Conversation, Customer] | None:
        """The last conversation of a peer."""
        row = self._reader.one(customers.LAST_OF_PEER, channel, peer)
        last = customers.both(row) if row is not None else None
        key = customer_key or customers.link_key(channel, peer)
        return last if last and self._is(last[1].id, key, vouched=bool(customer_key)) else None

    def _is(self, customer_id: int, key: str, *, vouched: bool) -> bool:
        row = self._reader.one(customers.OF_KEY, key)
        return row == (customer_id,) or (row is None and not vouched)

    async def add_link(
        self, digest: str, channel: str, peer: str, customer_id: int, at: float, expires_at: float
    ) -> None:
        """A one-time code."""
        await self._writer.do(links.add, digest, (channel, peer, customer_id), expires_at, at)

    async def linker(self, digest: str, at: float) -> Customer | None:
        """Who asked for it."""
        row = self._reader.one(links.PEEK, digest, at)
        return customers.customer_of(row) if row else None

    async def use_link(self, digest: str, channel: str, peer: str, at: float) -> LinkEnd:
        """Joins, once."""
        return await self._writer.do(links.use, digest, channel, peer, at)

    async def spend_link(self, digest: str, at: float) -> Customer | None:
        """Uses it up."""
        return await self._writer.do(links.spend, digest, at)

    async def load(self, conversation_id: int) -> tuple[Conversation, Customer] | None:
        """A conversation by id."""
        row = self._reader.one(customers.BY_ID, conversation_id)
        return customers.both(row) if row else None

    async def move_peer(self, channel: str, old: str, new: str) -> None:
        """What an anonymous peer wrote belongs to another peer from now on."""
        if self._reader.one(customers.LAST_OF_PEER, channel, old) is not None:
            await self._writer.do(customers.move_peer, channel, old, new)

    async def taken(self, inbound: Inbound) -> int | None:
        """The conversation that already took this external id."""
        row = self._reader.one(turns.TAKEN, inbound.channel, inbound.external_id)
        return row[0] if row else None

    async def commit_turn(self, turn: Turn) -> Committed | Duplicate | Stale:
        """Writes a turn; returns after it is on the disk."""
        return await self._writer.do(turns.commit, turn)

    async def next_ticket_number(self) -> int:
        """Counted here: this is the only process. One that no turn wrote may come again after a restart."""
        self._number += 1
        return self._number - 1

    # what waits

    async def due_timers(self, at: float, limit: int = 100) -> Sequence[DueTimer]:
        """Timers due by ``at``, oldest first."""
        return [DueTimer(*row) for row in self._reader.all(waiting.DUE_TIMERS, at, limit)]

    async def drop_timer(self, conversation_id: int, purpose: str, serial: int) -> None:
        """Forgets a timer that changed nothing."""
        await self._writer.do(waiting.drop_timer, conversation_id, purpose, serial)

    async def next_due(self) -> float | None:
        """When the next timer is due."""
        row = self._reader.one(waiting.NEXT_DUE)
        return row[0] if row else None

    async def due_calls(self, limit: int = 100) -> Sequence[DueCall]:
        """Service calls that have no answer yet."""
        return waiting.calls_of(self._reader.all(waiting.DUE_CALLS, limit))

    async def begin_call(self, conversation_id: int, id: str) -> None:  # noqa: A002 - the name in the protocol
        """An attempt at a call begins."""
        await self._writer.do(waiting.begin_call, conversation_id, id)

    # the outbox

    async def due_deliveries(self, at: float, limit: int = 100) -> Sequence[DueDelivery]:
        """The head of each peer's line whose time has come."""
        return outbox.deliveries_of(self._reader.all(outbox.DUE, at, limit))

    async def lines(self, after: int = 0) -> Sequence[Line]:
        """Peers that newer messages wait for."""
        return outbox.lines_of(self._reader.all(outbox.LINES, after))

    async def next_delivery(self, channel: str, peer: str) -> DueDelivery | None:
        """The head of a peer's line."""
        found = outbox.deliveries_of(self._reader.all(outbox.NEXT, channel, peer))
        return found[0] if found else None

    async def begin_delivery(self, id: int) -> None:  # noqa: A002 - the name in the protocol
        """An attempt begins."""
        await self._writer.do(outbox.begin, id)

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
        """What came of an attempt."""
        await self._writer.do(outbox.end, id, outbox.End(outcome, external_id, retry_at, why, tuple(parts)))

    async def parts(self, id: int) -> Sequence[str]:  # noqa: A002 - the name in the protocol
        """The parts that arrived."""
        return [row[0] for row in self._reader.all(outbox.PARTS, id)]

    async def note_parts(self, id: int, parts: Sequence[str]) -> None:  # noqa: A002 - the name in the protocol
        """These arrived and more are to go."""
        await self._writer.do(outbox.note_parts, id, tuple(parts))

    async def resend(self, id: int, at: float) -> bool:  # noqa: A002 - the name in the protocol
        """A lost one goes again."""
        return await self._writer.do(outbox.resend, id, at)

    async def hurry(self, channel: str, at: float) -> None:
        """What waits for another try goes now."""
        await self._writer.do(outbox.hurry, channel, at)

    async def block(self, channel: str, peer: str, at: float, *, blocked: bool) -> bool:
        """A peer does not want our messages, or does again."""
        return await self._writer.do(outbox.block if blocked else outbox.unblock, channel, peer, at)

    async def blocked(self, channel: str, peer: str) -> float | None:
        """Since when."""
        row = self._reader.one(outbox.BLOCKED, channel, peer)
        return row[0] if row else None

    # what waits for more of its kind

    async def hold(self, new: NewHeld) -> bool:
        """Keeps a message without a turn."""
        return await self._writer.do(held.hold, new)

    async def held(self, channel: str, peer: str) -> Sequence[Held]:
        """What is held of a peer."""
        return held.held_of(self._reader.all(held.OF_PEER, channel, peer))

    async def holding(self, longest: float) -> Sequence[Holding]:
        """Whose messages are held."""
        return held.waiting_of(self._reader.all(held.WAITING, longest))

    async def drop_held(self, id: int) -> None:  # noqa: A002 - the name in the protocol
        """Forgets one."""
        await self._writer.do(held.drop, id)

    # what messages are called in channels

    async def traced(self, channel: str, peer: str, ref: str) -> Message | None:
        """The message of an id."""
        row = self._reader.one(trace.MESSAGE_OF, channel, peer, ref)
        return messages.message_of(row) if row else None

    async def trace(self, channel: str, peer: str, message_id: int, refs: Sequence[str]) -> None:
        """Notes ids of a message."""
        await self._writer.do(trace.add, channel, peer, message_id, tuple(refs))

    async def refs(self, message_id: int) -> Sequence[tuple[str, str, str]]:
        """What a message is called."""
        return [(row[0], row[1], row[2]) for row in self._reader.all(trace.REFS, message_id)]

    async def edit_message(self, message_id: int, text: str, at: float) -> bool:
        """A customer's new words."""
        return await self._writer.do(trace.edit, message_id, text, at)

    # reading

    async def messages(
        self, conversation_id: int, *, after: int = 0, before: int | None = None, limit: int = 200, notes: bool = False
    ) -> Sequence[Message]:
        """Messages by seq, ascending."""
        if before is None:
            rows = self._reader.all(messages.FORWARD, conversation_id, after, notes, limit)
        else:
            rows = self._reader.all(messages.BACKWARD, conversation_id, after, notes, before, limit)[::-1]
        return [messages.message_of(row) for row in rows]

    async def history(
        self, channel: str, peer: str, *, after: int = 0, before: int | None = None, limit: int = 200
    ) -> Sequence[Message]:
        """What a peer wrote and read, over all its conversations, by id; forward from ``after``, else the last ones."""
        if after:
            rows = self._reader.all(messages.HISTORY_FORWARD, channel, peer, after, limit)
        else:
            newest = before if before is not None else 1 << 62
            rows = self._reader.all(messages.HISTORY_BACKWARD, channel, peer, 0, newest, limit)[::-1]
        return [messages.message_of(row) for row in rows]

    async def older(self, before: float, limit: int = 100) -> Sequence[int]:
        """Conversations that nobody touched since a moment and that still hold messages."""
        return [row[0] for row in self._reader.all(messages.OLDER, before, limit)]

    async def files(self, conversation_id: int) -> Sequence[str]:
        """The ids of a conversation's files."""
        return [row[0] for row in self._reader.all(messages.FILES_OF, conversation_id)]

    async def ticket(self, number: int) -> Ticket | None:
        """A ticket by number."""
        row = self._reader.one(tickets.BY_NUMBER, number)
        return tickets.ticket_of(row) if row else None

    async def tickets(
        self,
        *,
        conversation_id: int | None = None,
        customer_id: int | None = None,
        states: Sequence[TicketState] = (),
        queue: str = "",
        limit: int = 100,
    ) -> Sequence[Ticket]:
        """Tickets, newest first."""
        sql, given = tickets.matching(conversation_id, customer_id, states, queue)
        return [tickets.ticket_of(row) for row in self._reader.all(sql, *given, limit)]

    async def ticket_history(self, number: int) -> Sequence[Mapping[str, Any]]:
        """What happened to a ticket, oldest first."""
        rows = self._reader.all(tickets.HISTORY, number)
        return [{"at": row[0], "by": row[1], "what": mapping(row[2]), "note": row[3]} for row in rows]

    async def rows(
        self,
        *,
        holder: Sequence[str] = ("queue", "person"),
        operator_id: int | None = None,
        ended: bool = False,
        limit: int = 200,
    ) -> Sequence[QueueRow]:
        """Conversations for the operators' list."""
        sql, given = lists.by_deadline(holder, ended=ended), (ended, operator_id, limit)
        if ended or "bot" in holder:  # of all that ever were; those who wait are few
            return lists.rows_of(await self._reader.apart(lambda db: db.execute(sql, given).fetchall()))
        return lists.rows_of(self._reader.all(sql, *given))

    async def place(self, queue: str, conversation_id: int | None = None) -> int:
        """How many wait before."""
        row = self._reader.one(lists.PLACE, queue, conversation_id)
        return row[0] if row else 0

    async def search(self, text: str, limit: int = 50) -> Sequence[QueueRow]:
        """Reads every message if it must: in a thread."""
        return await self._reader.apart(lambda db: lists.search(db, text, limit))

    async def dead_letters(self, limit: int = 100) -> Sequence[DueDelivery]:
        """Deliveries that failed for good or are in doubt."""
        return outbox.deliveries_of(self._reader.all(outbox.LOST, limit))

    async def dead_letter(self, id: int) -> DueDelivery | None:  # noqa: A002 - the name in the protocol
        """One of them."""
        found = outbox.deliveries_of(self._reader.all(outbox.LOST_ONE, id))
        return found[0] if found else None

    async def talks(self, customer_id: int, limit: int = 50) -> Sequence[tuple[Conversation, float | None]]:
        """A customer's conversations over all channels, newest first."""
        rows = self._reader.all(customers.TALKS, customer_id, limit)
        return [(customers.conversation_of(row), row[21]) for row in rows]

    # marks that are not turns

    async def mark_read(
        self, conversation_id: int, *, read_seq: int | None = None, seen_seq: int | None = None
    ) -> None:
        """Read up to here."""
        await self._writer.do(service.mark_read, conversation_id, read_seq, seen_seq)

    async def edit_ticket(self, edit: TicketEdit, at: float) -> Ticket:
        """Changes a ticket from the console."""
        return await self._writer.do(tickets.edit, edit, at)

    async def customer_of(self, key: str) -> int | None:
        """Who has this identity."""
        row = self._reader.one(customers.OF_KEY, key)
        return row[0] if row else None

    async def save_customer(self, customer_id: int, edit: CustomerEdit) -> None:
        """Adds what became known."""
        await self._writer.do(customers.edit, customer_id, edit)

    async def separate(self, conversation_id: int) -> bool:
        """Takes a merge back."""
        return await self._writer.do(customers.separate, conversation_id)

    async def forget_conversation(self, conversation_id: int) -> Sequence[str]:
        """Deletes what was said."""
        return await self._writer.do(service.forget, conversation_id)

    async def add_file(self, file: StoredFile) -> None:
        """The row of an uploaded file."""
        await self._writer.do(service.add_file, file)

    async def file(self, id: str) -> StoredFile | None:  # noqa: A002 - the name in the protocol
        """A file's row."""
        row = self._reader.one(service.FILE, id)
        return StoredFile(*row) if row else None

    # people

    async def operators(self) -> Sequence[Operator]:
        """All operators by name."""
        return [people.operator_of(row) for row in self._reader.all(people.ALL)]

    async def operator(self, *, name: str = "", id: int = 0) -> Operator | None:  # noqa: A002 - the name in the protocol
        """One operator."""
        row = self._reader.one(people.BY_NAME, name) if name else self._reader.one(people.BY_ID, id)
        return people.operator_of(row) if row else None

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
        """Adds or changes an operator."""
        given = {"shown": shown, "password": password, "disabled": disabled, "lang": lang, "role": role}
        given["queues"] = None if queues is None else pack(list(queues))
        return await self._writer.do(people.save, name, {k: v for k, v in given.items() if v is not None})

    async def add_session(self, digest: str, operator_id: int, expires_at: float) -> None:
        """A sign-in."""
        await self._writer.do(people.add_session, digest, operator_id, expires_at)

    async def session(self, digest: str, at: float) -> Operator | None:
        """Whose session it is."""
        row = self._reader.one(people.OF_SESSION, digest, at)
        return people.operator_of(row) if row else None

    async def end_session(self, digest: str) -> bool:
        """Ends a session."""
        return await self._writer.do(people.end_session, digest)

    async def present(self, at: float, within: float = 90.0) -> Sequence[int]:
        """Who is in the console and takes conversations."""
        return [row[0] for row in self._reader.all(people.PRESENT, at - within)]

    async def touch_operator(self, operator_id: int, at: float, *, away: bool | None = None) -> None:
        """In the console now."""
        await self._writer.do(people.touch, operator_id, at, away)

    # the forum desk

    async def topic(self, conversation_id: int) -> Topic | None:
        """The topic of a conversation."""
        row = self._reader.one(forum.BY_CONVERSATION, conversation_id)
        return Topic(*row) if row else None

    async def topic_at(self, account: str, chat_id: str, thread_id: str) -> Topic | None:
        """The topic with this number."""
        row = self._reader.one(forum.BY_THREAD, account, chat_id, thread_id)
        return Topic(*row) if row else None

    async def topic_before(self, conversation_id: int) -> Topic | None:
        """The newest topic of an earlier conversation of the same peer."""
        row = self._reader.one(forum.BEFORE, conversation_id)
        return Topic(*row) if row else None

    async def topics(self, account: str, without: Sequence[str] = ()) -> Sequence[Topic]:
        """The topics of an account."""
        found = [Topic(*row) for row in self._reader.all(forum.OF_ACCOUNT, account)]
        return [topic for topic in found if topic.state not in without]

    async def save_topic(self, topic: Topic) -> None:
        """Writes a topic."""
        await self._writer.do(forum.save_topic, topic)

    async def handle(self, channel: str, external_id: str) -> Operator | None:
        """Whose account this is."""
        row = self._reader.one(forum.HANDLE, channel, external_id)
        return people.operator_of(row) if row else None

    async def handles(self, channel: str) -> Sequence[tuple[str, Operator]]:
        """All accounts."""
        return [(row[8], people.operator_of(row[:8])) for row in self._reader.all(forum.HANDLES, channel)]

    async def save_handle(self, channel: str, external_id: str, operator_id: int) -> None:
        """An account is an operator's."""
        await self._writer.do(forum.save_handle, channel, external_id, operator_id)

    # what was published

    async def published(self) -> tuple[int | None, int | None]:
        """What runs, and the trial."""
        runs, trial = self._reader.one(publications.RUNS) or (None, None)
        return runs, trial

    async def publication(self, number: int) -> Publication | None:
        """One publication."""
        row = self._reader.one(publications.ONE, number)
        return publications.publication_of(row) if row else None

    async def publications(self, limit: int = 50) -> Sequence[Publication]:
        """Newest first."""
        return [publications.publication_of(row) for row in self._reader.all(publications.NEWEST, limit)]

    async def published_files(self, number: int) -> Mapping[str, bytes]:
        """The files of a publication."""
        found = await self.publication(number)
        return await self._reader.apart(lambda db: publications.files_of(db, found)) if found else {}

    async def publish(self, new: NewPublication, flows: Sequence[Structure]) -> Publication | None:
        """All of it, or nothing."""
        return await self._writer.do(publications.publish, new, flows)

    async def end_trial(self, number: int, flows: Sequence[Structure], at: float, *, promote: bool) -> bool:
        """Promotes or withdraws."""
        return await self._writer.do(publications.end_trial, number, flows, at, promote)

    async def put_in_force(self, flows: Sequence[Structure], at: float) -> None:
        """These run now."""
        await self._writer.do(publications.put_in_force, flows, at)

    async def structures(self, at: float) -> Sequence[Structure]:
        """Those that people may be inside."""
        return [Structure(*row) for row in self._reader.all(publications.STRUCTURES, at)]

    async def standing(self, at: float) -> Standing:
        """Who is inside."""
        return await self._reader.apart(lambda db: publications.standing(db, at))

    # questions to the articles

    async def ask(self, new: NewQuestion, at: float, channel: str = "web") -> int:
        """One from the portal."""
        return await self._writer.do(questions.add, new, at, "portal", channel)

    async def came(
        self, number: int, feedback: str, handed_at: float | None, of: tuple[int, int] | None = None
    ) -> None:
        """What came of it."""
        await self._writer.do(questions.came, number, feedback, handed_at, of)

    async def questions(self, since: float, limit: int = 20_000) -> Sequence[Question]:
        """Newest first."""
        found = await self._reader.apart(lambda db: db.execute(questions.SINCE, (since, limit)).fetchall())
        return [questions.question_of(row) for row in found]

    async def unfit(self, since: float, limit: int = 20_000) -> Sequence[Question]:
        """Newest first."""
        found = await self._reader.apart(lambda db: db.execute(questions.UNFIT, (since, limit)).fetchall())
        return [questions.question_of(row) for row in found]

    async def replies(self, numbers: Sequence[int], limit: int = 200) -> Sequence[Reply]:
        """What people answered."""
        return await self._reader.apart(lambda db: questions.replies(db, numbers, limit))

    async def drop_questions(self, before: float) -> None:
        """Forgets old ones."""
        await self._writer.do(questions.drop, before)

    # what operators corrected

    async def lessons(self, *, decided: bool, limit: int = 50) -> Sequence[Lesson]:
        """In their order."""
        sql = lessons.DECIDED if decided else lessons.PROPOSED
        return [lessons.lesson_of(row) for row in self._reader.all(sql, limit)]

    async def lesson(self, ticket_number: int) -> Lesson | None:
        """One of them."""
        row = self._reader.one(lessons.ONE, ticket_number)
        return lessons.lesson_of(row) if row else None

    async def decide_lesson(self, ticket_number: int, was: LessonState, decision: Decision, at: float) -> bool:
        """Once."""
        return await self._writer.do(lessons.decide, ticket_number, was, decision, at)

    async def drop_lessons(self, before: float) -> None:
        """Forgets old ones."""
        await self._writer.do(lessons.drop, before)

    # service

    async def secret(self, name: str) -> bytes:
        """A random secret of this desk; it never changes, so it is kept in memory."""
        if name not in self._secrets:
            row = self._reader.one(service.SECRET, name)
            self._secrets[name] = row[0] if row else await self._writer.do(service.secret, name)
        return self._secrets[name]

    async def count(self, name: str, at: float, more: int = 1) -> None:
        """One more of something, or several."""
        await self._writer.do(turns.count, name, at, more)

    async def counts(self, since: float) -> Mapping[str, int]:
        """Totals by name."""
        return dict(self._reader.all(service.COUNTS, int(since // turns.DAY)))

    async def daily(self, since: float) -> Sequence[tuple[int, str, int]]:
        """Day by day."""
        return await self._reader.apart(lambda db: db.execute(service.DAILY, (int(since // turns.DAY),)).fetchall())

    async def prune(self, before: float) -> int:
        """Throws away what is old, a little at a time, so that turns go on between."""
        gone = part = await self._writer.do(service.prune, before)
        while part == service.OLD:
            part = await self._writer.do(service.prune, before)
            gone += part
        return gone

    async def backup(self, path: str) -> None:
        """A consistent copy while it runs."""
        try:
            await self._reader.apart(lambda db: service.backup(db, Path(path)))
        except OSError as error:
            raise StoreError(f"the copy could not be written: {error}") from error

    async def check(self) -> Sequence[str]:
        """What is wrong with the database."""
        return await self._reader.apart(service.check)

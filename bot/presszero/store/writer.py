"""The one thread that writes: it takes what has gathered, writes it in one transaction, and wakes the loop once.

Every job stands in its own savepoint, so that a job that fails spoils nobody else's. A future is resolved only after
the commit is on the disk. No refusal of the database may end this thread.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, Concatenate, ParamSpec, TypeVar

from presszero.errors import StoreError
from presszero.store.trouble import refusal

P = ParamSpec("P")
T = TypeVar("T")
Job = tuple["asyncio.Future[Any]", Callable[..., Any], tuple[Any, ...]]
Answer = tuple["asyncio.Future[Any]", Any, Exception | None]


class _TakenBackError(Exception):
    """A job's refusal, a full disk for one, with which SQLite took back the whole transaction."""

    def __init__(self, why: Exception) -> None:
        self.why = why


class Writer:
    """Owns the writing connection and its thread."""

    def __init__(self, db: sqlite3.Connection, most: int = 64) -> None:
        self._db, self._cur, self._most = db, db.cursor(), most
        self._loop = asyncio.get_running_loop()
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._thread = Thread(target=self._run, name="presszero-writer", daemon=True)
        self._open = True
        self.commits = 0  # how many transactions there were, for the numbers
        self._thread.start()

    def do(self, job: Callable[Concatenate[sqlite3.Cursor, P], T], *given: P.args, **_: P.kwargs) -> asyncio.Future[T]:
        """Queues ``job(cursor, *given)``; the future has its result once it is durable."""
        if not self._open:
            raise StoreError("the database is closed")
        future: asyncio.Future[T] = self._loop.create_future()
        self._jobs.put((future, job, given))
        return future

    async def close(self) -> None:
        """Writes what is queued, then ends the thread and the connection."""
        if self._open:
            self._open = False
            self._jobs.put(None)
            await asyncio.to_thread(self._thread.join)
            self._db.close()

    def _run(self) -> None:
        while True:
            batch, last = self._gather()
            if batch:
                self._loop.call_soon_threadsafe(_settle, self._write(batch))
            if last:
                return

    def _gather(self) -> tuple[list[Job], bool]:
        job, batch = self._jobs.get(), []
        try:
            while job is not None:
                batch.append(job)
                if len(batch) >= self._most:
                    return batch, False
                job = self._jobs.get_nowait()
        except Empty:
            return batch, False
        return batch, True

    def _write(self, batch: list[Job]) -> list[Answer]:
        """All of a batch in one transaction; who takes the whole transaction down is left out of the next try."""
        refused: list[Answer] = []
        while batch:
            answers: list[Answer] = []
            try:
                self._cur.execute("BEGIN IMMEDIATE")
                for job in batch:
                    answers.append(self._one(*job))  # noqa: PERF401 - how far it came is asked below
                self._cur.execute("COMMIT")
            except _TakenBackError as error:
                refused.append((batch.pop(len(answers))[0], None, refusal(error.why)))
            except Exception as error:  # noqa: BLE001 - whatever it was, the thread lives and every caller is told
                self._back()
                answers = [(future, None, refusal(error)) for future, _, _ in batch]
                return refused + answers
            else:
                self.commits += 1
                return refused + answers
        return refused

    def _one(self, future: asyncio.Future[Any], job: Callable[..., Any], given: tuple[Any, ...]) -> Answer:
        execute = self._cur.execute
        execute("SAVEPOINT job")
        try:
            answer = job(self._cur, *given)
        except Exception as error:
            if not self._db.in_transaction:
                raise _TakenBackError(error) from error
            execute("ROLLBACK TO job")
            execute("RELEASE job")
            return future, None, refusal(error)
        execute("RELEASE job")
        return future, answer, None

    def _back(self) -> None:
        try:
            if self._db.in_transaction:
                self._cur.execute("ROLLBACK")
        except sqlite3.Error:
            pass  # the callers have been told that nothing is written, and nothing is: there was no commit


def _settle(answers: list[Answer]) -> None:
    for future, answer, error in answers:
        if future.done():  # its caller went away
            continue
        if error is None:
            future.set_result(answer)
        else:
            future.set_exception(error)

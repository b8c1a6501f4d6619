"""A locked database and a full disk: 503 with Retry-After, nothing acknowledged, nothing written, and afterwards all is well."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager

import httpx
import pytest

from tests.running import Here, Visitor


@contextmanager
def locked(desk: Here) -> Iterator[None]:
    """Another program holds the database."""
    with closing(sqlite3.connect(desk.data / "presszero.db", isolation_level=None)) as db:
        db.execute("BEGIN IMMEDIATE")
        yield
        db.execute("ROLLBACK")


@asynccontextmanager
async def full(desk: Here) -> AsyncIterator[None]:
    """The disk has no room for another page."""
    store = desk.running.store

    async def most(pages: int) -> None:
        await store._writer.do(lambda cur: cur.execute(f"PRAGMA max_page_count = {pages}").fetchall())

    await most(1)  # SQLite takes it as: no more than there are now
    yield
    await most(1 << 30)


def not_now(answer: httpx.Response) -> None:
    """What a sender must be told: keep it, and try again."""
    assert answer.status_code == 503, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "not_stored"
    assert 1 <= int(answer.headers["retry-after"]) <= 60


async def begun(desk: Here) -> Visitor:
    """A visitor in the middle of something, whose desk does not wait long for a lock."""
    await desk.running.store._writer.do(lambda cur: cur.execute("PRAGMA busy_timeout = 50").fetchall())
    visitor = await desk.visitor()
    await visitor.say("start counting")
    await desk.http.post("/webhooks/rest/webhook", json={"sender": "a", "message": "start counting"})
    return visitor


CALLS = [
    ("/web/messages", {"client_id": "kept", "text": "5"}),
    ("/web/hello", {}),
    ("/web/contact", {"contact": "a@example.com"}),
    ("/web/forget", {}),
    ("/webhooks/rest/webhook", {"sender": "a", "message": "5", "metadata": {"message_id": "kept"}}),
    ("/webhooks/callback/webhook", {"sender": "a", "message": "5", "metadata": {"message_id": "kept"}}),
]


async def test_a_locked_database(desk: Here) -> None:
    visitor = await begun(desk)
    before = desk.rows
    with locked(desk):
        for path, body in CALLS:
            not_now(await visitor.post(path, body))
        assert (await visitor.get("/web/messages")).status_code == 200, "reading goes on"
        assert (await desk.http.get("/healthz")).status_code == 200
    assert desk.rows == before
    await _all_is_well(desk, visitor)


async def test_a_full_disk(desk: Here) -> None:
    visitor = await begun(desk)
    long = "the lamp is broken " * 200
    await visitor.say("open a request")
    before = desk.rows
    async with full(desk):
        refused = 0
        for n in range(40):  # some room is left in the pages there are
            answer = await visitor.post("/web/messages", {"client_id": f"f{n}", "text": long})
            assert answer.status_code in {200, 503}
            if answer.status_code == 503:
                not_now(answer)
                refused += 1
        assert refused > 10
        taken = 40 - refused
        assert desk.rows["inbound"] == before["inbound"] + taken
        assert (await visitor.get("/web/messages")).status_code == 200
    again = await visitor.post("/web/messages", {"client_id": "f39", "text": "thank you"})
    assert again.status_code == 200
    assert await desk.running.store.check() == []


async def test_a_file_that_cannot_be_kept_leaves_nothing_behind(desk: Here) -> None:
    visitor = await begun(desk)
    with locked(desk):
        answer = await desk.http.post("/web/files", files={"file": ("a.txt", b"text")}, headers=visitor.headers)
        not_now(answer)
    assert not list((desk.data / "files").glob("*"))
    answer = await desk.http.post("/web/files", files={"file": ("a.txt", b"text")}, headers=visitor.headers)
    assert answer.status_code == 200


async def test_a_folder_that_cannot_be_written(desk: Here) -> None:
    visitor = await begun(desk)
    (desk.data / "files").write_text("a file where the folder should be")
    before = desk.rows
    answer = await desk.http.post("/web/files", files={"file": ("a.txt", b"text")}, headers=visitor.headers)
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"
    assert desk.rows == before


async def test_workers_outlive_a_locked_database(served: Here) -> None:
    visitor = await begun(served)
    await visitor.say("find a book")
    visitor = await served.visitor()
    await visitor.say("find a book")
    with locked(served):
        not_now(await visitor.post("/web/messages", {"client_id": "kept", "text": "7"}))
    answer = await visitor.post("/web/messages", {"client_id": "kept", "text": "7"})
    assert answer.status_code == 200
    for _ in range(200):
        if "Book 7: Volume 7." in [m["text"] for m in await visitor.lines()]:
            return
    pytest.fail("the call was never made")


async def _all_is_well(desk: Here, visitor: Visitor) -> None:
    """What was refused is sent again and taken once."""
    for path, body in CALLS[:1] + CALLS[4:]:
        for _ in range(2):
            answer = await visitor.post(path, body)
            assert answer.status_code == 200, answer.text
    assert [m["text"] for m in await visitor.lines()][-3:] == ["5", "Got 5.", "Which number?"]
    assert await desk.running.store.check() == []

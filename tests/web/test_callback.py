"""Rasa's callback channel: acknowledged when on disk, replies delivered in order, tried again, dead letters kept."""

from __future__ import annotations

from typing import Any

from tests.running import Here, Receiver, until

HOOK = "/webhooks/callback/webhook"


async def say(desk: Here, text: str, sender: str = "ann", name: str = "") -> None:
    """A message; its replies come to the receiver."""
    body: dict[str, Any] = {"sender": sender, "message": text, "metadata": {"message_id": name} if name else {}}
    answer = await desk.http.post(HOOK, json=body)
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def heard(receiver: Receiver, sender: str = "ann") -> list[str]:
    """What a sender was told."""
    return [body["text"] for body in receiver.got if body["recipient_id"] == sender]


async def test_replies_come_in_order(served: Here, receiver: Receiver) -> None:
    for sender in ("ann", "bob"):
        await say(served, "start counting", sender)
    for n in range(1, 6):
        for sender in ("ann", "bob"):
            await say(served, str(n), sender)
    wanted = ["Which number?", *[t for n in range(1, 6) for t in (f"Got {n}.", "Which number?")]]
    await until(lambda: len(receiver.got) == 2 * len(wanted))
    for sender in ("ann", "bob"):
        assert heard(receiver, sender) == wanted
    assert len({body["message_id"] for body in receiver.got}) == len(receiver.got)


async def test_a_receiver_that_fails_then_recovers(served: Here, receiver: Receiver) -> None:
    receiver.answer = lambda tried, _: 503 if tried <= 2 else 200
    await say(served, "start counting")
    await say(served, "5")
    await until(lambda: len(receiver.got) == 3, 20)
    assert heard(receiver) == ["Which number?", "Got 5.", "Which number?"]
    assert receiver.tried == 5
    assert list(await served.running.store.dead_letters()) == []


async def test_one_whose_line_is_held_up_holds_up_nobody_else(served: Here, receiver: Receiver) -> None:
    receiver.answer = lambda _, body: 503 if body["recipient_id"] == "ann" else 200
    await say(served, "start counting", "ann")
    await say(served, "start counting", "bob")
    await until(lambda: heard(receiver, "bob"))
    assert heard(receiver, "bob") == ["Which number?"]
    assert heard(receiver, "ann") == []


async def test_what_is_refused_for_good_is_a_dead_letter_and_the_rest_goes_on(served: Here, receiver: Receiver) -> None:
    receiver.answer = lambda _, body: 400 if body["text"] == "Got 5." else 200
    await say(served, "start counting")
    await say(served, "5")
    await until(lambda: len(receiver.got) == 2)
    assert heard(receiver) == ["Which number?", "Which number?"]
    assert receiver.tried == 3
    assert [d.message.text for d in await served.running.store.dead_letters()] == ["Got 5."]


async def test_a_repeated_message_is_not_answered_again(served: Here, receiver: Receiver) -> None:
    await say(served, "start counting")
    for _ in range(3):
        await say(served, "5", name="m1")
    await say(served, "6", name="m2")
    await until(lambda: len(receiver.got) == 5)
    assert heard(receiver).count("Got 5.") == 1


async def test_messages_without_an_id_are_all_new(served: Here, receiver: Receiver) -> None:
    await say(served, "start counting")
    await say(served, "5")
    await say(served, "5")
    await until(lambda: len(receiver.got) == 5)
    assert heard(receiver).count("Got 5.") == 2


async def test_nobody_listens_and_the_message_is_kept(desk: Here) -> None:
    await say(desk, "start counting")
    await until(lambda: _attempts(desk) >= 1)
    assert desk.rows["outbox"] == 1
    assert (await desk.http.get("/healthz")).status_code == 200


def _attempts(desk: Here) -> int:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(f"file:{desk.data / 'presszero.db'}?mode=ro", uri=True)) as db:
        found: int = db.execute("SELECT coalesce(max(attempts), 0) FROM outbox WHERE state = 'queued'").fetchone()[0]
    return found

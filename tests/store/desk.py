"""Turns to write in the store's tests, and everything there is to read, for "nothing was written"."""

from __future__ import annotations

from typing import Any

from presszero.store.base import Committed, Conversation, NewMessage, NewTicket, Store, Turn

NOON = 1_700_000_000.0


def turn(to: Conversation, *texts: str, at: float = NOON, **rest: Any) -> Turn:
    """A turn on a conversation as it was read: the first text is the customer's, the others the bot's."""
    said = [NewMessage("customer" if i == 0 else "bot", text) for i, text in enumerate(texts)]
    given = {"messages": said, "version": to.version, "state": b"{}", **rest}
    return Turn(conversation_id=to.id, at=at, **given)


def ticket(number: int, **rest: Any) -> NewTicket:
    """A ticket with the least that one has."""
    given = {"title": "Нет интернета", "category": "no_connection", "priority": "high", "queue": "line1", **rest}
    return NewTicket(number=number, **given)


async def fresh(store: Store, peer: str = "v1", channel: str = "web", at: float = NOON, key: str = "") -> Conversation:
    """The conversation of a peer."""
    return (await store.conversation(channel, peer, at, customer_key=key))[0]


async def again(store: Store, conversation: Conversation) -> Conversation:
    """As it stands now."""
    found = await store.load(conversation.id)
    assert found is not None
    return found[0]


async def write(store: Store, made: Turn) -> Committed:
    """A turn that must be taken."""
    done = await store.commit_turn(made)
    assert isinstance(done, Committed), done
    return done


async def everything(store: Store, conversation: Conversation) -> list[Any]:
    """All that a turn could have changed."""
    tickets = await store.tickets()
    return [
        await store.load(conversation.id),
        await store.messages(conversation.id, notes=True),
        tickets,
        [await store.ticket_history(t.number) for t in tickets],
        await store.due_timers(NOON * 2),
        await store.due_calls(),
        await store.due_deliveries(NOON * 2),
        await store.counts(0),
    ]

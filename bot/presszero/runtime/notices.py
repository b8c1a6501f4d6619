"""Where news of a request goes: where the customer chose, else where they were last, and never where they have blocked us."""

from __future__ import annotations

from presszero.store.base import Conversation, Store, Ticket

CHOSEN = "notify_channel"  # the fact: an account (``telegram:shop``), or all of a channel (``web``)
MOST = 200


async def notified(store: Store, ticket: Ticket) -> int:
    """The conversation that hears of a request."""
    found = await store.load(ticket.conversation_id)
    talks = await store.talks(ticket.customer_id, MOST)
    places: dict[tuple[str, str], Conversation] = {}
    for talk, blocked in talks:
        if blocked is None:
            places.setdefault((talk.channel, talk.peer), talk)
    if found is None or len(places) == 0:
        return ticket.conversation_id
    own, customer = found
    chosen = str(customer.facts.get(CHOSEN, ""))
    here = (own.channel, own.peer)
    # Where the request's own channel is the place, it is the request's own conversation, however many came after it.
    best = max(
        places.values(),
        key=lambda t: (_fits(t.channel, chosen), t.updated_at, (t.channel, t.peer) == here),
    )
    return own.id if (best.channel, best.peer) == here else best.id


def _fits(channel: str, chosen: str) -> int:
    """How well a channel fits the choice: the very account, the same channel, another."""
    if not chosen:
        return 0
    return 2 if channel == chosen else 1 if channel.partition(":")[0] == chosen.partition(":")[0] else 0

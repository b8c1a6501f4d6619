"""A request that somebody wrote on the portal: a conversation of its own with their words, their file and the ticket, in one turn.

Its peer is nobody's: no chat can come to read it; the request's page by its secret link can.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import msgspec

from presszero.dialogue import effects, events
from presszero.dialogue.state import State
from presszero.errors import StoreError
from presszero.runtime.answers import Answers
from presszero.runtime.facts import facts
from presszero.runtime.intake import MOST_TEXT, Intake
from presszero.runtime.mask import mask_cards
from presszero.store.base import Committed, CustomerEdit, NewMessage, StoredFile, Ticket, Turn

Keep = Callable[[int], Awaitable[StoredFile | None]]


class Written(msgspec.Struct, frozen=True):
    """What the form said. ``identity``: whom the site vouches for, with ``facts``."""

    text: str
    lang: str
    category: str = ""
    fields: Mapping[str, str] = {}
    contact: str = ""
    identity: str = ""
    facts: Mapping[str, Any] = {}
    page: Mapping[str, str] = {}


async def write_down(intake: Intake, written: Written, keep: Keep) -> Ticket:
    """Opens the request; ``keep`` puts the file away once there is a conversation. Raises what it raises, StoreError, Busy."""
    store, at = intake.store, intake.clock.now()
    peer = f"form-{secrets.token_urlsafe(16)}"
    conversation, customer = await store.conversation("web", peer, at, customer_key=written.identity)
    known = {**written.facts, **({"contact": written.contact} if written.contact else {})}
    if known:
        await store.save_customer(customer.id, CustomerEdit(known))
        customer = msgspec.structs.replace(customer, facts={**customer.facts, **known})
    kept = await keep(conversation.id)
    content = intake.content_for(customer)
    text = mask_cards(written.text[:MOST_TEXT])
    state = State(lang=written.lang, last_question=text)
    event = events.Heard(at=at, facts=facts(content, conversation, customer, at, written.lang), text=text)
    answers = Answers(store, content, conversation, customer, state)
    ask = effects.OpenTicket("t1", written.category, fields=dict(written.fields), text=text)
    await answers.answer(ask, state, event)
    [new] = answers.opened
    messages = [NewMessage("customer", text, body={"client_id": "form"})]
    if kept:
        info = {"id": kept.id, "name": kept.name, "type": kept.type, "size": kept.size}
        messages.append(NewMessage("customer", "", body={"client_id": "form-file", "file": info}))
    state = msgspec.structs.replace(state, tickets=(new.number,))
    turn = Turn(
        conversation_id=conversation.id,
        version=conversation.version,
        state=msgspec.json.encode(state),
        at=at,
        messages=messages,
        lang=written.lang,
        title=text[:120],
        page=dict(written.page) or None,
        tickets=answers.opened,
        counts=["written"],
        handed=True,
    )
    if not isinstance(await store.commit_turn(turn), Committed):
        raise StoreError("the request could not be written")
    intake.hub.tell("desk", {"t": "rows", "conversation": conversation.id})
    ticket = await store.ticket(new.number)
    assert ticket
    return ticket

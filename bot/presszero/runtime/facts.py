"""What the core may know of the outside world at the moment of an event."""

from __future__ import annotations

from datetime import UTC, datetime

from presszero.dialogue.events import Facts
from presszero.runtime.content import Content
from presszero.store.base import Conversation, Customer


def facts(content: Content, conversation: Conversation, customer: Customer, at: float, lang: str = "") -> Facts:
    """The facts of a conversation now."""
    opened = content.handoff.calendars if content.always_open else content.handoff.open_calendars(moment(at))
    default = lang if lang in content.languages else content.default_lang
    return Facts(
        channel=conversation.channel.partition(":")[0],
        default_lang=default,
        customer={**customer.facts, "verified": customer.verified},
        remembered=customer.remembered,
        tags=customer.tags,
        open=tuple(opened),
        page=conversation.page,
        desk=dict(content.name),
    )


def moment(at: float) -> datetime:
    """A moment as an aware datetime."""
    return datetime.fromtimestamp(at, UTC)

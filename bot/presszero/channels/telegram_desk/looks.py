"""How a conversation looks among the topics: its name, its icon, and the state both stand for. Pure."""

from __future__ import annotations

from typing import Literal

from presszero.dialogue.state import State
from presszero.runtime.called import tame
from presszero.store.base import Conversation

Look = Literal["waiting", "late", "held", "bot", "solved"]
# As Telegram offers them; an emoji that is not offered leaves the topic without an icon.
ICONS: dict[Look, str] = {"waiting": "❗", "late": "🔥", "held": "💬", "bot": "🤖", "solved": "✅"}
MOST_NAME = 128


def look(conversation: Conversation, state: State, now: float) -> Look:
    """Where the conversation stands."""
    if conversation.holder == "bot":
        return "solved" if conversation.ended or state.closing else "bot"
    if conversation.due_at is not None and conversation.due_at < now:
        return "late"
    return "waiting" if conversation.holder == "queue" else "held"


def title(name: str, about: str) -> str:
    """The topic's name within Telegram's limit."""
    found = f"{name}: {about}" if about else name
    found = tame(found, MOST_NAME * 2)
    size = 0
    for at, c in enumerate(found):
        size += 2 if c > "\uffff" else 1
        if size > MOST_NAME - 1:
            return found[:at] + "…"
    return found

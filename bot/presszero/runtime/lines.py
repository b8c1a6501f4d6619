"""Messages of customers as they are kept and shown: words, buttons pressed, files, and what they answer."""

from __future__ import annotations

from typing import Any

from presszero.runtime.incoming import Incoming
from presszero.store.base import Message, NewMessage

MOST_QUOTED = 200


def line(incoming: Incoming, answers: Message | None) -> NewMessage | None:
    """The line of a message; a start has none. ``answers``: the message that this one is a reply to."""
    body: dict[str, Any] = dict(incoming.body)
    if incoming.client_id:
        body["client_id"] = incoming.client_id
    if answers is not None:
        body["reply"] = {"id": answers.id, "who": answers.who, "text": answers.text[:MOST_QUOTED]}
    words = incoming.text
    match incoming.kind:
        case "start":
            return None
        case "press":
            body["payload"] = incoming.payload
            words = incoming.label or _label(incoming.payload)
        case "file":
            body["file"] = incoming.file_info
        case _:
            pass
    return NewMessage("customer", words, body=body, ref=incoming.ref)


def _label(payload: str) -> str:
    return payload.rpartition("/")[2].lstrip("!?") or payload

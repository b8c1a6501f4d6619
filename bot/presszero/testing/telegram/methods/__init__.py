"""The methods of the Bot API that the double answers, by their names as Telegram writes them. Another one is answered 404."""

from __future__ import annotations

from presszero.testing.telegram.methods import chats, edits, files, messages, receiving, topics
from presszero.testing.telegram.methods.ask import Ask, Method

METHODS: dict[str, Method] = {
    **receiving.METHODS,
    **messages.METHODS,
    **files.METHODS,
    **edits.METHODS,
    **chats.METHODS,
    **topics.METHODS,
}

__all__ = ["METHODS", "Ask", "Method"]

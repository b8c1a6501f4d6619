"""Lines of a conversation as posts of a topic: what was written one after another goes together, files and replies by themselves. Pure.

Every line is in exactly one post, in order; what came from the topic itself is passed over, and the cursor goes past it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from presszero.channels.telegram.rich import MOST_TEXT, Rich, marked, plain, units
from presszero.channels.telegram_desk.words import word
from presszero.store.base import Message

MOST_QUOTED = 120


class Post(NamedTuple):
    """One post. ``upto``: the last line it covers; ``ids``: the messages it shows; empty texts and files: nothing to send."""

    upto: int
    text: Rich = Rich("")
    files: tuple[dict[str, Any], ...] = ()
    ids: tuple[int, ...] = ()
    answers: int = 0  # the message that it is a reply to

    @property
    def silent(self) -> bool:
        """Nothing to send."""
        return not self.text.text and not self.files


def posts(messages: Sequence[Message], name: str, lang: str, own: str = "") -> list[Post]:
    """The posts. ``name``: what the customer is called; ``own``: how client ids begin that came from this topic."""
    found: list[Post] = []
    for message in messages:
        post = _post(message, name, lang, own)
        if found and _together(found[-1], post):
            last = found[-1]
            text = last.text + plain("\n") + post.text if last.text.text and post.text.text else last.text + post.text
            found[-1] = last._replace(upto=post.upto, text=text, ids=last.ids + post.ids)
        else:
            found.append(post)
    return found


def _together(last: Post, post: Post) -> bool:
    if last.files or post.files or post.answers:
        return post.silent
    return units(last.text.text) + units(post.text.text) < MOST_TEXT


def _post(message: Message, name: str, lang: str, own: str) -> Post:
    if own and str(message.body.get("client_id", "")).startswith(own):
        return Post(message.seq)
    files = tuple(message.body.get("files") or ([message.body["file"]] if message.body.get("file") else []))
    words = message.text or ("" if files else _other(message))
    text = marked(_who(message, name, lang), "b") + plain(f" {words}".rstrip())
    reply = message.body.get("reply") or {}
    if reply.get("text"):
        text = marked(f"↪ {str(reply['text'])[:MOST_QUOTED]}", "i") + plain("\n") + text
    if message.who == "system":
        text = marked(f"· {words}", "i")
    return Post(message.seq, text, files, (message.id,), int(reply.get("id") or 0))


def _who(message: Message, name: str, lang: str) -> str:
    match message.who:
        case "customer":
            return f"👤 {name}:"
        case "operator":
            return f"🎧 {message.author}:"
        case "note":
            return f"📝 {word('note', lang, by=message.author)}:"
        case _:
            return f"🤖 {word('bot', lang)}:"


def _other(message: Message) -> str:
    picture = message.body.get("picture") or message.body.get("attachment")
    return f"[{picture}]" if picture else "…"

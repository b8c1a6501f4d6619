"""From what the core says to a stored message: links become addresses, buttons become data."""

from __future__ import annotations

from typing import Any

from msgspec import to_builtins

from presszero.dialogue.effects import Say
from presszero.runtime.content import Content
from presszero.runtime.mask import mask_cards
from presszero.store.base import NewMessage


def say_to_message(content: Content, say: Say, *, deliver: bool, rank: int = 0) -> NewMessage:
    """One thing the bot says, as it is stored and shown."""
    body: dict[str, Any] = {}
    if say.buttons:
        body["buttons"] = to_builtins(say.buttons)
    links = [
        {"title": title, "url": content.article_url(slug, say.lang)}
        for title, slug in say.links
        if content.library.shown(slug, say.lang)  # an article that is not for all has no page to open
    ]
    if say.link:
        links.append({"title": say.link, "url": say.link})
    if links:
        body["links"] = links
    if say.picture:
        body["picture"] = say.picture
    if say.file:
        body["attachment"] = say.file
    if say.wants:
        label = content.flows.words.get(f"send_{say.wants}")
        body["wants"] = {"what": say.wants, "label": label.render(say.lang, {}) if label else say.wants}
    # A text may quote what a customer wrote.
    return NewMessage(
        "bot" if say.kind == "bot" else "system", mask_cards(say.text), body=body, deliver=deliver, rank=rank
    )

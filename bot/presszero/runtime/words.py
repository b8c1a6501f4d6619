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
    links, untold = _links(content, say)
    body |= _answer(say)
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
    text = "\n".join((say.text, *untold))
    # A text may quote what a customer wrote.
    return NewMessage("bot" if say.kind == "bot" else "system", mask_cards(text), body=body, deliver=deliver, rank=rank)


def _links(content: Content, say: Say) -> tuple[list[dict[str, str]], list[str]]:
    """The pages of the articles; and the titles that a generated answer cites of those that have no page for all."""
    links: list[dict[str, str]] = []
    untold: list[str] = []
    for number, (title, slug) in enumerate(say.links, 1):
        shown = f"[{number}] {title}" if say.generated else title
        if content.library.shown(slug, say.lang):
            links.append({"title": shown, "url": content.article_url(slug, say.lang)})
        elif say.generated:
            untold.append(shown)
    return links, untold


def _answer(say: Say) -> dict[str, Any]:
    """What an answer from articles is made of, for whoever shows it in a way of their own."""
    if not say.article:
        return {}
    found: dict[str, Any] = {
        "kind": "answer",
        "sources": [{"article": slug, "title": title} for title, slug in say.links],
    }
    return {**found, "generated": True} if say.generated else found

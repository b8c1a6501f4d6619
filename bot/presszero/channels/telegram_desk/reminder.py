"""What the group reads of articles to be read again: by owner, each with its day and its page. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from presszero.channels.telegram.rich import Rich, link, marked, plain, split
from presszero.channels.telegram_desk.words import word
from presszero.runtime.reviews import Due


def reminder(due: Sequence[Due], lang: str) -> list[Rich]:
    """The posts; ``due`` is sorted by owner."""
    text = plain(word("review", lang))
    for owner, own in groupby(due, key=lambda each: each.owner):
        text += plain("\n\n") + marked(owner or word("nobody", lang), "b")
        for each in own:
            title = link(each.title, each.url) if each.url else plain(each.title)
            text += plain("\n• ") + title + plain(", " + word("review_by", lang, by=each.by.strftime("%d.%m.%Y")))
    return split(text)

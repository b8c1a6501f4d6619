"""Articles whose day of review has come: of each its owner is told, once for an article and a day, in working hours.

What was told is kept among the counts of the store, so that a restart tells nothing again. Telling is another's work.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from presszero.errors import ChannelError
from presszero.kb.article import Article
from presszero.kb.library import Library
from presszero.runtime.content import Content
from presszero.runtime.intake import Intake
from presszero.runtime.times import zone_of

log = logging.getLogger(__name__)
EVERY = 1800.0
DAYTIME = range(9, 18)  # hours of the desk's zone
KEPT = 400 * 86400.0
_TOLD = "review:"  # of a count: what was told already


class Due(NamedTuple):
    """An article to be read again; ``url`` is "" for one that not everybody may read."""

    owner: str
    title: str
    by: date
    url: str
    mark: str


Tell = Callable[[Sequence[Due]], Awaitable[None]]


def due(library: Library, today: date) -> list[Article]:
    """Articles whose day has come, by owner, the oldest day first."""
    found = [a for a in library.every() if a.review_by and a.review_by <= today]
    return sorted(found, key=lambda a: (a.owner.casefold(), a.review_by or today, a.file))


async def run(intake: Intake, tell: Tell) -> None:
    """Works until cancelled."""
    while True:
        try:
            told = await remind(intake, tell)
            if told:
                log.info("owners were told of %d articles to be read again", told)
        except ChannelError as error:
            log.warning("PZ-REVIEW owners could not be told of articles to be read again: %s", error)
        await asyncio.sleep(EVERY)


async def remind(intake: Intake, tell: Tell) -> int:
    """Tells of what has come since; how many. Nothing is told twice unless we die between the telling and the note of it."""
    content, at = intake.content, intake.clock.now()
    now = datetime.fromtimestamp(at, zone_of(content.zone))
    if now.hour not in DAYTIME:
        return 0
    every = [_due(content, each) for each in due(content.library, now.date())]
    if not every:
        return 0
    known = await intake.store.counts(at - KEPT)
    new = [each for each in every if each.mark not in known]
    if new:
        await tell(new)
        for each in new:
            await intake.store.count(each.mark, at)
    return len(new)


def _due(content: Content, article: Article) -> Due:
    url = "" if article.audience or not content.public_url else content.article_url(article.slug, article.lang)
    by = article.review_by or date.min
    return Due(article.owner, article.title, by, url, f"{_TOLD}{article.lang}/{article.slug}:{by.isoformat()}")

"""What articles are worth: questions that needed no person, and of each article who saw it, whom it helped, when it must be read again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from presszero.dialogue.knowledge import PATIENCE
from presszero.kb.article import Article
from presszero.kb.gaps import Asked
from presszero.lang.words import stems

QUARTER = timedelta(days=91)
SOON = timedelta(days=14)
OPENED = "opened:"  # the count of an article's page; ``helped:`` and ``not_helped:`` are the core's


@dataclass(frozen=True, slots=True)
class Deflection:
    """What became of questions: confirmed and assumed are never added up."""

    asked: int
    shown: int  # at least one article was shown
    confirmed: int  # the customer said that it helped
    assumed: int  # said nothing, and asked no person in three days
    waiting: int  # said nothing, and the three days are not over
    not_helped: int  # said so, or asked a person


@dataclass(frozen=True, slots=True)
class Figures:
    """An article's numbers; ``due`` is the day it must be read again by, None when nobody has said."""

    article: Article
    shown: int
    opened: int
    helped: int
    complaints: int
    handed: int
    due: date | None
    late: bool
    soon: bool

    @property
    def rate(self) -> int | None:
        """How many of a hundred it helped; None when nobody has said."""
        said = self.helped + self.complaints
        return round(100 * self.helped / said) if said else None

    @property
    def unused(self) -> bool:
        """Nobody was shown it and nobody opened it."""
        return not self.shown and not self.opened


def deflection(asked: Iterable[Asked], now: float) -> Deflection:
    """Sums up: the same question of the same person on the same day is one, with whatever came of it."""
    every = _once(asked)
    seen = [each for each in every if each.shown]
    silent = [each for each in seen if not each.feedback and not each.handed]
    return Deflection(
        asked=len(every),
        shown=len(seen),
        confirmed=sum(each.feedback == "yes" for each in seen),
        assumed=sum(each.at <= now - PATIENCE for each in silent),
        waiting=sum(each.at > now - PATIENCE for each in silent),
        not_helped=sum(each.failed for each in seen),
    )


def _once(asked: Iterable[Asked]) -> list[Asked]:
    found: dict[tuple[tuple[str, int], str, tuple[str, ...]], Asked] = {}
    for each in sorted(asked, key=lambda one: (one.at, one.id)):
        key = each.asker, each.lang, tuple(sorted(set(stems(each.searched or each.text))))
        before = found.get(key)
        if before:
            feedback, handed = each.feedback or before.feedback, each.handed or before.handed
            found[key] = replace(each, feedback=feedback, handed=handed, shown=each.shown or before.shown)
        else:
            found[key] = each
    return list(found.values())


def figures(
    articles: Sequence[Article], asked: Iterable[Asked], counts: Mapping[str, int], today: date
) -> list[Figures]:
    """Of each article, both languages of it together where they cannot be told apart; what is most shown first."""
    shown, handed = Counter[str](), Counter[str]()
    for each in _once(asked):
        shown.update(each.shown)
        if each.handed and each.shown and each.feedback != "yes":
            handed[each.shown[0]] += 1
    found = [
        Figures(
            article,
            shown[article.slug],
            counts.get(f"{OPENED}{article.slug}", 0),
            counts.get(f"helped:{article.slug}", 0),
            counts.get(f"not_helped:{article.slug}", 0),
            handed[article.slug],
            article.review_by,
            article.review_by is not None and article.review_by < today,
            article.review_by is not None and today <= article.review_by <= today + SOON,
        )
        for article in articles
    ]
    return sorted(found, key=lambda f: (-f.shown, -f.opened, f.article.title.casefold()))

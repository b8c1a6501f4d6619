"""Finds the values in a text: digits, numbers, phones, e-mails, days, times, addresses, yes and no, ratings.

What is plainly a phone, an e-mail, an address, a day or a time is not also read as a number.
Nothing typed raises, and a long text is cut: nobody hides an answer behind two thousand characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice

from presszero.dialogue.parse import Value
from presszero.nlu.kinds import amounts, answers, calendar, clock, contacts, places
from presszero.nlu.kinds.reading import prepare

LIMIT = 2000
MOST = 32
_DIGIT = re.compile(r"\d")
_LINK = re.compile(r"(?:https?://|www\.)\S+")


def find_values(text: str, lang: str, at: datetime) -> tuple[Value, ...]:
    """The values of a text by place; ``at`` is now, where the customer is."""
    text = text[:LIMIT]
    reading = prepare(text, lang, at).outside(found.span() for found in _LINK.finditer(text))
    mails = list(contacts.emails(reading)) if "@" in text else []
    reading = reading.outside(_spans(mails))
    streets = _some(places.addresses(reading))
    reading = reading.outside(_spans(streets))
    found = [*mails, *streets, *answers.yes_no(reading), *answers.ratings(reading)]
    moments = [*_some(calendar.dates(reading)), *_some(clock.times(reading))]
    if not _DIGIT.search(reading.digits):
        return _sorted([*found, *moments])
    phones = _some(contacts.phones(reading))
    found += phones + moments
    plain = reading.outside(_spans(value for value in (*phones, *moments) if _is_plain(reading.flat, value)))
    return _sorted([*found, *_some(amounts.digits(plain)), *_some(amounts.numbers(plain))])


def _some(values: Iterable[Value]) -> list[Value]:
    return list(islice(values, MOST))


def _sorted(values: list[Value]) -> tuple[Value, ...]:
    return tuple(sorted(values, key=lambda value: (value.start, -value.end))[:MOST])


def _spans(values: Iterable[Value]) -> Iterator[tuple[int, int]]:
    return ((value.start, value.end) for value in values)


def _is_plain(flat: str, value: Value) -> bool:
    """Whether a stretch can be nothing else: ``25.11`` may be a number, ``89001234567`` a contract."""
    return bool(re.search(r"[^\d.]", flat[value.start : value.end]))

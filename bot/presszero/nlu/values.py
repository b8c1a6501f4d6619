"""Finds the values in a text: digits, numbers, phones, e-mails, days, times, addresses, yes and no, ratings.

What is plainly a phone, an e-mail, an address, a day or a time is not also read as a number.
Nothing typed raises, and a long text is cut: nobody hides an answer behind two thousand characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice, pairwise

from presszero.dialogue.parse import Value
from presszero.nlu.kinds import amounts, answers, calendar, clock, contacts, places
from presszero.nlu.kinds.reading import prepare

LIMIT = 2000
MOST = 32
# What one says between a slip and what was meant.
_SLIPS = (
    r"\b(?:нет|ой|ай|стоп|точнее|вернее|то есть|поправка|ошибся|ошиблась|no|wait|oops|sorry|i mean|rather|actually"
    r"|make (?:it|that)|scratch that)\b"
)
_SLIP = re.compile(_SLIPS)
_THEN = r"нет|wait|sorry|точнее|вернее|лучше|давайте|i mean|make it|actually|в|во|на|к|on|at|the|it's"
_OTHERWISE = re.compile(rf"[\s,.!-]*{_SLIPS}[\s,.!-]*(?:(?:{_THEN})[\s,]+)*")
_DIGIT = re.compile(r"\d")
_SAID_DOT = re.compile(r" (?:точка|dot) ")
_PAIR = re.compile(r"\d{2}-\d{2}")  # «18-30» may be a time and may be a code
_LINK = re.compile(r"(?:https?://|www\.)\S+")


def find_values(text: str, lang: str, at: datetime) -> tuple[Value, ...]:
    """The values of a text by place; ``at`` is now, where the customer is."""
    text = text[:LIMIT]
    reading = prepare(text, lang, at).outside(found.span() for found in _LINK.finditer(text))
    mails = list(contacts.emails(reading)) if "@" in text or _SAID_DOT.search(reading.flat) else []
    reading = reading.outside(_spans(mails))
    streets = _some(places.addresses(reading))
    reading = reading.outside(_spans(streets))
    found = [*mails, *streets, *answers.yes_no(reading), *answers.ratings(reading)]
    moments = [*_some(calendar.dates(reading)), *_some(clock.times(reading))]
    if not _DIGIT.search(reading.digits) and not amounts.in_words(reading.digits):
        return _meant(reading.flat, _sorted([*found, *moments]))
    phones = _some(contacts.phones(reading))
    found += phones + moments
    plain = reading.outside(_spans(value for value in (*phones, *moments) if _is_plain(reading.flat, value)))
    return _meant(reading.flat, _sorted([*found, *_some(amounts.digits(plain)), *_some(amounts.numbers(plain))]))


def _some(values: Iterable[Value]) -> list[Value]:
    return list(islice(values, MOST))


def _sorted(values: list[Value]) -> tuple[Value, ...]:
    return tuple(sorted(values, key=lambda value: (value.start, -value.end))[:MOST])


def _meant(flat: str, values: tuple[Value, ...]) -> tuple[Value, ...]:
    """The values without those that are taken back in the same breath: «в пятницу, ой, в субботу»."""
    if not _SLIP.search(flat):
        return values
    by_kind = (pairwise(value for value in values if value.kind == kind) for kind in {value.kind for value in values})
    taken_back = {
        first
        for pairs in by_kind
        for first, then in pairs
        if first.end <= then.start and _OTHERWISE.fullmatch(flat[first.end : then.start])
    }
    return tuple(value for value in values if value not in taken_back)


def _spans(values: Iterable[Value]) -> Iterator[tuple[int, int]]:
    return ((value.start, value.end) for value in values)


def _is_plain(flat: str, value: Value) -> bool:
    """Whether a stretch can be nothing else: ``25.11`` may be a number, ``89001234567`` a contract."""
    typed = flat[value.start : value.end]
    return bool(re.search(r"[^\d.]", typed)) and not _PAIR.fullmatch(typed)

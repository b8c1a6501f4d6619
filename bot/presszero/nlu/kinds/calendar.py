"""Days as people name them: «завтра», «в следующую пятницу», «через две недели», "25 November", 25.11.

A small grammar of our own: dateparser costs half a second of import, milliseconds a text, and finds dates in numbers.
A day without a year is the next one to come; "next Friday" is Friday of the next week, a bare "Friday" the coming one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from presszero.dialogue.parse import Value
from presszero.nlu.kinds.reading import Reading

_NAMED_TEXT = """
сегодня:0 седня:0 завтра:1 завтро:1 послезавтра:2 вчера:-1 позавчера:-2
today:0 tonight:0 tomorrow:1 tmrw:1 tomorow:1 day_after_tomorrow:2 yesterday:-1 day_before_yesterday:-2
"""
_NAMED = {name.replace("_", " "): int(days) for name, days in (entry.split(":") for entry in _NAMED_TEXT.split())}
_MONTHS = r"""
январ\w{0,2}|jan(?:uary)?
феврал\w{0,2}|feb(?:ruary)?
март\w{0,2}|mar(?:ch)?
апрел\w{0,2}|apr(?:il)?
ма[йяе]|may
июн\w{0,2}|june?
июл\w{0,2}|july?
август\w{0,2}|aug(?:ust)?
сентябр\w{0,2}|sept?(?:ember)?
октябр\w{0,2}|oct(?:ober)?
ноябр\w{0,2}|nov(?:ember)?
декабр\w{0,2}|dec(?:ember)?
"""
_WEEKDAYS = r"""
понедельник\w*|mon(?:day)?
вторник\w*|tue(?:s|sday)?
сред[уыае]|wed(?:nesday)?
четверг\w*|thu(?:rs|rsday)?
пятниц\w*|fri(?:day)?
суббот\w*|saturday|sat(?=\s*(?:$|[,.;!?\d)]|at\b|morn|even|aft))
воскресень\w*|sunday|sun(?=\s*(?:$|[,.;!?\d)]|at\b|morn|even|aft))
"""
_MONTH = "|".join(f"(?P<m{at}>{names})" for at, names in enumerate(_MONTHS.split(), 1))
_WEEKDAY = "|".join(f"(?P<d{at}>{names})" for at, names in enumerate(_WEEKDAYS.split()))
_SHORT_DAYS = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")
_UNITS = (
    r"(?P<day>дн(?:я|ей|и)|день|days?)|(?P<week>недел[юиья]|недель|weeks?)"
    r"|(?P<month>месяц(?:а|ев)?|months?)|(?P<year>год(?:а)?|лет|years?)"
)
_PATTERNS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], date | None]], ...]


def dates(reading: Reading) -> Iterator[Value]:
    """The days of a text, by place; of readings that overlap the first pattern wins."""
    taken: list[tuple[int, int]] = []
    for pattern, read in _PATTERNS:
        for found in pattern.finditer(reading.digits):
            start, end = found.span()
            if any(start < last and first < end for first, last in taken):
                continue
            if day := _safe(read, found, reading.at.date()):
                taken.append((start, end))
                yield reading.value("date", day.isoformat(), start, end)


def _safe(read: Callable[[re.Match[str], date], date | None], found: re.Match[str], today: date) -> date | None:
    try:
        return read(found, today)
    except (ValueError, OverflowError):  # 31 February, the year 99999
        return None


def _iso(found: re.Match[str], _today: date) -> date:
    return date(int(found[1]), int(found[2]), int(found[3]))


def _numeric(found: re.Match[str], today: date) -> date | None:
    day, month = int(found["a"]), int(found["b"])
    if month > 12 >= day and found["sep"] == "/":  # 11/25 is how Americans write it
        day, month = month, day
    return _in_year(day, month, found["y"], today)


def _in_year(day: int, month: int, year: str | None, today: date) -> date:
    if year:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    for candidate in range(today.year, today.year + 9):  # 29 February may be eight years off
        try:
            made = date(candidate, month, day)
        except ValueError:
            if (day, month) != (29, 2):
                raise
            continue
        if made >= today:
            return made
    raise ValueError(day)


def _month_of(found: re.Match[str]) -> int:
    return next(month for month in range(1, 13) if found[f"m{month}"])


def _of_month(found: re.Match[str], today: date) -> date | None:
    return _in_year(int(found["n"]), _month_of(found), found["y"], today)


def _named(found: re.Match[str], today: date) -> date:
    return today + timedelta(days=_NAMED[found[1]])


def _ahead(found: re.Match[str], today: date) -> date:
    amount = int(found["n"] or (2 if found["few"] else 1))
    return _moved(found, today, amount)


def _half_year(found: re.Match[str], today: date) -> date:
    return _months_on(today, -6 if found["past"] else 6)


def _fortnight(_found: re.Match[str], today: date) -> date:
    return today + timedelta(days=14)


def _ago(found: re.Match[str], today: date) -> date:
    return _moved(found, today, -int(found["n"] or 1))


def _moved(found: re.Match[str], today: date, amount: int) -> date:
    if found["day"] or found["week"]:
        return today + timedelta(days=amount * (1 if found["day"] else 7))
    return _months_on(today, amount * (1 if found["month"] else 12))


def _months_on(today: date, months: int) -> date:
    """The same day so many months on, or the last of a shorter month."""
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=today.day - 1), following - timedelta(days=1))


def _weekday(found: re.Match[str], today: date) -> date:
    at = _SHORT_DAYS.index(found["short"]) if found["short"] else next(day for day in range(7) if found[f"d{day}"])
    monday = today - timedelta(days=today.weekday())
    if found["next"] or found["nextweek"]:
        return monday + timedelta(days=7 + at)
    if found["past"]:
        return today - timedelta(days=(today.weekday() - at - 1) % 7 + 1)
    return today + timedelta(days=(at - today.weekday()) % 7 or 7)


def _day_of_month(found: re.Match[str], today: date) -> date | None:
    day = int(found["n"])
    for ahead in range(3):
        years, month = divmod(today.month - 1 + ahead, 12)
        made = _safe(lambda _f, t: date(t.year, t.month, day), found, date(today.year + years, month + 1, 1))
        if made and made >= today:
            return made
    return None


_YEAR = r"(?:,? (?P<y>\d{4})\b)?"
_DAY = r"(?<!\d)(?P<n>\d{1,2})"
_NEXT_WEEK = r"(?P<nextweek>\b(?:на (?:следующей|той|будущей) неделе|next week)(?: (?:в|во|on))? )?"
_WHICH = (
    r"(?:(?P<next>\b(?:следующ\w+|будущ\w+|next) )|(?P<past>\b(?:прошл\w+|last) )"
    r"|\b(?:эт[уоа]т?|ближайш\w+|this|coming) )?"
)
_PATTERNS = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)", _iso),
        (r"(?<![\d./-])(?P<a>\d{1,2})(?P<sep>[./-])(?P<b>\d{1,2})(?P=sep)(?P<y>\d{4}|\d{2})(?:г\.?)?(?!\d)", _numeric),
        (r"(?<![\d./:,-])(?P<a>\d{1,2})(?P<sep>[./])(?P<b>\d{2})(?P<y>)(?![\d/:,-]|\.\d)", _numeric),
        (rf"{_DAY}(?:-?(?:го|ого|е|ое))? (?:{_MONTH})\b{_YEAR}(?: год\w?| г\.?)?\b", _of_month),
        (rf"\b(?:{_MONTH})\.? (?:the )?(?P<n>\d{{1,2}})(?:st|nd|rd|th)?\b{_YEAR}", _of_month),
        (rf"{_DAY}(?:st|nd|rd|th)? (?:of )?(?:{_MONTH})\b\.?{_YEAR}", _of_month),
        (rf"\b(?:(?P<n>\d{{1,4}}) |(?P<few>a couple of )|an? )(?:{_UNITS}) from (?:now|today)\b", _ahead),
        (rf"\b({'|'.join(sorted(_NAMED, key=len, reverse=True))})\b", _named),
        (rf"\b(?:через|спустя|in) (?:(?P<n>\d{{1,4}}) |(?P<few>пару |a couple of )|an? )?(?:{_UNITS})\b", _ahead),
        (r"\b(?:через полгода|in half a year|(?P<past>полгода назад|half a year ago))\b", _half_year),
        (rf"\b(?:(?P<n>\d{{1,4}}) |an? )?(?:{_UNITS}) (?:назад|ago)\b", _ago),
        (r"\bin a fortnight\b", _fortnight),
        (rf"{_NEXT_WEEK}{_WHICH}(?:\b(?:{_WEEKDAY})\b|(?<=\bв )(?P<short>{'|'.join(_SHORT_DAYS)})\b)", _weekday),
        (rf"{_DAY}(?:-?го)? числа\b", _day_of_month),
        (rf"{_DAY}-го\b", _day_of_month),
        (r"\bthe (?P<n>\d{1,2})(?:st|nd|rd|th)\b", _day_of_month),
    )
)

"""Times of day: 18:00, «в 6 вечера», «полшестого», "half past six", «через час».

A bare hour from one to seven ("at 6") is after noon: nobody makes an appointment for the night.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

from presszero.dialogue.parse import Value
from presszero.nlu.kinds.reading import Reading

_PM_EN = r"p\.?m\b\.?|in the (?:afternoon|evening)|at night"
_AM_EN = r"a\.?m\b\.?|in the morning"
_PART = rf"(?:(?P<am>утра|ночи|{_AM_EN})|(?P<pm>дня|вечера|{_PM_EN}))"
_PART_EN = rf"(?:(?P<am>{_AM_EN})|(?P<pm>{_PM_EN}))"
_AT = r"(?:в|во|к|ко|до|после|с|около|часов в|at|by|after|before|around|until|till|from)"
_HOURS_RU = (
    "первого второго третьего четвертого пятого шестого седьмого восьмого девятого десятого одиннадцатого двенадцатого"
)
_HOUR_OF = {word: at for at, word in enumerate(_HOURS_RU.split(), 1)}
_OF_HOUR = "|".join(_HOUR_OF)
_THEN = "завтра|сегодня|послезавтра|пожалуйста|please|tomorrow|today|on |и |или |or |and |до |to |в |по адрес"
_END = rf"(?=\s*(?:$|[,.;!?)\n]|{_THEN}))"
_Time = tuple[int, int]


def times(reading: Reading) -> Iterator[Value]:
    """The times of a text; of readings that overlap the first pattern wins."""
    taken: list[tuple[int, int]] = []
    for pattern, read in _PATTERNS:
        for found in pattern.finditer(reading.digits):
            start, end = found.span()
            if any(start < last and first < end for first, last in taken):
                continue
            hour, minute = read(found)
            if 0 <= hour < 24 and 0 <= minute < 60:
                taken.append((start, end))
                yield reading.value("time", f"{hour:02}:{minute:02}", start, end)
    for found in _AHEAD.finditer(reading.digits):
        yield reading.value("time", f"{reading.at + _ahead(found):%H:%M}", *found.span())


def _of_day(hour: int, found: re.Match[str], *, bare: bool) -> int:
    """The hour of 24, by the part of the day that was said."""
    if found["am"]:
        return hour % 12 if hour <= 12 else hour
    if found["pm"]:
        if found["pm"] == "дня" and hour == 12:
            return 12
        return hour % 12 + 12 if hour <= 12 else hour
    return hour + 12 if bare and 1 <= hour <= 7 else hour


def _full(found: re.Match[str]) -> _Time:
    return _of_day(int(found["h"]), found, bare=False), int(found["m"])


def _hour(found: re.Match[str]) -> _Time:
    return _of_day(int(found["h"]), found, bare=True), 0


def _short(found: re.Match[str]) -> _Time:
    return _of_day(int(found["h"]), found, bare=True), int(found["m"])


def _one(found: re.Match[str]) -> _Time:
    return _of_day(1, found, bare=False), 0


def _noon(found: re.Match[str]) -> _Time:
    return (12, 0) if found[0] in ("полдень", "noon", "midday") else (0, 0)


def _half(found: re.Match[str]) -> _Time:
    hour = _HOUR_OF[found["of"]] - 1
    return _of_day(hour or 12, found, bare=True), 30


def _quarter(found: re.Match[str]) -> _Time:
    minute = 15 if found["m"] == "четверть" else int(found["m"].split()[0])
    return _of_day(_HOUR_OF[found["of"]] - 1 or 12, found, bare=True), minute


def _past(found: re.Match[str]) -> _Time:
    return _of_day(int(found["h"]), found, bare=True), _minutes(found["m"])


def _to(found: re.Match[str]) -> _Time:
    hour = int(found["h"]) - 1
    return _of_day(hour or 12, found, bare=True), 60 - _minutes(found["m"])


def _minutes(text: str) -> int:
    words = {"half": 30, "quarter": 15, "a quarter": 15, "четверти": 15}
    return words[text] if text in words else int(text)


def _ahead(found: re.Match[str]) -> timedelta:
    amount = (0.5 if found["half"] else float(found["n"] or 1)) + (0.5 if found["more"] else 0)
    return timedelta(minutes=amount) if found["minute"] else timedelta(hours=amount)


_PATTERNS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], _Time]], ...] = (
    (re.compile(rf"(?<![\d:.])(?P<h>\d{{1,2}}):(?P<m>\d{{2}})(?::[0-5]\d)?(?![\d:])\s?(?:час\w* )?{_PART}?"), _full),
    (re.compile(rf"\b{_AT} (?P<h>\d{{1,2}})[.-](?P<m>[0-5]\d)(?![\d.-])\s?(?:час\w* )?{_PART}?"), _full),
    (re.compile(rf"(?<![\d:.])(?P<h>\d{{1,2}})[. ](?P<m>[0-5]\d)\s?(?:час\w* )?{_PART}"), _full),
    (re.compile(r"(?<!\d)(?P<h>\d{1,2}) час\w* (?P<m>[0-5]?\d) мин\w*(?P<am>)(?P<pm>)"), _full),
    (re.compile(rf"\b{_AT} (?P<h>\d{{1,2}}) ?(?P<m>[1-5]0|[0-5]5)(?P<am>)(?P<pm>){_END}"), _full),
    (re.compile(r"^\s*(?P<h>1\d|2[0-3])-(?P<m>[0-5]\d)(?P<am>)(?P<pm>)[\s.!]*$"), _full),
    (re.compile(r"^\s*(?P<h>1?\d) (?P<m>15|30|45)(?P<am>)(?P<pm>)[\s.!]*$"), _short),
    (re.compile(rf"\b(?:between|from) (?P<h>\d{{1,2}})(?= (?:and|to) \d{{1,2}} ?{_PART_EN})"), _hour),
    (re.compile(r"\b(?:в )?час (?:(?P<am>ночи)|(?P<pm>дня))\b"), _one),
    (re.compile(r"\b(?:полдень|полночь|noon|midday|midnight)\b"), _noon),
    (re.compile(rf"\bпол(?:овин[аыуе])?[ -]?(?P<of>{_OF_HOUR})\b(?: {_PART})?"), _half),
    (re.compile(rf"\b(?P<m>четверть|\d{{1,2}} мин\w*) (?P<of>{_OF_HOUR})\b(?: {_PART})?"), _quarter),
    (re.compile(rf"\bбез (?P<m>\d{{1,2}}|четверти)(?: мин\w*)? (?P<h>\d{{1,2}})\b(?: {_PART})?"), _to),
    (re.compile(rf"\b(?P<m>half|a quarter|quarter|\d{{1,2}}) past (?P<h>\d{{1,2}})\b(?: ?{_PART})?"), _past),
    (re.compile(rf"\b(?P<m>a quarter|quarter|\d{{1,2}}) (?:to|of) (?P<h>\d{{1,2}})\b(?: ?{_PART})?"), _to),
    (re.compile(r"\b(?:(?:в|во|к|до|после|около|с) )(?P<h>\d{1,2}) (?:(?P<am>утра|ночи)|(?P<pm>дня|вечера))\b"), _hour),
    (re.compile(r"(?<!\d)(?P<h>\d{1,2}) (?:час\w* )?(?:(?P<am>утра|ночи)|(?P<pm>вечера))\b"), _hour),
    (re.compile(rf"(?<![\d:.])(?P<h>\d{{1,2}}) ?(?:o'?clock ?)?{_PART_EN}"), _hour),
    (re.compile(r"\b(?P<h>\d{1,2}) o'?clock\b(?P<am>)(?P<pm>)"), _hour),
    (re.compile(rf"\b{_AT} (?P<h>\d{{1,2}})(?: ч\b\.?| час(?:ов|а|ам|у)?\b)(?: {_PART})?"), _hour),
    (re.compile(rf"\b{_AT} (?P<h>\d{{1,2}})(?P<am>)(?P<pm>){_END}"), _hour),
)  # fmt: skip
_AHEAD = re.compile(
    r"\b(?:через|спустя|in) (?:(?P<half>пол(?=час)|half an )|(?P<n>\d{1,3}(?:\.5)?) ?|an )?"
    r"(?:(?P<minute>мин\w*|minutes?|mins?)|час(?:а|ов|ик)?|hours?)\b(?P<more> and a half| с половиной)?"
)

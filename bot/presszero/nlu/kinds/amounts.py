"""Digits (a contract, a code: «55-56-66» is 555666) and numbers (how many, how much: «1 500,50» is 1500.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from presszero.dialogue.parse import Value
from presszero.nlu.kinds.reading import Reading

_RUN = re.compile(r"(?<![\d.,:/])\d++(?:[ -]\d++)*+(?![.,:/]\d)")
_GROUP, _LONGEST_JOINED = 4, 20  # digits of a group that is a part of something longer; of that something
_PART = re.compile(r"\d+")
_NUMBER = re.compile(r"(?<![\w.,:/])(?<!\w-)-?(?:\d{1,3}(?: \d{3})+|\d{1,15})(?:[.,]\d{1,6})?(?![\d:/]|[.,]\d|-\d)")
_TIMES = re.compile(r" ?(?:(тыс\w*|к|k|thousand)|(млн|миллион\w*|mln|million))\b")


def digits(reading: Reading) -> Iterator[Value]:
    """Stretches of digits; short groups beside each other are one."""
    for run in _RUN.finditer(reading.digits):
        groups = _PART.findall(run[0])
        joined = "".join(groups)
        if len(groups) == 1 or (max(map(len, groups)) <= _GROUP and len(joined) <= _LONGEST_JOINED):
            yield reading.value("digits", joined, *run.span())
            continue
        for part in _PART.finditer(reading.digits, *run.span()):
            yield reading.value("digits", part[0], *part.span())


def numbers(reading: Reading) -> Iterator[Value]:
    """Quantities."""
    text = reading.digits
    for found in _NUMBER.finditer(text):
        amount = Decimal(found[0].replace(" ", "").replace(",", "."))
        end = found.end()
        if times := _TIMES.match(text, end):
            amount *= 1000 if times[1] else 1_000_000
            end = times.end()
        yield reading.value("number", _plain(amount), found.start(), end)


def _plain(amount: Decimal) -> str:
    text = f"{amount:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) if amount else "0"

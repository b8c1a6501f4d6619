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
_NUMBER = re.compile(
    r"(?<![\w.,:/])(?<!\w-)(?P<less>-|(?:минус|minus) )?"
    r"(?P<n>\d{1,3}(?:,\d{3})+(?:\.\d{1,6})?|(?:\d{1,3}(?: \d{3})+|\d{1,15})(?:[.,]\d{1,6})?|half an?(?= [mt]))"
    r"(?P<half> (?:and a half|с половиной))?(?![\d:/]|[.,]\d|-\d)"
)
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")  # "2,500" where English is spoken, 2.5 elsewhere
_TIMES = re.compile(r" ?(?:(тыс\w*|к|k|thousand)|(млн|миллион\w*|mln|million))\b")
_TWO = re.compile(r"\s*(?:пар[ау]|(?:a )?couple)(?: of)?[\s.!]*")


def digits(reading: Reading) -> Iterator[Value]:
    """Stretches of digits; short groups beside each other are one."""
    for run in _RUN.finditer(reading.digits):
        groups = _PART.findall(run[0])
        joined = "".join(groups)
        if len(joined) == 1 and _in_words(reading, *run.span()):
            continue  # «одна беда с вами»
        if len(groups) == 1 or (max(map(len, groups)) <= _GROUP and len(joined) <= _LONGEST_JOINED):
            yield reading.value("digits", joined, *run.span())
            continue
        for part in _PART.finditer(reading.digits, *run.span()):
            yield reading.value("digits", part[0], *part.span())


def numbers(reading: Reading) -> Iterator[Value]:
    """Quantities."""
    text = reading.digits
    for found in _NUMBER.finditer(text):
        amount = _amount(found["n"], reading.lang) + (Decimal("0.5") if found["half"] else 0)
        amount = -amount if found["less"] else amount
        end = found.end()
        if times := _TIMES.match(text, end):
            amount *= 1000 if times[1] else 1_000_000
            end = times.end()
        yield reading.value("number", _plain(amount), found.start(), end)
    if _TWO.fullmatch(text):
        yield reading.value("number", "2", 0, len(text))


def in_words(text: str) -> bool:
    """Whether an amount may stand in a text without any digit."""
    return "half a" in text or bool(_TWO.fullmatch(text))


def _amount(said: str, lang: str) -> Decimal:
    if said.startswith("half"):
        return Decimal("0.5")
    if lang == "en" and _THOUSANDS.fullmatch(said):
        return Decimal(said.replace(",", ""))
    parts = said.replace(" ", "").replace(",", ".").split(".")
    return Decimal(parts[0] + "." + "".join(parts[1:]) if parts[1:] else parts[0])


def _in_words(reading: Reading, start: int, end: int) -> bool:
    """Whether a digit was said as a word among others."""
    start, end = reading.said.typed_place(start, end)
    return reading.flat[start:end].isalpha() and reading.flat.strip(" .,!") != reading.flat[start:end]


def _plain(amount: Decimal) -> str:
    text = f"{amount:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) if amount else "0"

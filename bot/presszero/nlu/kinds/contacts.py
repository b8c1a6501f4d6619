"""Phones (as E.164; a number without a country is Russian) and e-mail addresses (their form only)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from presszero.dialogue.parse import Value
from presszero.nlu.kinds.reading import Reading

REGION = "RU"
MOST = 8  # candidates of one text
_PHONE = re.compile(r"(?<![\w.,/-])\+?\d(?:[ ().-]{0,2}\d){9,14}(?![\d/:]|[.,]\d)")
_PLAIN = r"[^\s<>()\[\],;:\"'«»@]"
# «anna собака mail точка ru», "john at example dot com"
_SAID = re.compile(
    r"\b(?P<who>[\w.+-]{1,64}) (?:собака|at) (?P<where>[\w-]{1,63}(?: (?:точка|dot) [\w-]{1,63}){1,4})\b"
)
_DOT = re.compile(r" (?:точка|dot) ")
_EMAIL = re.compile(rf"{_PLAIN}{{1,64}}@{_PLAIN}{{1,200}}\.[^\W\d_]{{2,20}}\b")


def emails(reading: Reading) -> Iterator[Value]:
    """The e-mail addresses of a text."""
    for found in islice(_EMAIL.finditer(reading.typed), MOST):
        typed = found[0].rstrip(".!?")
        if address := _address(typed):
            yield Value("email", address, found.start(), found.start() + len(typed))
    for found in islice(_SAID.finditer(reading.flat), MOST):
        if address := _address(found["who"] + "@" + _DOT.sub(".", found["where"])):
            yield Value("email", address, *found.span())


def _address(typed: str) -> str | None:
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(typed, check_deliverability=False).normalized
    except EmailNotValidError:
        return None


def phones(reading: Reading) -> Iterator[Value]:
    """The telephone numbers of a text."""
    for found in islice(_PHONE.finditer(reading.digits), MOST):
        if number := _number(found[0]):
            yield reading.value("phone", number, *found.span())


def _number(typed: str) -> str | None:
    import phonenumbers

    try:
        number = phonenumbers.parse(typed, REGION)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    made: str = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return made

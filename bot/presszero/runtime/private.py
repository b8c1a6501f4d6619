"""Personal data taken out of texts that are kept for the numbers: cards, phones, e-mails, long figures, streets, names.

It must rather take out too much: what is left is read by people who have no business with this customer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from presszero.runtime.names import masked

HIDDEN = "•••"
LONGEST = 500
_MASKED = re.compile(r"•{3,}(?:\s*\d{4})?")  # a card that was masked before
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_HANDLE = re.compile(r"(?<!\w)@\w{4,}")
_FIGURES = re.compile(r"\+?\d(?:[\s()\-\u00a0]*\d){4,}")  # five figures and more, however they are parted
_STREET = re.compile(
    r"(?:ул\.|улица|улице|улицы|проспект\w?|пр-т|переулок|пер\.|шоссе|бульвар)\s+[А-ЯЁA-Z][\w-]+"
    r"(?:,?\s*(?:д\.|дом)?\s*\d+\w?)?(?:,?\s*(?:кв\.|квартира)\s*\d+)?"
    r"|\d+\s+[A-Z]\w+\s+(?:Street|St|Avenue|Ave|Road|Rd|Lane)\b\.?",
)
_WORD = re.compile(r"[^\W\d_][\w-]+")


def private(text: str, known: Iterable[str] = ()) -> str:
    """The text without personal data; ``known``: names, contracts and addresses of the customer, found in any case form."""
    text = _MASKED.sub(HIDDEN, text[:LONGEST])
    text = _EMAIL.sub(HIDDEN, text)
    text = _HANDLE.sub(HIDDEN, text)
    for value in sorted(known, key=len, reverse=True):
        if len(value) > 3 and (any(c.isdigit() for c in value) or " " in value):
            text = text.replace(value, HIDDEN)
    text = _STREET.sub(HIDDEN, text)
    text = _FIGURES.sub(HIDDEN, text)
    for value in known:
        if value[:1].isupper() and "@" not in value:
            for word in _WORD.findall(value):
                text = _named(text, word)
    return " ".join(masked(text, HIDDEN).split())


def _named(text: str, word: str) -> str:
    if len(word) < 3:
        return text
    stem = re.escape(word[:-1] if len(word) > 3 else word)
    return re.sub(rf"\b{stem}\w{{0,3}}\b", HIDDEN, text, flags=re.IGNORECASE)


def known_of(facts: dict[str, Any], remembered: dict[str, tuple[Any, float]]) -> tuple[str, ...]:
    """What names a customer: the texts that are known of them, kinds of customer left out."""
    told = {name: value for name, (value, _) in remembered.items()}
    return tuple(v for k, v in {**told, **facts}.items() if isinstance(v, str) and k not in _NOT_PERSONAL)


_NOT_PERSONAL = {"segment", "region", "tariff", "product", "line", "lang", "language"}

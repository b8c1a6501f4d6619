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
_UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)
_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]+(?:@|\s?[(\[]\s?(?:at|собака)\s?[)\]]\s?|\s(?:at|собака)\s)"
    r"[\w-]+(?:(?:\.|\s?[(\[]?\b(?:dot|точка)\b[)\]]?\s?)[\w-]+)+",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<!\w)@\w{4,}")
_FIGURES = re.compile(r"\+?\d(?:[\s()\-\u00a0]*\d){4,}")  # five figures and more, however they are parted
_STREET = re.compile(
    r"(?:ул\.|улица|улице|улицы|проспект\w?|пр-т|переулок|пер\.|шоссе|бульвар)\s+[А-ЯЁA-Z][\w-]+"
    r"(?:,?\s*(?:д\.|дом)?\s*\d+\w?)?(?:,?\s*(?:кв\.|квартира)\s*\d+)?"
    r"|(?<!\d)\d{1,6}\s+[A-Z]\w+\s+(?:Street|St|Avenue|Ave|Road|Rd|Lane)\b\.?",
)
_ACCOUNT = re.compile(
    r"\b(договор\w{0,3}|контракт\w{0,2}|л/с|лицев\w{2,3}(?:\s+сч[её]т\w{0,2})?|account|contract)"
    r"((?:\s|№|#|:|\bn\b|\bno\b\.?|\bnumber\b|\bномер\w{0,2}|\bis\b)*)"
    r"((?=[\w/-]{0,20}\d)\w[\w/-]+(?:\s\d[\w/-]*)*)",
    re.IGNORECASE,
)
_KEY = r"log[io]n|user(?:name)?|pass(?:word|wd)?|pwd|pin|логин\w{0,2}|парол[ьяею]м?|пин(?:-?код)?"
_ORDINARY = r"(?!(?:и|или|от|для|не|на|к|в|с|мой|and|or|not|is|was|for|to|does|of|on|wi-?fi|wlan)\b)"
_SAID = re.compile(  # after a sign, or with a figure, or of the other script than the word before it
    rf"(?<![\w-])({_KEY})(\s*[:=]\s*|\s+[—–-]\s+|\s+(?:это\s+|is\s+)?(?=\S{{0,40}}\d)|(?<=[а-я])\s+(?:это\s+)?(?=[a-z]))"
    rf"{_ORDINARY}\S+",
    re.IGNORECASE,
)
_BOTH = re.compile(
    rf"(?<![\w-])(log[io]n|user(?:name)?|логин)(\s+){_ORDINARY}\S+(\s+(?:(?:и|and)\s+)?(?:pass(?:word|wd)?|pwd|пароль)\s+){_ORDINARY}\S+",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w-]+")


def private(text: str, known: Iterable[str] = ()) -> str:
    """The text without personal data; ``known``: names, contracts and addresses of the customer, found in any case form."""
    text = _MASKED.sub(HIDDEN, _UNSEEN.sub("", text[:LONGEST]))
    text = _EMAIL.sub(HIDDEN, text)
    text = _BOTH.sub(rf"\1\2{HIDDEN}\3{HIDDEN}", text)
    text = _SAID.sub(rf"\1\2{HIDDEN}", text)
    text = _ACCOUNT.sub(rf"\1\2{HIDDEN}", text)
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

"""Personal data in a conversation that becomes a test: the same stand-in for the same number, address or name, everywhere.

It must leave the lengths of numbers as they are, so that a slot which took one takes its stand-in too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# A phone number as people write it, or any other run of five figures and more.
_FIGURES = re.compile(r"(?P<phone>(?<![\w.])\+?\d(?:[\s()\-\u00a0]*\d){9,14}(?!\d))|(?<!\d)\d{5,}(?!\d)")
_STREET = re.compile(
    r"(?:ул\.|улица|улице|улицы|проспект|пр-т|переулок|пер\.|шоссе|бульвар)\s+[А-ЯЁA-Z][\w-]+"
    r"(?:,?\s*(?:д\.|дом)?\s*\d+\w?)?(?:,?\s*(?:кв\.|квартира)\s*\d+)?"
    r"|\d+\s+[A-Z]\w+\s+(?:Street|St|Avenue|Ave|Road|Rd|Lane)\b\.?",
)
_CALLED = re.compile(
    r"(?:меня зовут|моё имя|мое имя|my name is|i am called)\s+((?:[А-ЯЁA-Z][\w-]+\s?){1,3})", re.IGNORECASE
)
_NAMES = ("Икс", "Игрек", "Зет", "Каппа", "Лямбда", "Сигма", "Омега")
_NAMES_EN = ("Ex", "Wye", "Zed", "Kappa", "Lambda", "Sigma", "Omega")
_LATIN = re.compile(r"[A-Za-z]")


class Masks:
    """The stand-ins of one conversation. ``names`` and ``addresses`` are known beforehand; the rest is found."""

    def __init__(self, names: Iterable[str] = (), addresses: Iterable[str] = ()) -> None:
        self._given: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._addresses = [a for a in addresses if len(a) > 3]
        for name in names:
            self._learn(name)

    def hear(self, text: str) -> None:
        """Learns the names that a text tells of its writer."""
        for found in _CALLED.finditer(text):
            self._learn(found[1])

    def data(self, value: Any) -> Any:
        """Texts of an answer, however deep; numbers that are counted stay."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {k: self.data(v) for k, v in value.items()}
        return [self.data(v) for v in value] if isinstance(value, list | tuple) else value

    def text(self, text: str) -> str:
        """The text with stand-ins."""
        text = _EMAIL.sub(lambda m: self._stand_in(m[0].lower(), lambda n: f"client{n}@example.com"), text)
        for address in self._addresses:
            text = text.replace(address, self._address(address))
        text = _STREET.sub(lambda m: self._address(m[0]), text)
        text = _FIGURES.sub(lambda m: self._phone(m[0]) if m["phone"] else self._number(m[0]), text)
        for word, mask in self._names.items():
            stem = re.escape(word[:-1] if len(word) > 3 else word)
            text = re.sub(rf"\b{stem}\w{{0,3}}\b", mask, text, flags=re.IGNORECASE)
        return text

    def _learn(self, name: str) -> None:
        for word in re.findall(r"[^\W\d_][\w-]+", name):
            if len(word) > 2 and word.casefold() not in (known.casefold() for known in self._names):
                pool = _NAMES_EN if _LATIN.match(word) else _NAMES
                count = len(self._names)
                self._names[word] = pool[count % len(pool)] + (
                    str(count // len(pool) + 1) if count >= len(pool) else ""
                )

    def _stand_in(self, key: str, make: Any) -> str:
        if key not in self._given:
            self._given[key] = make(len(self._given) + 1)
        return self._given[key]

    def _address(self, text: str) -> str:
        if text in self._given.values():
            return text
        english = bool(_LATIN.search(text))
        return self._stand_in(text.casefold(), lambda n: f"{n} Forest Street" if english else f"ул. Лесная, {n}")

    def _number(self, digits: str) -> str:
        return self._stand_in(digits, lambda n: f"1{n:0{len(digits) - 1}d}"[-len(digits) :])

    def _phone(self, text: str) -> str:
        """Another number of the same shape: the country stays, the rest is nobody's."""
        digits = [c for c in text if c.isdigit()]
        tail = "".join(digits[-10:])
        fake = self._stand_in(tail, lambda n: f"900000{n:04d}")
        whole = [*digits[:-10], *fake]
        return "".join(whole.pop(0) if c.isdigit() else c for c in text)

"""One map of a settings file, read key by key: what nobody asked for is an unknown key, what does not fit is a Finding.

Used for `handoff/*.yaml` and `config.yaml`. A fault gives the default back, so that one run names every fault; it must
never raise.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from zoneinfo import ZoneInfo, available_timezones

from presszero.dialogue.text import Text, plain
from presszero.errors import Finding, Place
from presszero.source import schema
from presszero.source.nearest import nearest, strange
from presszero.source.read import read, unreadable
from presszero.source.schema import Schema
from presszero.source.tree import Node

UNITS = {"d": 86400.0, "h": 3600.0, "m": 60.0, "s": 1.0}
YES = frozenset({"yes", "on", "true", "да"})
NO = frozenset({"no", "off", "false", "нет"})
_DURATION = re.compile(r"(?:(\d+)d)? ?(?:(\d+)h)? ?(?:(\d+)m)? ?(?:(\d+)s)?")
_LANGUAGE = re.compile(r"[a-z]{2}")


def seconds(text: str) -> float | None:
    """``30s 5m 24h 2d 1h30m`` in seconds, or None."""
    found = _DURATION.fullmatch(text.strip())
    if found is None or not any(found.groups()):
        return None
    return sum(float(n) * UNITS[u] for n, u in zip(found.groups(), "dhms", strict=True) if n)


def meant(word: str, among: Collection[str]) -> dict[str, str]:
    """The hint of a finding about a name that is not there: the nearest one, or all there are."""
    near = nearest(word, among)
    if near and (odd := strange(word, near)):
        letters, ru = odd
        en = {"кириллица": "Cyrillic", "латиница": "Latin"}[ru]
        return {
            "hint_en": f'Did you mean "{near}"? {en} letters are mixed in: {", ".join(letters)}.',
            "hint_ru": f"Возможно, «{near}»? Среди букв есть {ru}: {', '.join(letters)}.",
        }
    if near:
        return {"hint_en": f'Did you mean "{near}"?', "hint_ru": f"Возможно, «{near}»?"}
    known = ", ".join(sorted(among)[:12])
    return {"hint_en": f"There are: {known}.", "hint_ru": f"Есть: {known}."} if known else {}


class Faults:
    """The findings of one reading, and the languages that every text must have."""

    def __init__(self, languages: tuple[str, ...]) -> None:
        self.languages = languages
        self.found: list[Finding] = []

    def add(self, place: Place, code: str, /, **values: str) -> None:
        """One more finding."""
        self.found.append(Finding(place, code, values))

    def unknown(self, place: Place, code: str, name: str, among: Collection[str]) -> None:
        """A name that is not there, with the likeliest one in the hint."""
        self.add(place, code, name=name, **meant(name, among))

    def read(self, root: Path, name: str, *, needed: bool = True) -> Node | None:
        """The tree of a file of the desk, or None when it is not there or cannot be trusted."""
        path = root / name
        if not path.exists():
            if needed:
                self.add(Place(name), "PZ180")
            return None
        try:
            reading = read(path.read_bytes(), name)
        except OSError as error:
            self.found.append(unreadable(name, error))
            return None
        self.found.extend(reading.findings)
        return reading.tree

    def opened(self, node: Node) -> None:
        """A map begins to be read: for whoever learns the form of a file from its reader (`record.py`)."""

    def asked(
        self, node: Node, key: str, kind: Callable[..., Schema] | None = None, *given: Any, needed: bool = False
    ) -> None:
        """A key is asked for."""

    def chose(self, node: Node, key: str) -> None:
        """A key is a name that the author chose."""

    @property
    def fatal(self) -> bool:
        """Whether there is an error among them: warnings never refuse."""
        return any(f.severity == "error" for f in self.found)


class Fields:
    """A map being read: ``with Fields(node, faults) as f: f.text("title")``; leaving it reports the unknown keys."""

    def __init__(self, node: Node, faults: Faults) -> None:
        self.node = node
        self.place = node.place
        self.faults = faults
        self._asked: dict[str, None] = {}
        self._missing: list[str] = []
        faults.opened(node)
        if node.kind != "map" and not node.empty:
            faults.add(node.place, "PZ183", wanted_en="keys with values", wanted_ru="ключи со значениями")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        strange = [key for key, _ in self.node.pairs if key.text not in self._asked]
        for key in strange:
            self.faults.unknown(key.place, "PZ181", key.text, self._asked)
        slips = {nearest(key.text, self._asked) for key in strange}
        for missing in self._missing:  # a mistyped key is not also a missing one
            if missing not in slips and (self.node.kind == "map" or self.node.empty):
                self.faults.add(self.place, "PZ182", key=missing)

    def slipped(self, key: str, known: Collection[str]) -> bool:
        """Whether a key that nobody knows was meant for this one."""
        return any(nearest(k.text, known) == key for k, _ in self.node.pairs if k.text not in known)

    def has(self, key: str) -> bool:
        """Whether the key stands in the map."""
        return self.node.get(key) is not None

    def get(self, key: str, *, needed: bool = False) -> Node | None:
        """The value under a key, which is known from now on."""
        self._asked[key] = None
        self.faults.asked(self.node, key, needed=needed)
        found = self.node.get(key)
        if found is None and needed:
            self._missing.append(key)
        return found

    def rest(self) -> Iterator[tuple[Node, Node]]:
        """The pairs under keys that were not asked for: names that the author chose."""
        for key, value in self.node.pairs:
            if key.text not in self._asked:
                self._asked[key.text] = None
                self.faults.chose(self.node, key.text)
                yield key, value

    def text(self, key: str, default: str | None = None) -> str:
        """A text on one line; without a default it must be there."""
        self.faults.asked(self.node, key, schema.word)
        found = self.get(key, needed=default is None)
        if found is None:
            return default or ""
        if found.kind != "text" or not found.text.strip():
            self.faults.add(found.place, "PZ183", wanted_en="a text", wanted_ru="текст")
            return default or ""
        return found.text.strip()

    def choice(self, key: str, among: Collection[str], default: str | None = None) -> str:
        """One of some words."""
        self.faults.asked(self.node, key, schema.choice, among)
        text = self.text(key, default)
        if text and text != default and text not in among:
            self.faults.unknown(self.at(key), "PZ184", text, among)
            return default or ""
        return text

    def number(self, key: str, default: float, low: float, high: float) -> float:
        """A number in a range."""
        self.faults.asked(self.node, key, schema.number, low, high)
        text = self.text(key, "")
        if not text:
            return default
        try:
            number = float(text)
        except ValueError:
            number = float("nan")
        if low <= number <= high:
            return number
        self.faults.add(self.at(key), "PZ185", text=text, low=f"{low:g}", high=f"{high:g}")
        return default

    def seconds(self, key: str, default: float | None = None) -> float:
        """A duration; without a default it must be there."""
        self.faults.asked(self.node, key, schema.seconds)
        text = self.text(key, None if default is None else "")
        found = seconds(text)
        if found is None and text:
            self.faults.add(self.at(key), "PZ186", text=text)
        return (default or 0.0) if found is None else found

    def yes(self, key: str, *, default: bool = False) -> bool:
        """Yes or no."""
        self.faults.asked(self.node, key, schema.yes)
        text = self.text(key, "").lower()
        if text and text not in YES | NO:
            self.faults.add(self.at(key), "PZ187", text=text)
        return text in YES if text in YES | NO else default

    def zone(self, key: str) -> ZoneInfo:
        """A time zone; it must be there."""
        text = self.text(key)
        try:
            return ZoneInfo(text or "UTC")
        except (KeyError, ValueError, OSError):
            self.faults.unknown(self.at(key), "PZ189", text, available_timezones())
            return ZoneInfo("UTC")

    def texts(self, key: str, *, needed: bool = True) -> dict[str, str]:
        """A text in every language of the desk; a plain string serves all of them."""
        self.faults.asked(self.node, key, schema.texts)
        found = self.get(key, needed=needed)
        if found is None:
            return {}
        if found.kind == "text":
            return dict.fromkeys(self.faults.languages, self.text(key))
        by = {lang: text for lang, node in self._languages(found) if (text := _joined(node))}
        for lang in self.faults.languages:
            if lang not in by:
                self.faults.add(found.place, "PZ188", key=key, lang=lang)
        return by

    def title(self, key: str = "title") -> Text:
        """A text without holes, as the core prints it."""
        return plain(**self.texts(key))

    def words(self, key: str) -> dict[str, tuple[str, ...]]:
        """Lists of words per language; a language may have none."""
        self.faults.asked(self.node, key, schema.words)
        found = self.get(key)
        return {lang: self._list(node) for lang, node in self._languages(found)} if found is not None else {}

    def list(self, key: str) -> tuple[tuple[Place, str], ...]:
        """A list of texts, each with its place; one text alone is a list of one."""
        self.faults.asked(self.node, key, schema.several)
        found = self.get(key)
        if found is None:
            return ()
        nodes = found.items if found.kind == "list" else (found,)
        return tuple((n.place, n.text.strip()) for n in nodes if self._is_text(n))

    def at(self, key: str) -> Place:
        """The place of a key's value, or of the map."""
        found = self.node.get(key)
        return found.place if found is not None else self.place

    def _list(self, node: Node) -> tuple[str, ...]:
        nodes = node.items if node.kind == "list" else (node,)
        return tuple(n.text.strip() for n in nodes if self._is_text(n))

    def _is_text(self, node: Node) -> bool:
        if node.kind == "text" and node.text.strip():
            return True
        self.faults.add(node.place, "PZ183", wanted_en="a text", wanted_ru="текст")
        return False

    def _languages(self, node: Node) -> Iterator[tuple[str, Node]]:
        if node.kind != "map":
            self.faults.add(node.place, "PZ183", wanted_en="a text per language", wanted_ru="по тексту на каждый язык")
        for key, value in node.pairs:
            if _LANGUAGE.fullmatch(key.text):
                yield key.text, value
            else:
                self.faults.unknown(key.place, "PZ181", key.text, self.faults.languages)


def _joined(node: Node) -> str:
    return node.text.strip() if node.kind == "text" else ""

"""Phrases from elsewhere as files of `nlu/`: one for each language, in Rasa's form, as a person would have written them.

Nothing is written here, and nothing that is there already is changed: the caller shows the files and asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple
from unicodedata import category

from presszero.lang.detect import detect
from presszero.lang.words import words
from presszero.nlu.exports import Lost, Said, read
from presszero.nlu.phrases import LONGEST

_MARKS = str.maketrans("[](){}|", "       ")  # they would mean something in a phrase of ours
_SLUG = re.compile(r"[^a-z0-9]+")


class Proposed(NamedTuple):
    """A file as it would stand in the desk, with how many phrases and intents it has."""

    name: str
    text: str
    phrases: int
    intents: int


def propose(source: Path, languages: tuple[str, ...], lang: str = "") -> tuple[list[Proposed], list[Lost]]:
    """The files that an export makes; ``lang`` is the language of what does not say its own. What is lost is told."""
    lost: list[Lost] = []
    intents: dict[str, dict[str, dict[str, str]]] = {}
    others: dict[str, int] = {}
    for one in read(source):
        if isinstance(one, Lost):
            lost.append(one)
            continue
        text, intent = _plain(one.text), _named(one.intent)
        where = _language(one, text, lang, languages)
        if not words(text) or not intent:
            continue
        if len(text) > LONGEST:
            lost.append(Lost(intent, f"фраза длиннее {LONGEST} знаков", f"a phrase of over {LONGEST} characters"))
        elif where not in languages:
            others[where] = others.get(where, 0) + 1
        else:
            intents.setdefault(where, {}).setdefault(intent, {}).setdefault(" ".join(words(text)), text)
    for where, count in others.items():
        lost.append(
            Lost(
                where or "?",
                f"фраз на языке, которого у стола нет: {count}",
                f"phrases in no language of the desk: {count}",
            )
        )
    slug = _SLUG.sub("-", source.stem.lower()).strip("-") or "imported"
    return [_file(source.name, slug, where, found) for where, found in sorted(intents.items())], lost


def _plain(text: str) -> str:
    """A phrase on one line, without marks and without what no editor shows."""
    seen = "".join(" " if category(char)[0] in "CZ" else char for char in text.translate(_MARKS))
    return " ".join(seen.split()).lstrip("-# ")


def _named(intent: str) -> str:
    """The intent's name, as a name in YAML may be."""
    return re.sub(r"[^\w./-]+", "_", intent.strip()).strip("_")


def _language(one: Said, text: str, lang: str, languages: Iterable[str]) -> str:
    said = one.lang.strip().lower()[:2]
    return said or lang or detect(text)[0] or next(iter(languages))


def _file(source: str, slug: str, lang: str, intents: dict[str, dict[str, str]]) -> Proposed:
    lines = [
        f"# From {_SLUG.sub('-', source.lower())}: read it, throw out what nobody would say.",
        'version: "3.1"',
        "nlu:",
    ]
    for intent, phrases in intents.items():
        lines += [f'  - intent: "{intent}"', "    examples: |", *(f"      - {text}" for text in phrases.values())]
    return Proposed(f"nlu/{lang}/{slug}.yml", "\n".join([*lines, ""]), sum(map(len, intents.values())), len(intents))

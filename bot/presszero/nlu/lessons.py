"""The file of phrases that were learned from operators' corrections, as it will be reviewed: text in, text out; nothing is written.

It is one more file of phrases in Rasa's form. Everything else in it stays as it was: comments, order, what people wrote.
"""

from __future__ import annotations

import re
from collections import Counter

from presszero.errors import ContentError
from presszero.nlu.phrases import CATEGORY, of_text

LANGUAGES = ("ru", "en")
_NEW = """\
# yaml-language-server: $schema={schema}
# Phrases that operators' corrections taught, each approved by a person in the console (Lessons). Edit them like any other.
version: "3.1"
nlu:
"""
_ENTRY = re.compile(r"(\s*)- intent:\s*(.*?)\s*")
_EXAMPLES = re.compile(r"\s+examples:\s*\|[+-]?\s*")


class CannotChange(ValueError):
    """The file is not laid out so that a line can be added to it, or taken out."""


def file(lang: str) -> str:
    """Where phrases of a language are learned."""
    return f"nlu/{lang}/lessons.yml" if lang in LANGUAGES else "nlu/lessons.yml"


def with_phrase(text: str, name: str, category: str, phrase: str) -> str:
    """The file with one more phrase of a category; the same text when it has it. Raises CannotChange."""
    before = _phrases(text, name)
    if (category, phrase) in before:
        return text
    lines = (text if text.strip() else _new(name)).splitlines()
    at = _examples(lines, category)
    if at is None:
        lines += [f"  - intent: {CATEGORY}{category}", "    examples: |", f"      - {phrase}"]
    else:
        last = _last(lines, at)
        indent = re.match(r"\s*", lines[last])[0] if last > at else "      "  # type: ignore[index]
        lines.insert(last + 1, f"{indent}- {phrase}")
    made = "\n".join([*lines, ""])
    if _phrases(made, name) != before + Counter([(category, phrase)]):
        raise CannotChange(phrase)
    return made


def without_phrase(text: str, name: str, category: str, phrase: str) -> str:
    """The file without a phrase, nothing when none is left of what we wrote; the same text when it has no such phrase.

    Raises CannotChange.
    """
    before = _phrases(text, name)
    if (category, phrase) not in before:
        return text
    lines = text.splitlines()
    at = _examples(lines, category)
    if at is None:
        raise CannotChange(phrase)
    last = _last(lines, at)
    line = next((n for n in range(at + 1, last + 1) if lines[n].strip().removeprefix("-").strip() == phrase), None)
    if line is None:
        raise CannotChange(phrase)
    if any(each.strip().startswith("-") for n, each in enumerate(lines[at + 1 : last + 1], at + 1) if n != line):
        del lines[line]
    else:
        del lines[at - 1 : last + 1]
    made = "\n".join([*lines, ""])
    if _phrases(made, name) != before - Counter([(category, phrase)]):
        raise CannotChange(phrase)
    return "" if made == _new(name) else made


def _new(name: str) -> str:
    return _NEW.format(schema="../" * name.count("/") + "schema/phrases.json")


def _examples(lines: list[str], category: str) -> int | None:
    """The line after which the phrases of a category stand."""
    for n, line in enumerate(lines[:-1]):
        entry = _ENTRY.fullmatch(line)
        if entry and entry[2].strip("\"'") == CATEGORY + category and _EXAMPLES.fullmatch(lines[n + 1]):
            return n + 1
    return None


def _last(lines: list[str], at: int) -> int:
    """The last line of the block that begins after this one."""
    outside = len(re.match(r"\s*", lines[at])[0])  # type: ignore[index]
    last = at
    for n in range(at + 1, len(lines)):
        if lines[n].strip():
            if len(lines[n]) - len(lines[n].lstrip()) <= outside:
                break
            last = n
    return last


def _phrases(text: str, name: str) -> Counter[tuple[str, str]]:
    """Category and phrase of everything in the file. Raises CannotChange when it cannot be read."""
    if not text.strip():
        return Counter()
    try:
        found = of_text(text, name)
    except ContentError as error:
        raise CannotChange(str(error)) from error
    if any(f.severity == "error" for f in found.findings):
        raise CannotChange(found.findings[0].code)
    return Counter((p.intent.removeprefix(CATEGORY), p.text) for p in found.trained)

"""Changes to articles' files as a person will review them: one more phrasing, a new article. Text in, text out; nothing is written.

Everything else in the file stays as it was: comments, order, line ends.
"""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterable
from datetime import date

from presszero.errors import Finding
from presszero.kb.front import Front, split
from presszero.kb.markdown import SLUG
from presszero.lang.words import words

_PLAIN = re.compile(r"[^\W\d_][\w ,?!().«»№/+-]*[\w?!).»]")  # never read as anything but text
_RESERVED = {"yes", "no", "true", "false", "null", "on", "off", "y", "n"}
_LATIN = "a b v g d e e zh z i y k l m n o p r s t u f h ts ch sh sch . y . e yu ya"
_SOUNDS = dict(zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюя", _LATIN.split(), strict=True))


class CannotChange(ValueError):
    """The file is not laid out so that a line can be added to it."""


def scalar(text: str) -> str:
    """A text as YAML writes it on one line."""
    text = " ".join(text.split())
    plain = _PLAIN.fullmatch(text) and text.casefold() not in _RESERVED and " #" not in text
    return text if plain else json.dumps(text, ensure_ascii=False)


def with_question(text: str, question: str) -> str:
    """The article with one more phrasing; the same text when it has it. Raises CannotChange."""
    question = " ".join(question.split())
    before = questions(text)
    if question in before:
        return text
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.replace("\r\n", "\n").split("\n")
    close = next(n for n, line in enumerate(lines) if n and line.rstrip() == "---")
    at = next((n for n in range(1, close) if re.match(r"questions\s*:", lines[n])), None)
    new = scalar(question)
    if at is None:
        lines[close:close] = ["questions:", f"  - {new}"]
    else:
        _into(lines, at, close, new)
    made = end.join(lines)
    if questions(made) != (*before, question):
        raise CannotChange(question)
    return made


def _into(lines: list[str], at: int, close: int, new: str) -> None:
    value = lines[at].partition(":")[2].strip()
    if value.startswith("[") and value.endswith("]"):
        inside = value[1:-1].strip()
        shown = json.dumps(new, ensure_ascii=False) if "," in new and not new.startswith('"') else new
        lines[at] = f"questions: [{inside}, {shown}]" if inside else f"questions: [{shown}]"
        return
    if value and not value.startswith("#"):
        lines[at : at + 1] = ["questions:", f"  - {value}", f"  - {new}"]
        return
    last, indent = at, "  "
    for n in range(at + 1, close):
        item = re.match(r"(\s*)-\s", lines[n])
        if item:
            last, indent = n, item[1]
        elif lines[n].strip() and not lines[n].startswith((" ", "\t", "#")):
            break
        elif lines[n].strip() and not lines[n].lstrip().startswith("#"):
            last = n  # an item goes on in this line
    lines.insert(last + 1, f"{indent}- {new}")


def without_question(text: str, question: str) -> str:
    """The article without a phrasing that `with_question` added. Raises CannotChange."""
    question = " ".join(question.split())
    before = questions(text)
    if question not in before:
        return text
    shown = re.escape(scalar(question))
    quoted = re.escape(json.dumps(scalar(question), ensure_ascii=False))
    for pattern in (rf"(?m)^\s*- {shown}\s*?\r?\n", rf"(?:, )?(?:{shown}|{quoted})(?=\])"):
        made = re.sub(pattern, "", text, count=1)
        if questions(made) == tuple(q for q in before if q != question):
            return made
    raise CannotChange(question)


def questions(text: str) -> tuple[str, ...]:
    """The phrasings of an article's file. Raises CannotChange when it has no front matter."""
    parts = split(text.replace("\r\n", "\n"))
    if parts is None:
        raise CannotChange(text[:40])
    faults: list[Finding] = []
    found = tuple(" ".join(n.text.split()) for n in Front(parts.head, "", faults).list("questions"))
    if any(f.severity == "error" for f in faults):
        raise CannotChange(faults[0].code)
    return found


def article(
    title: str,
    body: str,
    *,
    phrasings: Iterable[str] = (),
    tags: Iterable[str] = (),
    owner: str = "",
    review_by: date | None = None,
    starts: date | None = None,
    ends: date | None = None,
) -> str:
    """A new article's file."""
    lines = ["---", f"title: {scalar(title)}"]
    for key, values in (("questions", list(phrasings)), ("tags", list(tags))):
        if values:
            lines += [f"{key}:", *(f"  - {scalar(value)}" for value in values)]
    lines += [f"owner: {scalar(owner)}"] if owner else []
    days = {"review_by": review_by, "effective_from": starts, "effective_to": ends}
    lines += [f"{key}: {day.isoformat()}" for key, day in days.items() if day]
    return "\n".join([*lines, "---", "", body.strip(), ""])


def slug(title: str, taken: Container[str] = ()) -> str:
    """A file name that can be an address: Latin letters of the title, and a number when it is taken."""
    said = "-".join("".join(_SOUNDS.get(c, c) for c in word) for word in words(title))
    plain = re.sub(r"-+", "-", re.sub(r"[^a-z0-9-]", "", said)).strip("-")[:60].rstrip("-")
    first = plain if SLUG.fullmatch(plain) else "article"
    name, number = first, 2
    while name in taken:
        name, number = f"{first}-{number}", number + 1
    return name

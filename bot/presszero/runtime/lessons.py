"""What may be learned from an operator who corrects a category: what the customer said, without anything that names them.

It proposes; a lead decides, and only what was published is learned.
"""

from __future__ import annotations

import unicodedata

from presszero.lang.words import words
from presszero.runtime.private import HIDDEN, known_of, private
from presszero.store.base import Customer, Ticket
from presszero.store.lessons import NewLesson

SHORTEST = 2  # words: one alone says too little of what a request is about
LONGEST_NAME, LONGEST_PLACE = 4, 8  # words
_MARKS = str.maketrans(dict.fromkeys("[]{}|", " "))  # mean something in a file of phrases


def lesson(ticket: Ticket, customer: Customer) -> NewLesson | None:
    """What was said when the request was opened; None when that is nothing to learn from."""
    said = str(ticket.guess.get("text") or "")
    told = [value for value in ticket.fields.values() if _names(value)]
    text = private(said, (*known_of(customer.facts, customer.remembered), *told))
    return NewLesson(text, ticket.lang) if phrase(text) else None


def _names(value: str) -> bool:
    """Whether an answer to a flow's question looks like a name, an address or a number rather than like a sentence."""
    parts = value.split()
    called = len(parts) <= LONGEST_NAME and all(part[:1].isupper() for part in parts)
    return called or (len(parts) <= LONGEST_PLACE and any(c.isdigit() for c in value))


def phrase(text: str) -> str:
    """A text as a file of phrases takes it: one line, nothing hidden, no marks; empty when too little is left."""
    seen = "".join(c for c in text if c.isspace() or unicodedata.category(c)[0] != "C")
    plain = private(seen.translate(_MARKS)).replace(HIDDEN, " ")
    line = " ".join(plain.split()).lstrip("-#•· ")
    return line if sum(any(c.isalpha() for c in word) for word in words(line)) >= SHORTEST else ""

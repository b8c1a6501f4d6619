"""What a customer is called wherever people read it: in the console, over a topic. Pure.

A name is what somebody chose to be called: it must never break a line, hide, or turn the letters around it.
"""

from __future__ import annotations

import unicodedata

from presszero.store.base import Customer

MOST = 80
_KNOWN = ("name", "nick", "contact", "phone", "email")
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_BLANK = "\u115f\u1160\u2800\u3164\uffa0"  # letters that look like nothing


def tame(text: str, most: int = MOST) -> str:
    """The text in one line, without characters that nobody sees."""
    seen = "".join(" " if c.isspace() or c in _BLANK else c for c in text[: most * 8])
    return " ".join("".join(c for c in seen if unicodedata.category(c) not in _UNSEEN).split())[:most].rstrip()


def called(customer: Customer, number: int, lang: str) -> str:
    """The customer's name, as well as it is known; ``number`` of the conversation stands for one who has none."""
    found = (tame(str(customer.facts[key])) for key in _KNOWN if customer.facts.get(key))
    return next(filter(None, found), "") or f"{'Гость №' if lang == 'ru' else 'Guest No.'} {number}"

"""The knowledge base's loop: kept questions as gaps and figures read them, and what people answered, without personal data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from presszero.kb.gaps import Asked, Gap
from presszero.lang.words import stems
from presszero.runtime.private import HIDDEN, known_of, private
from presszero.store.asked import Question
from presszero.store.base import Store

SHORTEST = 40  # characters: less is no article
BEST = 3
_HELLO = r"(?:здравствуйте|добр(?:ый|ое|ого)\s+\w+|привет|уважаем\w+|hello|hi|hey|dear|good\s+\w+)"
_GREETED = re.compile(rf"^(?:{_HELLO}(?:[\s,]*{HIDDEN})?[,.!]*\s+|{HIDDEN}[,!]\s+)+", re.IGNORECASE)
_SIGNED = re.compile(
    rf"(?<!\s)\s*(?:с\s+уважением|(?:best|kind|warm)?\s*regards|best|sincerely|yours)[\s,]*(?:{HIDDEN}|$)[\s.!]*$|(?<!\s)\s*[—–-]\s*{HIDDEN}\s*$",
    re.IGNORECASE,
)


def asked(kept: Iterable[Question]) -> list[Asked]:
    """Questions as the knowledge base reads them."""
    return [
        Asked(
            q.id, q.at, q.text, q.lang, q.band, q.searched, q.shown, q.feedback, q.handed_at is not None, q.place,
            "" if q.customer_id is None else str(q.customer_id),
        )
        for q in kept
    ]  # fmt: skip


async def best_replies(store: Store, gap: Gap) -> Sequence[str]:
    """What people answered that is most likely an answer: it shares words with the question, and says something."""
    about = {each for text in gap.examples for each in stems(text)}
    found: dict[str, float] = {}
    for reply in await store.replies(gap.ids):
        known = known_of(reply.facts, reply.remembered)
        text = _unaddressed("\n".join(private(line, known) for line in reply.text.splitlines()).strip())
        if len(text) >= SHORTEST:
            said = set(stems(text))
            found[text] = found.get(text, 0.0) + len(about & said) + min(len(said), 60) / 20
    return sorted(found, key=lambda text: (-found[text], text))[:BEST]


def _unaddressed(text: str) -> str:
    """A reply without the greeting and the signature, which belong to one customer and one operator."""
    text = _SIGNED.sub("", _GREETED.sub("", text)).strip()
    return text[:1].upper() + text[1:]

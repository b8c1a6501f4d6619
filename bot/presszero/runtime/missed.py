"""What was not understood: counted by the flow it was said in, and kept, masked, where no article was asked about it either.

An answer that does not fit a question is often a name or a number, so only what looks like a sentence and hides nothing is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from presszero.dialogue import events
from presszero.dialogue.events import Event
from presszero.dialogue.state import State
from presszero.dialogue.tally import LOST, SAID
from presszero.kb.gaps import Asked
from presszero.lang.words import words
from presszero.runtime.loop import asked
from presszero.runtime.private import HIDDEN, known_of, private
from presszero.store.asked import NewQuestion, Question
from presszero.store.base import Customer

MISSED = "misunderstood"
SENTENCE = 3  # words


def marks(before: State, event: Event | None, counts: Sequence[str]) -> list[str]:
    """Counts of this turn: something was said to the bot, in this flow; and it was not understood."""
    flow = before.top.flow if before.top else ""
    said = isinstance(event, events.Heard) and before.holder == "bot"
    silence = isinstance(event, events.TimerFired) and event.purpose == "silence"
    lost = 0 if silence else counts.count(MISSED)
    return [f"{SAID}:{flow}"] * said + [f"{LOST}:{flow}"] * lost


def unasked(before: State, event: Event | None, counts: Sequence[str], customer: Customer) -> NewQuestion | None:
    """What was said and not understood, for a turn that asked no article."""
    if not isinstance(event, events.Heard) or before.holder != "bot" or MISSED not in counts:
        return None
    text = private(event.text, known_of(customer.facts, customer.remembered))
    if HIDDEN in text or sum(any(c.isalpha() for c in word) for word in words(text)) < SENTENCE:
        return None
    return NewQuestion(
        text=text,
        lang=before.lang or event.facts.default_lang,
        band="unasked",
        flow=before.top.flow if before.top else "",
        intent=event.parse.intent or "",
        confidence=event.parse.confidence,
    )


def strange(kept: Iterable[Question]) -> list[Asked]:
    """What fitted no flow, as the knowledge base puts questions together; what asked no article found nothing."""
    return [
        replace(each, band="none") if each.band == "unasked" else each
        for each in asked(q for q in kept if not q.intent)
    ]

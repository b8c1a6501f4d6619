"""Questions to the articles as they are kept: what was asked, what was shown, what came of it. Texts are masked beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, Protocol

import msgspec

Band = Literal["answer", "suggest", "none", "unasked"]  # unasked: not understood, and no article was asked
Place = Literal["chat", "portal"]


class NewQuestion(msgspec.Struct, frozen=True):
    """A question as it was asked. ``text`` and ``searched`` (after repair, if that changed it) hold no personal data."""

    text: str
    lang: str
    band: Band
    shown: tuple[str, ...] = ()  # slugs, best first
    chance: float = 0.0
    searched: str = ""
    flow: str = ""
    intent: str = ""
    confidence: float = 0.0


class Question(NewQuestion, frozen=True, kw_only=True):
    """A kept question; ``handed_at``: when a person was asked for after it, or a request opened."""

    id: int
    at: float
    place: Place
    channel: str
    conversation_id: int | None
    customer_id: int | None
    feedback: Literal["yes", "no", ""]
    handed_at: float | None


class Reply(msgspec.Struct, frozen=True):
    """What a person answered in the conversation of a question, and what is known of the customer, to be masked."""

    conversation_id: int
    at: float
    text: str
    facts: dict[str, Any] = {}
    remembered: dict[str, tuple[Any, float]] = {}


class Asked(Protocol):
    """The part of a store that keeps questions."""

    async def ask(self, new: NewQuestion, at: float, channel: str = "web") -> int:
        """Keeps a question that was asked on the portal; gives its number."""
        ...

    async def came(
        self, number: int, feedback: str, handed_at: float | None, of: tuple[int, int] | None = None
    ) -> None:
        """What came of a question of the portal: an article helped, or a request was written.

        ``of``: the conversation and the customer of the request, where the question's answer will stand.
        """

    async def questions(self, since: float, limit: int = 20_000) -> Sequence[Question]:
        """Questions to the articles since a moment, newest first."""
        ...

    async def unfit(self, since: float, limit: int = 20_000) -> Sequence[Question]:
        """What was said to the bot since a moment and fitted no intent, whether an article was asked or not, newest first."""
        ...

    async def replies(self, numbers: Sequence[int], limit: int = 200) -> Sequence[Reply]:
        """What people answered to these questions."""
        ...

    async def drop_questions(self, before: float) -> None:
        """Forgets the questions that were asked before."""

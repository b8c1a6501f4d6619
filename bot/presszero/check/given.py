"""Answers that a dialogue test gives in place of the desk's own: of services, one after another, and of the articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal, cast

from presszero.dialogue.knowledge import Answer, Passage

if TYPE_CHECKING:
    from presszero.kb.library import Library  # numpy comes with these, and `check` reads tests without them
    from presszero.runtime.content import Content

ARTICLES = ("nothing", "one", "several")
_KINDS: dict[str, tuple[Literal["answer", "suggest", "none"], int]] = {
    "nothing": ("none", 0),
    "one": ("answer", 1),
    "several": ("suggest", 2),
}


def turn(given: Any, count: int) -> Any:
    """The answer of a call: of a list the one whose turn it is, the last for ever after."""
    if isinstance(given, list):
        return given[min(count, len(given) - 1)] if given else "failed"
    return given


class GivenArticles:
    """Articles that answer as the test says; the last answer for ever after."""

    def __init__(self, answers: Sequence[str]) -> None:
        self._answers = list(answers)

    def search(self, _query: str, lang: str, *, limit: int = 3) -> Answer:
        """The next given answer."""
        said = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        kind, size = _KINDS[said]
        title = "Статья" if lang == "ru" else "Article"
        pages = [Passage(f"a{n}", f"{title} {n}", "…", lang) for n in range(1, min(size, limit) + 1)]
        return Answer(kind, tuple(pages))


def with_articles(content: Content, answers: Sequence[str]) -> Content:
    """The desk with these articles."""
    return replace(content, library=cast("Library", GivenArticles(answers))) if answers else content

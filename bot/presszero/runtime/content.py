"""The desk's content as one frozen whole: swapped in at once when files change, never mixed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from presszero.dialogue.flow import FlowSet
from presszero.handoff import Handoff
from presszero.kb.library import Library
from presszero.nlu import Understanding


@dataclass(frozen=True)
class Content:
    """Flows, understanding, articles, queues and hours, and the few settings that words need."""

    flows: FlowSet
    understanding: Understanding
    library: Library
    handoff: Handoff
    languages: tuple[str, ...]
    name: Mapping[str, str]
    zone: str = "UTC"
    public_url: str = ""
    generates: bool = False  # a language model may be asked to answer from the articles
    always_open: bool = False  # the demo takes conversations at any hour
    publication: int = 0  # its number, 0 for a folder that is served as it stands
    pushed: frozenset[str] = field(default_factory=frozenset)  # channels whose messages go through the outbox

    @property
    def default_lang(self) -> str:
        """The language before anything is known."""
        return self.languages[0]

    def article_url(self, slug: str, lang: str) -> str:
        """Where an article's page is."""
        return f"{self.public_url}/kb/{lang}/{slug}"

    def request_url(self, number: int, secret: str, lang: str) -> str:
        """Where a request's page is, by its secret."""
        return f"{self.public_url}/requests/{number}?key={secret}&lang={lang}"

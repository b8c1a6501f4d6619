"""A desk's folder as one: config.yaml, queues, flows, phrases and articles read together, with every fault of all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from presszero import config, flows, handoff
from presszero.check import kept
from presszero.dialogue.flow import FlowSet
from presszero.errors import ContentError, Finding
from presszero.kb.load import load as load_articles
from presszero.nlu.phrases import CATEGORY, FlowPhrase, Phrases, files, finished
from presszero.source.fields import meant

if TYPE_CHECKING:
    from presszero.kb.article import Article
    from presszero.kb.library import Library
    from presszero.kb.meaning import Meaning
    from presszero.runtime.content import Content


@dataclass(frozen=True)
class Desk:
    """What stands in a desk's folder; parts that have errors are None."""

    root: Path
    config: config.Config | None
    handoff: handoff.Handoff | None
    flows: flows.Loaded
    phrases: Phrases
    articles: tuple[Article, ...]
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What refuses to run."""
        return tuple(f for f in self.findings if f.severity == "error")


def read(root: Path, env: Mapping[str, str], cache: Path | None = None) -> Desk:
    """Reads a desk; nothing is raised for faults in its files. ``cache``: where an unchanged set of flows is kept."""
    settings, found = config.load(root, env)
    languages = settings.languages if settings else ("ru", "en")
    people, more = handoff.load(root, languages)
    found = [*found, *more]
    own = files(root)
    known = flows.Known(
        queues=frozenset(people.queues) if people else None,
        categories=frozenset(people.categories) if people else None,
        calendars=frozenset(people.calendars) if people else None,
        services=settings.services if settings else None,
        intents=frozenset(p.intent for p in own.trained if not p.intent.startswith(CATEGORY)) or None,
        channels=_channels(settings),
        languages=settings.languages if settings else None,
        today=datetime.now(UTC).date(),
    )
    loaded, logic = kept.loaded(root, known, cache)
    found += _taught_in_vain(own, people)
    phrases = finished(own, [FlowPhrase(p.intent, p.lang, p.text, p.place) for p in loaded.phrases])
    twice = {f.place for f in logic if f.code == "PZ311"}
    found += [*loaded.findings, *logic, *(f for f in phrases.findings if f.place not in twice)]
    articles, more = load_articles(root, languages, datetime.now(UTC).date())
    found += more
    judged = settings.judged(found) if settings else found
    return Desk(root, settings, people, loaded, phrases, tuple(articles), tuple(sorted(set(judged), key=_order)))


def _taught_in_vain(phrases: Phrases, people: handoff.Handoff | None) -> Iterator[Finding]:
    """Categories that phrases teach and no request can have."""
    taught = {
        p.intent.removeprefix(CATEGORY): p.place for p in reversed(phrases.trained) if p.intent.startswith(CATEGORY)
    }
    for name, place in taught.items():
        if people is not None and name not in people.categories:
            yield Finding(place, "PZ415", {"name": name, **meant(name, people.categories)})


def _order(finding: Finding) -> tuple[str, int, int, str]:
    return (finding.place.file, finding.place.line, finding.place.column, finding.code)


def _channels(settings: config.Config | None) -> frozenset[str] | None:
    if settings is None:
        return None
    on = {"web": settings.web is not None, "rest": settings.rest, "callback": bool(settings.callback)}
    on["telegram"] = bool(settings.telegram)
    on["voice"] = settings.voice
    return frozenset(name for name, is_on in on.items() if is_on)


def content(
    desk: Desk,
    cache: Path,
    *,
    public_url: str = "",
    always_open: bool = False,
    before: Library | None = None,
    meaning: Meaning | None = None,
) -> Content:
    """The desk as the runtime needs it; trains in a child process unless the cache has the models. Raises ContentError.

    ``before``: the library that served until now; only articles that changed are analysed again. ``meaning``: the vectors
    of an encoder; the library's own are made by its ``learn``.
    """
    if desk.errors or desk.config is None or desk.handoff is None:
        raise ContentError(desk.errors)
    from presszero.kb.library import Library  # numpy comes with these
    from presszero.nlu.load import of_phrases
    from presszero.runtime.content import Content

    desk.handoff.open_calendars(datetime.now(UTC))  # tables of holidays are read now rather than in the first turn
    nlu = desk.config.nlu
    flow_set: FlowSet = desk.flows.flows or desk.flows.draft  # a desk may lower a rule that would refuse
    return Content(
        flows=flow_set,
        understanding=of_phrases(desk.phrases, cache, nlu.encoder, nlu.budget_ms).banded(nlu.act, nlu.offer),
        library=Library(
            desk.articles,
            desk.config.languages,
            datetime.now(UTC).date(),
            (desk.config.kb.act, desk.config.kb.offer),
            before,
            meaning,
        ),
        handoff=desk.handoff,
        languages=desk.config.languages,
        name={lang: desk.config.name.render(lang, {}) for lang in desk.config.languages},
        zone=desk.config.zone.key,
        public_url=public_url or desk.config.public_url,
        always_open=always_open,
        pushed=frozenset(
            name for name, on in (("callback", desk.config.callback), ("telegram", desk.config.telegram)) if on
        ),
    )

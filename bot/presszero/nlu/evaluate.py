"""Measures understanding on phrases it has not seen: trains on one file, parses each text of another, once, one by one.

The texts go the whole way a customer's do: repair, model, confidence, values. Nothing of the test is looked at before.
"""

from __future__ import annotations

import random
import resource
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from presszero.errors import ConfigError, ContentError, Finding, Place
from presszero.measure import marks
from presszero.measure.noise import spoiled
from presszero.nlu.load import trained
from presszero.nlu.phrases import OUT_OF_SCOPE, Phrase, Phrases, one_file
from presszero.nlu.understand import Understanding
from presszero.source.jsonl import fault

SEED = 7
_AT = datetime(2026, 1, 12, 12, tzinfo=UTC)  # "tomorrow" in a test must mean the same each time


class _Row(msgspec.Struct):
    text: str
    intent: str
    lang: str = ""


class Seen(NamedTuple):
    """What was made of one text of the test."""

    text: str
    expected: str
    found: str  # the likeliest intent, whether or not it would be acted on
    confidence: float
    cpu_ms: float


@dataclass(frozen=True)
class Report:
    """The figures; `as_data` names them."""

    seen: Sequence[Seen]
    threshold: float
    train_cpu_s: float
    peak_rss_mb: float
    rss_added_mb: float
    untrained: tuple[str, ...] = ()  # intents of the test that no training phrase has

    @property
    def inside(self) -> list[Seen]:
        """The texts that some intent fits."""
        return [one for one in self.seen if one.expected != OUT_OF_SCOPE]

    @property
    def outside(self) -> list[Seen]:
        """The texts that no intent fits."""
        return [one for one in self.seen if one.expected == OUT_OF_SCOPE]

    @property
    def scores(self) -> list[marks.Score]:
        """Intent by intent, thresholds left aside."""
        return marks.scores([one.expected for one in self.inside], [one.found for one in self.inside])

    def as_data(self) -> dict[str, Any]:
        """All figures by name."""
        inside, outside, scores = self.inside, self.outside, self.scores
        cpu = [one.cpu_ms for one in self.seen]
        right = [one.found == one.expected for one in inside]
        made: dict[str, Any] = {
            "accuracy": _share(right),
            "macro_f1": round(sum(one.f1 for one in scores) / max(1, len(scores)), 4),
            "train_cpu_s": round(self.train_cpu_s, 3),
            "parse_p50_ms": round(marks.percentile(cpu, 0.5), 3),
            "parse_p99_ms": round(marks.percentile(cpu, 0.99), 3),
            "peak_rss_mb": round(self.peak_rss_mb, 1),
            "rss_added_mb": round(self.rss_added_mb, 1),
            "ece": round(marks.ece(marks.bins([one.confidence for one in inside], right)), 4),
            "texts": len(self.seen),
            "intents": {one.intent: {"f1": round(one.f1, 4), "count": one.number} for one in scores},
        }
        if self.untrained:
            made["untrained"] = list(self.untrained)
        if outside:
            made |= self._strangers(inside, outside, right)
        return made

    def _strangers(self, inside: list[Seen], outside: list[Seen], right: list[bool]) -> dict[str, Any]:
        refused = [one.confidence < self.threshold for one in outside]
        lost = sum(one.confidence < self.threshold for one in inside)
        kept = [was and one.confidence >= self.threshold for one, was in zip(inside, right, strict=True)]
        return {
            "in_scope_accuracy": _share(kept),
            "oos_recall": _share(refused),
            "oos_precision": round(sum(refused) / max(1, sum(refused) + lost), 4),
            "oos_auroc": round(marks.auroc([i.confidence for i in inside], [o.confidence for o in outside]), 4),
            "oos_threshold": round(self.threshold, 4),
        }


def evaluate(train: Path, test: Path, *, validation: Path | None, lang: str, noise: str, encoder: str = "") -> Report:
    """Trains, parses, counts. Raises ContentError or ConfigError for files that cannot be used."""
    phrases, asked = rows(train, lang), rows(test, lang)
    known = Phrases(
        trained=[p for p in phrases.trained if p.intent != OUT_OF_SCOPE], other_words=list(phrases.other_words)
    )
    if len({p.intent for p in known.trained}) < 2 or not asked.trained:
        raise ConfigError(f"{train} must have at least two intents and {test} at least one phrase.")
    before = _resident()
    with tempfile.TemporaryDirectory() as cache:
        understanding, spent = trained(known, Path(cache), encoder)
    added = _resident() - before
    threshold = understanding.offer_from
    if validation:
        checked = parsed(understanding, rows(validation, lang).trained, lang, "")
        threshold = _threshold(checked)
    elif strange := [p for p in phrases.trained if p.intent == OUT_OF_SCOPE]:
        threshold = max(threshold, _refusing(parsed(understanding, strange, lang, "")))
    seen = parsed(understanding, asked.trained, lang, noise)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    untrained = {p.intent for p in asked.trained} - {p.intent for p in known.trained} - {OUT_OF_SCOPE}
    return Report(seen, threshold, spent, peak, added, tuple(sorted(untrained)))


def rows(path: Path, lang: str) -> Phrases:
    """The phrases of an ``nlu.yml`` or of JSON lines ``{"text", "intent"}``. Raises what `evaluate` does."""
    if not path.is_file():
        raise ConfigError(f"{path} is not a file.")
    if path.suffix in (".yml", ".yaml"):
        made = one_file(path)
        if errors := [f for f in made.findings if f.severity == "error"]:
            raise ContentError(errors)
        return made
    return Phrases(trained=list(_lines(path, lang)))


def _lines(path: Path, lang: str) -> list[Phrase]:
    made: list[Phrase] = []
    faults: list[Finding] = []
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        for number, line in enumerate(file, start=1):
            if not line.strip():
                continue
            place = Place(path.name, number)
            try:
                row = msgspec.json.decode(line, type=_Row)
            except msgspec.MsgspecError as error:
                faults.append(fault(path.name, number, line, error, "PZ412"))
            else:
                made.append(Phrase(row.text, row.intent, row.lang or lang, place))
    if faults:
        raise ContentError(faults)
    return made


def parsed(understanding: Understanding, asked: Sequence[Phrase], lang: str, noise: str) -> list[Seen]:
    """What is made of each text, one by one; the same noise each time."""
    chance = random.Random(SEED)  # noqa: S311 - no secret
    found = []
    for phrase in asked:
        text = spoiled(phrase.text, noise, chance) if noise else phrase.text
        start = time.process_time()  # an encoder has a thread of its own
        parse = understanding.parse(text, phrase.lang or lang, _AT)
        spent = (time.process_time() - start) * 1e3
        best = parse.ranking[0].intent if parse.ranking else ""
        found.append(Seen(text, phrase.intent, best, parse.confidence, spent))
    return found


def _threshold(seen: Sequence[Seen]) -> float:
    inside = [(one.confidence, one.found == one.expected) for one in seen if one.expected != OUT_OF_SCOPE]
    return marks.best_threshold(inside, [one.confidence for one in seen if one.expected == OUT_OF_SCOPE])


def _refusing(strange: Sequence[Seen]) -> float:
    """Refuses half of the strangers that the training file names."""
    return marks.percentile([one.confidence for one in strange], 0.5)


def _resident() -> float:
    """Megabytes of memory in use now."""
    with Path("/proc/self/statm").open() as file:
        return int(file.read().split()[1]) * resource.getpagesize() / 2**20


def _share(values: Sequence[bool]) -> float:
    return round(sum(values) / max(1, len(values)), 4)

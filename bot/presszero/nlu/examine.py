"""What a support lead should know of the desk's phrases: which intents are weak, which are mixed up, which phrases stand wrong.

Everything is judged on phrases that were not trained on. It reports; it never changes a file.
"""

from __future__ import annotations

import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from presszero.lang.words import stems
from presszero.measure import marks
from presszero.nlu.load import child
from presszero.nlu.phrases import CATEGORY, OUT_OF_SCOPE, Phrase, Phrases, evenly

ALIKE = 90.0  # per cent of two phrases' stems in common order from which they are one phrase said twice
_MOST = 20  # phrases of one bucket that are compared with each other


class Mixed(NamedTuple):
    """Phrases of one intent that are taken for another."""

    intent: str
    taken_for: str
    number: int


class Astray(NamedTuple):
    """A phrase that the others of its intent do not support: the model would act on another intent."""

    phrase: Phrase
    taken_for: str
    confidence: float


class Twin(NamedTuple):
    """Two phrases of two intents that nearly say the same."""

    first: Phrase
    second: Phrase
    alike: float


@dataclass(frozen=True)
class Examined:
    """The report."""

    scores: Sequence[marks.Score]
    accuracy: float
    mixed: Sequence[Mixed]
    astray: Sequence[Astray]
    twins: Sequence[Twin]
    bins: Sequence[marks.Bin]
    auroc: float | None  # of strangers in the held-out files

    @property
    def ece(self) -> float:
        """The expected calibration error of the confidence."""
        return marks.ece(self.bins)

    def as_data(self) -> dict[str, Any]:
        """The report as JSON."""
        return {
            "accuracy": round(self.accuracy, 4),
            "macro_f1": round(sum(s.f1 for s in self.scores) / max(1, len(self.scores)), 4),
            "ece": round(self.ece, 4),
            "oos_auroc": None if self.auroc is None else round(self.auroc, 4),
            "reliability": [
                {"from": b.least, "texts": b.number, "confidence": round(b.sure, 4), "right": round(b.right, 4)}
                for b in self.bins
            ],
            "intents": {
                s.intent: {
                    "precision": round(s.precision, 4),
                    "recall": round(s.recall, 4),
                    "f1": round(s.f1, 4),
                    "count": s.number,
                }
                for s in self.scores
            },
            "mixed": [{"intent": m.intent, "taken_for": m.taken_for, "phrases": m.number} for m in self.mixed],
            "astray": [
                {
                    "place": str(a.phrase.place),
                    "phrase": a.phrase.text,
                    "intent": a.phrase.intent,
                    "taken_for": a.taken_for,
                    "confidence": round(a.confidence, 3),
                }
                for a in self.astray
            ],
            "twins": [
                {
                    "place": str(t.first.place),
                    "phrase": t.first.text,
                    "other_place": str(t.second.place),
                    "other": t.second.text,
                }
                for t in self.twins
            ],
        }


def examine(phrases: Phrases) -> Examined | None:
    """Judges the intents' phrases; None when there are not two intents with two phrases each."""
    from presszero.nlu.crossed import Result, Task

    own = evenly([p for p in phrases.trained if not p.intent.startswith(CATEGORY) and p.intent != OUT_OF_SCOPE])
    if sum(count > 1 for count in Counter(p.intent for p in own).values()) < 2:
        return None
    strangers = [p.text for p in phrases.held_out if p.intent == OUT_OF_SCOPE]
    with tempfile.TemporaryDirectory() as folder:
        child("crossed", Task([(p.text, p.intent) for p in own], strangers), Path(folder))
        found = msgspec.json.decode((Path(folder) / "judged.json").read_bytes(), type=Result)
    judged = list(zip(own, found.phrases, strict=True))
    wrong = [(phrase, one) for phrase, one in judged if one.found != phrase.intent]
    mixed = Counter((phrase.intent, one.found) for phrase, one in wrong)
    sure = [one.confidence for one in found.phrases]
    return Examined(
        scores=marks.scores([p.intent for p in own], [one.found for one in found.phrases]),
        accuracy=1 - len(wrong) / len(own),
        mixed=[Mixed(*names, count) for names, count in mixed.most_common()],
        astray=sorted(
            (Astray(p, one.found, one.confidence) for p, one in wrong if one.acted), key=lambda a: -a.confidence
        ),
        twins=sorted(_twins(own), key=lambda twin: -twin.alike),
        bins=marks.bins(sure, [one.found == phrase.intent for phrase, one in judged]),
        auroc=marks.auroc(sure, [one.confidence for one in found.strangers]) if strangers else None,
    )


def _twins(phrases: Sequence[Phrase]) -> Iterator[Twin]:
    """Pairs of two intents; only phrases that share their two longest stems are compared, so that it stays bounded."""
    from rapidfuzz import fuzz

    buckets: defaultdict[tuple[str, ...], list[tuple[str, Phrase]]] = defaultdict(list)
    for phrase in phrases:
        found = stems(phrase.text)
        key = tuple(sorted(sorted(set(found), key=lambda stem: (-len(stem), stem))[:2]))
        buckets[key].append((" ".join(found), phrase))
    for bucket in buckets.values():
        for at, (said, phrase) in enumerate(bucket[:_MOST]):
            yield from _alike(said, phrase, bucket[at + 1 : _MOST], fuzz.token_sort_ratio)


def _alike(said: str, phrase: Phrase, others: Iterable[tuple[str, Phrase]], ratio: Any) -> Iterator[Twin]:
    for other_said, other in others:
        if other.intent != phrase.intent and said != other_said and (alike := ratio(said, other_said)) >= ALIKE:
            yield Twin(phrase, other, alike)

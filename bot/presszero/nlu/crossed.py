"""How a desk's own phrases fare when they are not trained on; a process of its own, like `train`.

Every phrase is judged once, by a model that was trained, and set its confidence, without it.
"""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec
import numpy as np

from presszero.nlu.train import fit

FOLDS = 5


class Task(msgspec.Struct):
    """Phrases as pairs of text and class, and texts that no class fits."""

    pairs: list[tuple[str, str]]
    strangers: list[str] = []


class Judged(msgspec.Struct):
    """What was made of a phrase: its class, how sure, and whether it would be acted on."""

    found: str
    confidence: float
    acted: bool


class Result(msgspec.Struct):
    """In the order of the task."""

    phrases: list[Judged]
    strangers: list[Judged]


def judge(task: Task) -> Result:
    """Judges every phrase by the model of the other folds, and every stranger by the last of them."""
    order = np.random.default_rng(0).permutation(len(task.pairs))
    found: dict[int, Judged] = {}
    strangers: list[Judged] = []
    for fold in range(FOLDS):
        out = {int(at) for place, at in enumerate(order) if place % FOLDS == fold}
        kept = [pair for at, pair in enumerate(task.pairs) if at not in out]
        model = fit([text for text, _ in kept], [label for _, label in kept])

        def judged(text: str) -> Judged:
            opinion = model.opinion(text)  # noqa: B023 - called in this turn of the loop only
            return Judged(opinion.ranking[0][0], opinion.confidence, opinion.confidence >= model.act)  # noqa: B023

        found |= {at: judged(task.pairs[at][0]) for at in sorted(out)}
        if fold == FOLDS - 1:
            strangers = [judged(text) for text in task.strangers]
    return Result([found[at] for at in range(len(task.pairs))], strangers)


if __name__ == "__main__":
    asked = msgspec.json.decode(Path(sys.argv[1]).read_bytes(), type=Task)
    (Path(sys.argv[2]) / "judged.json").write_bytes(msgspec.json.encode(judge(asked)))

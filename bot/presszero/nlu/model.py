"""A trained model as it serves: plain numpy arrays, no scikit-learn, no scipy, no pickle.

Each n-gram is one dictionary look-up, each text one gather and one product.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import exp, sqrt
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from presszero.lang.words import stems
from presszero.nlu import features
from presszero.nlu.blend import Head

Floats = NDArray[np.float32]
FORMAT = 6  # raise it whenever arrays, features or calibration change their meaning
SURE = 0.99  # the confidence of a text that is one of the phrases, by its stems
_EPSILON = 1e-9


class Opinion(NamedTuple):
    """What a model makes of a text: classes from the likeliest, and how sure it is of the first."""

    ranking: tuple[tuple[str, float], ...]
    confidence: float
    margin: float


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of features: their places, how rare they are, and the weight of each for each class."""

    index: Mapping[str, int]
    idf: Floats
    weights: NDArray[np.floating[Any]]  # float16 where it serves: as good, and half as large
    rarest: float = field(init=False)

    def __post_init__(self) -> None:
        """Looks for the rarest once: each text asks."""
        object.__setattr__(self, "rarest", float(self.idf.max(initial=0.0)))

    def score(self, found: Sequence[str]) -> tuple[Floats | float, float]:
        """The part's share of the classes' scores, and the share of the features' mass that is known."""
        known: Counter[int | None] = Counter(map(self.index.get, found))
        unknown = known.pop(None, 0)
        if not known:
            return 0.0, 0.0
        at = np.fromiter(known, np.int64, len(known))
        idf = self.idf[at]
        counts = np.fromiter(known.values(), np.float32, len(known))
        values = (np.log(counts) + 1.0) * idf
        mass = float(counts @ idf)
        rows = self.weights[at].astype(np.float32, copy=False)
        made = (values / np.float32(sqrt(float(values @ values)))) @ rows
        return made.astype(np.float32, copy=False), mass / (mass + unknown * self.rarest)

    def known(self, found: Sequence[str]) -> float:
        """The share of the features' mass that is known."""
        places = [place for place in map(self.index.get, found) if place is not None]
        mass = float(self.idf[places].sum()) if places else 0.0
        return mass / (mass + (len(found) - len(places)) * self.rarest) if found and self.index else 0.0


@dataclass(frozen=True, slots=True)
class Model:
    """A classifier with its calibration and its two thresholds."""

    classes: tuple[str, ...]
    words: Part
    pairs: Part
    letters: Part
    ordered: bool  # as in `features.of`
    bias: Floats
    temperature: float
    calibration: tuple[float, ...]  # of: 1, best score, its lead, known words', letters' and pairs' shares
    act: float
    offer: float
    phrases: Mapping[str, str]  # the stems of every phrase that stands for one class only
    head: Head | None = None

    def signals(self, text: str, typed: str = "") -> tuple[Floats, tuple[float, ...]]:
        """The classes' scores, and the numbers that confidence is made of.

        ``typed``: the text before its unknown words were guessed at; a guess is no knowledge.
        """
        seen = features.of(text, ordered=self.ordered)
        from_words, known_words = self.words.score(seen.words)
        from_pairs, known_pairs = self.pairs.score(seen.pairs)
        from_letters, known_letters = self.letters.score(seen.letters)
        if typed and typed != text:
            seen = features.of(typed, ordered=self.ordered)
            known_words, known_letters = self.words.known(seen.words), self.letters.known(seen.letters)
            known_pairs = self.pairs.known(seen.pairs)
        scores: Floats = self.bias + from_words + from_pairs + from_letters
        first, second = np.partition(scores, -2)[-2:][::-1] if len(scores) > 1 else (scores[0], -1.0)
        return scores, (1.0, float(first), float(first - second), known_words, known_letters, known_pairs)

    def opinion(self, text: str, typed: str = "", vector: NDArray[Any] | None = None, most: int = 5) -> Opinion:
        """The likeliest classes of a text; ``typed`` as in `signals`; ``vector``: an encoder's, when there is one."""
        scores, numbers = self.signals(text, typed)
        temperature, calibration = self.temperature, self.calibration
        if self.head is not None and vector is not None:
            scores, numbers = self.head.blended(scores, numbers, vector)
            temperature, calibration = self.head.temperature, self.head.calibration
        order = np.argsort(-scores)[:most]
        shares = np.exp(temperature * (scores - scores[order[0]]))
        shares /= shares.sum()
        sure = 1.0 / (1.0 + exp(-max(-30.0, min(30.0, sum(map(_times, calibration, numbers))))))
        exact = self.phrases.get(" ".join(stems(text)))
        if exact is not None:
            sure = max(sure, SURE)
            order = np.array(sorted(order, key=lambda at: self.classes[at] != exact))
        share = float(shares[order[0]])
        ranking = tuple((self.classes[at], sure * min(1.0, float(shares[at]) / (share + _EPSILON))) for at in order)
        second = ranking[1][1] if len(ranking) > 1 and exact is None else 0.0
        return Opinion(ranking, sure, ranking[0][1] - second)


def _times(one: float, other: float) -> float:
    return one * other


def save(model: Model, path: Path) -> None:
    """Writes a model into one file."""
    facts: dict[str, Any] = {
        "format": FORMAT,
        "classes": model.classes,
        "words": list(model.words.index),
        "pairs": list(model.pairs.index),
        "letters": list(model.letters.index),
        "ordered": model.ordered,
        "temperature": model.temperature,
        "calibration": model.calibration,
        "act": model.act,
        "offer": model.offer,
        "phrases": dict(model.phrases),
    }
    if head := model.head:
        facts["head"] = [head.encoder, head.sharp, head.lexical, head.temperature, head.calibration]
    text = np.frombuffer(json.dumps(facts, ensure_ascii=False).encode(), dtype=np.uint8)
    with path.open("wb") as file:
        np.savez(
            file,
            facts=text,
            bias=model.bias,
            word_idf=model.words.idf,
            word_weights=model.words.weights.astype(np.float16),
            pair_idf=model.pairs.idf,
            pair_weights=model.pairs.weights.astype(np.float16),
            letter_idf=model.letters.idf,
            letter_weights=model.letters.weights.astype(np.float16),
            **_head_arrays(head),
        )


def _head_arrays(head: Head | None) -> dict[str, Any]:
    return {"head_mean": head.mean, "head_weights": head.weights, "head_bias": head.bias} if head else {}


def load(path: Path) -> Model:
    """Reads a model; raises ValueError, KeyError or OSError when the file is not one of this format."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            return _read(arrays)
    except (BadZipFile, EOFError, AttributeError) as error:
        raise ValueError(str(error)) from error


def _read(arrays: Mapping[str, Any]) -> Model:
    facts = json.loads(arrays["facts"].tobytes())
    if facts["format"] != FORMAT:
        raise ValueError(f"model format {facts['format']}, not {FORMAT}")
    words = Part(_places(facts["words"]), arrays["word_idf"], arrays["word_weights"])
    pairs = Part(_places(facts["pairs"]), arrays["pair_idf"], arrays["pair_weights"])
    letters = Part(_places(facts["letters"]), arrays["letter_idf"], arrays["letter_weights"])
    return Model(
        tuple(facts["classes"]),
        words,
        pairs,
        letters,
        facts["ordered"],
        arrays["bias"],
        facts["temperature"],
        tuple(facts["calibration"]),
        facts["act"],
        facts["offer"],
        facts["phrases"],
        _head(facts["head"], arrays) if "head" in facts else None,
    )


def _head(facts: list[Any], arrays: Mapping[str, Any]) -> Head:
    name, sharp, lexical, temperature, calibration = facts
    rows = arrays["head_mean"], arrays["head_weights"], arrays["head_bias"]
    return Head(name, *rows, sharp, lexical, temperature, tuple(calibration))


def _places(names: list[str]) -> dict[str, int]:
    return {name: at for at, name in enumerate(names)}

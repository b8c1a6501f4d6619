"""Trains the models of a desk; runs as a process of its own (``python -m presszero.nlu.train IN OUT``).

TF-IDF over features.of → logistic regression, or LinearSVC when there are many phrases. Confidence and thresholds are
learnt on held-out folds that also hold out whole intents and sentences from elsewhere, as most of what people write is
new to a model.
Only this module knows scikit-learn.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np

from presszero.lang.words import stems
from presszero.nlu import features
from presszero.nlu.blend import Head, averaged
from presszero.nlu.elsewhere import SENTENCES
from presszero.nlu.load import SPENT
from presszero.nlu.model import Floats, Model, Part, save
from presszero.nlu.vectors import kept

FOLDS = 3
SEVERAL = 2  # phrases in which two words must stand near each other to be a feature
MANY = 2000  # phrases from which a linear machine with a margin does as well and takes less time
_FEWEST_TO_FOLD = 3  # phrases an intent needs to take part in the folds
_FEWEST_RIGHT = 30  # held-out phrases that were told right, to learn a confidence from
_SMALL = (-0.6, 2.0, 1.0, 1.5, 0.5, 0.0)  # the calibration of a desk too small to fold
_STRANGERS = 0.3  # what all that fits no intent weighs beside what does, when they are told apart
_SELDOM = 0.07  # and when the confidence is set: most of what a desk hears is about its own matters
_WRONG = 1.5  # what a wrong act costs beside the gain of a right one
_ACT, _OFFER = (0.35, 0.8), (0.12, 0.3)  # the bounds of the two thresholds
_ELSEWHERE = ""
# Beside an encoder: the model's sharpness and the head's, as shares of what each has alone. A few phrases make words surer
# than they are right; of many, words know more than meaning does.
_FEW_BESIDE, _MANY_BESIDE = (0.5, 1.5), (1.5, 1.0)
_SHARP = (0.3, 3.0)
_BLENDED = (0.5, 2.0)
_EPSILON = 1e-4


class Weighed(NamedTuple):
    """What pairs and letters weigh beside words, and whether words are also looked at in their order."""

    pairs: float
    letters: float
    ordered: bool


FEW_PHRASES, MANY_PHRASES = Weighed(0.7, 1.7, ordered=False), Weighed(1.0, 1.5, ordered=True)


class Seen(NamedTuple):
    """What a model of the folds made of a text it was not trained on."""

    scores: Floats
    numbers: tuple[float, ...]
    label: int  # the right class among the fold's, or -1
    right: bool
    semantic: Floats | None = None  # the classes' scores by an encoder


Vectors = Mapping[str, Floats]


def fit(
    texts: Sequence[str], labels: Sequence[str], folds: int = FOLDS, vectors: Vectors | None = None, encoder: str = ""
) -> Model:
    """A calibrated model of phrases and their classes; ``vectors``: an encoder's, of every text and of SENTENCES."""
    seen = _held_out(texts, labels, folds, vectors or {})
    if sum(one.right for one in seen) < _FEWEST_RIGHT:
        return replace(_fit(texts, labels, MANY + 1), calibration=_SMALL)  # the margin's scores, which _SMALL is for
    model = _fit(texts, labels)
    calibration, sure = _calibrated(seen)
    act = _act(sure, [one.right for one in seen], _weights(seen))
    offer = min(max(act / 2.2, _OFFER[0]), _OFFER[1])
    model = replace(model, temperature=_temperature(seen), calibration=calibration, act=act, offer=offer)
    return replace(model, head=_head(texts, labels, vectors, encoder, model, seen)) if vectors else model


def _head(
    texts: Sequence[str], labels: Sequence[str], vectors: Vectors, encoder: str, model: Model, seen: Sequence[Seen]
) -> Head | None:
    """The head of an encoder beside a model; None when there are too few classes for one."""
    made = _linear([vectors[text] for text in texts], labels, model.classes)
    told = [one for one in seen if one.semantic is not None]
    if made is None or len(told) < len(seen):
        return None
    alone = [one._replace(scores=one.semantic) for one in told if one.semantic is not None]
    own, other = _MANY_BESIDE if len(texts) > MANY else _FEW_BESIDE
    lexical, sharp = own * model.temperature, other * _temperature(alone, _SHARP)
    blended = []
    for one in told:
        if one.semantic is not None:
            scores, numbers = averaged(lexical * one.scores, sharp * one.semantic, one.numbers)
            right = one.label >= 0 and int(scores.argmax()) == one.label
            blended.append(one._replace(scores=scores, numbers=numbers, right=right))
    calibration, _ = _calibrated(blended)
    return Head(encoder, *made, sharp, lexical, _temperature(blended, _BLENDED), calibration)


def _linear(
    rows: Sequence[Floats], labels: Sequence[str], classes: Sequence[str]
) -> tuple[Floats, Floats, Floats] | None:
    """Mean, weights and bias of a linear head by likelihood; a closed form was 3 points worse with ten phrases a class."""
    from sklearn.linear_model import LogisticRegression

    if len(classes) < 3 or set(labels) != set(classes):
        return None
    vectors, places = np.array(rows, np.float64), [classes.index(label) for label in labels]
    mean = vectors.mean(0)
    vectors -= mean
    spread = float(vectors.std(0).mean()) or 1.0
    machine = LogisticRegression(C=0.3, max_iter=300).fit(vectors / spread, places)
    weights, bias = machine.coef_.T / spread, machine.intercept_
    return mean.astype(np.float32), weights.astype(np.float32), np.asarray(bias, np.float32)


def _fit(texts: Sequence[str], labels: Sequence[str], many: int = 0) -> Model:
    """A model without its calibration; ``many``: of how many phrases these are a part."""
    from scipy.sparse import hstack

    classes = sorted(set(labels))
    if len(classes) == 1:  # one intent is told from everything else
        texts, labels, classes = [*texts, *SENTENCES], [*labels, *[_ELSEWHERE] * len(SENTENCES)], [_ELSEWHERE, *classes]
    margin = max(many, len(texts)) > MANY
    weighed = MANY_PHRASES if margin else FEW_PHRASES
    seen = [features.of(text, ordered=weighed.ordered) for text in texts]
    words, pairs, letters = (
        _tfidf([one.words for one in seen]),
        _tfidf([one.pairs for one in seen], weighed.pairs, SEVERAL),
        _tfidf([one.letters for one in seen], weighed.letters),
    )
    rows = hstack([part.rows for part in (words, pairs, letters)]).tocsr()
    weights, bias = (_margin if margin else _likely)(rows, labels)
    if len(classes) == 2:
        weights, bias = np.vstack([-weights, weights]), np.concatenate([-bias, bias])
    keep = [at for at, name in enumerate(classes) if name]
    weights = weights[keep].T.astype(np.float32)
    first, second = len(words.places), len(words.places) + len(pairs.places)
    return Model(
        tuple(classes[at] for at in keep),
        words.part(weights[:first]),
        pairs.part(weights[first:second]),
        letters.part(weights[second:]),
        weighed.ordered,
        bias[keep].astype(np.float32),
        temperature=3.0,
        calibration=_SMALL,
        act=0.5,
        offer=0.2,
        phrases=_phrases(texts, labels),
    )


def _margin(rows: Any, labels: Sequence[str]) -> tuple[Any, Any]:
    """The weights of each class, and its bias, by the widest margin."""
    from sklearn.svm import LinearSVC

    machine = LinearSVC(C=0.5, random_state=0).fit(rows, labels)
    return machine.coef_, machine.intercept_


def _likely(rows: Any, labels: Sequence[str]) -> tuple[Any, Any]:
    """The same by likelihood: 2 points better with ten phrases an intent.

    It is solved among as many directions as there are phrases, where the same answer lies, instead of among all features.
    """
    from scipy.linalg import eigh
    from sklearn.linear_model import LogisticRegression

    spread, turned = eigh((rows @ rows.T).toarray().astype(np.float32))
    told = spread > _EPSILON
    size = np.sqrt(spread[told])
    machine = LogisticRegression(C=15.0, max_iter=200).fit(turned[:, told] * size, labels)
    return np.asarray(machine.coef_ @ (turned[:, told] / size).T @ rows), machine.intercept_


class Kind(NamedTuple):
    """The phrases by one kind of features."""

    places: dict[str, int]
    idf: Floats
    rows: Any
    weight: float

    def part(self, weights: Floats) -> Part:
        """This kind as it serves."""
        return Part(self.places, self.idf, np.ascontiguousarray(weights * np.float32(self.weight)))


def _tfidf(seen: list[list[str]], weight: float = 1.0, least: int = 1) -> Kind:
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import TfidfVectorizer

    if least > 1:
        often = Counter(name for found in seen for name in set(found))
        seen = [[name for name in found if often[name] >= least] for found in seen]
    if not any(seen):
        return Kind({}, np.zeros(0, np.float32), csr_matrix((len(seen), 0)), weight)
    made = TfidfVectorizer(analyzer=seen.__getitem__, sublinear_tf=True)
    rows = made.fit_transform(range(len(seen))) * weight
    index = {str(name): int(at) for name, at in made.vocabulary_.items()}
    return Kind(dict(sorted(index.items(), key=lambda item: item[1])), made.idf_.astype(np.float32), rows, weight)


def _phrases(texts: Sequence[str], labels: Sequence[str]) -> dict[str, str]:
    """The phrases by their stems, less those of several classes."""
    found: dict[str, set[str]] = {}
    for text, label in zip(texts, labels, strict=True):
        found.setdefault(" ".join(stems(text)), set()).add(label)
    return {
        key: next(iter(names)) for key, names in found.items() if key and len(names) == 1 and _ELSEWHERE not in names
    }


def _held_out(texts: Sequence[str], labels: Sequence[str], folds: int, vectors: Vectors) -> list[Seen]:
    """Each fold holds out a share of every intent's phrases, some intents whole, and all the rest of the world."""
    counts = Counter(labels)
    names = sorted(name for name, count in counts.items() if count >= _FEWEST_TO_FOLD)
    if len(names) < 2:
        return []
    shuffled = np.random.default_rng(0).permutation(len(texts))
    seen: list[Seen] = []
    for fold in range(folds):
        missing = (
            {name for at, name in enumerate(names) if at % (2 * folds) == fold} if len(names) >= 2 * folds else set()
        )
        out = {int(at) for place, at in enumerate(shuffled) if place % folds == fold}
        kept = [at for at in range(len(texts)) if at not in out and labels[at] not in missing]
        model = _fit([texts[at] for at in kept], [labels[at] for at in kept], len(texts))
        places = {name: at for at, name in enumerate(model.classes)}
        own = (
            _linear([vectors[texts[at]] for at in kept], [labels[at] for at in kept], model.classes)
            if vectors
            else None
        )
        head = Head("", *own) if own else None
        strangers = [texts[at] for at in range(len(texts)) if labels[at] in missing and at in out]

        def looked(text: str, label: int) -> Seen:
            scores, numbers = model.signals(text)  # noqa: B023 - called in this turn of the loop only
            semantic = head.scores(vectors[text]) if head else None  # noqa: B023
            return Seen(scores, numbers, label, int(scores.argmax()) == label, semantic)

        seen += (looked(text, -1) for text in (*strangers, *SENTENCES))
        for at in out:
            if labels[at] not in missing and (label := places.get(labels[at], -1)) >= 0:
                seen.append(looked(texts[at], label))
    return seen


def _weights(seen: Sequence[Seen], strangers: float = _STRANGERS) -> Floats:
    """Texts of no intent weigh together a given share of those with one."""
    strange = np.array([one.label < 0 for one in seen])
    share = strangers * float((~strange).sum()) / max(1.0, float(strange.sum()))
    return np.where(strange, min(1.0, share), 1.0).astype(np.float32)


def _calibrated(seen: Sequence[Seen]) -> tuple[tuple[float, ...], Floats]:
    """The weights of the confidence, and the confidence of each held-out text.

    First what tells right from wrong and strange; then how sure that makes one, where strangers are few.
    """
    from sklearn.linear_model import LogisticRegression

    numbers = np.array([one.numbers for one in seen])
    right = np.array([one.right for one in seen])
    told = LogisticRegression(C=10.0, max_iter=1000).fit(numbers[:, 1:], right, sample_weight=_weights(seen))
    weights = np.concatenate([told.intercept_, told.coef_[0]])
    sense = (numbers @ weights)[:, None]
    sure = LogisticRegression(C=10.0, max_iter=1000).fit(sense, right, sample_weight=_weights(seen, _SELDOM))
    weights *= float(sure.coef_[0][0])
    weights[0] += float(sure.intercept_[0])
    return tuple(map(float, weights)), (1.0 / (1.0 + np.exp(-(numbers @ weights)))).astype(np.float32)


def _act(sure: Floats, right: Sequence[bool], weights: Floats) -> float:
    """The threshold with the best balance of right acts against wrong ones."""
    order = np.argsort(-sure)
    gain = np.cumsum((np.where(np.array(right), 1.0, -_WRONG) * weights)[order])
    return float(min(max(float(sure[order][int(gain.argmax())]), _ACT[0]), _ACT[1]))


def _temperature(seen: Sequence[Seen], least_to_most: tuple[float, float] = (1.0, 12.0)) -> float:
    """The sharpness of the ranking that makes the right classes likeliest."""
    inside = [one for one in seen if one.label >= 0]

    def surprise(sharp: float) -> float:
        total = 0.0
        for one in inside:
            scaled = sharp * (one.scores - one.scores.max())
            total += float(np.log(np.exp(scaled).sum()) - scaled[one.label])
        return total

    return min((float(sharp) for sharp in np.geomspace(*least_to_most, 12)), key=surprise)


class Task(msgspec.Struct):
    """What the parent asks for: by name of the model, its phrases as pairs of text and class."""

    models: dict[str, list[tuple[str, str]]]
    encoders: dict[str, str] = {}  # by name of the model, where there is one
    vectors: str = ""  # the file where an encoder's vectors are kept


def main(asked: Path, folder: Path) -> None:
    """Writes ``NAME.npz`` into the folder for every model asked for, and the CPU seconds that took."""
    import scipy.linalg  # noqa: F401 - loaded before the clock starts
    import sklearn.feature_extraction.text
    import sklearn.linear_model
    import sklearn.svm  # noqa: F401

    task = msgspec.json.decode(asked.read_bytes(), type=Task)
    start = time.process_time()
    for name, pairs in task.models.items():
        texts = [text for text, _ in pairs]
        encoder = task.encoders.get(name, "")
        vectors = kept(encoder, Path(task.vectors), [*texts, *SENTENCES]) if encoder else None
        made = fit(texts, [label for _, label in pairs], vectors=vectors, encoder=encoder)
        save(made, folder / f"{name}.npz")
    (folder / SPENT).write_text(f"{time.process_time() - start:.3f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

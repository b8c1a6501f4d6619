"""Makes a desk's Understanding: reads its phrases, and trains in a child process unless the cache has the models.

The cache is keyed by the phrases and by the format of the models: a changed phrase is a new file.
scikit-learn is never imported here.
"""

from __future__ import annotations

import hashlib
import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec

import presszero
from presszero.errors import BugError, ContentError
from presszero.nlu.phrases import FlowPhrase, Phrases, read
from presszero.nlu.understand import Understanding

if TYPE_CHECKING:
    from presszero.nlu.encoder import Budgeted
    from presszero.nlu.model import Model

log = logging.getLogger(__name__)
TIME_LIMIT = 600.0
BUDGET_MS = 80.0  # what a customer may wait for an encoder
_KEPT = 4  # models of earlier phrases that stay in the cache
SPENT = "spent.txt"  # the CPU seconds of the last training
_INTENTS, _CATEGORIES = "intents", "categories"
_NONE: Mapping[str, str] = MappingProxyType({})


def load(desk_root: Path, extra: Iterable[FlowPhrase], cache: Path, encoder: str = "") -> Understanding:
    """The understanding of a desk; blocks while it trains. Raises ContentError when files of nlu/ have errors."""
    phrases = read(desk_root, extra)
    if any(finding.severity == "error" for finding in phrases.findings):
        raise ContentError(phrases.findings)
    return of_phrases(phrases, cache, encoder)


def of_phrases(phrases: Phrases, cache: Path, encoder: str = "", budget_ms: float = BUDGET_MS) -> Understanding:
    """The understanding of phrases that were read; ``encoder`` beside it, a text within ``budget_ms``."""
    tasks = {name: phrases.pairs(categories=name == _CATEGORIES) for name in (_INTENTS, _CATEGORIES)}
    tasks = {name: pairs for name, pairs in tasks.items() if pairs}
    keys = {name: _key(pairs, encoder if name == _INTENTS else "") for name, pairs in tasks.items()}
    models = {name: found for name, key in keys.items() if (found := _cached(cache, key))}
    if missing := {keys[name]: pairs for name, pairs in tasks.items() if name not in models}:
        log.info("PZ-NLU phrases are new or have changed: they are learned now, up to half a minute")
        made = _train(missing, cache, {keys[_INTENTS]: encoder} if encoder and _INTENTS in keys else {})
        log.info("PZ-NLU the phrases are learned")
        models |= {name: made[key] for name, key in keys.items() if key in made}
        _forget(cache, set(keys.values()))
    beside = _budgeted(encoder, budget_ms) if encoder and _INTENTS in models else None
    return Understanding(phrases.vocabulary(), models.get(_INTENTS), models.get(_CATEGORIES), beside)


def to_learn(phrases: Phrases, cache: Path, encoder: str = "") -> int:
    """How many phrases have to be learned before they serve: 0 when the cache has their models."""
    tasks = [(phrases.pairs(categories=kind), "" if kind else encoder) for kind in (False, True)]
    return sum(len(pairs) for pairs, beside in tasks if pairs and not (cache / f"{_key(pairs, beside)}.npz").exists())


def trained(phrases: Phrases, cache: Path, encoder: str = "") -> tuple[Understanding, float]:
    """The understanding of phrases trained anew, and the CPU seconds of it; the start of the child is not counted."""
    made = _train({_INTENTS: phrases.pairs(categories=False)}, cache, {_INTENTS: encoder} if encoder else {})
    spent = float((cache / SPENT).read_text())
    beside = _budgeted(encoder, TIME_LIMIT * 1e3) if encoder else None
    return Understanding(phrases.vocabulary(), made[_INTENTS], None, beside), spent


def _budgeted(encoder: str, budget_ms: float) -> Budgeted:
    from presszero.nlu.encoder import Budgeted

    return Budgeted(encoder, budget_ms)


def _key(pairs: list[tuple[str, str]], encoder: str) -> str:
    from presszero.nlu import model

    content = msgspec.json.encode([encoder, sorted(pairs)])
    return f"{hashlib.sha256(content).hexdigest()[:24]}-{model.FORMAT}"


def _cached(cache: Path, key: str) -> Model | None:
    from presszero.nlu import model

    try:
        return model.load(cache / f"{key}.npz")
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError) as error:
        log.warning("PZ-NLU %s cannot be read and is made anew: %s", cache / f"{key}.npz", error)
        return None


def _train(
    missing: dict[str, list[tuple[str, str]]], cache: Path, encoders: Mapping[str, str] = _NONE
) -> dict[str, Model]:
    """Makes models and puts them into the cache. Raises BugError, and then puts nothing there."""
    from presszero.nlu import model

    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache) as folder:
        vectors = str((cache / "vectors.npz").resolve())
        child("train", {"models": missing, "encoders": encoders, "vectors": vectors}, Path(folder))
        try:
            made = {key: model.load(Path(folder) / f"{key}.npz") for key in missing}
        except (ValueError, KeyError) as error:
            # The child is what the program's files are by now.
            raise BugError(
                f"the program's files are of another version than what runs ({error}): start it again"
            ) from error
        for key in missing:
            (Path(folder) / f"{key}.npz").replace(cache / f"{key}.npz")
        (Path(folder) / SPENT).replace(cache / SPENT)
    return made


def child(module: str, asked: object, folder: Path) -> None:
    """Runs a module that knows scikit-learn in a process of its own; what it makes is in the folder. Raises BugError."""
    given = folder / "asked.json"
    given.write_bytes(msgspec.json.encode(asked))
    command = [sys.executable, "-m", f"presszero.nlu.{module}", str(given), str(folder)]
    try:
        done = subprocess.run(command, env=_environment(), capture_output=True, timeout=TIME_LIMIT, check=False)  # noqa: S603 - our own module
    except subprocess.TimeoutExpired as error:
        raise BugError(f"training took over {TIME_LIMIT:.0f} s") from error
    if done.returncode:
        raise BugError(f"training failed: {done.stderr.decode(errors='replace')[-2000:]}")


def _environment() -> dict[str, str]:
    """The child finds this very package, and keeps to one thread beside the server."""
    package = str(Path(presszero.__file__).parent.parent)
    paths = [package, *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def _forget(cache: Path, wanted: set[str]) -> None:
    old = sorted(
        (p for p in cache.glob("*.npz") if p.stem not in {*wanted, "vectors"}),
        key=lambda p: p.stat().st_mtime,
        reverse=True,
    )
    for path in old[_KEPT:]:
        path.unlink(missing_ok=True)

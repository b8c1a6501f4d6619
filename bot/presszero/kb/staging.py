"""An import tried out beside the desk: what `check` would say of the written tree, before anything is written.

An article that would not pass is taken out, and with it what nothing else needs; the others go on.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from presszero.errors import Finding, Place
from presszero.kb.article import Article
from presszero.kb.item import Proposed
from presszero.kb.load import load
from presszero.kb.review import review


@dataclass(frozen=True, slots=True)
class Judged:
    """What may be written, what may not, and everything that would newly be said of the articles."""

    good: tuple[Proposed, ...]
    refused: tuple[Proposed, ...]
    findings: tuple[Finding, ...]


def judge(root: Path, languages: Sequence[str], today: date, proposed: Iterable[Proposed], *, advice: bool) -> Judged:
    """Tries the files out. ``advice``: what could be better is looked for too, which takes longer."""
    left = {each.name: each for each in proposed}
    refused: dict[str, Proposed] = {}
    findings: list[Finding] = []
    old, before = load(root, languages, today)
    known = {*before, *(review(old) if advice else ())}
    with tempfile.TemporaryDirectory(prefix="presszero-") as folder:
        stage = Path(folder)
        _copy(root, stage)
        for each in left.values():
            _put(stage, each)
        while True:
            articles, said = load(stage, languages, today)
            wrong = {f.place.file for f in said if f.severity == "error" and f not in known} & left.keys()
            findings += [_led(f, left) for f in said if f.place.file in wrong and f.severity == "error"]
            if not wrong:
                break
            for name in wrong:
                refused[name] = left.pop(name)
                _back(root, stage, name)
        _needless(articles, left, refused)
        said += review(articles) if advice else []
    findings += [_led(f, left) for f in said if f not in known]
    return Judged(tuple(left.values()), tuple(refused.values()), tuple(sorted(set(findings))))


def _copy(root: Path, stage: Path) -> None:
    for path in (root / "kb").rglob("*"):
        if path.is_file() and path.resolve().is_relative_to(root.resolve()):
            to = stage / path.relative_to(root)
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, to)


def _put(stage: Path, each: Proposed) -> None:
    path = stage / each.name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(each.data)


def _back(root: Path, stage: Path, name: str) -> None:
    """The desk's own file again, or none."""
    (stage / name).unlink()
    if (root / name).is_file():
        shutil.copyfile(root / name, stage / name)


def _needless(articles: Sequence[Article], left: dict[str, Proposed], refused: dict[str, Proposed]) -> None:
    """Pictures of which every article was refused are not brought."""
    bodies = {article.file: article.body for article in articles}
    for name in [each.name for each in left.values() if each.copy]:
        last = name.rpartition("/")[2]
        if not any(last in body or last.replace(" ", "%20") in body for body in bodies.values()):
            refused[name] = left.pop(name)


def _led(finding: Finding, proposed: dict[str, Proposed]) -> Finding:
    """The finding at the place of the source, where a person can mend it."""
    each = proposed.get(finding.place.file)
    if each is None:
        return finding
    place = each.place
    if each.whole:
        place = Place(place.file, finding.place.line, finding.place.column)
    return Finding(place, finding.code, finding.values, finding.severity_set)

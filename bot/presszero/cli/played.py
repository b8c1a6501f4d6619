"""What `presszero test` prints: text with the dialogue and the line that failed, JSON, or JUnit."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator

from presszero.check.coverage import Coverage
from presszero.check.dialogues import Entry, Played, Round
from presszero.check.junit import junit
from presszero.cli.check_ import as_data

KINDS = {"step": ("steps", "шаги"), "option": ("options", "варианты"), "exit": ("exits", "выходы")}


def text(form: str, done: Round, covered: Coverage, seconds: float, lang: str, *, listed: bool) -> str:
    """The whole answer in a form."""
    if form == "junit":
        return junit(done.played, seconds, lang)
    if form == "json":
        return json.dumps(_data(done, covered, seconds, lang), ensure_ascii=False, indent=1)
    return "\n".join(_lines(done, covered, seconds, lang, listed=listed))


def _lines(done: Round, covered: Coverage, seconds: float, lang: str, *, listed: bool) -> Iterator[str]:
    failed = [p for p in done.played if p.failure]
    for one in failed:
        yield from _failed(one, lang)
    if listed:
        yield from _missing(covered, lang)
    shares = ", ".join(f"{KINDS[k][lang == 'ru']} {_share(*covered.share(k))}" for k in ("step", "option", "exit"))
    yield ("Покрыто: " if lang == "ru" else "Covered: ") + shares
    passed = len(done.played) - len(failed)
    if lang == "ru":
        yield f"Прошли: {passed}, не прошли: {len(failed)}, {seconds:.1f} с"
    else:
        yield f"{passed} passed, {len(failed)} failed, {seconds:.1f} s"


def _share(some: int, every: int) -> str:
    return f"{100 * some // every if every else 100} % ({some}/{every})"


def _failed(one: Played, lang: str) -> Iterator[str]:
    """The dialogue as it went, each line beside its number in the file; the one that failed as a difference."""
    if one.failure is None:
        return
    yield f"\n{one.failure.place}  {one.failure.code}  {one.failure.sentence(lang)}"
    yield f"  «{one.script.name}»"
    yield from (_entry(e) for e in one.entries if e.kind != "failed")
    last = one.entries[-1]
    wanted, there = ("ожидалось", "есть") if lang == "ru" else ("wanted", "there is")
    yield _red(f"✗ {last.line:>4}  {last.text}")
    yield _red(f"        - {wanted}: {one.wanted}")
    yield _green(f"        + {there}: {one.got}")


def _entry(entry: Entry) -> str:
    mark = {"done": ">", "held": "✓", "said": " ", "failed": "✗"}[entry.kind]
    number = str(entry.line) if entry.line else ""
    return f"{mark} {number:>4}  {'  ' if entry.kind == 'said' else ''}{entry.text}"


def _missing(covered: Coverage, lang: str) -> Iterator[str]:
    if covered.missing:
        yield "\nНи один тест здесь не был:" if lang == "ru" else "\nNo test was here:"
    for part in covered.missing:
        kind = {"step": ("step", "шаг"), "option": ("option", "вариант"), "exit": ("exit", "выход")}[part.kind]
        yield f"{part.place}  {kind[lang == 'ru']} {part.flow}/{part.step}{' → ' if part.name else ''}{part.name}"


def _data(done: Round, covered: Coverage, seconds: float, lang: str) -> dict[str, object]:
    return {
        "passed": sum(p.failure is None for p in done.played),
        "failed": sum(p.failure is not None for p in done.played),
        "seconds": round(seconds, 3),
        "tests": [
            {
                "name": p.script.name,
                "file": p.script.place.file,
                "line": p.script.place.line,
                "ok": p.failure is None,
                "failure": {**as_data(p.failure, lang), "wanted": p.wanted, "got": p.got} if p.failure else None,
                "dialogue": p.log if p.failure else [],
            }
            for p in done.played
        ],
        "coverage": {KINDS[k][0]: dict(zip(("covered", "of"), covered.share(k), strict=True)) for k in ("step", "option", "exit")},
        "missing": [
            {"kind": p.kind, "file": p.place.file, "line": p.place.line, "flow": p.flow, "step": p.step, "name": p.name}
            for p in covered.missing
        ],
    }  # fmt: skip


def _red(line: str) -> str:
    return f"\033[31m{line}\033[0m" if _coloured() else line


def _green(line: str) -> str:
    return f"\033[32m{line}\033[0m" if _coloured() else line


def _coloured() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ

"""`presszero check`: every fault of a desk's files, with its place."""

from __future__ import annotations

import json
import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from presszero import desk
from presszero.check import paths
from presszero.check.coverage import covered
from presszero.check.declared import undeclared
from presszero.check.sarif import sarif
from presszero.check.script import load as load_scripts
from presszero.cli.tongue import tongue
from presszero.errors import Finding
from presszero.folders import data_folder, desk_folder

RANKS = ("error", "warning", "info")
UNTESTED, MOST_STEPS = "PZ327", 5  # a step without a test, and how many of a flow are named


def run(arguments: Namespace) -> int:
    """Checks; 0 without errors (and warnings under ``--strict``)."""
    root, lang = desk_folder(arguments.dir), tongue(arguments)
    found = desk.read(root, os.environ, data_folder(root) / "cache")
    _, more = load_scripts(root)
    more += undeclared(root, found.flows.draft, found.handoff)
    seen = covered(root)
    if seen is not None:
        untested = paths.tested(found.flows, seen)
        more += found.config.judged(untested) if found.config else untested
    findings = sorted({*found.findings, *more})
    if arguments.prove and all(f.severity != "error" for f in findings):
        return _prove(found, findings, arguments, lang)
    show(findings, lang, arguments.format)
    if arguments.prove:
        print(_FIRST[lang], file=sys.stderr)
    worst = {f.severity for f in findings}
    return 1 if "error" in worst or (arguments.strict and "warning" in worst) else 0


_FIRST = {
    "en": "The proof waits until there are no errors.",
    "ru": "Доказательство подождёт, пока есть ошибки.",
}


def _prove(found: desk.Desk, findings: Sequence[Finding], arguments: Namespace, lang: str) -> int:
    from presszero.cli import proving

    proof, broken = proving.proved(found, lang)
    more = [b.finding for b in broken]
    if arguments.format == "json":
        data = [as_data(f, lang) for f in sorted([*findings, *more])]
        print(json.dumps({"findings": data, "proof": proving.as_data(proof, broken)}, ensure_ascii=False, indent=1))
    elif arguments.format == "text":
        show(findings, lang, "text")
        print(proving.told(proof, broken, lang))
    else:
        show(sorted([*findings, *more]), lang, arguments.format)
    if arguments.save and (count := proving.save(Path(arguments.save), broken, lang)):
        print(f"{arguments.save}: {count}", file=sys.stderr)
    worst = {f.severity for f in (*findings, *more)}
    return 1 if "error" in worst or (arguments.strict and "warning" in worst) else 0


def show(findings: Sequence[Finding], lang: str, form: str) -> None:
    """Prints findings: as text, as JSON, as annotations of GitHub, as SARIF."""
    if form == "json":
        print(json.dumps([as_data(f, lang) for f in findings], ensure_ascii=False, indent=1))
        return
    if form == "sarif":
        print(json.dumps(sarif(findings, lang), ensure_ascii=False, indent=1))
        return
    if form == "github":
        for finding in findings:
            print(annotation(finding, lang))
        return
    for finding in sorted(summed(findings, lang), key=lambda f: RANKS.index(f.severity)):
        mark = {"error": "✗", "warning": "!", "info": "·"}[finding.severity]
        print(f"{mark} {finding.line(lang)}")
    errors = sum(f.severity == "error" for f in findings)
    warnings = sum(f.severity == "warning" for f in findings)
    if lang == "ru":
        print(f"Ошибок: {errors}, предупреждений: {warnings}.")
    else:
        print(f"{_many(errors, 'error')}, {_many(warnings, 'warning')}.")


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def summed(findings: Sequence[Finding], lang: str) -> list[Finding]:
    """The findings for a reader: steps that no test goes through are one finding a flow."""
    kept = [f for f in findings if f.code != UNTESTED]
    by_file: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.code == UNTESTED:
            by_file.setdefault(finding.place.file, []).append(finding)
    for found in by_file.values():
        ids = [f.values["id"] for f in found]
        shown = ("», «" if lang == "ru" else '", "').join(ids[:MOST_STEPS])
        rest = len(ids) - MOST_STEPS
        more = (f" (и ещё {rest})" if lang == "ru" else f" (and {rest} more)") if rest > 0 else ""
        kept.append(replace(found[0], values={"id": shown + more}))
    return kept


def annotation(finding: Finding, lang: str) -> str:
    """A finding as a workflow command of GitHub Actions."""
    kind = {"error": "error", "warning": "warning", "info": "notice"}[finding.severity]
    place = finding.place
    at = f"file={_property(place.file)}" + (f",line={place.line},col={place.column}" if place.line else "")
    said = f"{finding.sentence(lang)} {finding.hint(lang)}".strip()
    return f"::{kind} {at},title={finding.code}::{_data(said)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def as_data(finding: Finding, lang: str) -> dict[str, object]:
    """A finding as JSON."""
    return {
        "file": finding.place.file,
        "line": finding.place.line,
        "column": finding.place.column,
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.sentence(lang),
        "hint": finding.hint(lang),
    }

"""Findings as SARIF 2.1.0, which code hosts and editors show beside the lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from presszero import __version__
from presszero.diagnostics import rules
from presszero.errors import Finding

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def sarif(findings: Sequence[Finding], lang: str) -> dict[str, Any]:
    """One run of `presszero check`; the rules named are those that were broken."""
    codes = sorted({f.code for f in findings})
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "presszero",
                        "version": __version__,
                        "rules": [_rule(code, lang) for code in codes],
                    }
                },
                "language": lang,
                "columnKind": "unicodeCodePoints",
                "results": [_result(f, lang, codes.index(f.code)) for f in findings],
            }
        ],
    }


def _rule(code: str, lang: str) -> dict[str, Any]:
    found = rules()[code]
    hint = found.hint_ru if lang == "ru" else found.hint_en
    made: dict[str, Any] = {
        "id": code,
        "shortDescription": {"text": found.sentence(lang, {}) or code},
        "defaultConfiguration": {"level": LEVELS[found.severity]},
    }
    return made | ({"help": {"text": hint}} if hint else {})


def _result(finding: Finding, lang: str, index: int) -> dict[str, Any]:
    hint = finding.hint(lang)
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(finding.place.file)}}
    if finding.place.line:
        place["region"] = {"startLine": finding.place.line, "startColumn": max(finding.place.column, 1)}
    return {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": LEVELS[finding.severity],
        "message": {"text": finding.sentence(lang) + (f" {hint}" if hint else "")},
        "locations": [{"physicalLocation": place}],
    }


def _uri(file: str) -> str:
    from urllib.parse import quote

    return quote(file)

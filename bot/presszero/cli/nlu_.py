"""`presszero nlu`: is the desk understood (`check`, `drift`), how is a text understood (`parse`), how well on a file (`evaluate`)."""

from __future__ import annotations

import json
import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import to_builtins

from presszero.cli.nlu_why import advised, sentence, unfitting
from presszero.cli.tongue import tongue
from presszero.folders import data_folder, desk_folder

if TYPE_CHECKING:
    from presszero.nlu.evaluate import Report
    from presszero.nlu.examine import Examined

_WIDTH = 30


def run(arguments: Namespace) -> int:
    """Runs the subcommand."""
    if arguments.what == "drift":
        from presszero.cli.nlu_drift import run as drift

        return drift(arguments)
    if arguments.what == "import":
        from presszero.cli.nlu_import import run as bring

        return bring(arguments)
    return {"check": _check, "parse": _parse, "evaluate": _evaluate}[arguments.what](arguments)


def _say(ru: str, en: str, lang: str) -> str:
    return ru if lang == "ru" else en


# nlu check


def _check(arguments: Namespace) -> int:
    from presszero import desk
    from presszero.nlu.examine import examine

    root, lang = desk_folder(arguments.dir), tongue(arguments)
    found = desk.read(root, os.environ)
    findings = [f for f in found.findings if f.code.startswith("PZ4")]
    print(_say("Проверяю фразы пятью обучениями…", "Checking the phrases by five trainings…", lang), file=sys.stderr)
    report = examine(found.phrases)
    if arguments.format == "json":
        from presszero.cli.check_ import as_data

        data = report.as_data() if report else {}
        print(json.dumps({**data, "findings": [as_data(f, lang) for f in findings]}, ensure_ascii=False, indent=1))
    else:
        for finding in findings:
            print(finding.line(lang))
        _show(report, lang)
    return 1 if any(f.severity == "error" for f in findings) else 0


def _show(report: Examined | None, lang: str) -> None:
    if report is None:
        print(
            _say("Нужно хотя бы два намерения по две фразы.", "At least two intents of two phrases are needed.", lang)
        )
        return
    print(_say("Намерение: F1, точность, полнота, фраз", "Intent: F1, precision, recall, phrases", lang))
    for score in sorted(report.scores, key=lambda score: score.f1):
        print(
            f"  {score.intent:<{_WIDTH}} {score.f1:5.2f} {score.precision:5.2f} {score.recall:5.2f} {score.number:5d}"
        )
    _show_faults(report, lang)
    print(_say("Уверенность → верно (доля фраз):", "Confidence → right (share of phrases):", lang))
    total = sum(one.number for one in report.bins)
    for one in report.bins:
        print(
            f"  {one.least:.1f}  {one.sure:.2f} → {one.right:.2f}  {'█' * round(20 * one.right):<20}  {one.number / total:6.1%}"
        )
    strangers = "" if report.auroc is None else f", AUROC {report.auroc:.3f}"
    print(_say("Верно", "Right", lang) + f": {report.accuracy:.1%}, ECE {report.ece:.3f}{strangers}")


def _show_faults(report: Examined, lang: str) -> None:
    print(_say("Чаще всего путаются:", "Mixed up most often:", lang))
    for mixed in report.mixed[:10]:
        print(f"  {mixed.intent} → {mixed.taken_for}: {mixed.number}")
    if report.astray:
        print(_say("Фразы, которые ближе к другому намерению:", "Phrases that are nearer to another intent:", lang))
        for astray in report.astray[:20]:
            print(f"  {astray.phrase.place}  «{astray.phrase.text}» → {astray.taken_for} ({astray.confidence:.2f})")
    if report.twins:
        print(_say("Почти одно и то же в разных намерениях:", "Nearly the same in two intents:", lang))
        for twin in report.twins[:20]:
            print(f"  {twin.first.place}  «{twin.first.text}» ~ {twin.second.place}  «{twin.second.text}»")


# nlu parse


def _parse(arguments: Namespace) -> int:
    from presszero import desk
    from presszero.lang.words import words
    from presszero.nlu.load import to_learn
    from presszero.runtime import routing

    root, lang = desk_folder(arguments.dir), tongue(arguments)
    found = desk.read(root, os.environ)
    models, spoken = data_folder(root) / "models", arguments.language or lang
    encoder = found.config.nlu.encoder if found.config else ""
    if not found.errors and (number := to_learn(found.phrases, models, encoder)):
        print(_say(f"Учу {number} фраз…", f"Learning from {number} phrases…", lang), file=sys.stderr)
    content = desk.content(found, models)
    parse = content.understanding.parse(arguments.text, spoken, datetime.now().astimezone())
    about = routing.kind(content, arguments.text, spoken)
    urgency, whose = routing.priority(content, arguments.text, about.category), routing.queue(content, about)
    told = routing.reasons(content, arguments.text, spoken, about, urgency, whose)
    best = parse.ranking[0].intent if parse.ranking else ""
    decided = content.understanding.why(arguments.text, best)
    if arguments.format == "json":
        data = {**_parse_data(parse, about.ranking, urgency.value), "why": decided, "request": to_builtins(told)}
        print(json.dumps(data, ensure_ascii=False, indent=1, default=str))
        return 0
    print(f"{parse.intent or '–'}  {parse.confidence:.2f}  {parse.band}")
    if arguments.why:
        read = content.understanding.why(arguments.text, best, as_read=True)
        _why(parse, best, _as_read(decided, read), lang)
        for name, reason in told.items():
            print(sentence(name, reason, lang))
        if words(parse.text):
            print(
                "".join(f"{one}\n" for one in (unfitting(parse, lang), advised(told.get("category"), lang)) if one),
                end="",
            )
    return 0


def _why(parse: Any, best: str, decided: Sequence[str], lang: str) -> None:
    for typed, read in parse.repairs:
        print(_say("исправлено", "mended", lang) + f": {typed} → {read}")
    print(_say("прочитано", "read", lang) + f": {parse.text}  [{parse.lang or '?'}]")
    for guess in parse.ranking:
        print(f"  {guess.intent:<{_WIDTH}} {guess.confidence:.2f}")
    if decided:
        print(_say("решили слова", "decided by", lang) + f" ({best}): {', '.join(decided)}")
    for value in parse.values:
        print(f"  {value.kind}: {value.value}  [{value.start}:{value.end}]")


def _as_read(typed: Sequence[str], read: Sequence[str]) -> list[str]:
    """Words as they were typed, and what they were read as where that is another."""
    if len(typed) != len(read):
        return list(typed)
    return [one if one == other else f"{one} ({other})" for one, other in zip(typed, read, strict=True)]


def _parse_data(parse: Any, categories: Any, urgency: str) -> dict[str, Any]:
    return {
        "text": parse.text,
        "lang": parse.lang,
        "intent": parse.intent,
        "confidence": round(parse.confidence, 4),
        "band": parse.band,
        "ranking": [{"intent": g.intent, "confidence": round(g.confidence, 4)} for g in parse.ranking],
        "values": [{"kind": v.kind, "value": v.value, "start": v.start, "end": v.end} for v in parse.values],
        "repairs": [{"typed": typed, "read": read} for typed, read in parse.repairs],
        "categories": [{"category": name, "confidence": round(sure, 4)} for name, sure in categories],
        "priority": urgency,
    }


# nlu evaluate


def _evaluate(arguments: Namespace) -> int:
    from presszero.nlu.evaluate import evaluate

    lang = tongue(arguments)
    print(_say("Обучаю и разбираю…", "Training and parsing…", lang), file=sys.stderr)
    report = evaluate(
        Path(arguments.train),
        Path(arguments.test),
        validation=Path(arguments.validation) if arguments.validation else None,
        lang=arguments.language or lang,
        noise=arguments.noise,
        encoder=arguments.encoder,
    )
    data = report.as_data()
    if names := ", ".join(report.untrained):
        said = _say(f"Обучающих фраз нет, всё мимо: {names}.", f"No training phrases, always wrong: {names}.", lang)
        print(said, file=sys.stderr)
    if arguments.format == "json":
        print(json.dumps(data, ensure_ascii=False, indent=1))
    else:
        _show_figures(report, data, lang)
    return 0


def _show_figures(report: Report, data: dict[str, Any], lang: str) -> None:
    for one in sorted(report.scores, key=lambda one: one.f1):
        print(f"  {one.intent:<{_WIDTH}} F1 {one.f1:5.2f}  {one.number:5d}")
    for name, value in data.items():
        if name != "intents":
            print(f"{name}: {value}")
    print(
        _say(
            "accuracy — доля верных среди текстов с намерением; in_scope_accuracy — они же, если отказ считать ошибкой.",
            "accuracy: the share of right ones among texts with an intent; in_scope_accuracy: the same, a refusal being wrong.",
            lang,
        )
    )

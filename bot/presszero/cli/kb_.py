"""`presszero kb`: what the articles answer (`search`), how well on files (`evaluate`), what could be better (`check`)."""

from __future__ import annotations

import json
import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from presszero.cli.tongue import tongue
from presszero.errors import ConfigError, ContentError
from presszero.folders import desk_folder
from presszero.kb.article import TRAITS, Reader, reader_of

if TYPE_CHECKING:
    from presszero.dialogue.knowledge import Answer
    from presszero.kb.library import Library, Ranked


def run(arguments: Namespace) -> int:
    """Runs the subcommand."""
    if arguments.what == "gaps":
        from presszero.cli.kb_gaps import run as gaps

        return gaps(arguments)
    if arguments.what in {"import", "export"}:
        from presszero.cli import kb_files

        return (kb_files.bring if arguments.what == "import" else kb_files.take_away)(arguments)
    return {"search": _search, "evaluate": _evaluate, "check": _check}[arguments.what](arguments)


def _say(ru: str, en: str, lang: str) -> str:
    return ru if lang == "ru" else en


def _search(arguments: Namespace) -> int:
    from presszero import desk
    from presszero.kb.library import Library
    from presszero.lang.detect import detect

    root, lang = desk_folder(arguments.dir), tongue(arguments)
    found = desk.read(root, os.environ)
    if found.config is None:
        raise ContentError(found.errors)
    languages = found.config.languages
    bands = (found.config.kb.act, found.config.kb.offer)
    library = Library(found.articles, languages, datetime.now(UTC).date(), bands)
    reader = _reader(arguments.reader)
    own = next(
        each for each in (arguments.language, detect(arguments.text)[0], lang, languages[0]) if each in languages
    )
    answer = library.search(arguments.text, own, reader=reader)
    if answer.searched and not arguments.language and detect(answer.searched)[0] in {*languages} - {own}:
        own = str(detect(answer.searched)[0])  # typed in the other layout or in Latin letters
        answer = library.search(arguments.text, own, reader=reader)
    held = answer.passages[0].lang if answer.passages else own
    ranked = _nearest(library.ranked(arguments.text, held, 5, reader), answer)
    if arguments.format == "json":
        print(json.dumps(_as_data(answer, own, ranked), ensure_ascii=False, indent=1))
        return 0
    _show(answer, lang)
    if arguments.why:
        _why(library, answer, ranked, held, lang)
    return 0


def _as_data(answer: Answer, lang: str, ranked: Sequence[Ranked]) -> dict[str, object]:
    passages = [
        {"slug": p.article, "title": p.title, "text": p.text, "lang": p.lang, "anchor": p.anchor, "chance": p.score}
        for p in answer.passages
    ]
    listed = [{"slug": r.slug, "chance": round(r.chance, 3), "score": round(r.scored.score, 4)} for r in ranked]
    return {"kind": answer.kind, "language": lang, "searched": answer.searched, "passages": passages, "ranked": listed}


def _nearest(ranked: Sequence[Ranked], answer: Answer) -> list[Ranked]:
    """What the answer holds, in its order, then the others, the likeliest first."""
    shown = [passage.article for passage in answer.passages]
    return sorted(ranked, key=lambda r: (shown.index(r.slug) if r.slug in shown else len(shown), -r.chance))


def _why(library: Library, answer: Answer, ranked: Sequence[Ranked], held: str, lang: str) -> None:
    """The nearest articles, those that were shown first, and what spoke for each; chances as rounded in the answer."""
    from presszero.kb.library import WORTH

    act, offer = library.bands
    print(
        _say(
            f"\nПочему (статьи на {held}): ответ от {act:.2f}, «возможно, поможет» от {offer:.2f}; "
            f"рядом с первой ещё две, близкие к ней, от {WORTH:.2f}.",
            f'\nWhy (articles in {held}): an answer from {act:.2f}, "this may help" from {offer:.2f}; '
            f"beside the first one two more that come near it, from {WORTH:.2f}.",
            lang,
        )
    )
    offered = {passage.article for passage in answer.passages}
    if not ranked:
        print(_say("  Ни одного слова вопроса в статьях нет.", "  No word of the question is in any article.", lang))
    for each in ranked:
        signs, article = each.scored.signs, library.article(each.slug, held)
        title = f" «{article.title}»" if article else ""
        mark = "" if each.slug in offered else _say("  (не показана)", "  (not shown)", lang)
        print(f"  {round(each.chance, 3):.2f}  {each.slug}{title}{mark}")
        parts = (
            (signs.body, "слова вопроса в тексте", "words in the text"),
            (signs.like, "похоже на заголовок или фразу", "like a title or phrasing"),
            (signs.lead, "отрыв от других", "ahead of the others"),
            (signs.known, "слов вопроса знакомо", "words known at all"),
            (signs.mass, "сколько сказано", "how much was said"),
            (signs.meaning, "смысл", "meaning"),
        )
        shown = [f"{_say(ru, en, lang)} {value:.2f}" for value, ru, en in parts if value is not None]
        print(f"        {' · '.join(shown)}")


def _reader(given: list[str]) -> Reader:
    facts: dict[str, str] = {}
    for each in given:
        name, _, value = each.partition("=")
        if name not in TRAITS or not value:
            raise ConfigError(f"--as {each}: NAME=VALUE, NAME is one of {', '.join(TRAITS)}.")
        facts[name] = value
    return reader_of(facts, facts.get("channel", ""))


def _check(arguments: Namespace) -> int:
    from presszero import desk
    from presszero.cli.check_ import show
    from presszero.kb.review import review

    found = desk.read(desk_folder(arguments.dir), os.environ)
    findings = sorted({*(f for f in found.findings if f.place.file.startswith("kb/")), *review(found.articles)})
    show(findings, tongue(arguments), arguments.format)
    worst = {f.severity for f in findings}
    return 1 if "error" in worst or (arguments.strict and "warning" in worst) else 0


def _show(answer: Answer, lang: str) -> None:
    kinds = {
        "answer": ("Ответ:", "Answer:"),
        "suggest": ("Возможно, поможет:", "This may help:"),
        "none": ("В статьях этого нет.", "The articles do not say."),
    }
    if answer.searched:
        print(_say("Искали: ", "Searched for: ", lang) + answer.searched)
    print(_say(*kinds[answer.kind], lang))
    for passage in answer.passages:
        print(f"— {passage.title} [{passage.article}, {passage.lang}, {passage.score:.2f}]\n  {passage.text}")


def _evaluate(arguments: Namespace) -> int:
    from presszero.encoders import encoder
    from presszero.kb.evaluate import evaluate

    lang = tongue(arguments)
    print(_say("Строю указатель и спрашиваю…", "Building the index and asking…", lang), file=sys.stderr)
    report = evaluate(
        Path(arguments.corpus),
        Path(arguments.queries),
        negatives=Path(arguments.negatives) if arguments.negatives else None,
        lang=arguments.language,
        noise=arguments.noise,
        encoder=encoder(arguments.encoder) if arguments.encoder else None,
    )
    data = report.as_data()
    if arguments.format == "json":
        print(json.dumps(data, ensure_ascii=False, indent=1))
    else:
        for name, value in data.items():
            print(f"{name}: {value}")
    return 0

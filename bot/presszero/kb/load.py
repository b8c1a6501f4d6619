"""Reads ``kb/{lang}/**/*.md`` of a desk into Articles; what is wrong is a Finding, and the other articles still load.

Nothing here imports the search: ``check`` reads articles without building an index.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from presszero.errors import Finding, Place
from presszero.kb import markdown
from presszero.kb.article import Article
from presszero.kb.front import Front, split
from presszero.kb.links import Draft, cross_check, links
from presszero.kb.markup import markup
from presszero.kb.pictures import pictures
from presszero.kb.text import sections
from presszero.source.tree import Node

MAX_BYTES = 256 * 1024
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    name: str  # relative to the desk
    lang: str


def load(root: Path, languages: Sequence[str], today: date) -> tuple[list[Article], list[Finding]]:
    """The articles of the desk at ``root`` and everything that is wrong with them, sorted by place."""
    findings: list[Finding] = []
    drafts: dict[tuple[str, str], Draft] = {}
    files = _files(root, languages, findings)
    for file in files:
        draft = _draft(file, root / "kb", today, findings)
        if draft is None:
            continue
        first = drafts.setdefault((file.lang, draft.article.slug), draft)
        if first is not draft:
            values = {"slug": draft.article.slug, "other": first.article.file}
            findings.append(Finding(Place(file.name, 1, 1), "PZ510", values))
    there = {(lang, path.stem) for lang in languages for path in (root / "kb" / lang).rglob("*.md")}
    findings += cross_check(drafts, there, languages)
    return [draft.article for draft in drafts.values()], sorted(findings)


def _files(root: Path, languages: Sequence[str], findings: list[Finding]) -> list[_File]:
    home = root.resolve()
    found = []
    for lang in languages:
        for path in sorted((root / "kb" / lang).rglob("*.md")):
            file = _File(path, path.relative_to(root).as_posix(), lang)
            if not path.resolve().is_relative_to(home):
                findings.append(Finding(Place(file.name), "PZ519"))
            elif path.is_file():
                found.append(file)
    return found


def _draft(file: _File, kb: Path, today: date, findings: list[Finding]) -> Draft | None:
    text = _text(file, findings)
    parts = split(text) if text is not None else None
    if parts is None:
        if text is not None:
            findings.append(Finding(Place(file.name, 1, 1), "PZ501"))
        return None
    before = len(findings)
    front = Front(parts.head, file.name, findings)
    tokens = markdown.parse(parts.body)
    title, related = front.text("title"), front.list("related")
    named = links(tokens, parts.body, parts.body_line, file.name)
    wanted = (link.picture for link in named if link.picture and link.kind != "unsafe")
    article = Article(
        slug=file.path.stem,
        lang=file.lang,
        file=file.name,
        title=title or file.path.stem,
        body=parts.body,
        sections=sections(tokens),
        questions=_texts(front.list("questions")),
        tags=_texts(front.list("tags")),
        related=_texts(related),
        audience=front.group("audience"),
        boost=front.group("boost"),
        owner=front.text("owner"),
        review_by=front.date("review_by"),
        effective_from=front.date("effective_from"),
        effective_to=front.date("effective_to"),
        pictures=pictures(kb, file.path, wanted, findings),
    )
    if not title and len(findings) == before:
        findings.append(Finding(front.place, "PZ503"))
    findings += _faults(article, front, today)
    findings += markup(tokens, parts.body, parts.body_line, file.name)
    return Draft(article, related, named)


def _texts(nodes: tuple[Node, ...]) -> tuple[str, ...]:
    return tuple(" ".join(node.text.split()) for node in nodes)


def _text(file: _File, findings: list[Finding]) -> str | None:
    """The file's text with plain line ends, or None with a finding."""
    if file.path.stat().st_size > MAX_BYTES:
        findings.append(Finding(Place(file.name), "PZ515", {"limit": str(MAX_BYTES // 1024)}))
        return None
    try:
        text = file.path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        findings.append(Finding(Place(file.name, line, 1), "PZ516"))
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    control = _CONTROL.search(text)
    if control:
        findings.append(Finding(Place(file.name, text.count("\n", 0, control.start()) + 1, 1), "PZ516"))
        return None
    return text


def _review(article: Article) -> dict[str, str]:
    owner = f" ({article.owner})" if article.owner else ""
    return {"date": article.review_by.isoformat() if article.review_by else "", "owner": owner}


def _faults(article: Article, front: Front, today: date) -> list[Finding]:
    found: list[Finding] = []
    if not markdown.SLUG.fullmatch(article.slug):
        found.append(Finding(Place(article.file), "PZ508", {"slug": article.slug}))
    if not any(section.text for section in article.sections):
        found.append(Finding(front.place, "PZ507"))
    if article.review_by and article.review_by < today:
        found.append(Finding(front.where("review_by"), "PZ514", _review(article)))
    if article.effective_from and article.effective_to and article.effective_to < article.effective_from:
        found.append(Finding(front.where("effective_to"), "PZ518"))
    return found

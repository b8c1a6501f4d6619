"""Articles of other systems: a Markdown tree, an HTML page, CSV or XLSX of questions and answers, exports of Zendesk and Chatwoot.

It reads and proposes; writing is the caller's. A row that cannot be read is a finding, and the others are still read.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from presszero.errors import Finding, Place
from presszero.kb import drafting
from presszero.kb.from_html import markdown
from presszero.kb.front import split
from presszero.kb.load import MAX_BYTES
from presszero.kb.markdown import SLUG
from presszero.lang.detect import detect

MOST_BYTES = 64 * 1024 * 1024
MOST_UNPACKED = 512 * 1024 * 1024
MOST_ROWS = 50_000
_COLUMNS = {
    "title": ("question", "title", "вопрос", "заголовок", "название"),
    "body": ("answer", "text", "body", "content", "ответ", "текст", "содержание"),
    "tags": ("tags", "category", "section", "теги", "метки", "категория", "раздел", "тема"),
    "questions": ("questions", "variants", "phrasings", "варианты", "формулировки", "вопросы"),
    "lang": ("lang", "language", "locale", "язык"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """An article that was read. ``path``: where it wants to lie below its language; ``text``: its file, if it has one whole."""

    place: Place
    title: str
    body: str
    lang: str
    questions: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    path: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A file that the import would write: ``new``, ``same`` as what is there, or ``differs`` from it."""

    name: str
    text: str
    state: str


def read(source: Path, languages: Sequence[str], lang: str = "") -> tuple[list[Item], list[Finding]]:
    """The articles of a source. ``lang``: their language where nothing says it."""
    reading = _Reading(source, languages, lang)
    items = [item for item in reading.items() if reading.fits(item)]
    return items, sorted(reading.findings)


def propose(root: Path, items: Iterable[Item]) -> tuple[list[Proposed], list[Finding]]:
    """The files of the articles, beside those the desk has."""
    there = {p.relative_to(root).as_posix() for p in (root / "kb").rglob("*.md")}
    slugs: dict[str, set[str]] = {}
    made: list[Proposed] = []
    findings: list[Finding] = []
    for item in items:
        own = slugs.setdefault(item.lang, set())
        slug = drafting.slug(item.title, own) if not item.path else Path(item.path).stem
        if item.path and slug in own:
            findings.append(Finding(item.place, "PZ510", {"slug": slug, "other": f"kb/{item.lang}/…/{slug}.md"}))
            continue
        own.add(slug)
        name = f"kb/{item.lang}/{item.path or f'{slug}.md'}"
        text = item.text or drafting.article(item.title, item.body, phrasings=item.questions, tags=item.tags)
        state = "new" if name not in there else "same" if _same(root / name, text) else "differs"
        if state == "differs":
            findings.append(Finding(item.place, "PZ543", {"title": item.title, "file": name}))
        made.append(Proposed(name, text, state))
    return made, findings


def _same(path: Path, text: str) -> bool:
    return path.read_bytes() == text.encode()


class _Reading:
    def __init__(self, source: Path, languages: Sequence[str], lang: str) -> None:
        self._source, self._languages, self._lang = source, languages, lang
        self.findings: list[Finding] = []

    def items(self) -> Iterator[Item]:
        if self._source.is_dir():
            yield from self._tree()
            return
        ending = self._source.suffix.lower()
        readers = {".csv": self._csv, ".tsv": self._csv, ".txt": self._csv, ".json": self._json, ".xlsx": self._xlsx}
        readers |= {".html": self._html, ".htm": self._html, ".md": self._one, ".markdown": self._one}
        if ending not in readers:
            self._fault("PZ540", why=f"{ending or self._source.name}?")
        elif not self._source.is_file():
            self._fault("PZ540", why="no such file")
        elif self._source.stat().st_size > MOST_BYTES:
            self._fault("PZ515", limit=str(MOST_BYTES // 1024))
        else:
            yield from readers[ending]()

    def fits(self, item: Item) -> bool:
        """Whether it can be an article."""
        if not item.title.strip() or not (item.body.strip() or item.text):
            self.findings.append(Finding(item.place, "PZ541"))
            return False
        if len(item.body.encode()) > MAX_BYTES or len(item.text.encode()) > MAX_BYTES:
            self.findings.append(Finding(item.place, "PZ515", {"limit": str(MAX_BYTES // 1024)}))
            return False
        return True

    def _fault(self, code: str, line: int = 1, **values: str) -> None:
        self.findings.append(Finding(Place(self._source.name, line, 1), code, values))

    def _text(self, path: Path) -> str | None:
        """UTF-8, else what Windows writes in Russia, said so; None with a finding for what is no text."""
        data = path.read_bytes()
        place = Place(path.name, 1, 1)
        for encoding in ("utf-8-sig", "utf-16") if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig",):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                continue
            if "\x00" not in text:
                return text.replace("\r\n", "\n").replace("\r", "\n")
        text = data.decode("cp1251", "replace")
        if b"\x00" in data or text.count("\ufffd") > len(text) // 100:
            self.findings.append(Finding(place, "PZ516"))
            return None
        self.findings.append(Finding(place, "PZ542"))
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def _language(self, said: str, text: str) -> str:
        named = re.split(r"[-_]", said.strip().lower())[0]
        named = {"русский": "ru", "english": "en", "английский": "en"}.get(named, named)
        if named in self._languages:
            return named
        if self._lang:
            return self._lang
        guessed = detect(text)[0]
        return guessed if guessed and guessed in self._languages else self._languages[0]

    # what there is

    def _tree(self) -> Iterator[Item]:
        home = self._source.resolve()
        root = self._source / "kb" if (self._source / "kb").is_dir() else self._source
        for path in sorted(root.rglob("*")):
            if path.suffix.lower() not in {".md", ".markdown"} or not path.is_file():
                continue
            if not path.resolve().is_relative_to(home):
                self.findings.append(Finding(Place(path.name, 1, 1), "PZ519"))
            elif path.stat().st_size > MAX_BYTES:
                self.findings.append(Finding(Place(path.name, 1, 1), "PZ515", {"limit": str(MAX_BYTES // 1024)}))
            else:
                yield from self._file(path, path.relative_to(root).parts)

    def _one(self) -> Iterator[Item]:
        yield from self._file(self._source, (self._source.name,))

    def _file(self, path: Path, parts: Sequence[str]) -> Iterator[Item]:
        text = self._text(path)
        if text is None:
            return
        front = split(text)
        body = front.body if front else text
        heading = re.match(r"\s*#\s+(.+)\n?", body)
        said = re.search(r"(?m)^title:\s*(.+)$", front.head) if front else None
        title = (said[1].strip(" \"'") if said else "") or (heading[1].strip() if heading else "")
        named = parts[0].lower() if len(parts) > 1 else ""
        lang = self._language(named, body)
        below = parts[1:] if named in self._languages else parts
        slug = Path(below[-1]).stem.lower()
        slug = slug if SLUG.fullmatch(slug) else drafting.slug(title or slug)
        folders = [drafting.slug(part) for part in below[:-1]]
        if not front and heading:
            body = body[heading.end() :]
        place = Place("/".join(parts), 1, 1)
        yield Item(
            place, title or slug, body, lang, path="/".join([*folders, f"{slug}.md"]), text=text if front and said else ""
        )  # fmt: skip

    def _html(self) -> Iterator[Item]:
        text = self._text(self._source)
        if text is None:
            return
        title, body = markdown(text)
        said = re.search(r"<html[^>]*\blang=[\"']?([\w-]+)", text, re.IGNORECASE)
        body = re.sub(rf"\A#+ {re.escape(title)}\s*\n", "", body)
        yield Item(Place(self._source.name, 1, 1), title, body, self._language(said[1] if said else "", body))

    def _csv(self) -> Iterator[Item]:
        text = self._text(self._source)
        if text is None:
            return
        first = next((line for line in text.splitlines() if line.strip()), "")
        delimiter = max((";", ",", "\t"), key=first.count)
        reader = csv.reader(io.StringIO(text), delimiter=delimiter)
        rows: list[tuple[int, list[str]]] = []
        try:
            rows.extend((reader.line_num, row) for row in reader)
        except csv.Error as error:
            self._fault("PZ540", reader.line_num, why=str(error))
        yield from self._rows(rows)

    def _xlsx(self) -> Iterator[Item]:
        try:
            with zipfile.ZipFile(self._source) as packed:
                if sum(each.file_size for each in packed.infolist()) > MOST_UNPACKED:
                    self._fault("PZ515", limit=str(MOST_UNPACKED // 1024))
                    return
            from openpyxl import load_workbook  # type: ignore[import-untyped]

            book = load_workbook(self._source, read_only=True, data_only=True)
        except Exception as error:  # noqa: BLE001 - a broken archive fails in as many ways as there are bytes
            self._fault("PZ540", why=type(error).__name__)
            return
        try:
            for sheet in book.worksheets:
                lines = sheet.iter_rows(values_only=True, max_row=MOST_ROWS)
                yield from self._rows(
                    [(n, ["" if v is None else str(v) for v in row]) for n, row in enumerate(lines, 1)]
                )
        finally:
            book.close()

    def _rows(self, rows: Sequence[tuple[int, Sequence[str]]]) -> Iterator[Item]:
        rows = [(line, [cell.strip() for cell in row]) for line, row in rows if any(cell.strip() for cell in row)]
        if not rows:
            return
        where = _columns(rows[0][1])
        if "title" in where and "body" in where:
            rows = rows[1:]
        else:
            where = {"title": 0, "body": 1}
        for line, row in rows[:MOST_ROWS]:
            cells = {name: row[at] if at < len(row) else "" for name, at in where.items()}
            body = cells.get("body", "")
            if re.search(r"<(?:p|br|div|ul|ol|li|a|b|strong)\b", body, re.IGNORECASE):
                body = markdown(body)[1]
            title = " ".join(cells.get("title", "").split())
            yield Item(
                Place(self._source.name, line, 1),
                title,
                body,
                self._language(cells.get("lang", ""), f"{title} {body}"),
                _several(cells.get("questions", "")),
                _several(cells.get("tags", "")),
            )

    def _json(self) -> Iterator[Item]:
        text = self._text(self._source)
        if text is None:
            return
        try:
            data = json.loads(text.rstrip())
        except (ValueError, RecursionError) as error:
            self._fault("PZ540", getattr(error, "lineno", 1), why=type(error).__name__)
            return
        found = _listed(data)
        if found is None:
            self._fault("PZ540", why="articles?")
            return
        sections = {s.get("id"): str(s.get("name", "")) for s in _maps(data, "sections")}
        for number, each in enumerate(found, 1):
            place = Place(self._source.name, number, 1)
            if not isinstance(each, dict):
                self.findings.append(Finding(place, "PZ541"))
            elif each.get("draft") or each.get("status") in {"draft", "archived", 0, 2}:
                self.findings.append(Finding(place, "PZ544", {"title": str(each.get("title", ""))[:80]}))
            elif each.get("user_segment_id") is not None or each.get("user_segment_ids"):
                self.findings.append(Finding(place, "PZ545", {"title": str(each.get("title", ""))[:80]}))
            else:
                yield self._exported(each, place, sections)

    def _exported(self, each: Mapping[str, Any], place: Place, sections: Mapping[Any, str]) -> Item:
        """An article of Zendesk (``body`` is HTML) or of Chatwoot (``content`` is Markdown)."""
        title = " ".join(str(each.get("title") or each.get("name") or "").split())
        raw = each.get("body") or each.get("content") or ""
        raw = raw if isinstance(raw, str) else ""
        body = markdown(raw)[1] if "body" in each or raw.lstrip().startswith("<") else raw
        category = each.get("category")
        category = category if isinstance(category, dict) else {}
        said = str(each.get("locale") or category.get("locale") or "")
        labels = each.get("label_names")
        named = [str(label) for label in labels] if isinstance(labels, list) else []
        named += [str(category["name"])] if category.get("name") else []
        named += [sections[each["section_id"]]] if each.get("section_id") in sections else []
        return Item(place, title, body, self._language(said, f"{title} {body}"), tags=tuple(dict.fromkeys(named)))


def _listed(data: Any) -> list[Any] | None:
    if isinstance(data, list):
        return data
    if isinstance(data, dict):
        for key in ("articles", "payload"):
            found = data.get(key)
            if isinstance(found, list):
                return found
            if isinstance(found, dict):
                return _listed(found)
    return None


def _maps(data: Any, key: str) -> list[dict[str, Any]]:
    found = data.get(key) if isinstance(data, dict) else None
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _columns(head: Sequence[str]) -> dict[str, int]:
    names = [cell.strip().lower() for cell in head]
    return {
        key: next(n for n, c in enumerate(names) if c in known)
        for key, known in _COLUMNS.items()
        if set(names) & set(known)
    }


def _several(cell: str) -> tuple[str, ...]:
    parts = re.split(r"[\n|;]", cell) if re.search(r"[\n|;]", cell) else cell.split(",")
    return tuple(dict.fromkeys(" ".join(part.split()) for part in parts if part.strip()))

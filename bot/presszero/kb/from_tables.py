"""Tables of questions and answers, .csv and .xlsx: the heading says which column is what, each row is an article.

A row that cannot be an article is named with its place, and the others are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from presszero.errors import Place
from presszero.kb import cells, workbook
from presszero.kb.cells import Cell
from presszero.kb.from_html import markdown
from presszero.kb.item import Item
from presszero.kb.markdown import SLUG
from presszero.kb.source import Source

MOST_ROWS = workbook.MOST_ROWS
COLUMNS = {
    "title": ("question", "title", "q", "вопрос", "заголовок", "название"),
    "body": ("answer", "text", "body", "content", "a", "ответ", "текст", "содержание"),
    "tags": ("tags", "category", "section", "теги", "метки", "категория", "раздел", "тема"),
    "questions": ("questions", "variants", "phrasings", "варианты", "формулировки", "вопросы"),
    "lang": ("lang", "language", "locale", "язык"),
    "name": ("slug", "адрес"),
    "audience": ("audience", "segment", "visibility", "access", "доступ", "видимость", "сегмент", "для кого"),
    "owner": ("owner", "author", "ответственный", "автор"),
}
ALL = {"", "all", "public", "everybody", "everyone", "anyone", "все", "всем", "для всех", "всех", "публично"}
_KNOWN = frozenset(name for names in COLUMNS.values() for name in names)
_HTML = re.compile(r"<(?:p|br|div|ul|ol|li|a|b|strong|h\d)\b", re.IGNORECASE)
_BLOCK = re.compile(r"\s*(?:[-*+>|#]|\d+[.)]|```)|\s{2,}|\s*$")


def csv(source: Source, path: Path) -> Iterator[Item]:
    """The articles of a table as text."""
    text = source.text(path)
    if text is not None:
        yield from _rows(source, str(path), list(cells.rows(text, cells.separator(text, _KNOWN))))


def xlsx(source: Source, path: Path) -> Iterator[Item]:
    """The articles of a workbook, all its sheets."""
    for name, rows in workbook.sheets(source, path):
        yield from _rows(source, name, rows)


def _rows(source: Source, file: str, rows: Sequence[list[Cell]]) -> Iterator[Item]:
    if not rows:
        return
    names = [cell.text.strip().lower() for cell in rows[0]]
    where = {key: at for key, known in COLUMNS.items() if (at := _column(names, known)) is not None}
    if not _headed(source, file, rows[0], where):
        return
    if len(rows) > MOST_ROWS:
        last = rows[MOST_ROWS][0]
        source.fault(Place(file, last.line, last.column), "PZ540", why=f"> {MOST_ROWS}")
    for row in rows[1 if where else 0 : MOST_ROWS]:
        item = _row(source, file, row, where or {"title": 0, "body": 1}, max(len(names), 2))
        if item:
            yield item


def _column(names: Sequence[str], known: Sequence[str]) -> int | None:
    return next((at for at, name in enumerate(names) if name in known), None)


def _headed(source: Source, file: str, head: Sequence[Cell], where: dict[str, int]) -> bool:
    """Whether the rows can be read; columns that nobody knows are named. Without a heading it is question and answer."""
    lacking = [key for key in ("title", "body") if where and key not in where]
    for key in lacking:
        names = {"column": COLUMNS[key][0], "column_ru": "вопрос" if key == "title" else "ответ"}
        source.fault(Place(file, head[0].line, head[0].column), "PZ555", **names)
    for at, cell in enumerate(head):
        if cell.text.strip() and at not in (where.values() if where else {0, 1}) and not lacking:
            source.fault(Place(file, cell.line, cell.column), "PZ547", name=cell.text.strip()[:60])
    return not lacking


def _row(source: Source, file: str, row: Sequence[Cell], where: dict[str, int], width: int) -> Item | None:
    used = {*where.values()}
    broken = next((c for at, c in enumerate(row) if c.broken == "PZ550" or (c.broken and at in used)), None)
    if broken:
        source.fault(Place(file, broken.line, broken.column), broken.broken, cell=_name(broken))
        return None
    if any(cell.text.strip() for cell in row[width:]):
        extra = row[width]
        source.fault(Place(file, extra.line, extra.column), "PZ549", cells=str(len(row)), columns=str(width))
        return None
    given = {name: row[at].text.strip() if at < len(row) else "" for name, at in where.items()}
    places = {name: Place(file, row[at].line, row[at].column) for name, at in where.items() if at < len(row)}
    body, title = given.get("body", ""), " ".join(given.get("title", "").split())
    body = markdown(body)[1] if _HTML.search(body) else _lines(body)
    first = Place(file, row[0].line, row[0].column)
    if given.get("audience", "").lower() not in ALL:
        source.fault(places["audience"], "PZ545", title=title[:80])
        return None
    lang = source.language(given.get("lang", ""), f"{title} {body}", places.get("lang", first))
    name = given.get("name", "").lower()
    if not lang:
        return None
    return Item(
        places.get("title", first),
        title,
        body,
        lang,
        _several(given.get("questions", "")),
        _several(given.get("tags", "")),
        name=name if SLUG.fullmatch(name) else "",
        owner=given.get("owner", ""),
        text_place=places.get("body"),
    )


def _name(cell: Cell) -> str:
    """A cell as spreadsheets call it."""
    letters, number = "", cell.column
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{cell.line}"


def _lines(body: str) -> str:
    """A cell's lines as paragraphs: Markdown would join them."""
    lines = body.split("\n")
    made = lines[:1]
    for before, line in pairwise(lines):
        made += [line] if _BLOCK.match(before) or _BLOCK.match(line) else ["", line]
    return "\n".join(made)


def _several(cell: str) -> tuple[str, ...]:
    parts = re.split(r"[\n|;]", cell) if re.search(r"[\n|;]", cell) else cell.split(",")
    return tuple(dict.fromkeys(" ".join(part.split()) for part in parts if part.strip()))

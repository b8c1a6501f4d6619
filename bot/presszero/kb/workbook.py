"""A workbook's sheets as rows of cells, read as they stand in the file and only as far as articles go.

A sheet may say that it has a million rows, or merge all of them: it is measured before it is read, and never held whole.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

from presszero.errors import Place
from presszero.kb.cells import Cell
from presszero.kb.source import Source

MOST_UNPACKED = 48 * 1024 * 1024  # in memory it is many times that
MOST_ROWS = 50_000  # of all sheets
MOST_COLUMNS = 50
MOST_CELLS = 500_000  # in all sheets, the empty ones too
MOST_MERGED = 20_000  # places that are merged
_CELLS = re.compile(rb"<(?:\w+:)?c[\s/>]")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})[\"']")

Merged = dict[int, list[tuple[int, int]]]  # of a column: from which row to which


def sheets(source: Source, path: Path) -> Iterator[tuple[str, list[list[Cell]]]]:
    """Each sheet's name and its rows that are not empty."""
    try:
        with zipfile.ZipFile(path) as packed:
            if sum(each.file_size for each in packed.infolist()) > MOST_UNPACKED:
                source.fault(Place(str(path), 1, 1), "PZ515", limit=str(MOST_UNPACKED // 1024))
                return
            merged, wrong = _measured(packed)
        if wrong:
            source.fault(Place(str(path), 1, 1), "PZ540", why=wrong)
            return
        from openpyxl import load_workbook  # type: ignore[import-untyped]

        shown, written = load_workbook(path, read_only=True, data_only=True), load_workbook(path, read_only=True)
    except Exception as error:  # noqa: BLE001 - a broken archive fails in as many ways as there are bytes
        source.fault(Place(str(path), 1, 1), "PZ540", why=type(error).__name__)
        return
    lines = count(1)
    try:
        for sheet in shown.worksheets:
            name = str(path) if len(shown.worksheets) == 1 else f"{path}!{sheet.title}"
            place = sheet._worksheet_path.lstrip("/")  # noqa: SLF001 - a sheet tells its merged cells only when it is held whole
            yield name, list(_rows(source, name, (sheet, written[sheet.title]), merged.get(place, {}), lines))
    except Exception as error:  # noqa: BLE001 - so does a broken sheet
        source.fault(Place(str(path), 1, 1), "PZ540", why=type(error).__name__)
    finally:
        shown.close()
        written.close()


def _measured(packed: zipfile.ZipFile) -> tuple[dict[str, Merged], str]:
    """What is merged downwards on each sheet, and what there is too much of."""
    found: dict[str, Merged] = {}
    cells = places = 0
    for name in packed.namelist():
        if not name.lower().endswith(".xml") or "worksheets/" not in name:
            continue
        data = packed.read(name)
        cells += sum(1 for _ in _CELLS.finditer(data))
        own: Merged = {}
        for part in _MERGED.finditer(data):
            places += 1
            if (column := _number(part[1])) <= MOST_COLUMNS:
                own.setdefault(column, []).append((int(part[2]), int(part[3])))
            if places > MOST_MERGED:
                return {}, f"merged cells > {MOST_MERGED}"
        if cells > MOST_CELLS:
            return {}, f"cells > {MOST_CELLS}"
        found[name] = {column: sorted(spans, reverse=True) for column, spans in own.items()}
    return found, ""


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _rows(
    source: Source, name: str, sheet: tuple[Any, Any], merged: Merged, lines: Iterator[int]
) -> Iterator[list[Cell]]:
    """What is merged downwards stands in each row that has something of its own, what is merged across in its first cell."""
    shown, written = sheet
    size = {"max_row": MOST_ROWS + 1, "max_col": MOST_COLUMNS}
    down: dict[int, tuple[int, str]] = {}  # of a column: what stands in it, and to which row
    head = True
    for line, (cells, given) in enumerate(zip(shown.iter_rows(**size), written.iter_rows(**size), strict=False), 1):
        if next(lines) > MOST_ROWS:
            source.fault(Place(name, line, 1), "PZ540", why=f"> {MOST_ROWS}")
            return
        row = [_cell(cell, formula, line, at) for at, (cell, formula) in enumerate(zip(cells, given, strict=False), 1)]
        own = any(cell.text.strip() or cell.broken for cell in row)
        row = _filled(row, line, merged, down)
        if not own:
            continue
        while not head and not (row[-1].text.strip() or row[-1].broken):
            row.pop()
        head = False
        yield row


def _filled(row: list[Cell], line: int, merged: Merged, down: dict[int, tuple[int, str]]) -> list[Cell]:
    """The row with what is merged down to it."""
    for column, spans in merged.items():
        while spans and spans[-1][0] <= line:
            down[column] = (spans.pop()[1], row[column - 1].text)
    return [
        cell._replace(text=down[at][1]) if at in down and line <= down[at][0] and not cell.broken else cell
        for at, cell in enumerate(row, 1)
    ]


def _cell(cell: Any, formula: Any, line: int, column: int) -> Cell:
    if cell.data_type == "e" or (formula.data_type == "f" and cell.value is None):
        return Cell("", line, column, "PZ551")
    value = cell.value
    if value is None:
        return Cell("", line, column)
    whole = isinstance(value, float) and value.is_integer()
    return Cell(str(int(value)) if whole else str(value).replace("\r\n", "\n"), line, column)

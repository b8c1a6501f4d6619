"""Phrases as other programs keep them: a corpus of nlp.js, an export of Dialogflow (ES or CX), a table.

Each reader gives what it understood and says what it did not; nothing is unpacked to disk and nothing in a file is run.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from presszero.source.encoded import decoded

MOST_BYTES = 64 << 20  # of a file, and of an archive unpacked
MOST_FILES = 20_000
TEXT = ("text", "phrase", "utterance", "query", "question", "example", "текст", "фраза", "вопрос", "пример")
INTENT = ("intent", "label", "class", "category", "намерение", "интент", "метка", "категория")
LANG = ("lang", "language", "locale", "язык")
_REFERENCE = re.compile(r"@(\w+)|%(\w+)%")  # of nlp.js: a value stands here
_USER_SAYS = re.compile(r"(.+)_usersays_([A-Za-z]{2,3}(?:-\w+)?)\.json")


class Said(NamedTuple):
    """A phrase of an intent; ``lang`` is empty where the file does not say."""

    intent: str
    text: str
    lang: str = ""


class Lost(NamedTuple):
    """What could not be read, and where: a sentence in both languages."""

    where: str
    ru: str
    en: str


Found = Iterator[Said | Lost]


def read(path: Path) -> Found:
    """What stands in a file, a folder or an archive."""
    if path.is_dir():
        yield from _dialogflow(_Folder(path))
    elif path.stat().st_size > MOST_BYTES:
        yield Lost(path.name, "файл больше 64 МБ", "the file is over 64 MB")
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as packed:
            yield from _dialogflow(_Archive(packed))
    elif path.suffix == ".json":
        yield from _json(path.name, path.read_bytes())
    elif path.suffix in (".csv", ".tsv", ".txt"):
        yield from _table(path.name, path.read_bytes())
    else:
        known = ".json .zip .csv .tsv"
        yield Lost(path.name, f"такой файл не читается; читаются: {known}", f"no such file is read; these are: {known}")


class _Folder:
    """The JSON files of a folder, by their names."""

    def __init__(self, root: Path) -> None:
        self._files = {p.relative_to(root).as_posix(): p for p in sorted(root.rglob("*.json")) if p.is_file()}

    def names(self) -> list[str]:
        return list(self._files)

    def size(self, name: str) -> int:
        return self._files[name].stat().st_size

    def bytes(self, name: str) -> bytes:
        return self._files[name].read_bytes()


class _Archive:
    """The JSON files of an archive; its own word on their sizes is not believed."""

    def __init__(self, packed: zipfile.ZipFile) -> None:
        self._packed = packed

    def names(self) -> list[str]:
        return sorted(name for name in self._packed.namelist() if name.endswith(".json"))

    def size(self, name: str) -> int:
        return self._packed.getinfo(name).file_size

    def bytes(self, name: str) -> bytes:
        with self._packed.open(name) as file:
            return file.read(MOST_BYTES)


def _dialogflow(files: _Folder | _Archive) -> Found:
    """ES: `intents/NAME_usersays_LANG.json`; CX: `intents/NAME/trainingPhrases/LANG.json`."""
    names, spent, any_ = files.names(), 0, False
    for name in names[:MOST_FILES]:
        at = PurePosixPath(name)
        says = _USER_SAYS.fullmatch(at.name)
        is_cx = at.parent.name == "trainingPhrases"
        if not says and not is_cx:
            continue
        spent += files.size(name)
        if spent > MOST_BYTES:
            yield Lost(name, "дальше не читалось: больше 64 МБ", "not read any further: over 64 MB")
            return
        any_ = True
        intent, lang = (at.parent.parent.name, at.stem) if is_cx else (says[1], says[2]) if says else ("", "")
        try:
            yield from _phrases(name, intent, lang, json.loads(files.bytes(name)))
        except (ValueError, RecursionError, zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError):
            yield Lost(name, "это не JSON", "this is no JSON")
    if not any_:
        yield Lost(
            "intents/",
            "это не выгрузка Dialogflow: нет intents/*_usersays_*.json и intents/*/trainingPhrases/*.json",
            "this is no export of Dialogflow: no intents/*_usersays_*.json, no intents/*/trainingPhrases/*.json",
        )


def _phrases(name: str, intent: str, lang: str, data: Any) -> Found:
    rows = data.get("trainingPhrases") if isinstance(data, Mapping) else data
    for at, row in enumerate(rows if isinstance(rows, list) else [None], start=1):
        parts = row.get("data", row.get("parts")) if isinstance(row, Mapping) else None
        if not isinstance(parts, list):
            yield Lost(f"{name}:{at}", "это не фраза", "this is no phrase")
            continue
        text = "".join(str(part.get("text", "")) for part in parts if isinstance(part, Mapping))
        yield Said(intent, text, lang)


def _json(name: str, data: bytes) -> Found:
    """A corpus of nlp.js: `locale`, and under `data` intents with their utterances."""
    try:
        corpus = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        yield Lost(name, "это не JSON", "this is no JSON")
        return
    rows = corpus.get("data") if isinstance(corpus, Mapping) else None
    if not isinstance(rows, list):
        yield Lost(name, "это не корпус nlp.js: нет списка data", "this is no corpus of nlp.js: no list under data")
        return
    values = _values(corpus.get("entities"))
    for at, row in enumerate(rows, start=1):
        said = row.get("utterances") if isinstance(row, Mapping) else None
        intent = row.get("intent") if isinstance(row, Mapping) else None
        if not isinstance(intent, str) or not isinstance(said, list):
            yield Lost(f"{name}:data[{at}]", "нет intent и utterances", "no intent and utterances")
            continue
        for text in said:
            if isinstance(text, str):
                filled = _REFERENCE.sub(lambda m: values.get(m[1] or m[2], m[1] or m[2]), text)
                yield Said(intent, filled, str(corpus.get("locale", "")))


def _values(entities: Any) -> dict[str, str]:
    """A value of each entity, to stand where the corpus refers to it."""
    found: dict[str, str] = {}
    for name, entity in entities.items() if isinstance(entities, Mapping) else ():
        options = entity.get("options") if isinstance(entity, Mapping) else None
        for option in options.values() if isinstance(options, Mapping) else ():
            if isinstance(option, list) and option and isinstance(option[0], str):
                found.setdefault(str(name), option[0])
    return found


def _table(name: str, data: bytes) -> Found:
    """A table with a heading that names the column of the text and that of the intent."""
    text, encoding = decoded(data)
    if text is None:
        yield Lost(f"{name}:1", "это не текст; сохраните таблицу в UTF-8", "this is no text; save the table as UTF-8")
        return
    if encoding:
        yield Lost(f"{name}:1", f"не UTF-8: прочитано как {encoding}", f"no UTF-8: read as {encoding}")
    text = text.removeprefix("\ufeff")
    first = text.partition("\n")[0]
    comma = max(",;\t|", key=first.count)
    csv.field_size_limit(MOST_BYTES)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=comma)
    try:
        head = [cell.strip().lower() for cell in next(rows, [])]
        columns = [next((head.index(one) for one in among if one in head), -1) for among in (TEXT, INTENT, LANG)]
        if -1 in columns[:2]:
            yield Lost(
                f"{name}:1",
                f"в заголовке нужен столбец фраз ({', '.join(TEXT[6:])}, text) и столбец намерений (намерение, intent)",
                f"the heading needs a column of phrases ({', '.join(TEXT[:4])}) and one of intents (intent, label)",
            )
            return
        for row in rows:
            cells = [row[at].strip() if 0 <= at < len(row) else "" for at in columns]
            if cells[0] and cells[1]:
                yield Said(cells[1], cells[0], cells[2])
            elif any(cell.strip() for cell in row):
                yield Lost(f"{name}:{rows.line_num}", "нет фразы или намерения", "no phrase or no intent")
    except csv.Error as error:
        yield Lost(f"{name}:{rows.line_num}", f"таблица не читается: {error}", f"the table cannot be read: {error}")

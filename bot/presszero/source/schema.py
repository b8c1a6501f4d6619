"""Parts of JSON Schema for desk files: kinds of values as `source/fields.py` reads them.

Every scalar is text to the loader, and YAML's own types to an editor's server: a kind here takes both. It must never be
stricter than the loader: what the loader takes, an editor may not underline.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

Schema = dict[str, Any]
DIALECT = "http://json-schema.org/draft-07/schema#"
LANGUAGES = ("ru", "en")
SCALAR = ["string", "number", "boolean"]
_YES = "(?:[yY][eE][sS]|[nN][oO]|[oO][nN]|[oO][fF][fF]|[tT][rR][uU][eE]|[fF][aA][lL][sS][eE]|да|нет)"


def word(most: int = 0) -> Schema:
    """A text that is not empty."""
    return {"type": SCALAR, "pattern": r"\S"} | ({"maxLength": most} if most else {})


def anything() -> Schema:
    """What nobody declared."""
    return {}


def name(reserved: Collection[str] = ()) -> Schema:
    """A name that the author gives."""
    but = f"(?!(?:{'|'.join(sorted(reserved))})\\s*$)" if reserved else ""
    return {"type": SCALAR, "pattern": f"^\\s*{but}[a-z][a-z0-9_]{{0,39}}\\s*$"}


def token() -> Schema:
    """A word that other files or the database know."""
    return {"type": SCALAR, "pattern": r"^\s*[\p{L}\p{N}_][\p{L}\p{N}_./+-]*\s*$"}


def choice(among: Collection[str]) -> Schema:
    """One of some words."""
    return {"enum": sorted(among) if isinstance(among, set | frozenset) else list(among)}


def yes() -> Schema:
    """Yes or no."""
    return {"type": ["string", "boolean"], "pattern": f"^\\s*{_YES}\\s*$", "examples": ["yes", "no"]}


def number(low: float | None = None, high: float | None = None) -> Schema:
    """A number, perhaps in a range."""
    made: Schema = {"type": ["number", "string"], "pattern": r"^\s*[-+]?[\d_.]+(?:[eE][-+]?\d+)?\s*$"}
    bounds = {"minimum": low, "maximum": high}
    return made | {key: bound for key, bound in bounds.items() if bound is not None}


def seconds() -> Schema:
    """A duration: ``30s 5m 24h 2d 1h30m``."""
    return {"type": "string", "pattern": r"^\s*(?=\d)(?:\d+d)? ?(?:\d+h)? ?(?:\d+m)? ?(?:\d+s)?\s*$"}


def date() -> Schema:
    """A day."""
    return {"type": "string", "pattern": r"^\s*\d{4}-?\d{2}-?\d{2}\s*$", "examples": ["2027-03-31"]}


def one_or_list(each: Schema) -> Schema:
    """A list, or one alone."""
    return {"if": {"type": "array"}, "then": {"type": "array", "items": each}, "else": each}


def several() -> Schema:
    """A list of texts, or one text."""
    return one_or_list(word())


def at_least_one(each: Schema) -> Schema:
    """A list that is not empty."""
    return {"type": "array", "items": each, "minItems": 1}


def map_of(keys: Mapping[str, Schema], *, needed: Collection[str] = (), others: Schema | None = None) -> Schema:
    """A map of known keys; ``others``: what stands under names that the author chose."""
    made: Schema = {"type": "object", "properties": dict(keys)}
    if needed:
        made["required"] = list(needed)
    made["additionalProperties"] = False if others is None else others
    return made


def names_of(each: Schema) -> Schema:
    """A map of names that the author chose."""
    return {"type": "object", "additionalProperties": each}


def either(of_map: Schema, else_: Schema) -> Schema:
    """One schema for a map, another for anything else: a fault is then told where it stands."""
    return {"if": {"type": "object"}, "then": of_map, "else": else_}


def texts() -> Schema:
    """A text in every language; a plain one serves all of them."""
    return either(map_of({lang: {"type": SCALAR} for lang in LANGUAGES}), word())


def words() -> Schema:
    """Lists of words per language."""
    return map_of(dict.fromkeys(LANGUAGES, one_or_list(word())))


def said(schema: Schema, en: str, ru: str) -> Schema:
    """The schema with what it is for, in both languages."""
    return {**schema, "description": f"{en}\n\n{ru}"}


def document(title: str, schema: Schema, definitions: Mapping[str, Schema] | None = None) -> Schema:
    """A whole file."""
    made: Schema = {"$schema": DIALECT, "title": title, **schema}
    if definitions:
        made["definitions"] = dict(definitions)
    return made


def ref(name: str) -> Schema:
    """A definition of the document."""
    return {"$ref": f"#/definitions/{name}"}


FORMAT = said({"enum": ["1", 1]}, "The number of the language of these files.", "Номер языка этих файлов.")

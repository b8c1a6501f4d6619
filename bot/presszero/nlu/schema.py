"""JSON Schema of `nlu/**/*.yml`: phrases in Rasa's format."""

from __future__ import annotations

from presszero.nlu.phrases import IN_ENTRY, KINDS, OTHERS_OF_RASA, TOP
from presszero.source.schema import SCALAR, Schema, anything, document, map_of, word


def phrases() -> Schema:
    """A file of phrases."""
    line = {"if": {"type": "object"}, "then": {"type": "object", "required": ["text"]}, "else": {"type": SCALAR}}
    examples = {"type": ["string", "array", "null"], "items": line}
    own = {**dict.fromkeys(KINDS, word()), "examples": examples}
    entry = map_of({key: own.get(key, anything()) for key in IN_ENTRY})
    entry["anyOf"] = [{"required": [kind]} for kind in KINDS]
    keys = {**dict.fromkeys((*TOP, *OTHERS_OF_RASA), anything()), "nlu": {"type": ["array", "null"], "items": entry}}
    return document("nlu/**/*.yml", map_of(keys))

"""JSON Schema of `tests/dialogues/*.yaml`."""

from __future__ import annotations

from presszero.check.script import KEYS, LINES
from presszero.flows.names import CHANNELS
from presszero.source.schema import (
    LANGUAGES,
    Schema,
    anything,
    at_least_one,
    choice,
    document,
    map_of,
    names_of,
    seconds,
    word,
)


def dialogues() -> Schema:
    """A file of dialogue tests."""
    lines = map_of({key: seconds() if key == "after" else anything() for key in LINES})
    kinds: dict[str, Schema] = {
        "name": word(),
        "lang": choice(LANGUAGES),
        "clock": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}(?:[ T]\d{2}(?::\d{2}(?::\d{2})?)?)?$"},
        "channel": choice(CHANNELS),
        "services": names_of(anything()),
        "customer": names_of(anything()),
        "talk": at_least_one({**lines, "minProperties": 1}),
    }
    test = map_of({key: kinds.get(key, anything()) for key in KEYS}, needed=("name", "talk"))
    made = map_of({"tests": {"type": "array", "items": test}}, needed=("tests",), others=anything())
    return document("tests/dialogues/*.yaml", made)

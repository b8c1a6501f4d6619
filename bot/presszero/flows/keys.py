"""Which keys each verb takes: the table behind the outline, the schema of the files and the editor's completion."""

from __future__ import annotations

from collections.abc import Mapping

_STEP = "id"
_BY_VERB = {
    "say": "picture file link go",
    "menu": "text options options_from max none_of_these give_up save feedback go",
    "ask": "text invalid optional dont_know give_up metric once_per expires go",
    "set": "tag go",
    "when": "else",
    "call": "with go",
    "http": "with save not_found failed go",
    "kb": "helped several nothing go",
    "ticket": "category priority queue number fields notify direct save not_found several go",
    "operator": "queue text brief out_of_hours nobody left returned resolved go",
    "wait": "skip_on go",
    "tag": "go",
    "go": "",
}
KEYS: Mapping[str, tuple[str, ...]] = {
    verb: (_STEP, verb, *(key for key in keys.split() if key != verb)) for verb, keys in _BY_VERB.items()
}
VERBS = tuple(verb for verb in KEYS if verb not in {"tag", "go"})  # the eleven; the other two may stand without one
STEP_KEYS = frozenset(key for keys in KEYS.values() for key in keys)
FLOW_KEYS = (
    "format", "flow", "title", "queue", "starts_on", "slots", "publish", "listed", "review_by", "owner", "steps",
)  # fmt: skip

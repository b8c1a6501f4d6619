"""JSON Schema of `flows/*.yaml` and `flows/_common.yaml`, from the loader's own tables.

It says the form of a file; which queues, steps and services there are is the loader's matter alone.
"""

from __future__ import annotations

from typing import get_args

from presszero.dialogue.flow import Policy
from presszero.flows.common import UNIVERSALS
from presszero.flows.conditions import SPECIAL, How
from presszero.flows.keys import FLOW_KEYS, KEYS, STEP_KEYS
from presszero.flows.meaning import MEANING
from presszero.flows.names import CHANNELS, RESERVED
from presszero.flows.slots import TYPES
from presszero.flows.speech import MOST_OPTIONS
from presszero.flows.targets import MOST_PASSES
from presszero.flows.texts import MOST_LABEL, MOST_TEXT
from presszero.flows.words import engine_words
from presszero.flows.world import NOTICES, PRIORITIES, What
from presszero.source.schema import (
    FORMAT,
    LANGUAGES,
    SCALAR,
    Schema,
    anything,
    at_least_one,
    choice,
    date,
    document,
    either,
    map_of,
    name,
    names_of,
    number,
    one_or_list,
    ref,
    said,
    seconds,
    token,
    word,
    yes,
)

_TEXT, _LABEL, _TARGET, _CONDITION = ref("text"), ref("label"), ref("target"), ref("condition")
_VALUES = names_of({"type": SCALAR})
_BOUND = number(-1e12, 1e12)


def flow() -> Schema:
    """A file of `flows/`."""
    kinds = {
        "format": FORMAT,
        "flow": name(),
        "title": _LABEL,
        "queue": word(),
        "starts_on": map_of({"intents": one_or_list(token()), "phrases": ref("phrases")}),
        "slots": names_of(_slot()),
        "publish": map_of({"in_flight": choice(get_args(Policy)), "drain": seconds()}),
        "listed": yes(),
        "review_by": date(),
        "owner": anything(),
        "steps": at_least_one(ref("step")),
    }
    keys = {key: _said(key, kinds[key]) for key in FLOW_KEYS}
    shapes = {**_shapes(), "step": _step()}
    return document("flows/*.yaml", map_of(keys, needed=("flow", "title", "steps")), shapes)


def common() -> Schema:
    """`flows/_common.yaml`."""
    spoken = map_of({"phrases": ref("phrases")}, needed=("phrases",))
    keys = {
        "format": FORMAT,
        "languages": one_or_list(choice(LANGUAGES)),
        "universals": map_of(dict.fromkeys(UNIVERSALS, spoken)),
        "misunderstood": one_or_list(_TEXT),
        "give_up": map_of({"flow": word()}, needed=("flow",)) | {"type": ["object", "string"], "pattern": "^end$"},
        "silence": map_of({"chat": seconds(), "voice": seconds(), "reminder": _TEXT}),
        "home": word(),
        "verify": word(),
        "texts": map_of(dict.fromkeys(engine_words(), _TEXT)),
    }
    made = map_of({key: _said(key, kind) for key, kind in keys.items()})
    return document("flows/_common.yaml", made, _shapes())


def _step() -> Schema:
    """One verb a step; its other keys are those of the verb."""
    kinds = _kinds()
    made = map_of({key: _said(key, kinds[key]) for key in sorted(STEP_KEYS, key=list(kinds).index)}, needed=("id",))
    own = [_only(verb) for verb in KEYS if verb not in {"tag", "go"}]
    slipped = {"propertyNames": {"enum": sorted(STEP_KEYS)}}  # a mistyped verb is no second fault
    made["allOf"] = [
        {"if": slipped, "then": {"anyOf": [{"required": [verb]} for verb in KEYS]}},
        *own,
        _needs("menu", "text"),
        _needs("ask", "text"),
    ]
    return made


def _only(verb: str) -> Schema:
    return {"if": {"required": [verb]}, "then": {"propertyNames": {"enum": list(KEYS[verb])}}}


def _needs(verb: str, key: str) -> Schema:
    return {"if": {"required": [verb]}, "then": {"required": [key]}}


def _kinds() -> dict[str, Schema]:
    """What stands under each key of a step."""
    exits = ("not_found", "failed", "helped", "several", "nothing", "out_of_hours", "left", "returned", "resolved")
    return {
        "id": name({"end"}),
        "say": _TEXT,
        "menu": name(RESERVED),
        "ask": word(),
        "set": _VALUES,
        "tag": one_or_list(token()),
        "when": at_least_one(map_of({"if": _CONDITION, "go": _TARGET}, needed=("if", "go"))),
        "call": word(),
        "http": word(),
        "kb": _TEXT,
        "ticket": choice(get_args(What)),
        "operator": {"type": [*SCALAR, "null"]},
        "wait": seconds(),
        "text": _TEXT,
        "options": at_least_one(_option()),
        "options_from": word(),
        "max": number(1, MOST_OPTIONS),
        "none_of_these": _TARGET,
        "save": name(RESERVED),
        "feedback": yes(),
        "invalid": one_or_list(_TEXT),
        "optional": yes(),
        "dont_know": _TARGET,
        "give_up": _TARGET,
        "metric": name(RESERVED),
        "once_per": seconds(),
        "expires": seconds(),
        "picture": word(),
        "file": word(),
        "link": word(),
        "with": _VALUES,
        "category": word(),
        "priority": choice(PRIORITIES),
        "queue": word(),
        "number": {"type": SCALAR},
        "fields": _VALUES,
        "notify": one_or_list(choice(NOTICES)),
        "direct": yes(),
        "brief": one_or_list(word()),
        "skip_on": choice(("any_message",)),
        **dict.fromkeys(exits, _TARGET),
        "nobody": map_of({"after": seconds(), "go": _TARGET}, needed=("after", "go")),
        "else": _TARGET,
        "go": _TARGET,
    }


def _option() -> Schema:
    keys = {"value": token(), "label": _LABEL, "also": ref("phrases"), "go": _TARGET}
    return map_of({key: _said(key, kind) for key, kind in keys.items()}, needed=("value", "label"))


def _slot() -> Schema:
    of_map = map_of(
        {
            "type": choice(TYPES),
            "min": _BOUND,
            "max": _BOUND,
            "remember": choice(("customer",)),
            "fresh": seconds(),
        },
        needed=("type",),
    )
    return either(of_map, choice(TYPES))


def _shapes() -> dict[str, Schema]:
    """What stands in many places."""
    counted = map_of({"step": word(), "max": number(1, MOST_PASSES), "then": _TARGET}, needed=("step",))
    counted["dependencies"] = {"max": ["then"], "then": ["max"]}
    another = map_of({"flow": word()}, needed=("flow",))
    a_map = {"if": {"required": ["flow"]}, "then": another, "else": counted}
    return {
        "text": _text(MOST_TEXT),
        "label": _text(MOST_LABEL),
        "target": {**either(a_map, word()), "type": [*SCALAR, "object"]},
        "phrases": either(map_of(dict.fromkeys(LANGUAGES, one_or_list(word()))), one_or_list(word())),
        "condition": _conditions(),
    }


def _text(most: int) -> Schema:
    by_channel = either(map_of(dict.fromkeys(LANGUAGES, word(most))), word(most))
    of_map = map_of({**dict.fromkeys(LANGUAGES, word(most)), **dict.fromkeys(CHANNELS, by_channel)})
    return either(of_map, word(most))


def _conditions() -> Schema:
    compare = {**map_of(dict.fromkeys(get_args(How), number())), "minProperties": 1}
    several = one_or_list(word())
    kinds: dict[str, Schema] = {
        "all": at_least_one(_CONDITION),
        "any": at_least_one(_CONDITION),
        "not": _CONDITION,
        "channel": one_or_list(choice(CHANNELS)),
        "lang": one_or_list(choice(LANGUAGES)),
    }
    known = {key: kinds.get(key, several) for key in SPECIAL}
    return {**map_of(known, others=either(compare, several)), "minProperties": 1}


def _said(key: str, schema: Schema) -> Schema:
    """With what it is for; a reference cannot carry words beside it."""
    if key not in MEANING:
        return schema
    return said({"allOf": [schema]} if "$ref" in schema else schema, *MEANING[key])

"""What changes between two sets of flows, in a lead's words: steps, texts, edges, options, slots. Not lines of files.

Everything compared is the compiled flow, so a comment or another order of keys is no change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any, Literal, cast

import msgspec

from presszero.dialogue.flow import End, Flow, FlowSet, Menu, Option, Target, ToFlow, ToStep, Verb, When
from presszero.dialogue.text import Hole, Template, Text

Kind = Literal[
    "flow_added", "flow_removed", "step_added", "step_removed", "step_renamed", "step_verb", "text", "edge",
    "option_added", "option_removed", "slot", "setting", "order", "common",
]  # fmt: skip
EXITS = (
    "next", "none_of_these", "dont_know", "give_up", "otherwise", "not_found", "failed", "helped", "several",
    "nothing", "out_of_hours", "nobody", "left", "returned", "resolved",
)  # fmt: skip
_SAID = {"next": "go", "otherwise": "else"}
ALIKE = 0.75


class Change(msgspec.Struct, frozen=True):
    """One change. ``what``: the exit, the text's language, the option, the slot, the key; ``old``/``new`` as shown."""

    kind: Kind
    flow: str
    step: str = ""
    what: str = ""
    old: str = ""
    new: str = ""


def diff(old: FlowSet, new: FlowSet) -> tuple[Change, ...]:
    """Every change, flow by flow."""
    found: list[Change] = []
    for name in sorted(old.flows.keys() | new.flows.keys()):
        before, after = old.flows.get(name), new.flows.get(name)
        if before is None:
            found.append(Change("flow_added", name))
        elif after is None:
            found.append(Change("flow_removed", name))
        else:
            found += _flow(before, after)
    found += [Change("common", "_common", what=k, old=a, new=b) for k, a, b in _settings(old.common, new.common)]
    changed_words = sorted(k for k in old.words.keys() | new.words.keys() if old.words.get(k) != new.words.get(k))
    found += [c for k in changed_words for c in _texts("_common", k, old.words.get(k), new.words.get(k))]
    return tuple(found)


def renamed(old: Flow, new: Flow) -> dict[str, str]:
    """Steps that only have another id: the same verb and nearly the same content."""
    gone = [s for i, s in old.steps.items() if i not in new.steps]
    come = [s for i, s in new.steps.items() if i not in old.steps]
    found: dict[str, str] = {}
    for step in gone:
        rated = [(_alike(step, other), other) for other in come if type(other) is type(step)]
        best = max(rated, key=lambda pair: pair[0], default=(0.0, step))
        if best[0] >= ALIKE:
            found[step.id] = best[1].id
            come.remove(best[1])
    return found


def _alike(one: Verb, other: Verb) -> float:
    left, right = (str([_shown(v) for _, v in _own(s)]) for s in (one, other))
    return SequenceMatcher(None, left, right, autojunk=False).ratio()


def _own(step: Verb) -> Iterator[tuple[str, Any]]:
    """What a step says and keeps, without its id and where it leads."""
    for name in step.__struct_fields__:
        if name not in {"id", "line", *EXITS} and (value := getattr(step, name)) not in (None, (), {}, ""):
            yield name, value


def _flow(old: Flow, new: Flow) -> Iterator[Change]:
    name, again = new.name, renamed(old, new)
    yield from (Change("step_renamed", name, b, old=a, new=b) for a, b in again.items())
    gone = (i for i in old.steps if i not in new.steps and i not in again)
    yield from (Change("step_removed", name, i, what=verb_of(old.steps[i])) for i in gone)
    for number, (i, step) in enumerate(new.steps.items()):
        if i not in old.steps and i not in again.values():
            below = list(new.steps)[number - 1] if number else ""
            yield Change("step_added", name, i, what=verb_of(step), old=below)
    pairs = [(old.steps[i], new.steps[i]) for i in new.steps if i in old.steps]
    pairs += [(old.steps[a], new.steps[b]) for a, b in again.items()]
    for before, after in pairs:
        yield from _step(name, before, after, again)
    for slot in sorted(old.slots.keys() | new.slots.keys()):
        a, b = old.slots.get(slot), new.slots.get(slot)
        if a != b:
            yield Change("slot", name, what=slot, old=_shown(a), new=_shown(b))
    yield from _texts(name, "title", old.title, new.title)
    keys = ("queue", "intents", "phrases", "listed", "in_flight", "drain")
    for key in keys:
        a, b = getattr(old, key), getattr(new, key)
        if a != b:
            yield Change("setting", name, what=key, old=_shown(a), new=_shown(b))


def _step(flow: str, old: Verb, new: Verb, again: Mapping[str, str]) -> Iterator[Change]:  # noqa: C901 - one case a kind of field
    if type(old) is not type(new):
        yield Change("step_verb", flow, new.id, old=verb_of(old), new=verb_of(new))
        return
    for name in new.__struct_fields__:
        a, b = getattr(old, name), getattr(new, name)
        if name in {"id", "line"} or a == b:
            continue
        if name in EXITS:
            if (left := target(a, again)) != (right := target(b)):
                yield Change("edge", flow, new.id, _SAID.get(name, name), left, right)
        elif isinstance(old, Menu) and isinstance(new, Menu) and name == "options":
            yield from _options(flow, old, new, again)
        elif isinstance(a, Text) or isinstance(b, Text):
            yield from _texts(flow, name, a, b, new.id)
        elif name == "cases":
            left, right = _cases(cast("When", old), again), _cases(cast("When", new))
            if left != right:
                yield Change("edge", flow, new.id, "when", left, right)
        else:
            yield Change("setting", flow, new.id, name, _shown(a), _shown(b))


def _options(flow: str, old: Menu, new: Menu, again: Mapping[str, str]) -> Iterator[Change]:
    before, after = ({o.value: o for o in menu.options} for menu in (old, new))
    for value in [v for v in before if v not in after]:
        yield Change("option_removed", flow, new.id, value, old=_label(before[value]))
    for value, option in after.items():
        was = before.get(value)
        if was is None:
            yield Change("option_added", flow, new.id, value, old=target(option.go), new=_label(option))
            continue
        yield from _texts(flow, f"{value}.label", was.label, option.label, new.id)
        if was.also != option.also:
            yield Change("setting", flow, new.id, f"{value}.also", _shown(was.also), _shown(option.also))
        if (left := target(was.go or old.next, again)) != (right := target(option.go or new.next)):
            yield Change("edge", flow, new.id, value, left, right)
    same = [v for v in before if v in after]
    if same != [v for v in after if v in before]:
        yield Change("order", flow, new.id, old=", ".join(same), new=", ".join(v for v in after if v in before))


def _texts(flow: str, name: str, old: Any, new: Any, step: str = "") -> Iterator[Change]:
    before, after = (each.by if isinstance(each, Text) else {} for each in (old, new))
    for key in sorted(before.keys() | after.keys()):
        a, b = words_of(before.get(key, ())), words_of(after.get(key, ()))
        if a != b:
            where = key if name in {"text", "query"} else f"{name} {key}"
            yield Change("text", flow, step, where, a, b)


def _settings(old: msgspec.Struct, new: msgspec.Struct) -> Iterator[tuple[str, str, str]]:
    for name in new.__struct_fields__:
        a, b = getattr(old, name), getattr(new, name)
        if a != b:
            yield name, _shown(a), _shown(b)


def verb_of(step: Verb) -> str:
    """The verb's name."""
    return type(step).__name__.lower()


def words_of(template: Template) -> str:
    """A template as its author wrote it."""
    return "".join(part if isinstance(part, str) else _hole(part) for part in template)


def _hole(hole: Hole) -> str:
    return "${" + "|".join((".".join(hole.path), *hole.forms)) + "}"


def target(to: Target | None, again: Mapping[str, str] | None = None) -> str:
    """A target as its author wrote it; a renamed step by its new id."""
    match to:
        case ToStep(step=step, max=most, then=then):
            name = (again or {}).get(step, step)
            return f"{name} ×{most}, {target(then, again)}" if most else name
        case ToFlow(flow=flow):
            return f"flow {flow}"
        case End():
            return "end"
        case None:
            return ""


def _label(option: Option) -> str:
    return " / ".join(dict.fromkeys(words_of(t) for key, t in option.label.by.items() if "." not in key))


def _cases(step: When, again: Mapping[str, str] | None = None) -> str:
    return "; ".join(f"{_shown(condition)} → {target(to, again)}" for condition, to in step.cases)


def _shown(value: Any) -> str:  # noqa: C901 - one case a kind of value
    """Anything else, short."""
    match value:
        case None:
            return ""
        case Text():
            return " / ".join(words_of(t) for t in value.by.values())
        case Hole():
            return _hole(value)
        case msgspec.Struct():
            pairs = ((n, getattr(value, n)) for n in value.__struct_fields__ if n != "name")
            return ", ".join(f"{n}: {s}" for n, v in pairs if (s := _shown(v)))
        case dict():
            return ", ".join(f"{k}: {_shown(v)}" for k, v in cast("dict[str, Any]", value).items())
        case list() | tuple():
            return ", ".join(_shown(v) for v in cast("Iterable[Any]", value))
        case bool():
            return "yes" if value else "no"
        case float():
            return str(int(value)) if value.is_integer() else str(value)
        case _:
            return str(value)

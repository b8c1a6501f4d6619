"""Flow sets for properties: the demo's own, and generated ones that a loader would accept."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from presszero import desk
from presszero.dialogue import flow as f
from presszero.dialogue.conditions import All, AnyOf, Compare, Filled, Is, Not, Open, Tag
from presszero.dialogue.text import Text, plain
from presszero.flows.words import engine_words

ROOT = Path(__file__).resolve().parents[2]
NAMES = ["a", "b", "c", "to_operator"]
WORDS = plain(ru="Текст", en="Text")


@cache
def demo() -> f.FlowSet:
    """The demo desk's flows."""
    found = desk.read(ROOT, {})
    assert found.flows.flows is not None, [x.line() for x in found.errors]
    return found.flows.flows


def targets(steps: list[str]) -> st.SearchStrategy[Any]:
    simple = st.one_of(
        st.just(f.End()),
        st.sampled_from(steps).map(f.ToStep),
        st.sampled_from(NAMES).map(f.ToFlow),
    )
    counted = st.builds(lambda s, then: f.ToStep(s, 2, then), st.sampled_from(steps), simple)
    return st.one_of(simple, counted)


def conditions() -> st.SearchStrategy[Any]:
    """Of options, slots, results, and the outer world."""
    single: st.SearchStrategy[Any] = st.sampled_from([
        Is(("m_s0",), ("x",)), Is(("m_s1",), ("y", "z")), Filled(("contract",)), Filled(("note",)), Filled(("t", "number")),
        Is(("line", "outage"), ("yes",)), Compare(("line", "eta_h"), "above", 2), Compare(("score",), "at_most", 3), Is(("v",), ("1",)),
        Is(("customer", "verified"), ("yes",)), Open("support"), Tag(("vip",)), Is(("channel",), ("voice",)),
    ])  # fmt: skip
    return st.one_of(
        single,
        single.map(Not),
        st.lists(single, min_size=1, max_size=2).map(lambda of: All(tuple(of))),
        st.lists(single, min_size=1, max_size=2).map(lambda of: AnyOf(tuple(of))),
    )


@st.composite
def verbs(draw: st.DrawFn, step: str, steps: list[str]) -> f.Verb:
    go = targets(steps)
    maybe = st.one_of(st.none(), go)
    base: dict[str, Any] = {"id": step, "line": 1, "next": draw(go)}
    match draw(st.integers(0, 10)):
        case 0:
            return f.Say(**base, text=WORDS)
        case 1:
            options = tuple(
                f.Option(v, Text({"ru": (v,)}), go=draw(maybe))
                for v in draw(st.sampled_from([["x", "y"], ["да", "нет", "z"]]))
            )
            return f.Menu(
                **base, text=WORDS, save="m_" + step, options=options, none_of_these=draw(maybe), give_up=draw(maybe)
            )
        case 2:
            return f.Ask(**base, slot=draw(st.sampled_from(["contract", "note", "score"])), text=WORDS, optional=draw(st.booleans()),
                         dont_know=draw(maybe), give_up=draw(maybe))  # fmt: skip
        case 3:
            return f.Set(**base, values={"v": ("1",)}, tags=("vip",))
        case 4:
            cases = draw(st.lists(st.tuples(conditions(), go), min_size=1, max_size=2))
            return f.When(**base, cases=tuple(cases), otherwise=draw(go))
        case 5:
            return f.Call(**base, flow=draw(st.sampled_from(NAMES)))
        case 6:
            return f.Http(**base, call="billing.line", save="line", not_found=draw(maybe), failed=draw(go))
        case 7:
            return f.Kb(**base, query=WORDS, helped=draw(go), several=draw(maybe), nothing=draw(go))
        case 8:
            return f.Ticket(
                **base, what=draw(st.sampled_from(["create", "update", "find"])), save="t", not_found=draw(maybe)
            )
        case 9:
            return f.Operator(**base, text=WORDS, out_of_hours=draw(maybe), nobody_after=draw(st.sampled_from([0.0, 300.0])), nobody=draw(maybe),
                              left=draw(maybe), returned=draw(maybe), resolved=draw(maybe))  # fmt: skip
        case _:
            return f.Wait(**base, seconds=60.0, skip_on=draw(st.sampled_from(["", "any_message"])))


SLOTS = {
    "contract": f.Slot("contract", "digits", 6, 10, "customer"),
    "note": f.Slot("note", "text"),
    "score": f.Slot("score", "rating", 0, 10),
}


@st.composite
def flow_sets(draw: st.DrawFn) -> f.FlowSet:
    """Small sets with every verb, jumps everywhere, loops and calls in circles included."""
    flows: dict[str, f.Flow] = {}
    for name in NAMES:
        steps = [f"s{n}" for n in range(draw(st.integers(1, 5)))]
        made = {s: draw(verbs(s, steps)) for s in steps}
        flows[name] = f.Flow(
            name,
            WORDS,
            made,
            "s0",
            version="1",
            queue=draw(st.sampled_from(["", "tech"])),
            intents=(name,),
            slots=SLOTS,
        )
    services = {"billing.line": f.Service("billing.line", writes=draw(st.booleans()))}
    return f.FlowSet(
        flows, f.Common(home=draw(st.sampled_from(["", "a"]))), services, {n: n for n in NAMES}, engine_words()
    )

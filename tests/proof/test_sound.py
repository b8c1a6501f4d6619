"""The proof speaks of the engine that runs: the core takes no edge that the graph lacks, and stands where the proof looked."""

from __future__ import annotations

import os
from functools import cache
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from presszero.dialogue import effects
from presszero.dialogue.events import Facts
from presszero.dialogue.flow import FlowSet
from presszero.dialogue.state import State
from presszero.dialogue.step import step
from tests.dialogue.sets import demo, flow_sets
from tests.dialogue.test_properties import ANSWERS, FACTS, MOST_ROUNDS, outer, replied
from tests.proof.watch import Watch

EXAMPLES = int(os.environ.get("PROOF_EXAMPLES", "60"))
SLOW = settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
Script = list[tuple[Any, Facts, str]]


def walk(watch: Watch, flows: FlowSet, script: Script) -> None:
    """Plays a script of outer events through the core while every change is compared."""
    state = State()
    with watch.looking():
        for n, (make, facts, kind) in enumerate(script):
            event = make(float(n * 100 + 1), facts, state)
            taken = step(flows, state, event)
            for _ in range(MOST_ROUNDS):
                watch.stands(taken.state)
                if taken.ask is None or isinstance(taken.ask, effects.StartCall):
                    break
                taken = step(flows, taken.state, replied(taken.ask, event, kind))
            state = taken.state


@cache
def over_the_demo() -> Watch:
    return Watch(demo())


@SLOW
@given(st.data())
def test_the_core_takes_no_edge_that_the_graph_of_the_demo_lacks(data: st.DataObject) -> None:
    walk(over_the_demo(), demo(), data.draw(st.lists(st.tuples(outer(demo()), FACTS, ANSWERS), max_size=14)))


@SLOW
@given(st.data())
def test_the_core_takes_no_edge_that_the_graph_of_any_set_lacks(data: st.DataObject) -> None:
    flows = data.draw(flow_sets())
    walk(Watch(flows), flows, data.draw(st.lists(st.tuples(outer(flows), FACTS, ANSWERS), max_size=14)))

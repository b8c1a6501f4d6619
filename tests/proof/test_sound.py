"""The proof speaks of the engine that runs: the core takes no edge that the graph lacks, and stands where the proof looked."""

from __future__ import annotations

import os
from functools import cache

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from presszero.dialogue import effects
from presszero.dialogue.flow import FlowSet
from presszero.dialogue.state import State
from presszero.dialogue.step import step
from tests.dialogue.sets import demo, flow_sets
from tests.proof.walker import Walker
from tests.proof.watch import Watch

EXAMPLES = int(os.environ.get("PROOF_EXAMPLES", "25"))
SLOW = settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
EVENTS, MOST_ROUNDS = 40, 60
SEEDS = st.integers(0, 1 << 32)


def walk(watch: Watch, flows: FlowSet, seed: int) -> None:
    """A conversation by chance through the core, every change of it compared."""
    state, walker = State(), Walker(seed, flows)
    with watch.looking():
        for n in range(EVENTS):
            event = walker.event(state, float(n * 100 + 1))
            taken = step(flows, state, event)
            for _ in range(MOST_ROUNDS):
                watch.stands(taken.state)
                walker.saw(taken.tells)
                if taken.ask is None or isinstance(taken.ask, effects.StartCall):
                    break
                taken = step(flows, taken.state, walker.reply(taken.ask, event))
            state = taken.state


@cache
def over_the_demo() -> Watch:
    return Watch(demo())


@SLOW
@given(SEEDS)
def test_the_core_takes_no_edge_that_the_graph_of_the_demo_lacks(seed: int) -> None:
    walk(over_the_demo(), demo(), seed)


@SLOW
@given(flow_sets(), SEEDS)
def test_the_core_takes_no_edge_that_the_graph_of_any_set_lacks(flows: FlowSet, seed: int) -> None:
    walk(Watch(flows), flows, seed)


def test_the_walks_see_every_kind_of_change() -> None:
    watch = over_the_demo()
    for seed in range(40):
        walk(watch, demo(), seed)
    assert watch.seen.keys() >= {"edge", "start", "end", "call", "replace", "back", "spot"}
    assert watch.seen["edge"] > 300

"""A seeded share of the faults of the demo: found, at their line, with the name that was meant. All: `make faults`."""

from __future__ import annotations

from tests.faults.battery import Score, mutations, run


def test_a_share_of_the_faults() -> None:
    chosen = list(mutations(0.003, seed=7))
    score: Score = run(chosen)
    assert len(score.by) > 60
    assert score.places > 80
    assert score.detected >= 0.99 * score.places, score.survivors
    assert score.suggested >= 0.95 * score.typos, score.unhelpful
    assert score.noise <= 0.05 * score.places, score.noisy

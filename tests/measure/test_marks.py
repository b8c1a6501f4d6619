"""The figures are those one counts by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presszero.measure.marks import auroc, best_threshold, bins, ece, percentile, scores


def test_scores_of_intents() -> None:
    found = {one.intent: one for one in scores(["a", "a", "a", "b"], ["a", "a", "b", "b"])}
    assert (found["a"].precision, found["a"].recall, found["a"].number) == (1.0, 2 / 3, 3)
    assert (found["b"].precision, found["b"].recall) == (0.5, 1.0)
    assert found["a"].f1 == pytest.approx(0.8)


def test_an_intent_never_found_has_no_f1() -> None:
    assert [one.f1 for one in scores(["a", "b"], ["b", "b"])] == [0.0, pytest.approx(2 / 3)]


@pytest.mark.parametrize(
    ("inside", "outside", "expected"),
    [
        ([0.9, 0.8], [0.1, 0.2], 1.0),
        ([0.1, 0.2], [0.9, 0.8], 0.0),
        ([0.5, 0.5], [0.5], 0.5),
        ([0.9, 0.3], [0.5, 0.1], 0.75),
    ],
)
def test_auroc(inside: list[float], outside: list[float], expected: float) -> None:
    assert auroc(inside, outside) == pytest.approx(expected)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=20), st.lists(st.integers(0, 9), min_size=1, max_size=20))
def test_auroc_is_the_share_of_pairs_in_order(inside: list[int], outside: list[int]) -> None:
    pairs = [(one > other) + 0.5 * (one == other) for one in inside for other in outside]
    assert auroc([float(i) for i in inside], [float(o) for o in outside]) == pytest.approx(sum(pairs) / len(pairs))


def test_calibration_error() -> None:
    rows = bins([0.95, 0.95, 0.15, 1.0], [True, False, False, True])
    assert [(one.least, one.number, one.right) for one in rows] == [(0.1, 1, 0.0), (0.9, 3, pytest.approx(2 / 3))]
    assert ece(rows) == pytest.approx((0.15 * 1 + abs(2.9 / 3 - 2 / 3) * 3) / 4)
    assert ece([]) == 0.0


@given(
    st.lists(st.tuples(st.integers(0, 9), st.booleans()), min_size=1, max_size=15),
    st.lists(st.integers(0, 9), max_size=9),
)
def test_no_other_threshold_decides_better(inside: list[tuple[int, bool]], outside: list[int]) -> None:
    own = [(sure / 10, right) for sure, right in inside]
    strange = [sure / 10 for sure in outside]

    def right_decisions(threshold: float) -> int:
        return sum(right and sure >= threshold for sure, right in own) + sum(sure < threshold for sure in strange)

    best = right_decisions(best_threshold(own, strange))
    assert best == max(right_decisions(at / 20) for at in range(22))


def test_percentile() -> None:
    assert percentile([], 0.5) == 0.0
    assert percentile([5, 1, 3], 0.5) == 3
    assert percentile(list(range(100)), 0.99) == 99

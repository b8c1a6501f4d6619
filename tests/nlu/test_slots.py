"""Values in free text: a table of two halves, `blind` written before reading what finds them, `seen` after.

`is`: the values of the kind, in order; `no`: none, and why; `refused`: meant as an answer, but the slot's bounds do not
take it, and why; `all`: several kinds in one sentence.
"""

import re
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from presszero.dialogue.answers import Refused, Taken, read_value
from presszero.dialogue.flow import Slot
from presszero.nlu import Understanding

TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
FOLDER = Path(__file__).parent / "slots"
DESK = Understanding.empty()
LIMIT = 0.020


def cases():
    found = []
    for half in ("blind", "seen"):
        table = yaml.load((FOLDER / f"{half}.yml").read_text("utf-8"), yaml.BaseLoader)
        found += [
            pytest.param(kind, case, id=f"{half}-{kind}-{at}")
            for kind, rows in table.items()
            for at, case in enumerate(rows)
        ]
    return found


CASES = cases()


def parse(text):
    return DESK.parse(text, "ru" if re.search("[а-яё]", text.lower()) else "en", TUESDAY)


@pytest.mark.parametrize(("kind", "case"), CASES)
def test_the_table(kind, case):
    understood = parse(case["text"])
    if "all" in case:
        assert {k: [v.value for v in understood.values if v.kind == k] for k in case["all"]} == case["all"]
        return
    found = [v.value for v in understood.values if v.kind == kind]
    low, _, high = case.get("of", "").partition("-")
    slot = Slot(kind, kind, min=float(low) if low else None, max=float(high) if high else None)
    read = read_value(slot, case["text"], understood)
    if "refused" in case:
        assert isinstance(read, Refused), (found, case["refused"])
    elif "no" in case:
        assert found == [], case["no"]
        assert not isinstance(read, Taken)
    else:
        assert found == case["is"]


def test_the_table_is_what_was_asked_for():
    table = [(kind, case) for kind, case in (param.values for param in CASES)]
    assert len(table) >= 400
    russian = sum(bool(re.search("[а-яё]", case["text"].lower())) for _, case in table)
    assert min(russian, len(table) - russian) >= 150
    assert sum("no" in case or "refused" in case for _, case in table) >= 80
    texts = [(kind, case["text"], case.get("of")) for kind, case in table]
    assert len(set(texts)) == len(texts)


WORDS = sorted({word for param in CASES for word in param.values[1]["text"].split()})


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join) | st.text(max_size=200))
def test_nothing_typed_crashes_or_takes_long(text):
    spent = []
    for _ in range(3):  # the machine is shared: the best of three counts
        begun = time.thread_time()
        found = parse(text)
        spent.append(time.thread_time() - begun)
    assert all(0 <= v.start <= v.end <= len(text) and v.value for v in found.values)
    assert min(spent) < LIMIT

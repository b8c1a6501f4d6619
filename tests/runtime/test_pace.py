"""The pace, against what Telegram counts: in no pattern of sending does a bucket of ours overdraw one of theirs."""

from __future__ import annotations

import asyncio
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from presszero.runtime.gate import Gate
from presszero.runtime.pace import TELEGRAM, Bucket, Limits, Rate

PAUSES = st.lists(st.floats(0, 90), min_size=1, max_size=80)


def sent(rate: Rate, pauses: list[float]) -> list[float]:
    """When messages go that are asked for with these pauses between them."""
    now, bucket, went = 0.0, Bucket(rate, 0.0), []
    for pause in pauses:
        now += pause
        now += bucket.wait(now)
        bucket.take(now)
        went.append(now)
    return went


@given(PAUSES)
def test_no_group_hears_more_than_twenty_in_any_minute(pauses: list[float]) -> None:
    assert TELEGRAM.group
    went = sent(TELEGRAM.group, [p / 10 for p in pauses])
    for at in went:
        assert sum(at <= other < at + 60 for other in went) <= 20


@given(PAUSES, st.floats(0, 0.9))
def test_no_chat_overdraws_three_and_one_a_second_even_when_the_network_brings_them_together(
    pauses: list[float], late: float
) -> None:
    assert TELEGRAM.peer
    level, last = 0.0, 0.0
    for n, at in enumerate(sent(TELEGRAM.peer, [p / 60 for p in pauses])):
        there = at + (late if n % 2 == 0 else 0.0)
        level = max(0.0, level - max(there - last, 0.0)) + 1
        last = max(last, there)
        assert level <= 3 + 1e-6


@given(PAUSES)
def test_over_all_there_are_thirty_a_second_and_a_burst_of_a_few(pauses: list[float]) -> None:
    assert TELEGRAM.overall
    went = sent(TELEGRAM.overall, [p / 3000 for p in pauses])
    for seconds in (1, 2, 5):
        most = 30 * seconds + TELEGRAM.overall.burst
        assert all(sum(at <= other < at + seconds for other in went) <= most for at in went)


def test_a_shut_bucket_opens_when_it_was_told_to() -> None:
    bucket = Bucket(Rate(10, 5), 0.0)
    bucket.shut(7.0)
    assert bucket.wait(2.0) == 5.0
    assert bucket.wait(7.0) == 0.0
    bucket.take(7.0)
    assert bucket.wait(7.0) > 0  # after a flood it begins with one, not with all


def test_a_bucket_without_a_rate_is_only_ever_shut_from_outside() -> None:
    bucket = Bucket(None, 0.0)
    for _ in range(100):
        assert bucket.wait(1.0) == 0
        bucket.take(1.0)
    bucket.shut(3.0)
    assert bucket.wait(1.0) == 2.0


async def test_replies_pass_notices_and_notices_pass_broadcasts() -> None:
    gate = Gate(Limits(overall=Rate(200.0, 1)), asyncio.get_running_loop().time)
    went: list[tuple[int, int]] = []

    async def one(rank: int, n: int) -> None:
        await gate.enter(f"p{rank}-{n}", rank)
        went.append((rank, n))

    await gate.enter("first", 2)  # the token that there was
    await asyncio.gather(*(one(rank, n) for n in range(5) for rank in (2, 1, 0)))
    assert went == [(rank, n) for rank in (0, 1, 2) for n in range(5)]


async def test_a_peer_that_waits_holds_up_nobody_and_who_left_takes_no_turn() -> None:
    time = asyncio.get_running_loop().time
    gate = Gate(Limits(peer=Rate(1.0, 1), overall=Rate(400.0, 1)), time)
    began = time()
    await gate.enter("slow", 0)
    slow = asyncio.create_task(gate.enter("slow", 0))
    gone = [asyncio.create_task(gate.enter(f"gone{n}", 0)) for n in range(50)]
    await asyncio.sleep(0)
    for task in gone:
        task.cancel()
    for n in range(5):
        await gate.enter(f"p{n}", 1)
    assert time() - began < 0.5
    slow.cancel()
    await asyncio.gather(slow, *gone, return_exceptions=True)


async def test_a_flood_is_one_peers_until_several_hear_of_it() -> None:
    time = asyncio.get_running_loop().time
    gate = Gate(Limits(overall=Rate(1000.0, 5)), time)
    began = time()
    gate.flooded("a", 0.2)
    gate.flooded("b", 0.2)
    await gate.enter("c", 0)
    assert time() - began < 0.15
    gate.flooded("c", 0.2)
    await gate.enter("d", 0)
    assert 0.2 <= time() - began < 0.6


def test_a_channel_that_was_away_is_back_once() -> None:
    gate = Gate(None, lambda: 0.0)
    assert not gate.arrived()
    for _ in range(3):
        gate.failed()
    assert Counter([gate.arrived(), gate.arrived()]) == {True: 1, False: 1}

"""How much one sender may do: 429 with Retry-After, nothing written, others untouched."""

from __future__ import annotations

import asyncio

import pytest

from tests.running import Here


@pytest.mark.parametrize(("path", "most"), [("/web/messages", 60), ("/web/contact", 60), ("/web/files", 20)])
async def test_past_the_limit_is_429(desk: Here, path: str, most: int) -> None:
    visitor, other = await desk.visitor(), await desk.visitor()
    before = desk.rows
    answers = [await visitor.post(path) for _ in range(2 * most + 1)]  # a window may turn in between
    refused = [a for a in answers if a.status_code == 429]
    assert refused
    assert all(400 <= a.status_code < 500 for a in answers)
    assert refused[0].json()["code"] == "too_many"
    assert 1 <= int(refused[0].headers["retry-after"]) <= 60
    assert (await other.post(path)).status_code not in {429, 500}
    assert desk.rows == before


async def test_hellos_from_one_address_are_limited(desk: Here) -> None:
    answers = [(await desk.http.post("/web/hello", json={"token": "x"})).status_code for _ in range(241)]
    assert set(answers) == {401, 429}


async def test_reading_is_limited(desk: Here) -> None:
    visitor = await desk.visitor()
    answers = await asyncio.gather(*(visitor.get("/web/messages?limit=1") for _ in range(601)))
    assert {a.status_code for a in answers} == {200, 429}

"""A thousand questions at once from one address: it is told to wait, in words or as a problem, and others are answered."""

from __future__ import annotations

import asyncio
import time

import httpx

from tests.console.room import Room

MANY = 1000
LONGEST = 20.0  # seconds of processor time for all of it: a refusal must cost next to nothing


def at(desk: Room, address: str, accept: str = "text/html") -> httpx.AsyncClient:
    """A browser at an address."""
    transport = httpx.ASGITransport(desk.app, client=(address, 1))
    return httpx.AsyncClient(transport=transport, base_url=desk.url, headers={"accept": accept})


async def test_one_address_is_held_back_and_others_are_not(desk: Room) -> None:
    loud, quiet = at(desk, "10.0.0.1"), at(desk, "10.0.0.2")
    began = time.process_time()
    flood = asyncio.gather(*(loud.get("/kb/ru/search", params={"q": f"пароль {n}"}) for n in range(MANY)))
    calm = [(await quiet.get("/kb/ru/search", params={"q": "как сменить пароль от wi-fi"})) for _ in range(10)]
    answers = await flood
    assert time.process_time() - began < LONGEST
    assert [a.status_code for a in calm] == [200] * 10
    assert all("wifi-password" in a.text for a in calm)
    codes = [a.status_code for a in answers]
    assert codes.count(200) == 120
    assert codes.count(429) == MANY - 120
    refused = next(a for a in answers if a.status_code == 429)
    assert int(refused.headers["retry-after"]) > 0
    assert "Слишком часто" in refused.text
    assert "пароль" not in refused.text
    assert len(await desk.store.questions(0)) <= 130
    assert (await loud.get("/kb/ru/wifi-password")).status_code == 200  # what is read is not held back


async def test_a_program_is_refused_with_a_problem(desk: Room) -> None:
    loud = at(desk, "10.0.0.3", "application/json")
    answers = await asyncio.gather(*(loud.get("/kb/ru/suggest", params={"q": f"x{n}"}) for n in range(700)))
    refused = [a for a in answers if a.status_code == 429]
    assert len(refused) == 100
    assert refused[0].headers["content-type"] == "application/problem+json"
    assert refused[0].json()["code"] == "too_many"
    assert int(refused[0].headers["retry-after"]) > 0
    async with at(desk, "10.0.0.4", "application/json") as other:
        assert (await other.get("/kb/ru/suggest", params={"q": "пароль"})).status_code == 200

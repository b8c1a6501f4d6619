"""How much one sender may do: 429 with Retry-After, nothing written, others untouched.

The desk of these tests has small limits over an hour, so that a slow machine does not let a window pass.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from presszero.channels import web
from tests.running import Here, here

MOST = 3


@pytest.fixture
async def strict(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Here]:
    """A desk that takes three of everything an hour, and five hellos."""
    few = {**dict.fromkeys(("message", "read", "file"), f"{MOST}/hour"), "hello": f"{MOST + 2}/hour"}
    monkeypatch.setattr(web, "LIMITS", web.LIMITS | few)
    async with here(tmp_path / "data") as found:
        yield found


CALLS = [("POST", "/web/messages"), ("POST", "/web/contact"), ("POST", "/web/files"), ("GET", "/web/messages?limit=1")]


@pytest.mark.parametrize(("method", "path"), CALLS)
async def test_past_the_limit_is_429(strict: Here, method: str, path: str) -> None:
    visitor, other = await strict.visitor(), await strict.visitor()
    before = strict.rows
    answers = [await strict.http.request(method, path, headers=visitor.headers) for _ in range(2 * MOST + 1)]
    refused = [a for a in answers if a.status_code == 429]
    assert refused, "an hour may turn in between, but not twice"
    assert all(a.status_code < 500 for a in answers)
    assert refused[0].json()["code"] == "too_many"
    assert refused[0].headers["content-type"] == "application/problem+json"
    assert 1 <= int(refused[0].headers["retry-after"]) <= 3600
    assert (await strict.http.request(method, path, headers=other.headers)).status_code != 429
    assert strict.rows == before


async def test_hellos_from_one_address_are_limited(strict: Here) -> None:
    answers = [(await strict.http.post("/web/hello", json={"token": "x"})).status_code for _ in range(2 * MOST + 5)]
    assert set(answers) == {401, 429}


def test_a_person_who_types_fast_is_not_limited() -> None:
    count, _, window = web.LIMITS["message"].partition("/")
    assert (int(count), window) >= (60, "10 second")

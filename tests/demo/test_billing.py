"""The demo's billing: what it knows of its four contracts, what it refuses, and that a repeated POST changes nothing."""

from __future__ import annotations

from datetime import date

import httpx
import pytest

from presszero.demo.billing import Billing, sample, serve_aside


@pytest.fixture
def books() -> Billing:
    return Billing(lambda: date(2026, 11, 24))


@pytest.mark.parametrize(
    ("path", "given"),
    [
        ("/lines/555666", {"outage": "yes", "eta_h": 3}),
        ("/lines/123456", {"outage": "no", "eta_h": 0}),
        ("/lines/777888/speed", {"mbit": 94, "plan_mbit": 900}),
        ("/requests/3381", {"state": "мастер назначен / technician assigned", "planned": "25.11"}),
    ],
)
def test_reads(books, path, given):
    assert books.get(path) == (200, given)


@pytest.mark.parametrize(
    "path", ["/", "/lines", "/lines/999999", "/lines/123456/x", "/accounts/1", "/requests/1", "/nothing"]
)
def test_what_is_unknown_is_not_found(books, path):
    assert books.get(path)[0] == books.post(path, {})[0] == 404


def test_a_debt_blocks_until_it_is_promised(books):
    assert books.get("/accounts/654321")[1] | {"name": ""} == {
        "name": "", "balance": -450, "debt": 450, "tariff": "Тропинка / Trail", "blocked": "yes",
    }  # fmt: skip
    assert books.post("/accounts/654321/tariff", {"tariff": "pole"})[0] == 409
    assert books.post("/accounts/654321/promise", {}) == (200, {"until": "27.11"})
    assert books.get("/accounts/654321")[1]["blocked"] == "no"
    assert books.post("/accounts/654321/promise", {})[0] == 409


def test_who_owes_nothing_has_nothing_to_promise(books):
    assert books.post("/accounts/123456/promise", {})[0] == 409


def test_a_repeated_post_gives_the_same_answer_and_changes_nothing(books):
    body = {"contract": "123456", "slot": "10-14"}
    first = books.post("/visits", body, "key")
    assert first == books.post("/visits", body, "key") == (201, {"number": "7001", "date": "25.11"})
    assert books.post("/visits", body, "another")[1]["number"] == "7002"
    assert books.get("/requests/7001")[1]["planned"] == "25.11, 10-14"


def test_a_plan_is_changed(books):
    assert books.post("/accounts/123456/tariff", {"tariff": "none"})[0] == 404
    assert books.post("/accounts/123456/tariff", {"tariff": "pole"}) == (200, {"from_date": "25.11"})
    assert books.get("/lines/123456/speed")[1]["plan_mbit"] == 900


@pytest.mark.parametrize(
    ("address", "possible"), [("Лесная 14", "yes"), ("Forest street 14", "yes"), ("Дальняя 1", "no"), ("", "no")]
)
def test_coverage(books, address, possible):
    assert books.get("/coverage", address)[1]["possible"] == possible


def test_a_chat_has_an_answer_for_every_call_of_the_desk():
    from pathlib import Path

    from presszero import config

    settings, _ = config.load(Path(__file__).parents[2], {})
    assert settings is not None
    assert len(settings.services) > 8
    for name, service in settings.services.items():
        assert set(sample(name) or {}) == set(service.gives), name
    assert sample("billing.nothing") is None


def test_it_listens_on_loopback_and_opens_to_its_token_only():
    with serve_aside() as aside:
        own = {"authorization": f"Bearer {aside.token}"}
        with httpx.Client(base_url=aside.url, trust_env=False) as client:
            assert client.get("/lines/555666").status_code == 401
            assert client.get("/lines/555666", headers=own).json() == {"outage": "yes", "eta_h": 3}
            assert client.get("/coverage", params={"address": "Мира, 5"}, headers=own).json()["possible"] == "yes"
            for wrong in (b"[", b"[]", b"x" * 20_000, b"\xff"):
                assert client.post("/visits", content=wrong, headers=own).status_code == 400
            key = own | {"idempotency-key": "1"}
            made = [client.post("/repairs", json={"contract": "123456"}, headers=key).json() for _ in range(2)]
            assert made == [{"number": "7001"}] * 2

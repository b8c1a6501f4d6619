"""Who a visitor is: our own tokens, and those of the site's back end. Anything forged is 401 and writes nothing."""

from __future__ import annotations

import base64
import json
import time
from typing import Any

import jwt
import pytest

from tests.running import SITE_SECRET, Here, Visitor


def vouched(secret: str = SITE_SECRET, algorithm: str = "HS256", **claims: Any) -> str:
    """What the site's back end signs."""
    return jwt.encode({"sub": "42", "exp": time.time() + 300, **claims}, secret, algorithm)


def unsigned(claims: dict[str, Any]) -> str:
    """A token of no algorithm."""
    parts = ({"alg": "none", "typ": "JWT"}, claims)
    return ".".join(base64.urlsafe_b64encode(json.dumps(p).encode()).rstrip(b"=").decode() for p in parts) + "."


FORGED = {
    "not a token": "abc",
    "dots": "a.b.c",
    "another key": jwt.encode({"aud": "presszero-visitor", "sub": "v1"}, "x" * 32, "HS256"),
    "no algorithm": unsigned({"aud": "presszero-visitor", "sub": "v1"}),
    "half a character": "\\ud800",
    "long": "a" * 20_000,
    "the site's": vouched(),
}


@pytest.mark.parametrize("name", sorted(FORGED))
async def test_a_forged_visitor_is_refused_everywhere(desk: Here, name: str) -> None:
    await desk.visitor()
    before, headers = desk.rows, {"authorization": f"Bearer {FORGED[name]}"}
    calls = [
        ("POST", "/web/messages"),
        ("GET", "/web/messages"),
        ("POST", "/web/read"),
        ("POST", "/web/contact"),
        ("POST", "/web/forget"),
        ("GET", "/web/export"),
        ("POST", "/web/files"),
    ]
    for method, path in calls:
        answer = await desk.http.request(method, path, headers=headers)
        assert answer.status_code == 401, (method, path)
        assert answer.headers["content-type"] == "application/problem+json"
    answer = await desk.http.post("/web/hello", json={"token": FORGED[name]})
    assert (answer.status_code, answer.json()["code"]) == (401, "bad_token")
    assert desk.rows == before


async def test_an_expired_or_foreign_token_of_our_own_key_is_refused(desk: Here) -> None:
    key = await desk.running.store.secret("visitors")
    claims = {"aud": "presszero-visitor", "sub": "v1"}
    for wrong in ({**claims, "exp": 1}, {**claims, "aud": "other"}, {"aud": "presszero-visitor"}, {"sub": "v1"}):
        token = jwt.encode(wrong, key, "HS256")
        assert (await desk.http.post("/web/hello", json={"token": token})).status_code == 401
        assert (await Visitor(desk.http, token).get("/web/messages")).status_code == 401


@pytest.mark.parametrize("header", ["", "Bearer", "Basic abc", "bearer\tx", "Token x"])
async def test_another_way_to_say_who_one_is_is_refused(desk: Here, header: str) -> None:
    answer = await desk.http.get("/web/messages", headers={"authorization": header})
    assert answer.status_code == 401


async def test_the_site_vouches_for_a_customer(desk: Here) -> None:
    visitor = await desk.visitor(identity=vouched(name="Oleg", contract="123456", role="admin"))
    found = await desk.running.store.load(visitor.hello["conversation"]["id"])
    assert found is not None
    assert found[1].verified
    assert found[1].facts == {"name": "Oleg", "contract": "123456"}


BAD = {
    "expired": vouched(exp=1),
    "another key": vouched("y" * 32),
    "no algorithm": unsigned({"sub": "42", "exp": time.time() + 300}),
    "another algorithm": jwt.encode({"sub": "42", "exp": time.time() + 300}, SITE_SECRET * 2, "HS512"),
    "for ever": jwt.encode({"sub": "42"}, SITE_SECRET, "HS256"),
    "nobody": jwt.encode({"exp": time.time() + 300}, SITE_SECRET, "HS256"),
    "no name": vouched(sub=""),
    "a long name": vouched(sub="x" * 201),
    "not yet": vouched(nbf=time.time() + 1000),
    "broken": vouched()[:-3],
    "no token": "abc",
}


@pytest.mark.parametrize("name", sorted(BAD))
async def test_who_is_not_vouched_for_is_refused(desk: Here, name: str) -> None:
    await desk.visitor()
    before = desk.rows
    answer = await desk.http.post("/web/hello", json={"identity": BAD[name]})
    assert (answer.status_code, answer.json()["code"]) == (401, "bad_identity")
    assert desk.rows == before


async def test_a_number_as_a_name_is_refused_or_taken_but_never_an_error(desk: Here) -> None:
    for sub in (42, None, ["a"], {"a": 1}):
        token = jwt.encode({"sub": sub, "exp": time.time() + 300}, SITE_SECRET, "HS256")
        assert (await desk.http.post("/web/hello", json={"identity": token})).status_code in {200, 401}


async def test_signing_in_keeps_the_conversation_and_joins_the_customer(desk: Here) -> None:
    visitor = await desk.visitor()
    await visitor.say("start counting")
    signed = await desk.visitor(token=visitor.token, identity=vouched())
    assert signed.hello["conversation"]["id"] == visitor.hello["conversation"]["id"]
    assert "start counting" in [m["text"] for m in signed.hello["messages"]]
    elsewhere = await desk.visitor(identity=vouched())
    both = [
        await desk.running.store.load(v.hello["conversation"]["id"]) or pytest.fail("lost") for v in (signed, elsewhere)
    ]
    assert both[0][1].id == both[1][1].id


async def test_somebody_else_on_the_same_machine_sees_nothing(desk: Here) -> None:
    first = await desk.visitor(identity=vouched(sub="one"))
    await first.say("start counting")
    second = await desk.visitor(token=first.token, identity=vouched(sub="two"))
    assert second.token != first.token
    assert "start counting" not in [m["text"] for m in await second.lines()]


async def hello(desk: Here, **said: Any) -> dict[str, Any]:
    answer = await desk.http.post("/web/hello", json=said)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def read(desk: Here, token: str) -> Any:
    return await desk.http.get("/web/messages", headers={"authorization": f"Bearer {token}"})


async def test_an_anonymous_token_never_comes_to_mean_who_signed_in_later(desk: Here) -> None:
    first = await hello(desk)
    await desk.http.post(
        "/web/messages",
        json={"client_id": "a", "text": "до входа"},
        headers={"authorization": f"Bearer {first['token']}"},
    )
    signed = await hello(desk, token=first["token"], identity=vouched(sub="77", contract="654321"))
    assert any(m["text"] == "до входа" for m in signed["messages"])  # what was written goes along
    await desk.http.post(
        "/web/messages",
        json={"client_id": "b", "text": "после входа"},
        headers={"authorization": f"Bearer {signed['token']}"},
    )
    stolen = (await read(desk, first["token"])).json()
    assert stolen["messages"] == []


async def test_a_verified_token_ends_when_the_sites_word_does(desk: Here) -> None:
    soon = await hello(desk, identity=vouched(sub="78", exp=time.time() + 3600))
    claims = jwt.decode(soon["token"], options={"verify_signature": False})
    assert claims["exp"] <= time.time() + 3601
    far = await hello(desk, identity=vouched(sub="78", exp=time.time() + 90 * 86400))
    assert jwt.decode(far["token"], options={"verify_signature": False})["exp"] <= time.time() + 12 * 3600 + 1


async def test_a_page_that_vouches_for_nobody_shows_nobodys_talk(desk: Here) -> None:
    signed = await hello(desk, identity=vouched(sub="79"))
    await desk.http.post(
        "/web/messages",
        json={"client_id": "c", "text": "личное"},
        headers={"authorization": f"Bearer {signed['token']}"},
    )
    after_logout = await hello(desk, token=signed["token"])
    assert all(m["text"] != "личное" for m in after_logout["messages"])
    back = await hello(desk, identity=vouched(sub="79"))  # signed in again, on any machine: one history
    assert any(m["text"] == "личное" for m in back["messages"])

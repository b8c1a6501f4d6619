"""Who gets in, and who does not."""

from __future__ import annotations

import re

import pytest
from starlette.routing import Route

from presszero.console.password import check_password, hash_password
from presszero.console.sessions import COOKIE, LASTS, digest, login_link
from tests.console.room import Room

MARK = re.compile(r"\{(\w+)(:int)?\}")


def paths(desk: Room) -> list[tuple[str, str]]:
    """Every route of the console that is not the sign-in, with a method."""
    found = []
    for route in desk.app.routes:
        if isinstance(route, Route) and getattr(route, "presszero_permission", "") in {"operator", "lead"}:
            path = MARK.sub(lambda m: "1", route.path)
            found += [(method, path) for method in sorted((route.methods or set()) - {"HEAD"})]
    return found


async def test_nothing_of_the_console_without_a_sign_in(desk: Room) -> None:
    conversation = await desk.waiting()
    before = await desk.store.load(conversation)
    client = desk.client()
    every = paths(desk)
    assert len(every) > 15
    for method, path in every:
        page = await client.request(method, path)
        part = await client.request(method, path, headers={"hx-request": "true"})
        call = await client.request(method, path, headers={"accept": "application/json"})
        if method == "GET":
            assert page.status_code == 303, path
            assert page.headers["location"].startswith("/console/login?next=")
        else:
            assert page.status_code == 401, path
        assert (part.status_code, part.headers["hx-redirect"]) == (401, "/console/login"), path
        assert call.status_code == 401, path
    assert await desk.store.load(conversation) == before


async def test_other_sites_cannot_post(desk: Room) -> None:
    conversation = await desk.waiting()
    client = await desk.signed_in()
    before = await desk.store.load(conversation)
    posts = [path for method, path in paths(desk) if method == "POST"]
    assert len(posts) > 8
    for path in [*posts, "/console/login", "/console/logout", "/console/login/once"]:
        for other in (
            {"origin": "https://evil.test"},
            {"origin": "null"},
            {"origin": ""},
            {"origin": desk.url, "sec-fetch-site": "cross-site"},
            {"origin": desk.url, "sec-fetch-site": "same-site"},
        ):
            answer = await client.post(path, headers=other, data={"name": "anna", "password": "x"})
            assert answer.status_code == 403, (path, other)
    assert await desk.store.load(conversation) == before
    assert (await client.get("/console")).status_code == 200


async def test_a_link_signs_in_once_and_a_look_at_it_uses_nothing_up(desk: Room) -> None:
    link = await login_link(desk.store, desk.anna, desk.clock.now(), desk.url)
    preview = desk.client()
    for _ in range(3):
        page = await preview.get(link)
        assert page.status_code == 200
        assert "Анна Орлова" in page.text
    assert COOKIE not in preview.cookies
    token = link.partition("token=")[2]
    client = desk.client()
    answer = await client.post("/console/login/once", data={"token": token})
    assert answer.status_code == 303
    cookie = answer.headers["set-cookie"]
    assert all(part in cookie for part in ("HttpOnly", "SameSite=strict", "Path=/console", f"Max-Age={int(LASTS)}"))
    assert (await client.get("/console")).status_code == 200
    again = desk.client()
    assert (await again.post("/console/login/once", data={"token": token})).status_code == 404
    assert (await again.get(link)).status_code == 404
    assert (await again.get("/console")).status_code == 303


async def test_only_the_digest_of_the_token_is_kept(desk: Room) -> None:
    client = await desk.signed_in()
    token = client.cookies[COOKIE]
    assert await desk.store.session(token, desk.clock.now()) is None
    assert await desk.store.session(digest(token), desk.clock.now()) is not None


async def test_the_cookie_is_secure_over_https(desk: Room) -> None:
    client = desk.client()
    link = await login_link(desk.store, desk.anna, desk.clock.now(), "https://desk.test")
    token = link.partition("token=")[2]
    headers = {"origin": "https://desk.test"}
    answer = await client.post("https://desk.test/console/login/once", data={"token": token}, headers=headers)
    assert "Secure" in answer.headers["set-cookie"]


async def test_password_unknown_name_and_wrong_password_read_the_same(desk: Room) -> None:
    await desk.store.save_operator("anna", password=hash_password("correct horse"))
    client = desk.client()
    wrong = await client.post("/console/login", data={"name": "anna", "password": "battery"})
    unknown = await client.post("/console/login", data={"name": "anno", "password": "battery"})
    assert (wrong.status_code, unknown.status_code) == (401, 401)
    assert wrong.text.replace("anna", "") == unknown.text.replace("anno", "")
    right = await client.post(
        "/console/login", data={"name": "anna", "password": "correct horse", "next": "/console/requests"}
    )
    assert (right.status_code, right.headers["location"]) == (303, "/console/requests")
    assert (await client.get("/console/requests")).status_code == 200


async def test_five_attempts_a_minute(desk: Room) -> None:
    await desk.store.save_operator("anna", password=hash_password("correct horse"))
    client = desk.client()
    codes = [
        (await client.post("/console/login", data={"name": "anna", "password": "no"})).status_code for _ in range(6)
    ]
    assert codes == [401] * 5 + [429]
    assert (await client.post("/console/login", data={"name": "ANNA", "password": "correct horse"})).status_code == 429
    assert (await client.post("/console/login", data={"name": "igor", "password": "no"})).status_code == 401


@pytest.mark.parametrize(
    "way", ["https://evil.test", "//evil.test", "/console/..//evil.test", "/consoleevil\\x", "/console/logout", ""]
)
async def test_the_way_on_stays_in_the_console(desk: Room, way: str) -> None:
    await desk.store.save_operator("anna", password=hash_password("correct horse"))
    answer = await desk.client().post("/console/login", data={"name": "anna", "password": "correct horse", "next": way})
    assert answer.headers["location"] == "/console"


async def test_signing_out_ends_the_session(desk: Room) -> None:
    client = await desk.signed_in()
    token = client.cookies[COOKIE]
    assert (await client.post("/console/logout")).status_code == 303
    assert await desk.store.session(digest(token), desk.clock.now()) is None
    assert (await client.get("/console")).status_code == 303


async def test_a_session_ends_by_time_and_with_the_operator(desk: Room) -> None:
    client, other = await desk.signed_in(), await desk.signed_in(desk.igor)
    await desk.store.save_operator("igor", disabled=True)
    assert (await other.get("/console")).status_code == 303
    desk.clock.at += LASTS + 1
    assert (await client.get("/console")).status_code == 303


async def test_letters_are_for_leads(desk: Room) -> None:
    lead, operator = await desk.signed_in(), await desk.signed_in(desk.igor)
    assert (await lead.get("/console/letters")).status_code == 200
    assert (await operator.get("/console/letters")).status_code == 403


def test_hashes() -> None:
    hashed = hash_password("слон")
    assert hashed.startswith("$argon2id$")
    assert check_password(hashed, "слон")
    assert not check_password(hashed, "слоны")
    assert not check_password("", "nobody")
    assert not check_password("not a hash", "слон")

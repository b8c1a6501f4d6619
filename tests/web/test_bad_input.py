"""What no front end should send: a 4xx with a problem body, never a 5xx, and not one row written."""

from __future__ import annotations

import asyncio
import json
import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from starlette.routing import Route

from tests.running import Here

JSON = {"content-type": "application/json"}
DEEP = b'{"text":' + b"[" * 30_000 + b"]" * 30_000 + b"}"
BODIES: dict[str, bytes] = {
    "nothing at all": b" ",
    "half": b'{"client_id": "a", "text": "b"',
    "not JSON": b"client_id=a&text=b",
    "a list": b"[]",
    "a text": b'"text"',
    "null": b"null",
    "a number": b"1e999",
    "not UTF-8": b'{"client_id": "a", "text": "\xff\xfe", "message": "\xff", "contact": "\xff", "token": "\xff"}',
    "deep": DEEP,
    "oversize": b'{"text": "' + b"a" * 70_000 + b'"}',
    "a huge number": b'{"client_id": 9e999, "seq": 9e999, "message": '
    + b"9" * 5000
    + b', "text": 1, "contact": 1, "token": 1}',
    "wrong types": b'{"client_id": 1, "text": {}, "seq": "a", "token": [], "sender": 5, "message": [], "contact": 0}',
    "half a character": b'{"client_id": "a", "text": "\\ud800", "message": "\\ud800", "contact": "\\ud800", "token": "\\ud800"}',
}
POSTS = [
    "/web/hello",
    "/web/messages",
    "/web/read",
    "/web/contact",
    "/webhooks/rest/webhook",
    "/webhooks/callback/webhook",
]
POSTS += ["/model/parse"]
RASA = {
    "/webhooks/rest/webhook",
    "/webhooks/callback/webhook",
    "/model/parse",
}  # take JSON under any name, as Rasa does


def problem(answer: Any) -> str:
    """The code of a problem; anything that is none is a failure."""
    assert 400 <= answer.status_code < 500, (answer.status_code, answer.text)
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == answer.status_code
    assert {"type", "title", "detail", "code"} <= set(body)
    code: str = body["code"]
    return code


async def test_bodies_that_are_none(desk: Here) -> None:
    visitor = await desk.visitor()
    before, tried = desk.rows, 0
    for path in POSTS:
        for name, body in BODIES.items():
            answer = await desk.http.post(path, content=body, headers={**JSON, **visitor.headers})
            assert 400 <= answer.status_code < 500, (path, name, answer.status_code, answer.text)
            problem(answer)
            tried += 1
    assert tried == len(POSTS) * len(BODIES)
    assert desk.rows == before


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "image/png", "x"]
)
async def test_another_content_type(desk: Here, kind: str) -> None:
    visitor = await desk.visitor()
    before = desk.rows
    for path in (p for p in POSTS if p not in RASA):
        answer = await desk.http.post(path, content=b"{}", headers={**visitor.headers, "content-type": kind})
        assert answer.status_code == 415, path
        assert problem(answer) == "not_json"
    assert desk.rows == before


MESSAGES: dict[str, tuple[dict[str, Any], int]] = {
    "no id": ({"text": "hi"}, 422),
    "an empty id": ({"client_id": "", "text": "hi"}, 422),
    "a long id": ({"client_id": "x" * 65, "text": "hi"}, 422),
    "nothing said": ({"client_id": "a"}, 422),
    "blank": ({"client_id": "a", "text": " \n\t "}, 422),
    "a long text": ({"client_id": "a", "text": "x" * 4001}, 422),
    "a long payload": ({"client_id": "a", "payload": "x" * 201}, 422),
    "a long label": ({"client_id": "a", "payload": "x", "label": "x" * 201}, 422),
    "a file nobody has": ({"client_id": "a", "file": "A" * 22}, 422),
    "a file that is a path": ({"client_id": "a", "file": "../../presszero.db"}, 422),
    "too many page values": ({"client_id": "a", "text": "hi", "page": {f"k{n}": "v" for n in range(21)}}, 422),
    "a long page value": ({"client_id": "a", "text": "hi", "page": {"k": "v" * 501}}, 422),
    "a long page name": ({"client_id": "a", "text": "hi", "page": {"k" * 41: "v"}}, 422),
    "a page value that is a number": ({"client_id": "a", "text": "hi", "page": {"k": 1}}, 422),
}


@pytest.mark.parametrize("name", sorted(MESSAGES))
async def test_messages_that_do_not_fit(desk: Here, name: str) -> None:
    visitor = await desk.visitor()
    before = desk.rows
    body, status = MESSAGES[name]
    answer = await visitor.post("/web/messages", body)
    assert answer.status_code == status
    problem(answer)
    assert desk.rows == before


async def test_page_values_of_a_hello_are_bounded(desk: Here) -> None:
    before = desk.rows
    for page in ({f"k{n}": "v" for n in range(21)}, {"k": "v" * 501}, {"k" * 41: "v"}):
        answer = await desk.http.post("/web/hello", json={"page": page})
        assert (answer.status_code, problem(answer)) == (422, "page")
    assert desk.rows == before


@pytest.mark.parametrize(
    "query", ["after=x", "after=-1", "before=1.5", "limit=1e3", "after=" + "9" * 16, "limit=%00", "after=١"]
)
async def test_numbers_of_a_query(desk: Here, query: str) -> None:
    visitor = await desk.visitor()
    assert (await visitor.get(f"/web/messages?{query}")).status_code == 422


@pytest.mark.parametrize("limit", ["0", "1", "201", "999999999999999"])
async def test_a_page_of_history_is_bounded(desk: Here, limit: str) -> None:
    visitor = await desk.visitor()
    assert (await visitor.get(f"/web/messages?limit={limit}")).status_code == 200


PRESSES = [
    "!",
    "!nothing",
    "!lang:xx",
    "!lang:",
    "a/b/c",
    "no/such/step",
    "count/number/?none",
    "/",
    "//",
    "../..",
    "!operator/x",
]


@pytest.mark.parametrize("payload", PRESSES)
async def test_buttons_that_nobody_was_shown(desk: Here, payload: str) -> None:
    visitor = await desk.visitor()
    await visitor.say("start counting")
    answer = await visitor.post("/web/messages", {"client_id": "p", "payload": payload})
    assert answer.status_code == 200, answer.text
    assert (await visitor.said("5"))[-2:] != []


async def test_strange_texts_are_texts(desk: Here) -> None:
    visitor = await desk.visitor()
    strange = [
        "a\u0000b",
        "\u202eabc",
        "👩‍👩‍👧‍👦" * 500,
        "<script>alert(1)</script>",
        "' OR 1=1 --",
        "${what}",
        "\ufeff",
        "%s %n {0}",
    ]
    strange += ["ё" * 4000, "1" * 4000, "\U0010ffff", "İi̇ß" * 100, "a" + "\u0301" * 3999]
    for text in strange:
        answer = await visitor.post("/web/messages", {"client_id": f"s{strange.index(text)}", "text": text})
        assert answer.status_code in {200, 422}, (text[:20], answer.text)
        if answer.status_code == 200:
            assert answer.json()["messages"][0]["text"] == text


async def test_unknown_ways_and_methods(desk: Here) -> None:
    await desk.visitor()
    before = desk.rows
    for method, path, status in [
        ("GET", "/nothing", 404),
        ("POST", "/web", 404),
        ("GET", "/web/hello", 405),
        ("DELETE", "/web/messages", 405),
        ("PUT", "/webhooks/rest/webhook", 405),
        ("PATCH", "/model/parse", 405),
        ("POST", "/healthz", 405),
        ("GET", "/webhooks/telegram/webhook", 404),
        ("GET", "/web/files/..%2f..%2fpresszero.db", 404),
        ("GET", "/%00", 404),
        ("GET", "/console/%2e%2e/healthz", 404),
        ("GET", "/" + "a" * 5000, 404),
    ]:
        answer = await desk.http.request(method, path)
        assert answer.status_code == status, (method, path, answer.status_code)
        problem(answer)
    assert desk.rows == before


async def raw(url: str, data: bytes) -> bytes:
    """Bytes to the server as they are; what came back."""
    address = urlsplit(url)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    writer.write(data)
    await writer.drain()
    if writer.can_write_eof():
        writer.write_eof()
    answer = await asyncio.wait_for(reader.read(), 10)
    writer.close()
    return answer


CUT = json.dumps({"client_id": "cut", "text": "cut"}).encode()


async def test_requests_that_are_not_http(desk: Here) -> None:
    visitor = await desk.visitor()
    before = desk.rows
    token = f"authorization: Bearer {visitor.token}\r\n".encode()
    head = b"POST /web/messages HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n" + token
    for data in [
        b"\x16\x03\x01\x02\x00",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        head + b"content-length: -5\r\n\r\n" + CUT,
        head + b"content-length: five\r\n\r\n" + CUT,
        head + b"content-length: " + b"9" * 30 + b"\r\n\r\n",
        head + b"content-length: 500\r\n\r\n" + CUT,
        head + b"content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        head + b"transfer-encoding: chunked\r\n\r\nzz\r\n",
        head + b"transfer-encoding: chunked\r\n\r\n" + (b"1000\r\n" + b"a" * 4096 + b"\r\n") * 20 + b"0\r\n\r\n",
        head + b"x: " + b"a" * 200_000 + b"\r\n\r\n",
    ]:
        answer = await raw(desk.url, data)
        assert b" 5" not in answer[:13], answer[:100]
        assert b" 200 " not in answer[:20], answer[:100]
    assert desk.rows == before
    assert (await desk.http.get("/healthz")).status_code == 200


async def test_every_route_declares_who_may_come_in(desk: Here) -> None:
    app_routes = [r for r in desk.app.router.routes if isinstance(r, Route)]
    assert len(app_routes) > 15
    before = desk.rows
    public = {"/healthz", "/widget.js", "/web/hello", "/webhooks/rest/webhook", "/webhooks/rest/", "/model/parse"}
    public |= {"/webhooks/callback/webhook", "/web/files/{id}"}
    guarded = 0
    for route in app_routes:
        if route.presszero_permission == "public":  # type: ignore[attr-defined]
            continue
        assert route.path not in public
        for method in route.methods or ():
            answer = await desk.http.request(method, re.sub(r"\{[^}]+\}", "1", route.path))
            assert answer.status_code in {303, 401, 403}, (method, route.path, answer.status_code)
            guarded += 1
    assert guarded > 10
    assert desk.rows == before

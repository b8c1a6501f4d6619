"""Any JSON to any route that takes a POST: never a 5xx."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.routing import Route

from tests.running import Here

NAMES = [
    "client_id",
    "text",
    "payload",
    "label",
    "file",
    "page",
    "lang",
    "after",
    "token",
    "identity",
    "seq",
    "contact",
]
NAMES += ["sender", "message", "metadata", "message_id", "name", "password", "note"]
TEXTS = st.text(max_size=60) | st.sampled_from(
    [
        "!operator",
        "!bot",
        "!end",
        "!restart",
        "!back",
        "!note",
        "!lang:ru",
        "0",
        "5",
        "start counting",
        "open a request",
        "thank you",
    ]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=8,
)
LIKELY = st.fixed_dictionaries(
    {},
    optional={
        "client_id": TEXTS | VALUES,
        "text": TEXTS,
        "payload": TEXTS,
        "label": TEXTS,
        "lang": TEXTS,
        "after": st.integers(),
        "seq": st.integers(),
        "page": st.dictionaries(TEXTS, TEXTS, max_size=3),
        "contact": TEXTS,
        "sender": TEXTS,
        "message": TEXTS,
        "metadata": st.dictionaries(st.sampled_from(["message_id", "lang"]), VALUES, max_size=2),
    },
)
BODIES = st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=6) | VALUES | LIKELY


def posts(desk: Here) -> list[str]:
    """Every path that takes a POST."""
    routes = [r for r in desk.app.router.routes if isinstance(r, Route) and "POST" in (r.methods or ())]
    return sorted({re.sub(r"\{[^}]+\}", "1", r.path) for r in routes} - {"/web/files"})


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=BODIES, which=st.integers(0, 1000), known=st.booleans())
async def test_any_json_to_any_route(desk: Here, body: Any, which: int, known: bool) -> None:
    paths = posts(desk)
    assert len(paths) > 6
    path = paths[which % len(paths)]
    headers = {"content-type": "application/json"} | (await _somebody(desk) if known else {})
    answer = await desk.http.post(path, content=_json(body), headers=headers)
    assert answer.status_code < 500, (path, body, answer.text)
    if answer.status_code >= 400 and not path.startswith(("/console", "/requests")):
        assert answer.headers["content-type"] == "application/problem+json", (path, body)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(talk=st.lists(LIKELY, min_size=1, max_size=6))
async def test_any_talk_is_answered_or_refused(desk: Here, talk: list[dict[str, Any]]) -> None:
    sender = f"s{id(talk)}"
    for said in talk:
        body = {**said, "sender": sender, "message": str(said.get("message") or said.get("text") or "5")}
        answer = await desk.http.post(
            "/webhooks/rest/webhook", content=_json(body), headers={"content-type": "application/json"}
        )
        assert answer.status_code in {200, 400, 422}, (body, answer.text)
        if answer.status_code == 200:
            assert answer.json()[-1]["custom"]["holder"] in {"bot", "queue", "person"}


async def _somebody(desk: Here) -> dict[str, str]:
    """One visitor for all the examples: who says hello too often is told to wait."""
    if not hasattr(desk, "somebody"):
        desk.somebody = (await desk.visitor()).headers  # type: ignore[attr-defined]
    found: dict[str, str] = desk.somebody  # type: ignore[attr-defined]
    return found


def _json(body: Any) -> bytes:
    """As JSON, with what JSON has no form for left as Python writes it."""
    import json

    return json.dumps(body).encode()

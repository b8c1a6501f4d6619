"""Suggestions while typing, what is kept of a search, and limits with a polite answer."""

from __future__ import annotations

import asyncio

from tests.console.room import Room


async def test_titles_that_begin_with_what_was_typed(desk: Room) -> None:
    client = desk.client()
    found = (await client.get("/kb/ru/suggest", params={"q": "паро"})).json()
    assert found
    assert len(found) <= 6
    assert any(each["url"] == "/kb/ru/wifi-password" for each in found)
    assert (await client.get("/kb/ru/suggest", params={"q": "п"})).json() == []
    assert (await client.get("/kb/ru/suggest", params={"q": "ъъъщщщ"})).json() == []
    assert (await client.get("/kb/ru/suggest", params={"q": "x" * 10_000})).status_code == 200
    assert (await client.get("/kb/xx/suggest", params={"q": "wifi"})).status_code == 404


async def test_a_search_is_kept_and_an_opened_article_counted(desk: Room) -> None:
    client = desk.client()
    await client.get("/kb/ru/search", params={"q": "как сменить пароль wi-fi, мой номер +7 900 123-45-67"})
    await client.get("/kb/ru/wifi-password")
    [kept] = await desk.store.questions(0)
    assert kept.place == "portal"
    assert "900" not in kept.text
    assert "wifi-password" in kept.shown
    assert (await desk.store.counts(0))["opened:wifi-password"] == 1


async def test_many_searches_of_one_address_are_answered_politely(desk: Room) -> None:
    client = desk.client()
    ask = [client.get("/kb/ru/search", params={"q": f"wifi {n}"}, headers={"accept": "text/html"}) for n in range(200)]
    answers = await asyncio.gather(*ask)
    codes = [a.status_code for a in answers]
    assert codes.count(200) == 120
    assert codes.count(429) == 80
    refused = next(a for a in answers if a.status_code == 429)
    assert int(refused.headers["retry-after"]) > 0
    assert "попробуйте снова" in refused.text.lower()
    assert (await client.get("/kb/ru/wifi-password")).status_code == 200


async def test_stop_words_and_long_queries_are_answered(desk: Room) -> None:
    client = desk.client()
    for query in ("и в на", "a the of", "слово " * 2000, "<script>alert(1)</script>", "'; --", "\x00\x01"):
        answer = await client.get("/kb/ru/search", params={"q": query})
        assert answer.status_code in {200, 302}
        assert "<script>alert" not in answer.text

"""Suggestions while typing, the whole answer for a site's search field, and what is kept of a search."""

from __future__ import annotations

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


async def test_a_sites_search_field_has_the_answer_of_the_chat(desk: Room) -> None:
    client, asked = desk.client(), "как сменить пароль от wi-fi"
    found = (await client.get("/kb/ru/suggest", params={"q": asked, "full": "yes"})).json()
    own = desk.intake.content.library.search(asked, "ru")
    assert found["kind"] == own.kind == "answer"
    assert [(p["article"], p["text"]) for p in found["passages"]] == [(p.article, p.text) for p in own.passages]
    assert found["passages"][0]["url"].startswith("/kb/ru/wifi-password")
    assert not {p["article"] for p in found["passages"]} & {t["url"].rpartition("/")[2] for t in found["titles"]}
    none = (await client.get("/kb/ru/suggest", params={"q": "ъъъщщщ", "full": "yes"})).json()
    assert none == {"kind": "none", "searched": "", "passages": [], "titles": []}
    assert (await client.get("/kb/ru/suggest?full=yes")).json()["passages"] == []
    assert await desk.store.questions(0) == []  # half a word is no question


async def test_a_search_is_kept_and_an_opened_article_counted(desk: Room) -> None:
    client = desk.client()
    await client.get("/kb/ru/search", params={"q": "как сменить пароль wi-fi, мой номер +7 900 123-45-67"})
    await client.get("/kb/ru/wifi-password")
    [kept] = await desk.store.questions(0)
    assert kept.place == "portal"
    assert "900" not in kept.text
    assert "wifi-password" in kept.shown
    assert (await desk.store.counts(0))["opened:wifi-password"] == 1


async def test_stop_words_and_long_queries_are_answered(desk: Room) -> None:
    client = desk.client()
    for query in ("и в на", "a the of", "слово " * 2000, "<script>alert(1)</script>", "'; --", "\x00\x01"):
        answer = await client.get("/kb/ru/search", params={"q": query})
        assert answer.status_code in {200, 302}
        assert "<script>alert" not in answer.text

"""Articles, search and a request's page: public, without a script, and nothing shown to whoever lacks the link."""

from __future__ import annotations

import html
import re

import pytest

from presszero.store.base import TicketEdit
from tests.console.room import Room


async def test_every_article_has_a_page_in_both_languages(desk: Room) -> None:
    client, library = desk.client(), desk.intake.content.library
    seen = 0
    for lang in ("ru", "en"):
        home = (await client.get(f"/kb/{lang}")).text
        for article in library.articles(lang):
            assert f'href="/kb/{lang}/{article.slug}"' in home
            page = await client.get(f"/kb/{lang}/{article.slug}")
            assert page.status_code == 200
            text = html.unescape(page.text)
            for anchor in re.findall(r'<li><a href="#([^"]+)"', text):
                assert f'id="{anchor}"' in text, (article.slug, anchor)
            seen += 1
    assert seen >= 80


async def test_an_article_names_its_twin_and_its_neighbours(desk: Room) -> None:
    page = (await desk.client().get("/kb/ru/wifi-password")).text
    assert f'<link rel="canonical" href="{desk.url}/kb/ru/wifi-password">' in page
    assert f'<link rel="alternate" hreflang="en" href="{desk.url}/kb/en/wifi-password">' in page
    assert 'href="/kb/ru/router-login"' in page
    assert "1 марта 2027" in page
    assert "Позвать человека" in page


async def test_no_article_no_language_no_page(desk: Room) -> None:
    client = desk.client()
    for path in ("/kb/ru/none", "/kb/xx", "/kb/xx/wifi-password", "/kb/ru/..%2f..%2fconfig", "/kb/ru/" + "a" * 5000):
        assert (await client.get(path)).status_code == 404, path
    assert (await client.get("/kb", headers={"accept-language": "en-GB"})).headers["location"] == "/kb/en"
    way = (await client.get("/kb?chat=yes", headers={"accept-language": "ru"})).headers["location"]
    assert way == "/kb/ru?chat=yes"


async def test_search_mends_a_typo_and_says_so(desk: Room) -> None:
    client = desk.client()
    page = (await client.get("/kb/en/search", params={"q": "wfi pasword"})).text
    assert "/kb/en/wifi-password" in page
    assert "We mended what looked like a typo." in page
    assert "<mark>" in page
    page = (await client.get("/kb/ru/search", params={"q": "как сменить пароль wi-fi"})).text
    assert 'class="direct"' in page
    assert page.index("wifi-password") < page.index('class="res"')
    none = (await client.get("/kb/ru/search", params={"q": "ъъъщщщ"})).text
    assert "Ничего не нашлось" in none
    assert (await client.get("/kb/ru/search", params={"q": " "})).headers["location"] == "/kb/ru"


async def test_did_it_help_is_counted_and_shown_when_enough_have_said(desk: Room) -> None:
    client = desk.client()
    answer = await client.post("/kb/ru/wifi-password/helped", data={"helped": "yes"})
    assert answer.headers["location"] == "/kb/ru/wifi-password?said=yes#rate"
    assert "Спасибо" in (await client.get(answer.headers["location"])).text
    assert (await desk.store.counts(0))["helped:wifi-password"] == 1
    assert "Помогла" not in (await client.get("/kb/ru/wifi-password")).text
    for n in range(19):
        await desk.store.count(f"{'not_' if n < 4 else ''}helped:wifi-password", desk.clock.now())
    desk.clock.at += 61  # opinions are counted once a minute
    assert "Помогла 80\u00a0%" in (await client.get("/kb/ru/wifi-password")).text
    assert (await client.post("/kb/ru/wifi-password/helped", data={"helped": "maybe"})).status_code == 404
    assert (
        await client.post(
            "/kb/ru/wifi-password/helped", data={"helped": "yes"}, headers={"origin": "https://evil.test"}
        )
    ).status_code == 403


async def test_a_request_page_opens_by_its_secret_alone(desk: Room) -> None:
    number, conversation = await desk.ticket()
    ticket = await desk.store.ticket(number)
    assert ticket
    client = desk.client()
    page = await client.get(f"/requests/{number}", params={"key": ticket.secret, "lang": "ru"})
    assert page.status_code == 200
    assert f"Заявка №\u00a0{number}" in page.text
    assert "Перезвонить" in page.text
    assert "Приняли" in page.text
    for key in ("", "x", ticket.secret[:-1], ticket.secret + "a", ticket.secret.swapcase(), "ключ"):
        assert (await client.get(f"/requests/{number}", params={"key": key})).status_code == 404
    assert (await client.get(f"/requests/{number + 1}", params={"key": ticket.secret})).status_code == 404
    assert (await client.post(f"/requests/{number}", data={"key": "x", "text": "впустите"})).status_code == 404
    assert "впустите" not in await desk.said(conversation)
    await desk.store.forget_conversation(conversation)
    assert (await client.get(f"/requests/{number}", params={"key": ticket.secret})).status_code == 404
    assert (await client.get(f"/requests/{number}", params={"key": ""})).status_code == 404


async def test_a_message_from_the_page_arrives_once(desk: Room) -> None:
    number, conversation = await desk.ticket()
    await desk.people.take(conversation, desk.anna)
    ticket = await desk.store.ticket(number)
    assert ticket
    client = desk.client()
    page = (await client.get(f"/requests/{number}", params={"key": ticket.secret})).text
    once = re.search(r'name="once" value="([^"]+)"', page)
    assert once
    body = {"key": ticket.secret, "text": "уже починили, спасибо", "once": once[1], "lang": "ru"}
    for _ in range(2):
        answer = await client.post(f"/requests/{number}", data=body)
        assert answer.status_code == 303
    assert (await desk.said(conversation, "customer")).count("уже починили, спасибо") == 1
    assert "уже починили, спасибо" in (await client.get(answer.headers["location"])).text
    assert (
        await client.post(f"/requests/{number}", data=body, headers={"origin": "https://evil.test"})
    ).status_code == 403
    empty = await client.post(f"/requests/{number}", data={**body, "text": " "})
    assert "Сообщение пустое" in (await client.get(empty.headers["location"])).text


async def test_after_the_end_a_message_begins_a_conversation_that_the_page_shows(desk: Room) -> None:
    number, conversation = await desk.ticket()
    await desk.people.take(conversation, desk.anna)
    await desk.people.resolve(conversation, desk.anna)
    await desk.store.edit_ticket(TicketEdit(number, state="closed"), desk.clock.now())
    ticket = await desk.store.ticket(number)
    assert ticket
    desk.clock.at += 3 * 86400
    client = desk.client()
    await client.post(
        f"/requests/{number}", data={"key": ticket.secret, "text": "снова не работает", "once": "k", "lang": "ru"}
    )
    page = (await client.get(f"/requests/{number}", params={"key": ticket.secret})).text
    assert "снова не работает" in page


async def test_a_later_conversation_that_is_not_of_this_page_is_not_shown(desk: Room) -> None:
    number, conversation = await desk.ticket()
    await desk.people.take(conversation, desk.anna)
    await desk.people.resolve(conversation, desk.anna)
    desk.clock.at += 3 * 86400
    await desk.hear("v9", "совсем другое дело")
    ticket = await desk.store.ticket(number)
    assert ticket
    assert "совсем другое" not in (await desk.client().get(f"/requests/{number}", params={"key": ticket.secret})).text


@pytest.mark.parametrize("lang", ["ru", "en"])
async def test_the_demo_site_embeds_the_widget_in_one_line(desk: Room, lang: str) -> None:
    page = (await desk.client().get(f"/?lang={lang}")).text
    assert f'<script src="/widget.js" data-lang="{lang}" defer></script>' in page
    opened = (await desk.client().get(f"/?lang={lang}&open=yes")).text
    assert 'data-open="yes"' in opened
